#include "tests/verifier/export_recipe.hpp"

namespace sfmkit::test {
namespace {

void as_it_is(ExportRecipe& /*recipe*/) {}

void add_message(ExportRecipe& recipe, const std::string& name, const std::string& content) {
    auto& entries = recipe.patient_archive.entries;
    entries.insert(entries.begin(), ZipRecipe::Entry{.name = name, .content = content});
}

std::function<void(ExportRecipe&)> with_message(std::string name) {
    return [name](ExportRecipe& recipe) { add_message(recipe, name, "<MsgHead/>"); };
}

std::vector<RuleRecipe> directory_recipes() {
    return {
        {"ZIP-01", "a plain archive", true, as_it_is},
        {"ZIP-01",
         "bytes in front",
         false,
         [](ExportRecipe& r) {
             // Like a self-extracting archive, but with the zip signature at byte 0.
             r.patient_archive.prefix = std::string("PK\x03\x04", 4) + "stub";
         }},
        {"ZIP-01",
         "bytes in front, counted",
         false,
         [](ExportRecipe& r) {
             r.patient_archive.prefix = std::string("PK\x03\x04", 4) + "stub";
             r.patient_archive.prefix_counts = true;
         }},
        {"ZIP-01",
         "bytes before the directory",
         false,
         [](ExportRecipe& r) { r.patient_archive.gap = "gap"; }},
        {"ZIP-01",
         "bytes behind the end",
         false,
         [](ExportRecipe& r) { r.patient_archive.suffix = "more"; }},
        {"ZIP-01", "two names", false, [](ExportRecipe& r) { r.message().local_name = "x.xml"; }},
        {"ZIP-01", "two methods", false, [](ExportRecipe& r) { r.message().local_method = 0; }},
        {"ZIP-01", "two checksums", false, [](ExportRecipe& r) { r.message().local_crc32 = 1; }},
        {"ZIP-01",
         "part of a split archive",
         false,
         [](ExportRecipe& r) { r.patient_archive.disk = 1; }},
        {"ZIP-01",
         "too many entries announced",
         false,
         [](ExportRecipe& r) { r.patient_archive.entry_count = 3; }},
        {"ZIP-01",
         "too few entries announced",
         false,
         [](ExportRecipe& r) { r.patient_archive.entry_count = 1; }},
        {"ZIP-01",
         "directory length of 4 GiB",
         false,
         [](ExportRecipe& r) { r.patient_archive.directory_bytes = 0x3000000; }},
        {"ZIP-01",
         "two end records",
         false,
         [](ExportRecipe& r) { r.patient_archive.comment = make_zip({}); }},
        {"ZIP-07", "names apart", true, with_message("a.xml")},
        {"ZIP-07",
         "names that differ in case",
         false,
         [](ExportRecipe& r) {
             add_message(r, "a.xml", "<MsgHead/>");
             add_message(r, "A.xml", "<MsgHead/>");
         }},
        {"ZIP-13", "a message that nobody names in front", true, with_message("a.xml")},
        {"ZIP-13",
         "patient document first",
         false,
         [](ExportRecipe& r) {
             std::swap(r.patient_archive.entries.front(), r.patient_archive.entries.back());
         }},
        {"ZIP-14", "plain records", true, as_it_is},
        {"ZIP-14", "data descriptor", false, [](ExportRecipe& r) { r.message().descriptor = true; }
        },
        {"ZIP-14",
         "extra field",
         false,
         [](ExportRecipe& r) { r.message().extra = std::string("\xAA\x55\x00\x00", 4); }},
        {"ZIP-14", "entry comment", false, [](ExportRecipe& r) { r.message().comment = "hello"; }},
        {"ZIP-14",
         "archive comment",
         false,
         [](ExportRecipe& r) { r.patient_archive.comment = "hello"; }},
    };
}

std::vector<RuleRecipe> name_recipes() {
    return {
        {"ZIP-05", "a name with two dots", true, with_message("a..b.xml")},
        {"ZIP-05", "parent folder", false, with_message("../a.xml")},
        {"ZIP-05", "parent folder behind a backslash", false, with_message("a\\..\\b.xml")},
        {"ZIP-05", "absolute", false, with_message("/a.xml")},
        {"ZIP-05", "drive letter", false, with_message("C:a.xml")},
        {"ZIP-05", "NUL", false, with_message(std::string("a\0b.xml", 7))},
        {"ZIP-06", "beside each other", true, with_message("a.xml")},
        {"ZIP-06", "in a folder", false, with_message("messages/a.xml")},
        {"ZIP-06",
         "a folder entry",
         false,
         [](ExportRecipe& r) {
             add_message(r, "messages/", "");
             r.message().method = 0;
         }},
        {"ZIP-08", "ExportData.xml", true, as_it_is},
        {"ZIP-08",
         "other letters",
         false,
         [](ExportRecipe& r) { r.organisation_archive.entries[0].name = "exportdata.xml"; }},
        {"ZIP-09", "alone", true, as_it_is},
        {"ZIP-09",
         "with another",
         false,
         [](ExportRecipe& r) {
             r.organisation_archive.entries.push_back({.name = "more.xml", .content = "<a/>"});
         }},
        {"ZIP-10", "PatientData.xml", true, as_it_is},
        {"ZIP-10",
         "other letters",
         false,
         [](ExportRecipe& r) { r.patient_document().name = "patientdata.xml"; }},
        {"ZIP-10",
         "twice",
         false,
         [](ExportRecipe& r) {
             r.patient_archive.entries.insert(
                 r.patient_archive.entries.begin(), r.patient_document()
             );
         }},
        {"ZIP-11", "an XML file", true, with_message("a.xml")},
        {"ZIP-11", "a text file", false, with_message("a.txt")},
        {"ZIP-15",
         "declared",
         true,
         [](ExportRecipe& r) {
             add_message(r, "p\xC3\xA5.xml", "<MsgHead/>");
             r.message().flags = 0x800;
         }},
        {"ZIP-15", "not declared", false, with_message("p\xE5.xml")},
    };
}

std::vector<RuleRecipe> content_recipes() {
    return {
        {"ZIP-02", "right", true, as_it_is},
        {"ZIP-02", "wrong checksum", false, [](ExportRecipe& r) { r.message().crc32 = 0x12345678; }
        },
        {"ZIP-02", "size told too small", false, [](ExportRecipe& r) { r.message().expanded = 3; }},
        {"ZIP-02",
         "size told too large",
         false,
         [](ExportRecipe& r) { r.message().expanded = 3000; }},
        {"ZIP-03", "stored", true, [](ExportRecipe& r) { r.message().method = 0; }},
        {"ZIP-03", "bzip2", false, [](ExportRecipe& r) { r.message().method = 12; }},
        {"ZIP-04", "open", true, as_it_is},
        {"ZIP-04", "password", false, [](ExportRecipe& r) { r.message().flags = 1; }},
        {"ZIP-12",
         "half a MiB of blanks",
         true,
         [](ExportRecipe& r) {
             add_message(r, "a.xml", "<a>" + std::string(500'000, ' ') + "</a>");
         }},
        {"ZIP-12",
         "8 MiB of blanks",
         false,
         [](ExportRecipe& r) {
             add_message(r, "a.xml", "<a>" + std::string(8'000'000, ' ') + "</a>");
         }},
        {"ZIP-16", "one run", true, [](ExportRecipe& r) { r.message().dos_time = 0x7000; }},
        {"ZIP-16",
         "not set",
         false,
         [](ExportRecipe& r) {
             r.message().dos_date = 0x21;
             r.message().dos_time = 0;
         }},
        {"ZIP-16",
         "in the future",
         false,
         [](ExportRecipe& r) {
             for (auto& entry : r.organisation_archive.entries) entry.dos_date = 0x9E21;
             for (auto& entry : r.patient_archive.entries) entry.dos_date = 0x9E21;
         }},
        {"ZIP-16", "another day", false, [](ExportRecipe& r) { r.message().dos_date = 0x5321; }},
    };
}

}  // namespace

std::vector<RuleRecipe> zip_recipes() {
    std::vector<RuleRecipe> all;
    for (const auto& part : {directory_recipes(), name_recipes(), content_recipes()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace sfmkit::test
