#include "verifier/rules/trt_word_checks.hpp"

#include "verifier/element_values.hpp"
#include "verifier/id_map.hpp"
#include "verifier/rules/trt_details.hpp"
#include "verifier/rules/trt_histories.hpp"
#include "verifier/rules/trt_words.hpp"

#include <fmt/format.h>

namespace sfmkit::verifier::trt {
namespace {

using findings::Observation;

constexpr auto enum_name =
    "the name of an enum member was written (C#: ToString(), Java: name(), Node: the key of an "
    "object) instead of the word of the format";
constexpr auto letter_of_code =
    "the letter of kodeverk 7408 was written; the format wants the text that goes with it";
constexpr auto pasted_error =
    "the error text of an earlier attempt was kept after sending again succeeded";

/// A value and the list it has to be of.
struct Listed {
    Element element;
    std::string_view value;
    std::string shown;
    Words words;
    std::string_view name;  ///< of the element
};

Observation not_listed(const Listed& listed) {
    const std::string_view same = without_case(listed.value, listed.words);
    // What differs from a word of the list in the case of letters only is about nobody.
    if (!same.empty()) {
        return {
            .expected = std::string(same),
            .actual = std::string(listed.value),
            .message = fmt::format(
                "{} is written with other capital letters than the list has", listed.name
            ),
            .likely_cause = enum_name
        };
    }
    return {
        .expected = listing(listed.words),
        .actual = listed.value.empty() ? "nothing" : listed.shown,
        .message = fmt::format("{} is none of the words the format knows", listed.name),
        .likely_cause = enum_name
    };
}

void judge_text(
    const ContentFacts& facts, const RuleReporter& broken, Element element, Words words
) {
    if (!element || is_among(element.text(), words)) return;
    tell_made(facts, broken, element, [&] {
        return not_listed(
            {.element = element,
             .value = element.text(),
             .shown = shown_text(element),
             .words = words,
             .name = element.name()}
        );
    });
}

/// An element that every version of a prescription repeats: once for each value.
class Repeats {
  public:
    /// True for the first of its value in its prescription.
    bool is_new(Element version, std::string_view value) {
        const Element treatment = version.parent();
        const std::string_view id = version.child("PrescriptionId").text();
        if (treatment != treatment_ || !IdEqual()(id, prescription_)) values_.clear();
        treatment_ = treatment;
        prescription_ = id;
        return values_.emplace(value, true).second;
    }

  private:
    Element treatment_;
    std::string_view prescription_;
    IdMap<bool> values_;
};

}  // namespace

void wrong_send_status(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& version : facts.all("Prescription")) {
        const Element status = version.child("RfSendStatus");
        const Element failure = version.child("RFSendFeilmelding");
        if (status && !is_among(status.text(), send_statuses())) {
            judge_text(facts, broken, status, send_statuses());
        } else if (!failure.text().empty() && !is_among(status.text(), failed_send_statuses())) {
            tell_made(facts, broken, failure, [&] {
                return Observation{
                    .expected =
                        "no RFSendFeilmelding, or RfSendStatus " + listing(failed_send_statuses()),
                    .actual =
                        status ? "RfSendStatus " + std::string(status.text()) : "no RfSendStatus",
                    .message = "an error text stands with a prescription that did not fail to send",
                    .likely_cause = pasted_error
                };
            });
        }
    }
}

void wrong_register_status(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& version : facts.all("Prescription")) {
        const Element status = version.child("RfStatus");
        if (!is_among(status.text(), register_status_codes())) {
            judge_text(facts, broken, status, register_statuses());
            continue;
        }
        tell_made(facts, broken, status, [&] {
            return Observation{
                .expected = listing(register_statuses()),
                .actual = std::string(status.text()),
                .message = "RfStatus is the letter of the status and not its text",
                .likely_cause = letter_of_code
            };
        });
    }
}

void wrong_source(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& version : facts.all("Prescription")) {
        const Element source = version.child("ItemSource");
        const std::string_view value = source.text();
        if (!source || is_among(value, item_sources())) continue;
        tell_made(facts, broken, source, [&] {
            Observation told = not_listed(
                {.element = source,
                 .value = value,
                 .shown = shown_text(source),
                 .words = item_sources(),
                 .name = "ItemSource"}
            );
            if (!without_case(value, item_sources()).empty()) {
                told.severity = findings::Severity::warning;
            }
            return told;
        });
    }
}

void wrong_draft(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& version : facts.all("Prescription")) {
        judge_text(facts, broken, version.child("Kladd"), drafts());
    }
}

void wrong_update(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& kind : facts.all("TypeOppdatering")) {
        if (without_case(kind.text(), update_kinds()).empty()) {
            judge_text(facts, broken, kind, update_kinds());
        }
    }
}

void wrong_recall_cause(const ContentFacts& facts, const RuleReporter& broken) {
    Repeats repeats;
    for (const Element& recall : facts.all("Tilbakekalling")) {
        const Element cause = recall.child("Arsak");
        const std::string_view code = cause.attribute("V");
        if (!cause.has_attribute("V") || is_among(code, recall_causes())) continue;
        if (!repeats.is_new(recall.parent(), code)) continue;
        tell_made(facts, broken, cause, [&] {
            return Observation{
                .expected = listing(recall_causes()) + ", as kodeverk 7500 has them",
                .actual = shown_attribute(cause, "V"),
                .message = "the reason of the withdrawal is not in kodeverk 7500"
            };
        });
    }
}

