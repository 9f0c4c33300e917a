#include "verifier/rules/pat_care_checks.hpp"

#include "verifier/element_values.hpp"
#include "verifier/export_path.hpp"
#include "verifier/fest_id.hpp"
#include "verifier/rules/references.hpp"
#include "verifier/sfm_time.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace sfmkit::verifier::pat {
namespace {

using findings::Observation;

template <std::size_t count>
bool is_among(std::string_view word, const std::array<std::string_view, count>& words) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

void no_messages(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient() || facts.root().child("Meldinger")) return;
    tell(
        facts,
        broken,
        facts.root(),
        {.expected = "Meldinger with the messages of the patient",
         .message = "the document has no Meldinger"}
    );
}

void no_treatments(const ContentFacts& facts, const RuleReporter& broken) {
    const Element treatments = facts.root().child("Behandlinger");
    if (!facts.is_patient() || treatments.first_child()) return;
    tell(
        facts,
        broken,
        treatments ? treatments : facts.root(),
        {.expected = "Behandlinger with a treatment",
         .actual = treatments ? "no treatment" : "no Behandlinger",
         .message = "the document holds no treatment"}
    );
}

void no_reactions(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient() || facts.root().child("Legemiddelreaksjon")) return;
    tell(
        facts,
        broken,
        facts.root(),
        {.expected = "Legemiddelreaksjon where the patient has one",
         .message = "no reaction to a medicine is told; that may be right"}
    );
}

void several_default_comments(const ContentFacts& facts, const RuleReporter& broken) {
    std::int64_t seen = 0;
    for (const Element& comment : facts.all("EkspederingsAnmodningKommentar")) {
        const Element is_default = comment.child("IsDefault");
        if (!is_true(is_default) || ++seen <= broken.bound()) continue;
        tell(
            facts,
            broken,
            is_default,
            {.expected = "IsDefault true on one comment",
             .actual = "true once more",
             .message = "another dispensing comment is the default already"}
        );
    }
}

void unknown_reviewer(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& review : facts.all("RegistrertLegemiddelgjennomgang")) {
        const Element user = review.child("BrukerId");
        tell_unless_user(facts, broken, user, "who reviewed the medicines is no user");
    }
}

void review_without_message(const ContentFacts& facts, const RuleReporter& broken) {
    const auto reviews = facts.all("RegistrertLegemiddelgjennomgang");
    if (reviews.empty()) return;
    const MessageRecords& records = MessageRecords::of(facts);
    for (const Element& review : reviews) {
        const Element id = review.child("M251MessageId");
        const Element type = records.find(id.text()).child("Type");
        if (!type) {
            tell_unless_message(
                facts, broken, records, id, "no message of the patient is this one"
            );
        } else if (!same_without_case(type.attribute("V"), "ERM251")) {
            tell(
                facts,
                broken,
                id,
                {.expected = "a Melding of type ERM251",
                 .actual = shown_attribute(type, "V"),
                 .message = "the message of the review is of another type",
                 .severity = findings::Severity::warning}
            );
        }
    }
}

void application_without_message(const ContentFacts& facts, const RuleReporter& broken) {
    const auto applications = facts.all("Soknad");
    if (applications.empty()) return;
    const MessageRecords& records = MessageRecords::of(facts);
    for (const Element& application : applications) {
        const Element sent = application.child("M2MeldingsId");
        tell_unless_message(facts, broken, records, sent, "the M2 is no message of the patient");
        for (const Element answer : Children(application, "Svar")) {
            const Element got = answer.child("M12MeldingsId");
            tell_unless_message(
                facts, broken, records, got, "the M12 is no message of the patient"
            );
        }
    }
}

void unknown_kind_of_application(const ContentFacts& facts, const RuleReporter& broken) {
    constexpr std::array<std::string_view, 4> kinds = {
        "Product", "Brand", "FreeText", "Preparation"
    };
    for (const Element& application : facts.all("Soknad")) {
        const Element kind = application.child("LegemiddelType");
        if (!kind || is_among(kind.text(), kinds)) continue;
        tell(
            facts,
            broken,
            kind,
            {.expected = "Product, Brand, FreeText or Preparation",
             .actual = shown_text(kind),
             .message = "LegemiddelType is none of the four values"}
        );
    }
}

void draft_that_was_sent(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& application : facts.all("Soknad")) {
        const Element draft = application.child("SoknadKladd");
        const bool has_message = !application.child("M2MeldingsId").text().empty();
        const bool has_answer = static_cast<bool>(application.child("Svar"));
        if (is_true(draft)) {
            if (!has_message && !has_answer) continue;
            tell(
                facts,
                broken,
                draft,
                {.expected = "SoknadKladd false for what was sent",
                 .actual = has_message ? "true, with M2MeldingsId" : "true, with Svar",
                 .message = "a draft of an application was sent"}
            );
        } else if (!has_message) {
            tell(
                facts,
                broken,
                application,
                {.expected = "M2MeldingsId, or SoknadKladd true",
                 .message = "the application is no draft and names no message"}
            );
        }
    }
}

