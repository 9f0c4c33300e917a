#include "mockserver/sfm/creation_rules.hpp"

#include "mockserver/sfm/creation_checks.hpp"

#include <array>
#include <utility>

namespace sfmkit::mockserver {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::upload;
constexpr auto page = Source::page_text | Source::page_example;
constexpr auto example = Source::page_example | Source::official_uploader;

const std::array<CheckedRule<CreationFacts>, 12> rules = {{
    {{.id = "SFM-01",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "Upload-Metadata tells the name of the file",
      .sources = page,
      .remedy = "send the key name with the file name in Base64"},
     sfm::name_missing},
    {{.id = "SFM-02",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "Upload-Metadata tells the content type",
      .sources = page,
      .remedy = "send the key contentType with application/octet-stream in Base64"},
     sfm::content_type_missing},
    {{.id = "SFM-03",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "Upload-Metadata tells the type of the file",
      .sources = page,
      .remedy = "send the key FileType with OrganizationFile, PatientFile or ReportFile in Base64"},
     sfm::file_type_missing},
    {{.id = "SFM-04",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "Upload-Metadata tells the session of the migration",
      .sources = Source::page_text,
      .remedy = "send the key SessionId with a GUID in Base64, the same for all files of a run"},
     sfm::session_id_missing},
    {{.id = "SFM-05",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "keys of Upload-Metadata are spelt as on the page, letter case included",
      .sources = example,
      .remedy = "spell the keys name, contentType, FileType, SessionId"},
     sfm::misspelt_key},
    {{.id = "SFM-06",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "values of Upload-Metadata are text in UTF-8",
      .sources = example,
      .remedy = "encode the text as UTF-8 before Base64, not as UTF-16 or Latin-1",
      .usual_cause = "C#: Encoding.Unicode.GetBytes; Java: String.getBytes() with a charset of "
                     "Windows; Node: Buffer.from(text, 'latin1')"},
     sfm::unreadable_value},
    {{.id = "SFM-07",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "SessionId is a GUID",
      .sources = Source::page_text,
      .remedy = "make one GUID at the start of the run and send its 36 letters with hyphens",
      .usual_cause = "C#: Guid.ToString(\"N\") or (\"B\"); a number of the own database"},
     sfm::session_id_without_form},
    {{.id = "SFM-08",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "FileType is one that the importer knows",
      .sources = example,
      .remedy = "send OrganizationFile, PatientFile or ReportFile, spelt so"},
     sfm::unknown_file_type},
    {{.id = "SFM-09",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "contentType is application/octet-stream",
      .sources = page,
      .remedy = "send application/octet-stream: the file is encrypted, whatever it was before"},
     sfm::other_content_type},
    {{.id = "SFM-10",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "name is a file name without folders",
      .sources = example,
      .remedy = "send the last part of the path",
      .usual_cause = "C#: the path instead of Path.GetFileName; Java: getPath instead of getName"},
     sfm::name_with_folder},
    {{.id = "SFM-11",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "name and FileType say the same",
      .sources = example,
      .remedy = "ExportData.dat is the OrganizationFile, .pat a PatientFile, .rpt a ReportFile"},
     sfm::name_of_other_type},
    {{.id = "SFM-12",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "the name of a patient or report file is a GUID with its extension",
      .sources = example,
      .remedy = "name the files as in the export folder: the Id of the document, in lower case"},
     sfm::name_without_form},
}};

}  // namespace

std::span<const CheckedRule<CreationFacts>> creation_rules() noexcept {
    return rules;
}

std::vector<findings::Finding> judge_creation(const CreationFacts& facts, const std::string& file) {
    findings::Report report;
    findings::Judge judge(report, findings::Profile::strict);
    judge.run(creation_rules(), facts, file);
    return std::move(report.findings);
}

}  // namespace sfmkit::mockserver
