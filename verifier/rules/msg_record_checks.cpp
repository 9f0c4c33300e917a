#include "verifier/rules/message_kinds.hpp"
#include "verifier/rules/message_records.hpp"
#include "verifier/rules/msg_checks.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace sfmkit::verifier::msg {
namespace {

/// Tells every record whose text stands in a record before.
void tell_repeated(
    const ContentFacts& facts,
    const RuleReporter& broken,
    Element Record::* key,
    const RecordNumbers& first,
    std::string_view message
) {
    const std::vector<Record>& records = records_of(facts);
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Element element = records[i].*key;
        const auto found = first.find(element.text());
        if (found == first.end() || found->second == i) continue;
        tell(
            facts,
            broken,
            element,
            {.expected = "an identifier of its own",
             .actual = fmt::format("{}, as in Melding[{}]", shown_text(element), found->second + 1),
             .message = std::string(message)}
        );
    }
}

/// A code of a kind of message; whatever else stands there may be anything.
std::string shown_kind(std::string_view code) {
    const bool shown = message_kind(code) != nullptr || may_be_message_kind(code);
    return shown ? std::string(code) : "message of an unknown kind";
}

/// Records and what they answer, followed from reply to message.
class Conversations {
  public:
    explicit Conversations(const ContentFacts& facts)
        : records(records_of(facts)),
          by_id_(numbers_by<&Record::id>(facts)),
          by_message_id_(numbers_by<&Record::message_id>(facts)),
          by_file_(numbers_by<&Record::file>(facts)) {}

    std::optional<std::size_t> parent_of(std::size_t record) const {
        return find(by_id_, records[record].parent_id.text());
    }
    std::optional<std::size_t> with_message_id(std::string_view id) const {
        return find(by_message_id_, id);
    }
    bool is_name_of_file(std::string_view id) const {
        return by_file_.contains(std::string(id) + ".xml");
    }

    const std::vector<Record>& records;

  private:
    static std::optional<std::size_t> find(const RecordNumbers& ids, std::string_view id) {
        const auto found = ids.find(id);
        if (found == ids.end()) return std::nullopt;
        return found->second;
    }

    const RecordNumbers& by_id_;
    const RecordNumbers& by_message_id_;
    const RecordNumbers& by_file_;
};

/// The records of every circle, each circle from the record that stands first in the document.
/// Every record is visited once.
std::vector<std::vector<std::size_t>> circles_in(const Conversations& all) {
    const std::size_t count = all.records.size();
    std::vector<std::size_t> visited_from(count, count);
    std::vector<std::vector<std::size_t>> circles;
    for (std::size_t start = 0; start < count; ++start) {
        std::optional<std::size_t> at = start;
        while (at && visited_from[*at] == count) {
            visited_from[*at] = start;
            at = all.parent_of(*at);
        }
        if (!at || visited_from[*at] != start) continue;
        // The walk ended where it had been before: in a circle.
        std::vector<std::size_t> circle;
        for (std::size_t next = *at; circle.empty() || next != *at;) {
            circle.push_back(next);
            next = *all.parent_of(next);
        }
        std::ranges::rotate(circle, std::ranges::min_element(circle));
        circles.push_back(std::move(circle));
    }
    return circles;
}

