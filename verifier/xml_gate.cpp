#include "verifier/xml_gate.hpp"

#include "platform/assert.hpp"
#include "verifier/element_path.hpp"
#include "verifier/markup_places.hpp"
#include "verifier/schema_check.hpp"
#include "verifier/writing_habits.hpp"
#include "verifier/xml_complaint.hpp"
#include "verifier/xml_text.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace sfmkit::verifier {
namespace {

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
    return std::ranges::find(beginnings, beginning.substr(0, 2)) != beginnings.end();
}

}  // namespace

bool XmlDocument::has(XmlProblem::Kind kind) const noexcept {
    return std::ranges::find(problems, kind, &XmlProblem::kind) != problems.end();
}

/// libxml2's push parser calls our handlers, and these hand on to the schema validator and to what
/// else looks at a document while it goes by.
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
    static void comment(void* self, const xmlChar* text);
    static void instruction(void* self, const xmlChar* target, const xmlChar* data);
    static void document_type(
        void* self, const xmlChar* name, const xmlChar* external_id, const xmlChar* system_id
    );
    static void parser_error(void* self, xmlErrorPtr error);

    void started(const StartTag& tag);
    void ended(const StartTag& tag);
    void began(std::string_view root, std::string_view uri);
    void hand_over_text();
    /// The next tag, comment or instruction of one of these kinds.
    TextPlace next_place(std::initializer_list<MarkupPlaces::Kind> kinds);
    void report(XmlProblem::Kind kind, std::string_view message);
    void stop_at_limit(std::string message);
    void stop_beyond_limits();
    bool is_at_surrogate() const;

    Limits limits_;
    XmlDocument document_;
    XmlProblems problems_;
    ElementPath path_;
    MarkupPlaces places_;
    bool in_empty_tag_ = false;
    std::string text_;  ///< since the last tag
    bool has_cdata_ = false;
    bool in_message_file_ = false;
    bool stopped_ = false;
    std::string beginning_;  ///< the first bytes
    std::uint64_t bytes_ = 0;
    xmlParserCtxtPtr context_ = nullptr;
    std::optional<SchemaCheck> schema_check_;
    std::optional<WritingHabits> habits_;
};

