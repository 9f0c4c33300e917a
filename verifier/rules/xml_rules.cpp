#include "verifier/rules/xml_rules.hpp"

#include "verifier/known_names.hpp"
#include "verifier/xml_encoding.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

using findings::Blocking;
using findings::CheckedRule;
using findings::RuleReporter;
using findings::Source;
using enum findings::Severity;

constexpr auto stage = findings::Stage::document;

findings::Place place_of(const DocumentFacts& facts, const XmlProblem& problem) {
    return {
        .byte_offset = problem.place.byte_offset,
        .entry = facts.entry,
        .line = problem.place.line,
        .column = problem.place.column,
        .xpath = problem.xpath
    };
}

void not_well_formed(const DocumentFacts& facts, const RuleReporter& broken) {
    using Kind = XmlProblem::Kind;
    // What follows wrong bytes is no second mistake.
    const bool readable = !facts.document->has(Kind::encoding);
    for (const XmlProblem& problem : facts.document->problems) {
        const bool ours = (problem.kind == Kind::not_well_formed && readable) ||
                          problem.kind == Kind::document_type || problem.kind == Kind::entity ||
                          problem.kind == Kind::limit;
        if (!ours) continue;
        broken.found(
            {.place = place_of(facts, problem),
             .expected = problem.kind == Kind::limit ? "a document within the limits of libxml2"
                                                     : "well-formed XML without DOCTYPE",
             .message = problem.message}
        );
    }
}

void wrong_encoding(const DocumentFacts& facts, const RuleReporter& broken) {
    const XmlDocument& document = *facts.document;
    for (const XmlProblem& problem : document.problems) {
        if (problem.kind != XmlProblem::Kind::encoding) continue;
        broken.found(
            {.place = place_of(facts, problem),
             .expected = "bytes in the encoding that the document declares",
             .message = problem.message}
        );
    }
    if (document.has(XmlProblem::Kind::encoding)) return;
    const bool declares_utf8 = is_utf8_name(document.encoding);
    if (declares_utf8 && !document.utf16_bytes) return;
    const bool mislabelled = declares_utf8 && !document.encoding.empty();
    broken.found(
        {.place = {.entry = facts.entry},
         .expected = "UTF-8",
         .actual = document.utf16_bytes ? "UTF-16" : document.encoding,
         .message = mislabelled ? "the document is UTF-16 but declares UTF-8"
                                : "the document has another encoding than UTF-8",
         // A right declaration of another encoding is readable (decision on XML-02).
         .severity = mislabelled ? std::nullopt : std::optional(warning)}
    );
}

void wrong_root(const DocumentFacts& facts, const RuleReporter& broken) {
    if (facts.kind == DocumentKind::message || facts.document->root_name.empty()) return;
    const std::string_view root = facts.kind == DocumentKind::patient
                                      ? wire::sfm::patient_root
                                      : wire::sfm::organisation_root;
    const XmlDocument& document = *facts.document;
    if (document.root_name == root && document.root_namespace == wire::sfm::export_namespace) {
        return;
    }
    const std::string shown_root(known_name(document.root_name));
    broken.found(
        {.place = {.entry = facts.entry, .xpath = "/" + shown_root},
         .expected = std::string(root) + " in " + std::string(wire::sfm::export_namespace),
         .actual = shown_root + " in " + shown_namespace(document.root_namespace),
         .message = "the document has another root element"}
    );
}

bool is_about_schema(XmlProblem::Kind kind) {
    using enum XmlProblem::Kind;
    constexpr std::array kinds = {
        missing_element, unexpected, wrong_order, wrong_type, wrong_attribute
    };
    return std::ranges::find(kinds, kind) != kinds.end();
}

/// What an exporter mostly does when its documents differ from the schema in this way.
std::string_view cause_of(XmlProblem::Kind kind) {
    using enum XmlProblem::Kind;
    if (kind == missing_element) {
        return "a value that was null: XmlSerializer (C#), JAXB (Java) and object spread (Node) "
               "leave its element out without a word";
    }
    if (kind == unexpected) {
        return "a field of your own, or a list where one element may stand: C#: a property without "
               "[XmlIgnore]; Java: a getter without @XmlTransient; Node: all keys of an object";
    }
    if (kind == wrong_type) {
        return "values formatted for people: C#: ToString() without CultureInfo.InvariantCulture "
               "or XmlConvert; Java: DateTimeFormatter or String.format with a locale; Node: "
               "toLocaleString()";
    }
    if (kind == wrong_attribute) {
        return "a code written by half or by other names: V and DN (and S where it is a CV) are "
               "attributes; C#: [XmlElement] for [XmlAttribute]; Java: @XmlElement for "
               "@XmlAttribute; Node: a child key for an attribute key";
    }
    return {};
}

