#include "verifier/rules/led_checks.hpp"

#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::verifier::led {
namespace {

namespace sfm = wire::sfm;

constexpr std::string_view not_started = "notStarted";

bool was_tried(const LedgerEntry& entry) {
    return entry.status != not_started;
}

/// How the ledger spells what a path is: `patientFile` for PatientFile.
std::string ledger_type_of(std::string_view path) {
    std::string name(sfm::upload_file_type(sfm::kind_of_export_path(path)));
    name.front() = static_cast<char>(name.front() - 'A' + 'a');
    return name;
}

std::string or_nothing(const std::string& text) {
    return text.empty() ? "nothing" : text;
}

}  // namespace

void unusable_ledger(const Ledger& ledger, const RuleReporter& broken) {
    if (!ledger.unreadable().empty()) {
        broken.found(
            {.place = ledger.unreadable_from(),
             .expected = "JSON with the list importFiles",
             .actual = ledger.unreadable(),
             .message = "the official uploader cannot open a folder with such a ledger"}
        );
    }
    for (const LedgerEntry& entry : ledger.entries()) {
        if (ledger.has_file(entry)) continue;
        broken.found(
            {.place = entry.place,
             .expected = "a file of the export",
             .actual = or_nothing(entry.path),
             .message = "the ledger lists a file that is not there"}
        );
    }
}

void uploaded_before(const Ledger& ledger, const RuleReporter& broken) {
    const auto& entries = ledger.entries();
    const auto first = std::ranges::find_if(entries, was_tried);
    if (first == entries.end()) return;
    broken.found(
        {.place = first->place,
         .expected = std::string(not_started) + " for each file, or no ledger",
         .actual = or_nothing(first->status),
         .message = fmt::format(
             "{} of {} files were uploaded already, or begun",
             std::ranges::count_if(entries, was_tried),
             entries.size()
         )}
    );
}

void other_classification(const Ledger& ledger, const RuleReporter& broken) {
    for (const LedgerEntry& entry : ledger.entries()) {
        const std::string expected = ledger_type_of(entry.path);
        if (entry.file_type == expected) continue;
        broken.found(
            {.place = entry.place,
             .expected = expected + " for " + entry.path,
             .actual = or_nothing(entry.file_type),
             .message = "the ledger takes the file for something else than its folder says"}
        );
    }
    const bool told_by_others = !ledger.unreadable().empty() || !ledger.complete();
    const std::string session = ledger.session().value_or("");
    if (told_by_others || sfm::is_guid(session)) return;
    broken.found(
        {.expected = "a GUID in ImportSession",
         .actual = or_nothing(session),
         .message = "the ledger names no session"}
    );
}

}  // namespace sfmkit::verifier::led
