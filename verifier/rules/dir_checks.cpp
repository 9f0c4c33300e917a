#include "verifier/rules/dir_checks.hpp"

#include "verifier/export_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

namespace sfmkit::verifier::dir {
namespace {

namespace sfm = wire::sfm;

bool holds(const FolderFacts& facts, std::string_view path) {
    return std::ranges::find(facts.files, path, &FolderFacts::File::path) != facts.files.end();
}

/// The same name in other letters, which Windows opens and the official uploader refuses.
std::string look_alike(const FolderFacts& facts, std::string_view path) {
    const std::string wanted = in_lower_case(path);
    for (const FolderFacts::File& file : facts.files) {
        if (in_lower_case(file.path) == wanted) return file.path;
    }
    return "no such file";
}

bool has_extension(const FolderFacts::File& file, std::string_view extension) {
    return in_lower_case(take_apart(file.path).extension) == extension;
}

/// Letters that belong to a patient or report folder, whatever else is wrong with them.
bool is_patient_file(const FolderFacts::File& file) {
    return has_extension(file, sfm::patient_extension);
}

bool is_report_file(const FolderFacts::File& file) {
    return has_extension(file, sfm::report_extension);
}

/// How many files of a kind each numbered folder holds.
std::map<std::uint32_t, std::size_t> files_by_number(
    const FolderFacts& facts,
    const std::function<std::optional<std::uint32_t>(std::string_view)>& of
) {
    std::map<std::uint32_t, std::size_t> counts;
    for (const std::string& folder : facts.folders) {
        if (const auto number = of(folder + "/")) counts[*number] += 0;
    }
    for (const FolderFacts::File& file : facts.files) {
        if (const auto number = of(file.path)) ++counts[*number];
    }
    return counts;
}

struct FolderKind {
    std::string_view prefix;
    std::optional<std::uint32_t> (*number_of)(std::string_view path) noexcept;
};

constexpr std::array<FolderKind, 2> folder_kinds = {{
    {sfm::patient_folder_prefix, patient_folder_of},
    {sfm::report_folder_prefix, report_folder_of},
}};

/// The place of a finding is a file or a folder; empty when something is missing.
void say(
    const RuleReporter& broken,
    std::string place,
    std::string expected,
    std::string actual,
    std::string message
) {
    broken.found(
        {.expected = std::move(expected),
         .actual = std::move(actual),
         .message = std::move(message),
         .file = std::move(place)}
    );
}

}  // namespace

void no_organisation_file(const FolderFacts& facts, const RuleReporter& broken) {
    if (holds(facts, sfm::organisation_file)) return;
    say(broken,
        "",
        std::string(sfm::organisation_file) + " in the export folder",
        look_alike(facts, sfm::organisation_file),
        "the export has no organisation file; the official uploader refuses it");
}

void no_index(const FolderFacts& facts, const RuleReporter& broken) {
    if (holds(facts, sfm::index_file)) return;
    say(broken,
        "",
        std::string(sfm::index_file) + " in the export folder",
        look_alike(facts, sfm::index_file),
        "the export has no list of its patient files");
}

void misplaced_patient_file(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderFacts::File& file : facts.files) {
        if (!is_patient_file(file) || patient_folder_of(file.path)) continue;
        say(broken,
            file.path,
            "Patients<N>/<guid>.pat, N decimal without leading zero",
            file.path,
            "the patient file lies in no patient folder");
    }
}

void gap_in_numbers(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderKind& kind : folder_kinds) {
        std::int64_t expected = broken.bound();
        for (const auto& [number, count] : files_by_number(facts, kind.number_of)) {
            if (number != expected) {
                say(broken,
                    fmt::format("{}{}", kind.prefix, number),
                    fmt::format("{}{}", kind.prefix, expected),
                    fmt::format("{}{}", kind.prefix, number),
                    "the numbers of the folders leave one out");
                break;
            }
            ++expected;
        }
    }
}

void overfull_folder(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderKind& kind : folder_kinds) {
        for (const auto& [number, count] : files_by_number(facts, kind.number_of)) {
            if (std::cmp_less_equal(count, broken.bound())) continue;
            say(broken,
                fmt::format("{}{}", kind.prefix, number),
                fmt::format("at most {} files", broken.bound()),
                fmt::format("{} in {}{}", count, kind.prefix, number),
                "the folder holds more files than the format allows");
        }
    }
}

void folder_opened_early(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderKind& kind : folder_kinds) {
        const auto counts = files_by_number(facts, kind.number_of);
        for (const auto& [number, count] : counts) {
            const auto next = counts.find(number + 1);
            if (next == counts.end() || std::cmp_greater_equal(count, broken.bound())) continue;
            say(broken,
                fmt::format("{}{}", kind.prefix, number),
                fmt::format("{} files before the next folder", broken.bound()),
                fmt::format("{} in {}{}", count, kind.prefix, number),
                "the next folder was begun before this one was full");
        }
    }
}

