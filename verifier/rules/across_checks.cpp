#include "verifier/rules/across_checks.hpp"

#include "verifier/export_path.hpp"
#include "wire/sfm_names.hpp"

#include <string>

namespace sfmkit::verifier::across {
namespace {

bool have_one_name(std::string_view left, std::string_view right) {
    return same_without_case(take_apart(left).stem, take_apart(right).stem);
}

}  // namespace

void document_id_of_another(const AcrossFacts& facts, const RuleReporter& broken) {
    if (!facts.file->document_id) return;
    const auto other = facts.before->file_of_document(*facts.file->document_id);
    // Two files of one name are told by DIR-09: there the Id is the same for that reason.
    if (!other || have_one_name(facts.files[*other], facts.name)) return;
    broken.found(
        {.place = facts.file->document_place,
         .expected = "an Id of its own",
         .actual = "the Id of " + std::string(facts.files[*other]),
         .message = "two patient documents have the same Id"}
    );
}

void number_of_another_patient(const AcrossFacts& facts, const RuleReporter& broken) {
    const auto& id = facts.file->document_id;
    // The same patient once more is told by its Id.
    if (id && facts.before->file_of_document(*id)) return;
    for (const auto& [number, place] : facts.file->numbers) {
        const auto other = facts.before->file_of_number(number);
        if (!other) continue;
        broken.found(
            {.place = place,
             .expected = "an identity number of nobody else",
             .actual = "the number of the patient in " + std::string(facts.files[*other]),
             .message = "two patients share an identity number"}
        );
    }
}

void code_with_another_name(const AcrossFacts& facts, const RuleReporter& broken) {
    for (const FileIdentifiers::CodeName& used : facts.file->codes) {
        const auto known = facts.before->codes().find(used.code);
        const bool differs_across = known && known->name != used.name;
        if (!differs_across && !used.differs_in_file) continue;
        const std::string where =
            differs_across ? std::string(facts.files[known->file]) : "the same file";
        broken.found(
            {.place = used.place,
             .expected = "the DN that the code has everywhere",
             .actual = "another DN than in " + where,
             .message = "the same code has two names"}
        );
    }
}

void inbox_about_nothing(const AcrossFacts& facts, const RuleReporter& broken) {
    for (const InboxReference& reference : facts.file->not_found) {
        const std::string what = reference.is_document ? "DokumentId" : "PrescriptionId";
        broken.found(
            {.place = reference.place(),
             .expected = reference.is_document ? "the Id of a Melding"
                                               : "the PrescriptionId of a treatment",
             .actual = "nothing in " + std::string(facts.name),
             .message = what + " of the inbox message is not in the file of its patient",
             .file = std::string(wire::sfm::organisation_file)}
        );
    }
}

}  // namespace sfmkit::verifier::across
