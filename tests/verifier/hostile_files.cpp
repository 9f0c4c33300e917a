#include "fixtures/report_recipe.hpp"
#include "tests/support/run_program.hpp"
#include "tests/verifier/hostile_export.hpp"

#include <filesystem>
#include <stdexcept>

namespace sfmkit::test {
namespace {

using fixtures::ExportRecipe;
using fixtures::ZipRecipe;
using Edit = std::function<void(ExportRecipe&)>;

constexpr std::size_t mebibyte = 1 << 20;
const std::string report_id = "d86e6322-9c1b-42d9-aebc-1d03207c8942";
const std::string report_path = "Reports0/" + report_id + ".rpt";
constexpr std::uint32_t two_gibibytes = 0x7FFFFFFF;

void as_it_is(ExportRecipe& /*recipe*/) {}

/// A report may hold any files, so its archive is where names and numbers are tried.
Edit with_report(const std::function<void(ZipRecipe&)>& edit) {
    return [edit](ExportRecipe& recipe) {
        ZipRecipe archive;
        archive.entries.push_back({.name = "[Content_Types].xml", .content = "<Types/>"});
        archive.entries.push_back({.name = "page.fpage", .content = "<FixedPage/>"});
        edit(archive);
        recipe.further_sealed.push_back(
            {.path = report_path, .archive = archive, .extension_field = "eHBz"}
        );
        fixtures::add_report_record(recipe, report_id, "Reports0\\" + report_id + ".xps");
    };
}

Edit with_report_entry(std::string name) {
    return with_report([name](ZipRecipe& archive) { archive.entries.back().name = name; });
}

Edit with_entries(std::size_t count) {
    return with_report([count](ZipRecipe& archive) {
        for (std::size_t i = 0; i < count; ++i) {
            archive.entries.push_back({.name = std::to_string(i), .content = "x", .method = 0});
        }
    });
}

Edit with_message(std::function<void(ZipRecipe::Entry&)> edit) {
    return [edit](ExportRecipe& recipe) { edit(recipe.message()); };
}

Edit with_blanks(std::size_t count) {
    return with_message([count](ZipRecipe::Entry& entry) {
        entry.content = "<a>" + std::string(count, ' ') + "</a>";
    });
}

/// In front of those that are there, so that the order stays right.
Edit with_many_messages(std::size_t count) {
    return [count](ExportRecipe& recipe) {
        std::vector<ZipRecipe::Entry> entries(count, {.content = "<a/>", .method = 0});
        for (std::size_t i = 0; i < count; ++i) entries[i].name = std::to_string(i) + ".xml";
        std::swap(entries, recipe.patient_archive.entries);
        recipe.patient_archive.entries.insert(
            recipe.patient_archive.entries.end(), entries.begin(), entries.end()
        );
    };
}

/// The directory names the data of the first entry for all of them (D. Fifield's zip bomb).
void overlap_entries(std::string& archive) {
    constexpr std::size_t offset_field = 42;
    const std::string header = "PK\x01\x02";
    const std::size_t first = archive.find(header);
    for (std::size_t at = first; at != std::string::npos; at = archive.find(header, at + 4)) {
        archive.replace(at + offset_field, 4, archive, first + offset_field, 4);
    }
}

Edit with_patient_archive(std::function<void(std::string&)> edit) {
    return [edit](ExportRecipe& recipe) {
        recipe.patient.plaintext = make_zip(recipe.patient_archive);
        edit(recipe.patient.plaintext);
    };
}

void run(const std::string& program, const std::vector<std::string>& arguments) {
    const ProgramRun made = run_program(program, arguments);
    if (made.exit_code != 0) throw std::runtime_error(made.output);
}

/// The one patient of the export.
std::filesystem::path patient_file(const std::filesystem::path& folder) {
    return std::filesystem::directory_iterator(folder / "Patients0")->path();
}

/// Puts something else where a file of the export is.
std::function<void(const std::filesystem::path&)> in_place_of_patient(
    std::string program, std::vector<std::string> arguments
) {
    return [program, arguments](const std::filesystem::path& folder) {
        const std::filesystem::path path = patient_file(folder);
        std::filesystem::remove(path);
        std::vector<std::string> words = arguments;
        words.push_back(path.string());
        run(program, words);
    };
}

}  // namespace

std::vector<HostileExport> hostile_archives() {
    return {
        {"ratio_bomb", "ZIP-12", with_blanks(64 * mebibyte), with_blanks(900'000)},
        {"more_entries_than_a_directory_counts", "ZIP-01", with_entries(66'000), with_entries(100)},
        {"count_bomb", "ZIP-12", with_many_messages(60'000), as_it_is},
        {"zip_in_zip",
         "XML-01",
         with_message([](ZipRecipe::Entry& entry) {
             ZipRecipe inner;
             inner.entries.push_back({.name = "0", .content = std::string(32 * mebibyte, ' ')});
             entry.content = make_zip(inner);
         }),
         as_it_is},
        {"size_told_too_small",
         "ZIP-02",
         with_message([](ZipRecipe::Entry& entry) {
             entry.content = "<a>" + std::string(900'000, ' ') + "</a>";
             entry.expanded = 10;
         }),
         with_blanks(900'000)},
        {"size_told_as_4_GiB",
         "ZIP-02",
         with_message([](ZipRecipe::Entry& entry) { entry.expanded = 0xFFFFFFFE; }),
         as_it_is},
        {"entries_that_share_data",
         "ZIP-01",
         with_patient_archive(overlap_entries),
         with_patient_archive([](std::string&) {})},
        {"directory_told_as_4_GiB",
         "ZIP-01",
         [](ExportRecipe& recipe) { recipe.patient_archive.directory_bytes = 0xFFFFFFFE; },
         as_it_is},
        {"entries_told_as_30000",
         "ZIP-01",
         [](ExportRecipe& recipe) { recipe.patient_archive.entry_count = 30'000; },
         as_it_is},
        {"name_that_climbs", "ZIP-05", with_report_entry("../../etc/passwd"), with_report_entry("a")
        },
        {"name_that_climbs_later",
         "ZIP-05",
         with_report_entry("a/../../b"),
         with_report_entry("a/b")},
        {"name_of_Windows", "ZIP-05", with_report_entry("..\\..\\a"), with_report_entry("a")},
        {"absolute_name", "ZIP-05", with_report_entry("/etc/passwd"), with_report_entry("etc")},
        {"name_of_a_drive", "ZIP-05", with_report_entry("C:\\a"), with_report_entry("C")},
        {"name_of_a_share", "ZIP-05", with_report_entry("\\\\host\\a"), with_report_entry("host")},
    };
}

std::vector<HostileExport> hostile_envelopes() {
    return {
        {"key_length_of_2_GiB",
         "ENV-05",
         [](ExportRecipe& recipe) { recipe.patient.key_length = two_gibibytes; },
         as_it_is},
        {"IV_length_of_2_GiB",
         "ENV-04",
         [](ExportRecipe& recipe) { recipe.patient.iv_length = two_gibibytes; },
         as_it_is},
        {"extension_length_of_4_GiB",
         "ENV-05",
         [](ExportRecipe& recipe) { recipe.patient.extension_length = 0xFFFFFFFF; },
         as_it_is},
        {"extension_length_of_2_GiB",
         "ENV-05",
         [](ExportRecipe& recipe) { recipe.patient.extension_length = two_gibibytes; },
         as_it_is},
    };
}

std::vector<HostileExport> hostile_folders() {
    return {
        {"pipe", "DIR-15", as_it_is, as_it_is, in_place_of_patient("mkfifo", {})},
        {"link_to_a_device",
         "DIR-15",
         as_it_is,
         as_it_is,
         in_place_of_patient("ln", {"-s", "/dev/zero"})},
        {"link_to_itself",
         "DIR-15",
         as_it_is,
         as_it_is,
         [](const std::filesystem::path& folder) {
             const std::filesystem::path path = patient_file(folder);
             std::filesystem::remove(path);
             std::filesystem::create_symlink(path.filename(), path);
         }},
        {"link_to_a_file",
         "DIR-15",
         as_it_is,
         as_it_is,
         in_place_of_patient("ln", {"-s", "../ExportData.dat"})},
        {"link_to_the_folder",
         "DIR-15",
         as_it_is,
         as_it_is,
         [](const std::filesystem::path& folder) {
             run("ln", {"-s", "..", (folder / "Patients0" / "up").string()});
         }},
        {"pipe_for_the_index",
         "DIR-15",
         as_it_is,
         as_it_is,
         [](const std::filesystem::path& folder) {
             std::filesystem::remove(folder / "Index.txt");
             run("mkfifo", {(folder / "Index.txt").string()});
         }},
        {"link_to_a_device_for_the_index",
         "DIR-15",
         as_it_is,
         as_it_is,
         [](const std::filesystem::path& folder) {
             std::filesystem::remove(folder / "Index.txt");
             run("ln", {"-s", "/dev/zero", (folder / "Index.txt").string()});
         }},
    };
}

}  // namespace sfmkit::test
