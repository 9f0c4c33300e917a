#include "verifier/rules/idx_rules.hpp"

#include "verifier/rules/idx_checks.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

using findings::CheckedRule;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::folder;

const std::array<CheckedRule<Index>, 12> rules = {{
    {{.id = "IDX-01",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "each line of the index names a file of the export",
      .sources = Source::page_text,
      .remedy = "write the index from the files that were written, not from a list of patients",
      .usual_cause =
          "the index was written from a list of patients, with other letters or before the files"},
     idx::line_without_file},
    {{.id = "IDX-02",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "each patient file has a line in the index",
      .sources = Source::page_text,
      .remedy = "add the line when the file has its final name",
      .usual_cause = "a file that was added later, or an index that is cut",
      .does_not_prove = "that anybody reads the index: no official uploader does"},
     idx::file_without_line},
    {{.id = "IDX-03",
      .strict = error,
      .lenient = warning,
      .stage = stage,
      .title = "no line of the index stands there twice",
      .sources = Source::inference,
      .remedy = "begin the index anew with each export, do not append to an old one"},
     idx::repeated_line},
    {{.id = "IDX-04",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "lines of the index end in CR LF",
      .sources = Source::official_example,
      .remedy = "write CR LF whatever the platform's own line end is"},
     idx::other_line_ends},
    {{.id = "IDX-05",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "folder and name are separated by one backslash",
      .sources = Source::official_example,
      .remedy = "join folder and name with a backslash whatever the platform's separator is"},
     idx::other_separators},
    {{.id = "IDX-06",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "no line is an absolute path or holds ..",
      .sources = Source::inference,
      .remedy = "write paths relative to the export folder"},
     idx::path_outside},
    {{.id = "IDX-07",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "a line reads Patients<N>\\<guid>.pat",
      .sources = Source::official_example,
      .remedy = "write the path and nothing else: no heading, no quotes, no further columns"},
     idx::other_pattern},
    {{.id = "IDX-08",
      .strict = info,
      .lenient = off,
      .stage = stage,
      .title = "the last line of the index is ended like the others",
      .sources = Source::official_example,
      .remedy = "end each line, do not only separate them"},
     idx::last_line_open},
    {{.id = "IDX-09",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "the index is ASCII without byte order mark",
      .sources = Source::official_example,
      .remedy = "write the index as ASCII, in .NET with Encoding.ASCII"},
     idx::other_encoding},
    {{.id = "IDX-10",
      .strict = info,
      .lenient = off,
      .stage = stage,
      .title = "the lines of the index are in ascending order",
      .sources = Source::official_example,
      .remedy = "nothing has to be done"},
     idx::other_order},
    {{.id = "IDX-11",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "the index lists patient files only",
      .sources = Source::page_text,
      .remedy = "leave ExportData.dat and reports out of the index"},
     idx::no_patient_line},
    {{.id = "IDX-12",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "the index has no blank lines and no blanks around a path",
      .sources = Source::inference,
      .remedy = "trim each path and write nothing after the last line end"},
     idx::stray_blanks},
}};

}  // namespace

std::span<const CheckedRule<Index>> idx_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
