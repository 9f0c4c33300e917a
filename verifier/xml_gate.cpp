#include "verifier/xml_gate.hpp"

#include "platform/assert.hpp"
#include "verifier/element_path.hpp"
#include "verifier/schema_message.hpp"
#include "verifier/xml_complaint.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <string_view>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view message_file_element = "MeldingsFil";

std::string_view text_of(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_encoding_error(int code) {
    constexpr std::array codes = {
        int{XML_ERR_INVALID_ENCODING},
        int{XML_ERR_UNKNOWN_ENCODING},
        int{XML_ERR_UNSUPPORTED_ENCODING},
        int{XML_ERR_ENCODING_NAME},
        int{XML_I18N_CONV_FAILED},
        int{XML_I18N_NO_HANDLER},
    };
    return std::ranges::find(codes, code) != codes.end();
}

/// With or without byte order mark: the first character of a document is `<` (XML 1.0 appendix F).
bool looks_like_utf16(std::string_view beginning) {
    using namespace std::string_view_literals;
    constexpr std::array beginnings = {"\xFE\xFF"sv, "\xFF\xFE"sv, "<\0"sv, "\0<"sv};
    return std::ranges::find(beginnings, beginning) != beginnings.end();
}

}  // namespace

bool XmlDocument::has(XmlProblem::Kind kind) const noexcept {
    return std::ranges::find(problems, kind, &XmlProblem::kind) != problems.end();
}

/// libxml2's push parser calls our handlers, and these call the schema validator's: so the path is
/// right when the validator complains, and text reaches it in one piece. Given the parser's many
/// small pieces it would need time in the square of the text's length.
class XmlGate::Parser {
  public:
    Parser(const XmlSchema* schema, const Limits& limits);
    ~Parser();
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    void feed(platform::Bytes bytes);
    XmlDocument finish();

  private:
    static void start_element(
        void* self,
        const xmlChar* name,
        const xmlChar* prefix,
        const xmlChar* uri,
        int namespace_count,
        const xmlChar** namespaces,
        int attribute_count,
        int defaulted_count,
        const xmlChar** attributes
    );
    static void end_element(
        void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri
    );
    static void characters(void* self, const xmlChar* text, int length);
    static void document_type(
        void* self, const xmlChar* name, const xmlChar* external_id, const xmlChar* system_id
    );
    static void parser_error(void* self, xmlErrorPtr error);
    static void schema_error(void* self, xmlErrorPtr error);

    void started(std::string_view name, std::string_view uri);
    void hand_over_text();
    bool is_full() const noexcept;
    /// Counts the problem, or keeps it. The text is made only then: places and sentences of many
    /// problems in a hostile document would cost more than reading it.
    template <class MakeMessage>
    void report(XmlProblem::Kind kind, MakeMessage make_message, std::string expected = {});
    void stop_at_limit(std::string message);
    XmlProblem problem_here(XmlProblem::Kind kind, std::string message) const;
    XmlProblem::Kind kind_of_schema_error(std::string_view expected) const;

    Limits limits_;
    XmlDocument document_;
    ElementPath path_;
    std::string text_;  ///< since the last tag
    bool in_message_file_ = false;
    bool stopped_ = false;
    std::string beginning_;  ///< the first two bytes
    xmlParserCtxtPtr context_ = nullptr;
    xmlSchemaValidCtxtPtr validator_ = nullptr;
    xmlSchemaSAXPlugPtr plug_ = nullptr;
    xmlSAXHandlerPtr validator_events_ = nullptr;  ///< of the plug; null without schema
    void* validator_data_ = nullptr;
};

