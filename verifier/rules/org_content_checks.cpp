#include "verifier/rules/org_checks.hpp"
#include "verifier/rules/org_parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_set>

namespace sfmkit::verifier::org {
namespace {

constexpr std::array<std::string_view, 7> template_kinds = {
    "eRp/uRp", "eRp", "uRp", "fRp", "tRp", "Reg", "iRp"
};

/// Nothing where there is no number.
std::optional<double> number_in(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [read_to, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc() || read_to != end) return std::nullopt;
    return number;
}

/// The records of the inbox.
std::vector<Element> inbox_of(const ContentFacts& facts) {
    return elements_below(facts, "Inboks", "Melding");
}

std::vector<Element> children_of(const std::vector<Element>& parents, std::string_view name) {
    std::vector<Element> children;
    for (const Element& parent : parents) {
        if (const Element child = parent.child(name)) children.push_back(child);
    }
    return children;
}

}  // namespace

void templates_amiss(const ContentFacts& facts, const RuleReporter& broken) {
    const auto ids = elements_below(facts, "Mal", "Id");
    tell_repeated(facts, broken, ids, "an earlier template has the same Id");
    std::unordered_set<std::string> known;
    for (const Element& id : ids) known.insert(lower_case(id.text()));
    for (const Element& used : elements_below(facts, "Maler", "MalId")) {
        if (used.text().empty() || known.contains(lower_case(used.text()))) continue;
        tell(
            facts,
            broken,
            used,
            {.expected = "the Id of a Mal in the same file",
             .actual = shown_text(used),
             .message = "the protocol uses a template that is not in the file"}
        );
    }
}

void unknown_kind_of_template(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& kind : elements_below(facts, "Mal", "ForskrivningsType")) {
        if (std::ranges::find(template_kinds, kind.text()) != template_kinds.end()) continue;
        tell(
            facts,
            broken,
            kind,
            {.expected = "eRp/uRp, eRp, uRp, fRp, tRp, Reg or iRp",
             .actual = kind.text().empty() ? "empty" : shown_text(kind),
             .message = "ForskrivningsType of the template is none of its seven values"}
        );
    }
}

void empty_template(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& one : elements_below(facts, "ForskrivningsMaler", "Mal")) {
        // That both stand there is against the schema, and told so.
        if (one.child("ReseptDokLegemiddel") || one.child("ReseptDokHandelsvare")) continue;
        tell(
            facts,
            broken,
            one,
            {.expected = "ReseptDokLegemiddel or ReseptDokHandelsvare",
             .actual = "neither",
             .message = "the template says nothing of what is prescribed with it"}
        );
    }
}

void limits_amiss(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& protocol : elements_below(facts, "Protokoller", "Protokoll")) {
        const Element low = protocol.child("NedreGrense");
        const Element high = protocol.child("OvreGrense");
        const auto lowest = number_in(low.text());
        const auto highest = number_in(high.text());
        if (lowest && highest && *lowest > *highest) {
            tell(
                facts,
                broken,
                low,
                {.expected = "at most OvreGrense",
                 .actual = "above OvreGrense",
                 .message = "the lower limit of the protocol is above its upper limit"}
            );
        }
        if ((!low && !high) || protocol.child("Enhet")) continue;
        tell(
            facts,
            broken,
            low ? low : high,
            {.expected = "Enhet",
             .actual = "none",
             .message = "the protocol has a limit without a unit"}
        );
    }
}

void local_articles_without_own_id(const ContentFacts& facts, const RuleReporter& broken) {
    for (const std::string_view article :
         {"LokaltLegemiddel", "LokaltMagistreltLegemiddel", "LokaltKosttilskudd"}) {
        const auto ids = elements_below(facts, article, "Id");
        tell_repeated(facts, broken, ids, "an earlier local article of its kind has the same Id");
    }
}

void zero_denominator(const ContentFacts& facts, const RuleReporter& broken) {
    if (facts.is_patient()) return;
    for (const Element& denominator : facts.all("Nevner")) {
        const auto value = number_in(denominator.attribute("V"));
        if (!value || *value != 0) continue;
        tell(
            facts,
            broken,
            denominator,
            {.expected = "another number than 0",
             .actual = shown_attribute(denominator, "V"),
             .message = "a strength with the denominator 0 is no strength"}
        );
    }
}

void inbox_without_own_id_or_user(const ContentFacts& facts, const RuleReporter& broken) {
    const auto inbox = inbox_of(facts);
    tell_repeated(
        facts, broken, children_of(inbox, "Id"), "an earlier message of the inbox has the same Id"
    );
    if (facts.organisation == nullptr) return;
    for (const Element& user : children_of(inbox, "LegeBrukerId")) {
        if (user.text().empty() || facts.organisation->has_user(user.text())) continue;
        tell(
            facts,
            broken,
            user,
            {.expected = "the Id of a Helseperson in the same file",
             .actual = shown_text(user),
             .message = "the message of the inbox is for a user who is not in the file"}
        );
    }
}

void inbox_kind_without_number(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& kind : children_of(inbox_of(facts), "MeldingsType")) {
        const std::string_view code = kind.attribute("V");
        if (code.empty() || is_number(code)) continue;
        tell(
            facts,
            broken,
            kind,
            {.expected = "a number",
             .actual = shown_attribute(kind, "V"),
             .message = "the kind of an inbox message is not given by its number"}
        );
    }
}

void inbox_without_patient(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& message : inbox_of(facts)) {
        const bool is_about_something = !message.child("PrescriptionId").text().empty() ||
                                        !message.child("DokumentId").text().empty();
        const Element patient = message.child("PasientId");
        if (!is_about_something || !patient.text().empty()) continue;
        tell(
            facts,
            broken,
            patient ? patient : message,
            {.expected = "PasientId",
             .actual = patient ? "empty" : "none",
             .message = "the message is about a prescription or document of nobody"}
        );
    }
}

}  // namespace sfmkit::verifier::org