void tell_circle(
    const ContentFacts& facts,
    const RuleReporter& broken,
    const Conversations& all,
    const std::vector<std::size_t>& circle
) {
    const Element parent_id = all.records[circle.front()].parent_id;
    if (circle.size() == 1) {
        tell(
            facts,
            broken,
            parent_id,
            {.expected = "the Id of the Melding that this one answers",
             .actual = "its own Id",
             .message = fmt::format(
                 "this {} says that it answers itself",
                 shown_kind(all.records[circle.front()].kind())
             ),
             .likely_cause = "ParentId is filled with the Id of the same record; what was sent "
                             "first has no ParentId at all"}
        );
        return;
    }
    constexpr std::size_t most_named = 5;
    std::string round;
    for (std::size_t i = 0; i < std::min(circle.size(), most_named); ++i) {
        round += fmt::format("{}Melding[{}]", i == 0 ? "" : " answers ", circle[i] + 1);
    }
    if (circle.size() > most_named) round += " answers …";
    tell(
        facts,
        broken,
        parent_id,
        {.expected = "a conversation that begins with a message without ParentId",
         .actual = fmt::format("{} answers Melding[{}]", round, circle.front() + 1),
         .message = fmt::format("{} messages answer each other in a circle", circle.size()),
         .likely_cause = "the request was given the Id of its reply, beside the reply that has the "
                         "Id of the request: only replies have a ParentId"}
    );
}

/// What to write in place of a ParentId that leads nowhere, as far as the file tells.
std::string cause_of_lost_parent(const Conversations& all, const Record& reply) {
    const std::string_view id = reply.parent_id.text();
    if (const auto mixed = all.with_message_id(id)) {
        return fmt::format(
            "ParentId holds the MsgId of Melding[{}]; write the Id of that record", *mixed + 1
        );
    }
    if (all.is_name_of_file(id)) {
        return "ParentId holds the name of a message file; write the Id of its record";
    }
    if (reply.message == nullptr || reply.message->refers_to.empty()) return {};
    const std::string_view answered = reply.message->refers_to.front().text;
    if (const auto found = all.with_message_id(answered)) {
        return fmt::format(
            "inside its file the reply names the MsgId of Melding[{}] ({}): the Id of that record "
            "belongs here",
            *found + 1,
            shown_kind(all.records[*found].kind())
        );
    }
    return "the message that was answered was left out: messages were selected by time or by kind, "
           "and not conversation by conversation";
}

void tell_lost_parent(
    const ContentFacts& facts,
    const RuleReporter& broken,
    const Conversations& all,
    const Record& reply
) {
    const MessageKind* const kind = message_kind(reply.kind());
    const std::string answered =
        kind == nullptr || kind->answers.empty() ? "message" : std::string(kind->answers);
    tell(
        facts,
        broken,
        reply.parent_id,
        {.expected = fmt::format(
             "the Id of the {} that it answers; the file has {} Melding",
             answered,
             all.records.size()
         ),
         .actual = shown_text(reply.parent_id) + ", which is the Id of none of them",
         .message = fmt::format(
             "{} without its parent: the message that it answers is not in this file",
             shown_kind(reply.kind())
         ),
         .likely_cause = cause_of_lost_parent(all, reply)}
    );
}

bool is_state(std::string_view state) {
    return state == "Successful" || state == "Failed";
}

bool is_sent_by_us(const ContentFacts& facts, const Record& record) {
    if (record.message == nullptr || facts.organisation == nullptr) return true;
    return std::ranges::any_of(record.message->senders, [&](const std::string& her_id) {
        return facts.organisation->has_her_id(her_id);
    });
}

}  // namespace

void repeated_id(const ContentFacts& facts, const RuleReporter& broken) {
    const RecordNumbers& first = numbers_by<&Record::id>(facts);
    tell_repeated(facts, broken, &Record::id, first, "two Melding have the same Id");
}

void repeated_message_id(const ContentFacts& facts, const RuleReporter& broken) {
    const RecordNumbers& first = numbers_by<&Record::message_id>(facts);
    tell_repeated(facts, broken, &Record::message_id, first, "two Melding have the same MsgId");
}

void parent_missing(const ContentFacts& facts, const RuleReporter& broken) {
    const Conversations all(facts);
    for (std::size_t i = 0; i < all.records.size(); ++i) {
        const bool is_reply = !all.records[i].parent_id.text().empty();
        if (is_reply && !all.parent_of(i)) tell_lost_parent(facts, broken, all, all.records[i]);
    }
    for (const auto& circle : circles_in(all)) tell_circle(facts, broken, all, circle);
}

