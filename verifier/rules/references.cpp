#include "verifier/rules/references.hpp"

namespace sfmkit::verifier {
namespace {

void tell_unknown(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    Element reference,
    std::string_view expected,
    std::string_view message
) {
    tell(
        facts,
        broken,
        reference,
        {.expected = std::string(expected),
         .actual = shown_text(reference),
         .message = std::string(message)}
    );
}

}  // namespace

void tell_unless_user(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    Element user,
    std::string_view message
) {
    if (facts.organisation == nullptr || user.text().empty()) return;
    if (facts.organisation->has_user(user.text())) return;
    tell_unknown(facts, broken, user, "the Id of a Helseperson in ExportData.dat", message);
}

void tell_unless_institution(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    Element institution,
    std::string_view message
) {
    if (facts.organisation == nullptr || institution.text().empty()) return;
    if (facts.organisation->has_institution(institution.text())) return;
    tell_unknown(facts, broken, institution, "the Id of an Institusjon in ExportData.dat", message);
}

MessageRecords::MessageRecords(const ContentFacts& facts) {
    for (const Element& record : facts.all("Melding")) {
        for (const std::string_view name : {"MsgId", "Id"}) {
            const std::string_view id = record.child(name).text();
            if (!id.empty()) by_id_.emplace(id, record);
        }
    }
}

const MessageRecords& MessageRecords::of(const ContentFacts& facts) {
    return facts.once<MessageRecords>([](const ContentFacts& all) { return MessageRecords(all); });
}

Element MessageRecords::find(std::string_view id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? Element() : found->second;
}

void tell_unless_message(
    const ContentFacts& facts,
    const findings::RuleReporter& broken,
    const MessageRecords& records,
    Element message_id,
    std::string_view message
) {
    if (message_id.text().empty() || records.find(message_id.text())) return;
    tell_unknown(facts, broken, message_id, "the MsgId or Id of a Melding of the patient", message);
}

}  // namespace sfmkit::verifier
