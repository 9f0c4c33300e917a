#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/export_recipe.hpp"

#include <algorithm>

namespace sfmkit::test {
namespace {

constexpr const char* report_id = "d86e6322-9c1b-42d9-aebc-1d03207c8942";
constexpr std::size_t most_files = 16000;

void as_it_is(ExportRecipe& /*recipe*/) {}

std::function<void(ExportRecipe&)> at_path(std::string path) {
    return [path](ExportRecipe& recipe) {
        recipe.patient_path = path;
        recipe.index = path + "\r\n";
        std::ranges::replace(recipe.index, '/', '\\');
    };
}

std::function<void(ExportRecipe&)> in_folder(const std::string& folder) {
    return at_path(folder + "/" + std::string(patient_id) + ".pat");
}

std::function<void(ExportRecipe&)> with_file(std::string path, std::string content = "x") {
    return [path, content](ExportRecipe& recipe) { recipe.further_files[path] = content; };
}

std::function<void(ExportRecipe&)> with_folder(std::string name) {
    return [name](ExportRecipe& recipe) {
        recipe.edit_folder = [name](const std::filesystem::path& folder) {
            std::filesystem::create_directories(folder / name);
        };
    };
}

/// A second patient under this path, with its line in the index.
std::function<void(ExportRecipe&)> with_second_patient(std::string path) {
    return [path](ExportRecipe& recipe) {
        recipe.further_sealed.push_back({.path = path, .archive = recipe.patient_archive});
        std::string line = path + "\r\n";
        std::ranges::replace(line, '/', '\\');
        recipe.index += line;
    };
}

std::function<void(ExportRecipe&)> with_report(std::string path) {
    return [path](ExportRecipe& recipe) {
        ZipRecipe document;
        document.entries.push_back({.name = "[Content_Types].xml", .content = "<Types/>"});
        recipe.further_sealed.push_back(
            {.path = path, .archive = document, .extension_field = "eHBz"}
        );
    };
}

/// A folder with so many patient files, as a listing only.
std::function<verifier::FolderFacts()> with_patients(std::size_t count) {
    return [count] {
        verifier::FolderFacts facts;
        facts.folders = {"Patients0"};
        for (const char* path : {"ExportData.dat", "Index.txt"}) {
            facts.files.push_back({.path = path, .size_bytes = 1});
        }
        for (std::size_t i = 0; i < count; ++i) {
            const std::string name = "0e7bfd89-ff43-4c5a-a9e2-1af46a" + std::to_string(100'000 + i);
            facts.files.push_back({.path = "Patients0/" + name + ".pat", .size_bytes = 1});
        }
        return facts;
    };
}

std::vector<RuleRecipe> place_recipes() {
    const std::string id(patient_id);
    const std::string other = "29f070be-6e5b-4d0c-8d5a-0f0f2a6f5f01";
    return {
        {"DIR-01", "there", true, as_it_is},
        {"DIR-01", "missing", false, [](ExportRecipe& r) { r.organisation_path.clear(); }},
        {"DIR-01",
         "other letters",
         false,
         [](ExportRecipe& r) { r.organisation_path = "exportdata.dat"; }},
        {"DIR-02", "there", true, as_it_is},
        {"DIR-02", "missing", false, [](ExportRecipe& r) { r.index_path.clear(); }},
        {"DIR-03", "Patients0", true, in_folder("Patients0")},
        {"DIR-03", "leading zero", false, in_folder("Patients00")},
        {"DIR-03", "no number", false, in_folder("Patient")},
        {"DIR-03", "a folder in between", false, in_folder("Patients0/a")},
        {"DIR-04", "two folders", true, in_folder("Patients0")},
        {"DIR-04", "begins with one", false, in_folder("Patients1")},
        {"DIR-05", "16 000 files", true, as_it_is, with_patients(most_files)},
        {"DIR-05", "one more", false, as_it_is, with_patients(most_files + 1)},
        {"DIR-06", "one folder", true, as_it_is},
        {"DIR-06", "two folders for two", false, with_second_patient("Patients1/" + other + ".pat")
        },
        {"DIR-07", "a GUID", true, as_it_is},
        {"DIR-07", "a number", false, at_path("Patients0/1.pat")},
        {"DIR-07", "braces", false, at_path("Patients0/{" + id + "}.pat")},
        {"DIR-07", "capital extension", false, at_path("Patients0/" + id + ".PAT")},
        {"DIR-08", "small letters", true, as_it_is},
        {"DIR-08", "capitals", false, at_path("Patients0/0E7BFD89-FF43-4C5A-A9E2-1AF46AE33672.pat")
        },
        {"DIR-09", "two patients", true, with_second_patient("Patients0/" + other + ".pat")},
        {"DIR-09", "the same twice", false, with_second_patient("Patients1/" + id + ".pat")},
        {"DIR-17", "an empty Patients0", true, with_folder("Reports0")},
        {"DIR-17", "the page's words", false, with_folder("Patient folder")},
    };
}

std::vector<RuleRecipe> content_recipes() {
    return {
        {"DIR-10", "one .dat", true, as_it_is},
        {"DIR-10",
         "another",
         false,
         [](ExportRecipe& r) {
             r.further_sealed.push_back(
                 {.path = "backup/more.dat", .archive = r.organisation_archive}
             );
         }},
        {"DIR-11", "encrypted", true, as_it_is},
        {"DIR-11", "the plain zip", false, with_file("Patients0/a.zip")},
        {"DIR-11", "the plain document", false, with_file("PatientData.XML")},
        {"DIR-12", "a ledger", true, with_file(".ledger", "{}")},
        {"DIR-12", "desktop.ini", false, with_file("desktop.ini")},
        {"DIR-12", "a mark of the web", false, with_file("ExportData.dat:Zone.Identifier")},
        {"DIR-13", "Reports0", true, with_report(std::string("Reports0/") + report_id + ".rpt")},
        {"DIR-13", "no number", false, with_report(std::string("Report/") + report_id + ".rpt")},
        {"DIR-13", "no GUID", false, with_report("Reports0/1.rpt")},
        {"DIR-14", "nothing empty", true, as_it_is},
        {"DIR-14",
         "an empty report",
         false,
         with_file(std::string("Reports0/") + report_id + ".rpt", "")},
        {"DIR-15", "files", true, as_it_is},
        {"DIR-15",
         "a link",
         false,
         [](ExportRecipe& r) {
             r.edit_folder = [](const std::filesystem::path& folder) {
                 std::filesystem::create_directories(folder / "Reports0");
                 std::filesystem::create_symlink(
                     "/etc/passwd", folder / "Reports0" / (std::string(report_id) + ".rpt")
                 );
             };
         }},
        {"DIR-16", "one patient", true, as_it_is},
        {"DIR-16",
         "none",
         false,
         [](ExportRecipe& r) {
             r.patient_path.clear();
             r.index.clear();
         }},
    };
}

}  // namespace

std::vector<RuleRecipe> dir_recipes() {
    std::vector<RuleRecipe> all;
    for (const auto& part : {place_recipes(), content_recipes()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace sfmkit::test