void other_kind_answered(const ContentFacts& facts, const RuleReporter& broken) {
    const Conversations all(facts);
    for (std::size_t i = 0; i < all.records.size(); ++i) {
        const auto parent = all.parent_of(i);
        if (!parent || *parent == i) continue;
        const std::string_view reply = all.records[i].kind();
        const std::string_view answered = all.records[*parent].kind();
        if (may_answer(reply, answered)) continue;
        const std::string_view right = message_kind(reply)->answers;
        tell(
            facts,
            broken,
            all.records[i].parent_id,
            {.expected = right.empty() ? "a message that was sent or received, and no answer"
                                       : std::string(right),
             .actual = fmt::format("Melding[{}], {}", *parent + 1, shown_kind(answered)),
             .message =
                 fmt::format("{} is no answer to {}", shown_kind(reply), shown_kind(answered))}
        );
    }
}

void unknown_type(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Record& record : records_of(facts)) {
        const std::string_view code = record.type_code();
        if (code.empty() || message_kind(code) != nullptr || may_be_message_kind(code)) continue;
        tell(
            facts,
            broken,
            record.type,
            {.expected = "ERM and a number, or AppRec",
             .actual = shown_attribute(record.type, "V"),
             .message = "nobody knows this kind of message"}
        );
    }
}

void unknown_state(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Record& record : records_of(facts)) {
        const std::string_view state = record.state.text();
        if (state.empty() || is_state(state)) continue;
        tell(
            facts,
            broken,
            record.state,
            {.expected = "Successful, Failed, or one blank",
             .actual = shown_text(record.state),
             .message = "the state of the message is none of the documented ones"}
        );
    }
}

void unusual_state(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Record& record : records_of(facts)) {
        const std::string_view state = record.state.text();
        if (!record.state || (!state.empty() && !is_state(state))) continue;
        const bool is_reply = !record.parent_id.text().empty();
        if (is_reply == state.empty()) continue;
        // A receipt that the practice itself sent has a state.
        if (is_reply && record.kind() == receipt_root && is_sent_by_us(facts, record)) continue;
        tell(
            facts,
            broken,
            record.state,
            {.expected = is_reply ? "a blank, as it is a reply" : "Successful or Failed",
             .actual = is_reply ? std::string(state) : "a blank",
             .message = is_reply ? "a reply has a state of its own"
                                 : "a message that is no reply has no state"}
        );
    }
}

void unusual_import(const ContentFacts& facts, const RuleReporter& broken) {
    IdMap<Element> produced;
    for (const char* const name : {"LegemiddelForskrivningsInfo", "HandelsvareForskrivningsInfo"}) {
        for (const Element& info : facts.all(name)) produced.emplace(info.child("Id").text(), info);
    }
    for (const Record& record : records_of(facts)) {
        if (!record.is_import()) continue;
        const std::string_view name = record.file.text();
        std::string_view unusual;
        if (record.kind() != "ERM1") {
            unusual = "it is no ERM1";
        } else if (!record.parent_id.text().empty()) {
            unusual = "it has a ParentId";
        } else if (record.message != nullptr && facts.organisation != nullptr &&
                   !record.message->senders.empty() && is_sent_by_us(facts, record)) {
            unusual = "its sender is an institution of this export";
        } else if (!produced.contains(name.substr(0, name.find('.')))) {
            unusual = "its file has not the Id of a ForskrivningsInfo as its name";
        }
        if (unusual.empty()) continue;
        tell(
            facts,
            broken,
            record.correspondence,
            {.expected =
                 "an ERM1 of another practice, named by the ForskrivningsInfo/Id made of it",
             .actual = std::string(unusual),
             .message = "Korrespondance is false, but this is no imported prescription like those "
                        "of the official examples"}
        );
    }
}

}  // namespace sfmkit::verifier::msg