XmlGate::Parser::Parser(const XmlSchema* schema, const Limits& limits) : limits_(limits) {
    prepare_xml_library();
    xmlSAXHandler handler{};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = start_element;
    handler.endElementNs = end_element;
    handler.characters = characters;
    handler.ignorableWhitespace = characters;
    handler.cdataBlock = characters;
    handler.internalSubset = document_type;
    handler.serror = parser_error;
    context_ = xmlCreatePushParserCtxt(&handler, this, nullptr, 0, nullptr);
    SFM_ASSERT(context_ != nullptr);
    xmlCtxtUseOptions(context_, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    if (schema == nullptr) return;
    validator_ = xmlSchemaNewValidCtxt(schema->get());
    SFM_ASSERT(validator_ != nullptr);
    xmlSchemaSetValidStructuredErrors(validator_, schema_error, this);
    // Plugged into nothing: it only hands out its handlers.
    plug_ = xmlSchemaSAXPlug(validator_, &validator_events_, &validator_data_);
    SFM_ASSERT(plug_ != nullptr && validator_events_ != nullptr);
}

XmlGate::Parser::~Parser() {
    if (plug_ != nullptr) xmlSchemaSAXUnplug(plug_);
    if (validator_ != nullptr) xmlSchemaFreeValidCtxt(validator_);
    xmlFreeParserCtxt(context_);
}

XmlProblem XmlGate::Parser::problem_here(XmlProblem::Kind kind, std::string message) const {
    XmlProblem problem{.kind = kind, .message = std::move(message)};
    const long consumed = xmlByteConsumed(context_);
    problem.byte_offset = consumed < 0 ? 0 : static_cast<std::uint64_t>(consumed);
    if (context_->input != nullptr) {
        problem.line = static_cast<std::uint64_t>(std::max(context_->input->line, 1));
        problem.column = static_cast<std::uint64_t>(std::max(context_->input->col, 1));
    }
    problem.xpath = path_.xpath();
    return problem;
}

bool XmlGate::Parser::is_full() const noexcept {
    return document_.problems.size() >= limits_.findings_of_one_kind;
}

template <class MakeMessage>
void XmlGate::Parser::report(
    XmlProblem::Kind kind, MakeMessage make_message, std::string expected
) {
    if (is_full()) {
        ++document_.problems_not_kept;
        return;
    }
    XmlProblem problem = problem_here(kind, make_message());
    // libxml2 tells a wrong value twice: which facet, and that the value is wrong.
    const bool repeated = !document_.problems.empty() &&
                          document_.problems.back().kind == problem.kind &&
                          document_.problems.back().byte_offset == problem.byte_offset &&
                          document_.problems.back().xpath == problem.xpath;
    if (repeated) return;
    problem.expected = std::move(expected);
    document_.problems.push_back(std::move(problem));
}

void XmlGate::Parser::stop_at_limit(std::string message) {
    if (stopped_) return;
    report(XmlProblem::Kind::limit, [&] { return std::move(message); });
    stopped_ = true;
    xmlStopParser(context_);
}

void XmlGate::Parser::started(std::string_view name, std::string_view uri) {
    if (path_.depth() == 0) {
        document_.root_name = name;
        document_.root_namespace = uri;
        const auto* const input = context_->input;
        const bool converted =
            input != nullptr && input->buf != nullptr && input->buf->encoder != nullptr;
        if (context_->encoding != nullptr) {
            document_.encoding = text_of(context_->encoding);
        } else if (converted) {
            document_.encoding = input->buf->encoder->name;
        }
    }
    path_.start(name);
    in_message_file_ =
        name == message_file_element && document_.message_files.size() < limits_.entries;
    if (path_.depth() > limits_.element_depth) {
        stop_at_limit("elements are nested deeper than " + std::to_string(limits_.element_depth));
    }
}

void XmlGate::Parser::hand_over_text() {
    if (validator_events_ != nullptr && !text_.empty()) {
        validator_events_->characters(
            validator_data_,
            reinterpret_cast<const xmlChar*>(text_.data()),
            static_cast<int>(text_.size())
        );
    }
    text_.clear();
}

void XmlGate::Parser::start_element(
    void* self,
    const xmlChar* name,
    const xmlChar* prefix,
    const xmlChar* uri,
    int namespace_count,
    const xmlChar** namespaces,
    int attribute_count,
    int defaulted_count,
    const xmlChar** attributes
) {
    auto& parser = *static_cast<Parser*>(self);
    parser.hand_over_text();
    parser.started(text_of(name), text_of(uri));
    if (parser.validator_events_ == nullptr || parser.stopped_) return;
    parser.validator_events_->startElementNs(
        parser.validator_data_,
        name,
        prefix,
        uri,
        namespace_count,
        namespaces,
        attribute_count,
        defaulted_count,
        attributes
    );
}

void XmlGate::Parser::end_element(
    void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri
) {
    auto& parser = *static_cast<Parser*>(self);
    if (parser.in_message_file_) parser.document_.message_files.push_back(parser.text_);
    parser.in_message_file_ = false;
    parser.hand_over_text();
    if (parser.validator_events_ != nullptr) {
        parser.validator_events_->endElementNs(parser.validator_data_, name, prefix, uri);
    }
    // Only now: what an element lacks is told at its end.
    parser.path_.end();
}

void XmlGate::Parser::characters(void* self, const xmlChar* text, int length) {
    auto& parser = *static_cast<Parser*>(self);
    const auto bytes = static_cast<std::size_t>(length);
    if (parser.text_.size() + bytes > parser.limits_.text_bytes) {
        parser.stop_at_limit(
            "a text is longer than " + std::to_string(parser.limits_.text_bytes) + " bytes"
        );
        return;
    }
    parser.text_.append(reinterpret_cast<const char*>(text), bytes);
}

void XmlGate::Parser::document_type(
    void* self,
    const xmlChar* /*name*/,
    const xmlChar* /*external_id*/,
    const xmlChar* /*system_id*/
) {
    auto& parser = *static_cast<Parser*>(self);
    parser.report(XmlProblem::Kind::document_type, [] {
        return std::string("the document has a DOCTYPE; it was not read further");
    });
    parser.stopped_ = true;
    xmlStopParser(parser.context_);
}

void XmlGate::Parser::parser_error(void* self, xmlErrorPtr error) {
    auto& parser = *static_cast<Parser*>(self);
    if (error == nullptr || parser.stopped_ || error->level == XML_ERR_WARNING) return;
    const std::string_view message = error->message == nullptr ? "" : error->message;
    using enum XmlProblem::Kind;
    // Bad UTF-8 shares its code with forbidden characters; only the sentence tells them apart.
    const bool wrong_bytes =
        is_encoding_error(error->code) || message.starts_with("Input is not proper UTF-8");
    const auto kind = wrong_bytes                                ? encoding
                      : error->code == XML_ERR_UNDECLARED_ENTITY ? document_type
                                                                 : not_well_formed;
    constexpr std::string_view bad_bytes = "bytes that are not in the declared encoding";
    parser.report(kind, [&] {
        return std::string(wrong_bytes ? bad_bytes : sentence_for(error->code));
    });
}

XmlProblem::Kind XmlGate::Parser::kind_of_schema_error(std::string_view expected) const {
    struct KnownGap {
        std::string_view parent;
        std::string_view missing;
    };
    // What exports of 2021 lack against the schema of 2024, seen in NHN's example of that year.
    static constexpr std::array<KnownGap, 3> gaps = {
        {{"Prescription", "InVib"}, {"Melding", "Id"}, {"Melding", "State"}}
    };
    // The parser stands at the element that came instead, or at the end of the parent.
    const bool known = std::ranges::any_of(gaps, [&](const KnownGap& gap) {
        return expected == gap.missing &&
               (path_.name(1) == gap.parent || path_.name(0) == gap.parent);
    });
    return known ? XmlProblem::Kind::known_2021_gap : XmlProblem::Kind::schema;
}

void XmlGate::Parser::schema_error(void* self, xmlErrorPtr error) {
    auto& parser = *static_cast<Parser*>(self);
    if (error == nullptr || error->level == XML_ERR_WARNING) return;
    const std::string_view message = error->message == nullptr ? "" : error->message;
    std::string expected = expected_elements(message);
    const XmlProblem::Kind kind = parser.kind_of_schema_error(expected);
    parser.report(kind, [&] { return masked_schema_message(message); }, std::move(expected));
}

void XmlGate::Parser::feed(platform::Bytes bytes) {
    constexpr std::size_t piece_bytes = std::size_t{64} * 1024;
    for (const std::byte byte : bytes.first(std::min(bytes.size(), 2 - beginning_.size()))) {
        beginning_ += static_cast<char>(byte);
    }
    while (!bytes.empty() && !stopped_) {
        const platform::Bytes piece = bytes.first(std::min(bytes.size(), piece_bytes));
        xmlParseChunk(
            context_, reinterpret_cast<const char*>(piece.data()), static_cast<int>(piece.size()), 0
        );
        bytes = bytes.subspan(piece.size());
    }
}

XmlDocument XmlGate::Parser::finish() {
    if (beginning_.empty()) {
        document_.problems.push_back({.message = "the document is empty"});
        return std::move(document_);
    }
    if (!stopped_) xmlParseChunk(context_, nullptr, 0, 1);
    document_.utf16_bytes = looks_like_utf16(beginning_);
    return std::move(document_);
}

XmlGate::XmlGate(const XmlSchema* schema, const Limits& limits)
    : parser_(std::make_unique<Parser>(schema, limits)) {}

XmlGate::~XmlGate() = default;

void XmlGate::feed(platform::Bytes bytes) {
    parser_->feed(bytes);
}

XmlDocument XmlGate::finish() {
    return parser_->finish();
}

}  // namespace sfmkit::verifier