void recall_and_status_differ(const ContentFacts& facts, const RuleReporter& broken) {
    constexpr std::string_view recalled = "Tilbakekalt";
    for (const Element& version : facts.all("Prescription")) {
        if (!is_true(version.child("Aktiv"))) continue;
        const Element recall = version.child("Tilbakekalling");
        const Element status = version.child("RfStatus");
        // The withdrawal is on its way, or did not get there.
        const bool is_sent = version.child("RfSendStatus").text().starts_with("M5");
        const bool says_recalled = status.text() == recalled;
        if (says_recalled && !recall) {
            tell_made(facts, broken, status, [&] {
                return Observation{
                    .expected = "Tilbakekalling, where the EHR knows of it",
                    .actual = "RfStatus Tilbakekalt alone",
                    .message = "the active version is withdrawn, but nothing tells when and why"
                };
            });
        } else if (recall && !says_recalled && !is_sent) {
            tell_made(facts, broken, recall, [&] {
                return Observation{
                    .expected = "RfStatus Tilbakekalt, or RfSendStatus M5Pending or M5Failed",
                    .actual = status ? "RfStatus " + shown_text(status) : "no RfStatus",
                    .message = "the active version tells a withdrawal that its status does not"
                };
            });
        }
    }
}

void wrong_deletion_cause(const ContentFacts& facts, const RuleReporter& broken) {
    constexpr std::string_view list = "2.16.578.1.12.4.1.1.9237";
    Repeats repeats;
    for (const Element& version : facts.all("Prescription")) {
        const Element cause = version.child("Slettet").child("Arsak");
        if (!cause.has_attribute("S") || cause.attribute("S") == list) continue;
        if (!repeats.is_new(version, cause.attribute("S"))) continue;
        tell_made(facts, broken, cause, [&] {
            return Observation{
                .expected = "S=\"" + std::string(list) + "\"",
                .actual = "S=\"" + shown_attribute(cause, "S") + "\"",
                .message = "the reason of the deletion is coded in another list than kodeverk 9237"
            };
        });
    }
}

void wrong_delivery_mode(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& mode : facts.all("DeliveryMode")) {
        judge_text(facts, broken, mode, delivery_modes());
    }
}

void wrong_prescribing_type(const ContentFacts& facts, const RuleReporter& broken) {
    if (!facts.is_patient()) return;
    for (const Element& type : facts.all("ForskrivningsType")) {
        const std::string_view value = type.attribute("V");
        if (!type.has_attribute("V") || is_among(value, prescribing_types())) continue;
        tell_made(facts, broken, type, [&] {
            return not_listed(
                {.element = type,
                 .value = value,
                 .shown = shown_attribute(type, "V"),
                 .words = prescribing_types(),
                 .name = "V of ForskrivningsType"}
            );
        });
    }
}

void pending_but_no_draft(const ContentFacts& facts, const RuleReporter& broken) {
    each_version(facts, [&](Element version, Element info) {
        const Element status = version.child("RfSendStatus");
        const Element type = info.child("ForskrivningsType");
        if (status.text() != "M1Pending" || !type || type.attribute("V") == "eRp/uRp") return;
        tell_made(facts, broken, status, [&] {
            return Observation{
                .expected = "prescribing details of the kind eRp/uRp",
                .actual = shown_attribute(type, "V"),
                .message = "the version waits for its M1 to be sent, but its details say otherwise"
            };
        });
    });
}

void wrong_goods_group(const ContentFacts& facts, const RuleReporter& broken) {
    constexpr std::string_view medicine = "L";
    if (!facts.is_patient()) return;
    for (const Element& group : facts.all("Varegruppekode")) {
        if (!group.has_attribute("V")) continue;
        const bool wants_medicine = group.parent().name() == "ReseptDokLegemiddel";
        const bool is_medicine = group.attribute("V") == medicine;
        if (wants_medicine == is_medicine) continue;
        tell_made(facts, broken, group, [&] {
            return Observation{
                .expected = wants_medicine ? "L" : "another group than L, e.g. A",
                .actual = shown_attribute(group, "V"),
                .message = wants_medicine ? "a medicine is in the group of other goods"
                                          : "a food or consumable is in the group of medicines"
            };
        });
    }
}

void unusual_vaccine(const ContentFacts& facts, const RuleReporter& broken) {
    constexpr std::string_view vaccines = "J07";
    constexpr std::string_view vaccine_use = "4";
    for (const Element& treatment : facts.all("VaksineBehandling")) {
        for (const Element& info : Children(treatment.child("PrescriptionDetails"))) {
            const Element prescribing = info.at("ReseptDokLegemiddel/Forskrivning");
            const Element use = prescribing.child("Bruk");
            if (use.has_attribute("V") && use.attribute("V") != vaccine_use) {
                tell(
                    facts,
                    broken,
                    use,
                    {.expected = "4",
                     .actual = shown_attribute(use, "V"),
                     .message = "Bruk of a vaccine is not that of vaccines"}
                );
            }
            for (const Element& drug : Children(prescribing)) {
                const Element code = drug.child("Atc");
                if (!code || code.attribute("V").starts_with(vaccines)) continue;
                tell(
                    facts,
                    broken,
                    code,
                    {.expected = "an ATC code that begins with J07",
                     .actual = shown_attribute(code, "V"),
                     .message = "the ATC code of a vaccine is not one of vaccines"}
                );
            }
        }
    }
}

}  // namespace sfmkit::verifier::trt