void patient_file_without_guid(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderFacts::File& file : facts.files) {
        if (!is_patient_file(file)) continue;
        const ExportPath parts = take_apart(file.path);
        if (parts.extension == sfm::patient_extension && sfm::is_guid(parts.stem)) continue;
        say(broken,
            file.path,
            "<guid>.pat: 8-4-4-4-12 hex digits, extension in small letters",
            file.path,
            "the patient file is not named by a GUID");
    }
}

void capital_guid(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderFacts::File& file : facts.files) {
        const std::string_view stem = take_apart(file.path).stem;
        if (!is_patient_file(file) || !sfm::is_guid(stem) || sfm::is_lower_case_guid(stem))
            continue;
        say(broken,
            file.path,
            in_lower_case(stem),
            std::string(stem),
            "the GUID has capital letters");
    }
}

void repeated_guid(const FolderFacts& facts, const RuleReporter& broken) {
    std::map<std::string, std::string> seen;
    for (const FolderFacts::File& file : facts.files) {
        if (!is_patient_file(file) || !patient_folder_of(file.path)) continue;
        const auto [known, is_new] =
            seen.emplace(in_lower_case(take_apart(file.path).stem), file.path);
        if (is_new) continue;
        say(broken,
            file.path,
            "one file a patient",
            known->second + " and " + file.path,
            "two patient files have the same GUID");
    }
}

void stray_export_file(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderFacts::File& file : facts.files) {
        const bool organisation = has_extension(file, ".dat") &&
                                  in_lower_case(file.path) != in_lower_case(sfm::organisation_file);
        if (!organisation) continue;
        say(broken,
            file.path,
            "one .dat file: ExportData.dat in the export folder",
            file.path,
            "the official uploader would send this file, too, as Unknown");
    }
}

void decrypted_leftover(const FolderFacts& facts, const RuleReporter& broken) {
    constexpr std::array extensions = {".xml", ".zip", ".xps", ".tmp", ".html", ".pdf"};
    for (const FolderFacts::File& file : facts.files) {
        const bool plain = std::ranges::any_of(extensions, [&](const char* extension) {
            return has_extension(file, extension);
        });
        if (!plain) continue;
        say(broken,
            file.path,
            "encrypted files only",
            file.path,
            "a file that looks decrypted was left in the export");
    }
}

void foreign_file(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderFacts::File& file : facts.files) {
        const bool index = in_lower_case(file.path) == in_lower_case(sfm::index_file);
        const bool known = index || file.path == sfm::ledger_file || is_patient_file(file) ||
                           is_report_file(file) || has_extension(file, ".dat");
        if (known) continue;
        say(broken,
            file.path,
            "ExportData.dat, Index.txt, Patients<N> and Reports<N>",
            file.path,
            "the file is no part of an export");
    }
}

void misplaced_report(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderFacts::File& file : facts.files) {
        if (!is_report_file(file)) continue;
        const ExportPath parts = take_apart(file.path);
        const bool right = report_folder_of(file.path) && sfm::is_guid(parts.stem) &&
                           parts.extension == sfm::report_extension;
        if (right) continue;
        say(broken,
            file.path,
            "Reports<N>/<guid>.rpt",
            file.path,
            "the report lies in no report folder or is not named by a GUID");
    }
}

void empty_file(const FolderFacts& facts, const RuleReporter& broken) {
    const bool patients = std::ranges::any_of(facts.files, is_patient_file);
    for (const FolderFacts::File& file : facts.files) {
        if (file.kind != platform::FileKind::regular || file.size_bytes > 0) continue;
        if (file.path == sfm::index_file && !patients) continue;
        say(broken, file.path, "at least one byte", file.path, "the file is empty");
    }
}

void special_file(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderFacts::File& file : facts.files) {
        if (file.kind == platform::FileKind::regular) continue;
        say(broken,
            file.path,
            "regular files",
            file.path,
            file.kind == platform::FileKind::symbolic_link ? "the export holds a link"
                                                           : "the export holds a special file");
    }
}

void no_patient_file(const FolderFacts& facts, const RuleReporter& broken) {
    if (std::ranges::any_of(facts.files, is_patient_file)) return;
    say(broken, "", "at least one patient file", "none", "the export holds an organisation only");
}

void folder_named_by_prose(const FolderFacts& facts, const RuleReporter& broken) {
    constexpr std::array names = {
        "patient", "patients", "report", "reports", "patient folder", "report folder"
    };
    for (const std::string& folder : facts.folders) {
        const std::string lower = in_lower_case(folder);
        if (std::ranges::find(names, lower) == names.end()) continue;
        say(broken,
            folder,
            "Patients0 or Reports0",
            folder,
            "the folder is named as the page's prose speaks of it, without its number");
    }
}

}  // namespace sfmkit::verifier::dir