void not_valid(const DocumentFacts& facts, const RuleReporter& broken) {
    for (const XmlProblem& problem : facts.document->problems) {
        if (!is_about_schema(problem.kind)) continue;
        const bool relaxed = problem.known_2021_gap && facts.gaps_of_2021_allowed;
        broken.found(
            {.place = place_of(facts, problem),
             .expected = problem.expected,
             .actual = problem.actual,
             .message = problem.message,
             .severity = relaxed ? std::optional(warning) : std::nullopt,
             .likely_cause = std::string(cause_of(problem.kind))}
        );
    }
}

/// The problems of one kind, as they were seen.
template <XmlProblem::Kind kind>
void seen(const DocumentFacts& facts, const RuleReporter& broken) {
    for (const XmlProblem& problem : facts.document->problems) {
        if (problem.kind != kind) continue;
        broken.found(
            {.place = place_of(facts, problem),
             .expected = problem.expected,
             .actual = problem.actual,
             .message = problem.message}
        );
    }
}

const std::array<CheckedRule<DocumentFacts>, 10> rules = {{
    {{.id = "XML-01",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "the document is well-formed, without DOCTYPE and entities of its own",
      .sources = Source::inference,
      .remedy = "write documents with an XML library, and without a document type",
      .usual_cause = "documents put together from strings, with & or < not escaped",
      .supersedes = "XML-04",
      .blocking = Blocking::outright},
     not_well_formed},
    {{.id = "XML-02",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "the document is what it declares: UTF-8",
      .sources = Source::official_example,
      .remedy = "write UTF-8 and declare it",
      .usual_cause =
          "C#: a StringWriter declares UTF-16; Java: a FileWriter takes the encoding of the system",
      .blocking = Blocking::outright},
     wrong_encoding},
    {{.id = "XML-03",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "the root is PasientExport or ExportImport in the namespace of the format",
      .sources = Source::schema,
      .remedy = "write PasientExport in patient files and ExportImport in the organisation file",
      .usual_cause = "C#: XmlRoot without Namespace; Java: JAXB without namespace in package-info",
      .supersedes = "XML-04 XML-05 XML-06 XML-07 XML-08 XML-09 XML-10"},
     wrong_root},
    {{.id = "XML-04",
      .strict = error,
      .lenient = error,
      .stage = stage,
      .title = "the document is valid against the published schema",
      .sources = Source::schema,
      .remedy = "validate with the XSD before packing; the place names the first element amiss",
      .usual_cause = "classes not generated from the XSD: XmlElement without Order (C#), JAXB "
                     "without propOrder (Java), object keys in another order (Node)",
      .does_not_prove = "that the values mean something: most of the schema's types are strings"},
     not_valid},
    {{.id = "XML-05",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "required identifiers and names say something",
      .sources = Source::schema | Source::inference,
      .remedy = "leave optional elements out; an empty text passes the schema and says nothing",
      .usual_cause =
          "empty strings written for what is not known, in place of leaving the element out",
      .does_not_prove = "that an identifier leads anywhere"},
     seen<XmlProblem::Kind::empty_name>},
    {{.id = "XML-06",
      .strict = info,
      .lenient = off,
      .stage = stage,
      .title = "the document begins with a byte order mark and an XML declaration",
      .sources = Source::official_example,
      .remedy = "nothing need be done: this is how NHN's own exporter writes"},
     seen<XmlProblem::Kind::no_preamble>},
    {{.id = "XML-07",
      .strict = info,
      .lenient = info,
      .stage = stage,
      .title = "no element says xsi:nil",
      .sources = Source::schema,
      .remedy = "leave the element out; in .NET do not mark the property with IsNullable"},
     seen<XmlProblem::Kind::nil>},
    {{.id = "XML-08",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "identifiers and code words have no blanks around them",
      .sources = Source::official_example,
      .remedy = "trim what comes out of fixed-width columns; the schema keeps blanks in strings"},
     seen<XmlProblem::Kind::blanks>},
    {{.id = "XML-09",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "no comments, processing instructions or foreign namespaces",
      .sources = Source::inference,
      .remedy = "write the elements of the format only"},
     seen<XmlProblem::Kind::foreign_markup>},
    {{.id = "XML-10",
      .strict = warning,
      .lenient = info,
      .stage = stage,
      .title = "GUIDs are random ones (version 4) with dashes and without braces",
      .sources = Source::official_example,
      .remedy = "in .NET Guid.NewGuid() with ToString(\"D\"), in Java UUID.randomUUID()",
      .does_not_prove = "that the GUID is the right one"},
     seen<XmlProblem::Kind::wrong_guid>},
}};

}  // namespace

std::span<const CheckedRule<DocumentFacts>> xml_rules() noexcept {
    return rules;
}

}  // namespace sfmkit::verifier
