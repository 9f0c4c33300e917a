#include "verifier/rules/trt_reference_checks.hpp"

#include "verifier/id_map.hpp"
#include "verifier/rules/trt_details.hpp"
#include "verifier/rules/trt_histories.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace sfmkit::verifier::trt {
namespace {

using findings::Observation;

constexpr auto id_of_medicine =
    "LibId was taken from the medicine (FEST id or key of a look-up table) and not from the "
    "treatment, so the same medicine twice gives the same LibId";
constexpr auto details_elsewhere =
    "details are collected by medicine or in one list for the patient (C#: GroupBy, Java: "
    "groupingBy, Node: reduce) and written below another treatment than the prescription";
constexpr auto details_lost =
    "the details were read without those of older versions, or got a new GUID (Guid.NewGuid, "
    "UUID.randomUUID, crypto.randomUUID) after ForskrivningsInfoId had been set";
constexpr auto version_named =
    "the id of the version was written; ForskrivningsInfoId is the Id of an element in "
    "PrescriptionDetails";
constexpr auto record_named =
    "the Id of the record in Meldinger was written; MsgId is the one that the message itself has";
constexpr auto message_lost =
    "messages were selected by age or direction, or MsgId was made anew when the record was "
    "written (Guid.NewGuid, UUID.randomUUID, crypto.randomUUID)";

/// Details by their Id in the whole document.
IdMap<Element> all_details(const ContentFacts& facts) {
    IdMap<Element> by_id;
    for (const Element& treatment : treatments_in(facts)) {
        for (const Element& info : Children(treatment.child("PrescriptionDetails"))) {
            by_id.emplace(info.child("Id").text(), info);
        }
    }
    return by_id;
}

Observation no_such_details(
    Element reference, Element treatment, const IdMap<Element>& everywhere
) {
    const auto elsewhere = everywhere.find(reference.text());
    const Element version = reference.parent();
    const bool is_version =
        IdEqual()(reference.text(), version.child("PrescriptionVersionId").text()) ||
        IdEqual()(reference.text(), version.child("PrescriptionId").text());
    const std::string of = fmt::format(
        "version {} of prescription {} in treatment {}",
        shown_text(version.child("PrescriptionVersionId")),
        shown_text(version.child("PrescriptionId")),
        shown_text(treatment.child("LibId"))
    );
    Observation told{
        .expected = "the Id of an element in PrescriptionDetails of the same treatment",
        .actual = shown_text(reference),
        .message = of + " names prescribing details that are nowhere in the document",
        .likely_cause = details_lost
    };
    if (elsewhere != everywhere.end()) {
        const Element other = elsewhere->second.parent().parent();
        told.message = fmt::format(
            "{} names prescribing details of another treatment, {}",
            of,
            shown_text(other.child("LibId"))
        );
        told.likely_cause = details_elsewhere;
    } else if (is_version) {
        told.message = of + " names itself where the id of its prescribing details has to stand";
        told.likely_cause = version_named;
    }
    return told;
}

bool is_electronic(std::string_view type) {
    return type == "eRp" || type == "eRp/uRp" || type == "iRp";
}

/// Records in Meldinger of the document by MsgId, and by Id.
struct Records {
    IdMap<Element> by_message;
    IdMap<Element> by_id;
};

Records read_records(const ContentFacts& facts) {
    Records records;
    for (const Element& record : Children(facts.root().child("Meldinger"), "Melding")) {
        records.by_message.emplace(record.child("MsgId").text(), record);
        records.by_id.emplace(record.child("Id").text(), record);
    }
    return records;
}

const Records& records_of(const ContentFacts& facts) {
    return facts.once(read_records);
}

void tell_no_message(
    const ContentFacts& facts, const RuleReporter& broken, const Records& records, Element id
) {
    const auto found = records.by_message.find(id.text());
    const bool other_kind = found != records.by_message.end();
    const bool is_record = records.by_id.contains(id.text());
    tell_made(facts, broken, id, [&] {
        std::string what = "no message has the ReseptId as its MsgId";
        if (other_kind) what = "the message with the ReseptId as its MsgId is no ERM1";
        if (is_record) what = "ReseptId is the Id of a record in Meldinger, not a MsgId";
        return Observation{
            .expected = "a Melding of the type ERM1 with MsgId " + shown_text(id),
            .actual =
                other_kind ? "type " + shown_attribute(found->second.child("Type"), "V") : "none",
            .message = fmt::format(
                "prescription {}: {}", shown_text(id.parent().child("PrescriptionId")), what
            ),
            .likely_cause = is_record ? record_named : message_lost
        };
    });
}

bool is_sent_prescription(const Records& records, std::string_view id) {
    const auto found = records.by_message.find(id);
    return found != records.by_message.end() &&
           found->second.child("Type").attribute("V") == "ERM1";
}

/// Tells the prescription of a dispensing, or an answer, that is not in the treatment.
void judge_dispensed(
    const ContentFacts& facts,
    const RuleReporter& broken,
    Element dispensing,
    const IdMap<bool>& prescriptions
) {
    const Element id = dispensing.child("PrescriptionId");
    if (id.text().empty() || prescriptions.contains(id.text())) return;
    tell_made(facts, broken, id, [&] {
        return Observation{
            .expected = "the PrescriptionId of a prescription of the same treatment",
            .actual = shown_text(id),
            .message = fmt::format(
                "{} belongs to no prescription of treatment {}",
                dispensing.name(),
                shown_text(dispensing.parent().child("LibId"))
            )
        };
    });
}

void judge_dispensing_message(
    const ContentFacts& facts,
    const RuleReporter& broken,
    Element dispensing,
    const Records& records
) {
    const Element id = dispensing.child("MsgId");
    if (id.text().empty() || records.by_message.contains(id.text())) return;
    const bool is_record = records.by_id.contains(id.text());
    tell_made(facts, broken, id, [&] {
        return Observation{
            .expected = "the MsgId of a Melding of the patient",
            .actual = shown_text(id),
            .message = fmt::format(
                "{} of prescription {} names {}",
                dispensing.name(),
                shown_text(dispensing.child("PrescriptionId")),
                is_record ? "the Id of a record and not the MsgId of its message"
                          : "a message that is not among Meldinger"
            ),
            .likely_cause = is_record ? record_named : message_lost
        };
    });
}

}  // namespace