XmlGate::Parser::Parser(const XmlSchema* schema, const Limits& limits)
    : limits_(limits),
      problems_(limits.findings_of_one_kind),
      path_(schema == nullptr ? nullptr : &schema->outline()) {
    prepare_xml_library();
    xmlSAXHandler handler{};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = start_element;
    handler.endElementNs = end_element;
    handler.characters = characters;
    handler.ignorableWhitespace = characters;
    handler.cdataBlock = [](void* self, const xmlChar* text, int length) {
        static_cast<Parser*>(self)->has_cdata_ = true;
        characters(self, text, length);
    };
    handler.comment = comment;
    handler.processingInstruction = instruction;
    handler.internalSubset = document_type;
    handler.serror = parser_error;
    context_ = xmlCreatePushParserCtxt(&handler, this, nullptr, 0, nullptr);
    SFM_ASSERT(context_ != nullptr);
    xmlCtxtUseOptions(context_, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    if (schema == nullptr) return;
    schema_check_.emplace(*schema, path_, problems_);
    habits_.emplace(path_, problems_);
}

XmlGate::Parser::~Parser() {
    xmlFreeParserCtxt(context_);
}

void XmlGate::Parser::report(XmlProblem::Kind kind, std::string_view message) {
    if (!problems_.has_room(kind)) return;
    const long consumed = xmlByteConsumed(context_);
    TextPlace place{.byte_offset = consumed < 0 ? 0 : static_cast<std::uint64_t>(consumed)};
    if (context_->input != nullptr) {
        place.line = static_cast<std::uint64_t>(std::max(context_->input->line, 1));
        place.column = static_cast<std::uint64_t>(std::max(context_->input->col, 1));
    }
    std::string xpath = path_.xpath();
    if (!problems_.all().empty()) {
        const XmlProblem& last = problems_.all().back();
        if (last.kind == kind && last.place == place && last.xpath == xpath) return;
    }
    problems_.add(
        {.kind = kind, .place = place, .xpath = std::move(xpath), .message = std::string(message)}
    );
}

void XmlGate::Parser::stop_at_limit(std::string message) {
    if (stopped_) return;
    report(XmlProblem::Kind::limit, message);
    stopped_ = true;
    xmlStopParser(context_);
}

void XmlGate::Parser::began(std::string_view root, std::string_view uri) {
    document_.root_name = root;
    document_.root_namespace = uri;
    const auto* const input = context_->input;
    const bool converted =
        input != nullptr && input->buf != nullptr && input->buf->encoder != nullptr;
    const bool declared = context_->encoding != nullptr;
    if (declared) {
        document_.encoding = text_of(context_->encoding);
    } else if (converted) {
        document_.encoding = input->buf->encoder->name;
    }
    if (habits_ && !looks_like_utf16(beginning_)) {
        habits_->preamble(beginning_.starts_with("\xEF\xBB\xBF"), declared);
    }
}

TextPlace XmlGate::Parser::next_place(std::initializer_list<MarkupPlaces::Kind> kinds) {
    while (const auto markup = places_.take()) {
        if (std::ranges::find(kinds, markup->kind) == kinds.end()) continue;
        in_empty_tag_ = markup->kind == MarkupPlaces::Kind::empty_tag;
        return markup->place;
    }
    return {};
}

void XmlGate::Parser::started(const StartTag& tag) {
    const std::string_view name = text_of(tag.name);
    const TextPlace place =
        next_place({MarkupPlaces::Kind::start_tag, MarkupPlaces::Kind::empty_tag});
    ++document_.elements;
    if (path_.depth() == 0) began(name, text_of(tag.uri));
    path_.start(name, text_of(tag.uri), place, static_cast<std::uint64_t>(tag.namespace_count));
    in_message_file_ =
        name == message_file_element && document_.message_files.size() < limits_.entries;
    stop_beyond_limits();
    if (stopped_) return;
    const bool wrong = schema_check_ && schema_check_->start(tag);
    if (habits_) habits_->start(tag, wrong);
}

void XmlGate::Parser::stop_beyond_limits() {
    if (path_.depth() > limits_.element_depth) {
        stop_at_limit("elements are nested deeper than " + std::to_string(limits_.element_depth));
    } else if (path_.depth() > 0 && path_.step()->namespaces > limits_.namespaces_in_scope) {
        stop_at_limit(
            "more namespaces are declared than " + std::to_string(limits_.namespaces_in_scope)
        );
    } else if (static_cast<std::uint64_t>(xmlDictSize(context_->dict)) >
               limits_.names_of_a_document) {
        stop_at_limit(
            "the document has more different names than " +
            std::to_string(limits_.names_of_a_document)
        );
    }
}

void XmlGate::Parser::ended(const StartTag& tag) {
    if (in_message_file_ && text_.size() <= limits_.message_file_bytes) {
        document_.message_files.push_back(text_);
    }
    in_message_file_ = false;
    const bool leaf = path_.step() != nullptr && path_.step()->child_count == 0;
    if (habits_ && leaf) habits_->end_of_leaf(text_);
    hand_over_text();
    const TextPlace end_tag =
        in_empty_tag_ ? path_.step()->place : next_place({MarkupPlaces::Kind::end_tag});
    in_empty_tag_ = false;
    if (schema_check_) schema_check_->end(tag, end_tag);
    // Only now: what an element lacks is told at its end.
    path_.end();
}

void XmlGate::Parser::hand_over_text() {
    if (schema_check_) schema_check_->text(text_, std::exchange(has_cdata_, false));
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
    if (parser.stopped_) return;
    parser.hand_over_text();
    parser.started(
        {.name = name,
         .prefix = prefix,
         .uri = uri,
         .namespace_count = namespace_count,
         .namespaces = namespaces,
         .attribute_count = attribute_count,
         .defaulted_count = defaulted_count,
         .attributes = attributes}
    );
}

void XmlGate::Parser::end_element(
    void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri
) {
    auto& parser = *static_cast<Parser*>(self);
    if (!parser.stopped_) parser.ended({.name = name, .prefix = prefix, .uri = uri});
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

void XmlGate::Parser::comment(void* self, const xmlChar* /*text*/) {
    auto& parser = *static_cast<Parser*>(self);
    if (parser.stopped_ || !parser.habits_) return;
    parser.habits_->comment(parser.next_place({MarkupPlaces::Kind::comment}));
}

void XmlGate::Parser::instruction(
    void* self, const xmlChar* /*target*/, const xmlChar* /*data*/
) {
    auto& parser = *static_cast<Parser*>(self);
    if (parser.stopped_) return;
    parser.stop_beyond_limits();
    if (parser.stopped_ || !parser.habits_) return;
    parser.habits_->instruction(parser.next_place({MarkupPlaces::Kind::instruction}));
}

void XmlGate::Parser::document_type(
    void* self,
    const xmlChar* /*name*/,
    const xmlChar* /*external_id*/,
    const xmlChar* /*system_id*/
) {
    auto& parser = *static_cast<Parser*>(self);
    parser.report(
        XmlProblem::Kind::document_type, "the document has a DOCTYPE; it was not read further"
    );
    parser.stopped_ = true;
    xmlStopParser(parser.context_);
}

void XmlGate::Parser::parser_error(void* self, xmlErrorPtr error) {
    auto& parser = *static_cast<Parser*>(self);
    if (error == nullptr || parser.stopped_ || error->level == XML_ERR_WARNING) return;
    const std::string_view message = error->message == nullptr ? "" : error->message;
    using enum XmlProblem::Kind;
    // Bad UTF-8 shares its code with forbidden characters; only the sentence tells them apart, and
    // for surrogates, which UTF-8 has not, the bytes.
    const bool wrong_bytes = is_encoding_error(error->code) ||
                             message.starts_with("Input is not proper UTF-8") ||
                             parser.is_at_surrogate();
    const auto kind = wrong_bytes                                ? encoding
                      : error->code == XML_ERR_UNDECLARED_ENTITY ? entity
                                                                 : not_well_formed;
    constexpr std::string_view bad_bytes = "bytes that are not in the declared encoding";
    parser.report(kind, wrong_bytes ? bad_bytes : sentence_for(error->code));
}

bool XmlGate::Parser::is_at_surrogate() const {
    constexpr unsigned first_byte = 0xED;  // of U+D000 to U+DFFF
    const auto* const input = context_->input;
    if (input == nullptr || input->end - input->cur < 2) return false;
    return input->cur[0] == first_byte && input->cur[1] >= 0xA0U;
}

void XmlGate::Parser::feed(platform::Bytes bytes) {
    bytes_ += bytes.size();
    constexpr std::size_t piece_bytes = std::size_t{64} * 1024;
    constexpr std::size_t mark_bytes = 3;
    for (const std::byte byte :
         bytes.first(std::min(bytes.size(), mark_bytes - beginning_.size()))) {
        beginning_ += static_cast<char>(byte);
    }
    while (!bytes.empty() && !stopped_) {
        const platform::Bytes piece = bytes.first(std::min(bytes.size(), piece_bytes));
        places_.feed(piece);
        // Before the parser sees the tag: it would compare them all with each other.
        if (places_.most_values_in_a_tag() > limits_.attributes_of_a_tag) {
            stop_at_limit(
                "a tag has more attributes than " + std::to_string(limits_.attributes_of_a_tag)
            );
            return;
        }
        xmlParseChunk(
            context_, reinterpret_cast<const char*>(piece.data()), static_cast<int>(piece.size()), 0
        );
        bytes = bytes.subspan(piece.size());
    }
}

XmlDocument XmlGate::Parser::finish() {
    if (beginning_.empty()) {
        problems_.add({.message = "the document is empty"});
    } else if (!stopped_) {
        xmlParseChunk(context_, nullptr, 0, 1);
    }
    document_.utf16_bytes = looks_like_utf16(beginning_);
    // libxml2 waits for the other half, and the document ends.
    if (document_.utf16_bytes && bytes_ % 2 != 0) {
        report(XmlProblem::Kind::encoding, "half a character of UTF-16 at the end");
    }
    document_.problems = std::move(problems_.all());
    document_.problems_not_kept = problems_.not_kept();
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
