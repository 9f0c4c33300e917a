#include "verifier/rules/dir_rules.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::RuleReporter;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::folder;

bool holds(const FolderFacts& facts, std::string_view path) {
    return std::ranges::find(facts.files, path, &FolderFacts::File::path) != facts.files.end();
}

/// The same name in other letters, which Windows opens and the official uploader refuses.
std::string look_alike(const FolderFacts& facts, std::string_view path) {
    const auto same = [&](const FolderFacts::File& file) {
        return std::ranges::equal(file.path, path, [](char a, char b) {
            return (a | 0x20) == (b | 0x20);
        });
    };
    const auto found = std::ranges::find_if(facts.files, same);
    return found == facts.files.end() ? "no such file" : found->path;
}

void no_organisation_file(const FolderFacts& facts, const RuleReporter& broken) {
    if (holds(facts, wire::sfm::organisation_file)) return;
    broken.found(
        {.expected = std::string(wire::sfm::organisation_file) + " in the export folder",
         .actual = look_alike(facts, wire::sfm::organisation_file),
         .message = "the export has no organisation file; the official uploader refuses it"}
    );
}

void no_index(const FolderFacts& facts, const RuleReporter& broken) {
    if (holds(facts, wire::sfm::index_file)) return;
    broken.found(
        {.expected = std::string(wire::sfm::index_file) + " in the export folder",
         .actual = look_alike(facts, wire::sfm::index_file),
         .message = "the export has no list of its patient files"}
    );
}

void misplaced_patient_file(const FolderFacts& facts, const RuleReporter& broken) {
    for (const FolderFacts::File& file : facts.files) {
        if (!file.path.ends_with(wire::sfm::patient_extension)) continue;
        const std::size_t slash = file.path.find('/');
        const std::string folder = slash == std::string::npos ? "" : file.path.substr(0, slash);
        const bool direct = slash != std::string::npos && slash == file.path.rfind('/');
        const auto number = wire::sfm::numbered_folder(folder, wire::sfm::patient_folder_prefix);
        if (direct && number) continue;
        broken.found(
            {.expected = "Patients<N>/<guid>.pat, N decimal without leading zero",
             .actual = file.path,
             .message = "the patient file lies in no patient folder"}
        );
    }
}

const std::array<CheckedRule<FolderFacts>, 3> rules = {{
    {{.id = "DIR-01",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "ExportData.dat lies in the export folder",
      .sources = Source::page_text | Source::official_uploader,
      .remedy = "write the organisation file as ExportData.dat, with these capitals"},
     no_organisation_file},
    {{.id = "DIR-02",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "Index.txt lies in the export folder",
      .sources = Source::page_text,
      .remedy = "write Index.txt with one line per patient file",
      .does_not_prove = "that anybody reads it: no official uploader does"},
     no_index},
    {{.id = "DIR-03",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "patient files lie in Patients0, Patients1, …",
      .sources = Source::page_text | Source::official_uploader,
      .remedy = "put patient files into Patients<N>, counted from 0"},
     misplaced_patient_file},
}};

}  // namespace

std::span<const CheckedRule<FolderFacts>> dir_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