void repeated_treatment_id(const ContentFacts& facts, const RuleReporter& broken) {
    IdMap<Element> known;
    for (const Element& treatment : treatments_in(facts)) {
        const Element id = treatment.child("LibId");
        if (id.text().empty()) continue;
        const auto [first, is_new] = known.emplace(id.text(), treatment);
        if (is_new) continue;
        tell_made(facts, broken, id, [&] {
            return Observation{
                .expected = "a LibId of its own",
                .actual = shown_text(id),
                .message = fmt::format(
                    "this {} has the LibId of an earlier {}", treatment.name(), first->second.name()
                ),
                .likely_cause = id_of_medicine
            };
        });
    }
}

void unknown_details(const ContentFacts& facts, const RuleReporter& broken) {
    const IdMap<Element> everywhere = all_details(facts);
    for (const Element& treatment : treatments_in(facts)) {
        const IdMap<Element> here = details_of(treatment);
        // Versions of one prescription repeat the mistake.
        IdMap<bool> told;
        for (const Element& version : Children(treatment, "Prescription")) {
            const Element reference = version.child("ForskrivningsInfoId");
            const std::string_view id = reference.text();
            if (id.empty() || here.contains(id) || !told.emplace(id, true).second) continue;
            tell_made(facts, broken, reference, [&] {
                return no_such_details(reference, treatment, everywhere);
            });
        }
    }
}

void unused_details(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& treatment : treatments_in(facts)) {
        const IdMap<Element> here = details_of(treatment);
        IdMap<bool> used;
        std::size_t dangling = 0;
        for (const Element& version : Children(treatment, "Prescription")) {
            const std::string_view id = version.child("ForskrivningsInfoId").text();
            const bool is_new = used.emplace(id, true).second;
            if (is_new && !here.contains(id)) ++dangling;
        }
        for (const Element& info : Children(treatment.child("PrescriptionDetails"))) {
            const Element id = info.child("Id");
            if (id.text().empty() || used.contains(id.text())) continue;
            // Those that a wrong reference does not reach: TRT-02 has told.
            if (dangling > 0) {
                --dangling;
                continue;
            }
            tell_made(facts, broken, id, [&] {
                return Observation{
                    .expected = "a Prescription of the treatment with this ForskrivningsInfoId",
                    .actual = "none",
                    .message = fmt::format(
                        "prescribing details in treatment {} that no version uses",
                        shown_text(treatment.child("LibId"))
                    )
                };
            });
        }
    }
}

void no_register_id(const ContentFacts& facts, const RuleReporter& broken) {
    Element told_treatment;
    IdMap<bool> told;
    each_version(facts, [&](Element version, Element info) {
        if (version.parent() != told_treatment) told = {};
        told_treatment = version.parent();
        const std::string_view type = info.child("ForskrivningsType").attribute("V");
        if (!is_electronic(type) || !version.child("ReseptId").text().empty()) return;
        if (!told.emplace(version.child("PrescriptionId").text(), true).second) return;
        tell_made(facts, broken, version, [&] {
            return Observation{
                .expected = "ReseptId, the MsgId of the M1",
                .actual = "none",
                .message = fmt::format(
                    "prescription {} is of the kind {} and has no ReseptId",
                    shown_text(version.child("PrescriptionId")),
                    type
                )
            };
        });
    });
}

void no_prescription_message(const ContentFacts& facts, const RuleReporter& broken) {
    const Histories& all = histories_of(facts);
    const Records& records = records_of(facts);
    // A patient without any message is told once, by MSG-24.
    if (records.by_message.empty()) return;
    IdMap<bool> told;
    for (const Prescription& prescription : all.prescriptions) {
        Element missing;
        bool any_found = false;
        for (const std::size_t i : prescription.versions) {
            const Element id = all.versions[i].element.child("ReseptId");
            if (id.text().empty()) continue;
            if (is_sent_prescription(records, id.text())) {
                any_found = true;
            } else if (!missing) {
                missing = id;
            }
        }
        // Where a version has another ReseptId than the others, TRT-10 has told.
        if (!missing || any_found || !told.emplace(missing.text(), true).second) continue;
        tell_no_message(facts, broken, records, missing);
    }
}

void dispensing_of_nothing(const ContentFacts& facts, const RuleReporter& broken) {
    constexpr std::array<std::string_view, 2> names = {"Utlevering", "SlvSvar"};
    const Records& records = records_of(facts);
    for (const Element& treatment : treatments_in(facts)) {
        IdMap<bool> prescriptions;
        for (const Element& version : Children(treatment, "Prescription")) {
            prescriptions.emplace(version.child("PrescriptionId").text(), true);
        }
        for (const std::string_view name : names) {
            for (const Element& dispensing : Children(treatment, name)) {
                judge_dispensed(facts, broken, dispensing, prescriptions);
                judge_dispensing_message(facts, broken, dispensing, records);
            }
        }
    }
}

}  // namespace sfmkit::verifier::trt