void decision_after_its_end(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& application : facts.all("Soknad")) {
        for (const Element answer : Children(application, "Svar")) {
            const Element end = answer.child("GyldigTil");
            const auto last_day = local_day_in(end.text());
            const auto decided = local_day_in(answer.child("Vedtaksdato").text());
            if (!last_day || !decided || *decided <= *last_day) continue;
            tell(
                facts,
                broken,
                end,
                {.expected = shown_text(answer.child("Vedtaksdato")) + " (Vedtaksdato) or later",
                 .actual = shown_text(end),
                 .message = "the decision ends before it was made"}
            );
        }
    }
}

void time_without_meaning(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& application : facts.all("Soknad")) {
        for (const Element answer : Children(application, "Svar")) {
            const Element time = answer.child("Tidspunkt");
            const auto number = integer_in(time);
            if (!number) continue;
            Observation seen{
                .expected = "a time, which the schema does not allow here",
                .actual = shown_text(time),
                .message =
                    "the schema asks for an int where a time is expected, and nothing says "
                    "what it counts"
            };
            if (*number < broken.bound()) {
                seen.expected = "a number that is not negative";
                seen.message = "no way of counting makes a time of a negative number";
                seen.severity = findings::Severity::warning;
            }
            tell(facts, broken, time, std::move(seen));
        }
    }
}

void interaction_without_treatments(const ContentFacts& facts, const RuleReporter& broken) {
    const auto interactions = facts.all("HandertInteraksjon");
    if (interactions.empty()) return;
    std::unordered_set<std::string> treatments;
    for (const Element& id : facts.all("LibId")) treatments.insert(lower_case(id.text()));
    const auto is_unknown = [&](Element id) {
        return !id.text().empty() && !treatments.contains(lower_case(id.text()));
    };
    for (const Element& interaction : interactions) {
        const Element first = interaction.child("LibId1");
        const Element second = interaction.child("LibId2");
        for (const Element id : {first, second}) {
            if (!is_unknown(id)) continue;
            tell(
                facts,
                broken,
                id,
                {.expected = "the LibId of a treatment of the patient",
                 .actual = shown_text(id),
                 .message = "no treatment of the patient has this LibId"}
            );
        }
        const bool is_same = same_without_case(first.text(), second.text());
        if (second.text().empty() || !is_same || is_unknown(second)) continue;
        tell(
            facts,
            broken,
            second,
            {.expected = "another treatment than LibId1",
             .actual = shown_text(second),
             .message = "a treatment interacts with itself"}
        );
    }
}

void unknown_user_of_interaction(const ContentFacts& facts, const RuleReporter& broken) {
    for (const std::string_view name : {"HandertInteraksjon", "InteraksjonHandtert"}) {
        for (const Element& interaction : facts.all(name)) {
            const Element user = interaction.child("BrukerId");
            tell_unless_user(facts, broken, user, "who handled the interaction is no user");
        }
    }
}

void no_fest_id_of_interaction(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& id : facts.all("FestInteraksjonsId")) {
        if (id.text().empty() || is_fest_id_in_any_case(id.text())) continue;
        tell(
            facts,
            broken,
            id,
            {.expected = "ID_ and a GUID, as in FEST",
             .actual = shown_text(id),
             .message = "FestInteraksjonsId is no id of FEST"}
        );
    }
}

void unknown_approval(const ContentFacts& facts, const RuleReporter& broken) {
    constexpr std::array<std::string_view, 5> kinds = {
        "Admission", "PreliminaryAdmission", "Discharge", "AfterChange", "Other"
    };
    for (const Element& approval : facts.all("VibGodkjenning")) {
        const Element user = approval.child("BrukerId");
        tell_unless_user(facts, broken, user, "who approved the medicine list is no user");
        const Element kind = approval.child("TypeGodkjenning");
        if (!kind || is_among(kind.text(), kinds)) continue;
        tell(
            facts,
            broken,
            kind,
            {.expected = "Admission, PreliminaryAdmission, Discharge, AfterChange or Other",
             .actual = shown_text(kind),
             .message = "TypeGodkjenning is none of the five values"}
        );
    }
}

void approval_of_nothing(const ContentFacts& facts, const RuleReporter& broken) {
    const auto approvals = facts.all("VibGodkjenning");
    if (approvals.empty()) return;
    const MessageRecords& records = MessageRecords::of(facts);
    for (const Element& approval : approvals) {
        const Element institution = approval.child("InstitusjonId");
        tell_unless_institution(facts, broken, institution, "the approval is of no institution");
        const Element id = approval.child("M251DokumentId");
        tell_unless_message(facts, broken, records, id, "the M25.1 is no message of the patient");
    }
}

}  // namespace sfmkit::verifier::pat
