#include "verifier/quick_look.hpp"

#include "platform/assert.hpp"
#include "verifier/writing_habits.hpp"
#include "verifier/xml_encoding.hpp"
#include "verifier/xml_text.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct Deleter {
    void operator()(xmlSchemaValidCtxt* context) const noexcept { xmlSchemaFreeValidCtxt(context); }
    void operator()(xmlSchemaSAXPlugStruct* plug) const noexcept { xmlSchemaSAXUnplug(plug); }
};

/// Quoted values from here to the end of the tag.
std::uint64_t values_in_tag(std::string_view text) {
    std::uint64_t values = 0;
    for (std::size_t at = text.find_first_of("\"'>"); at != text.npos && text[at] != '>';
         at = text.find_first_of("\"'>", at + 1)) {
        ++values;
        at = text.find(text[at], at + 1);
        if (at == text.npos) break;
    }
    return values;
}

/// A tag that libxml2 must not see: it compares each attribute with all others. No `<` stands in a
/// tag of a well-formed document, and short stretches hold few attributes.
bool has_wide_tag(std::string_view document, std::uint64_t most_values) {
    constexpr std::size_t bytes_a_value = 5;  // ` a=""`
    for (std::size_t at = document.find('<'); at != document.npos;) {
        const std::size_t next = document.find('<', at + 1);
        const std::string_view stretch = document.substr(at, next - at);
        if (stretch.size() / bytes_a_value > most_values && values_in_tag(stretch) > most_values) {
            return true;
        }
        at = next;
    }
    return false;
}

class Look {
  public:
    Look(
        xmlParserCtxt& parser, std::string_view text, const XmlSchema* schema, const Limits& limits
    )
        : parser_(&parser), whole_(text), schema_(schema), limits_(limits), builder_(text.size()) {}

    std::optional<QuickLook> take();

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
    /// Inside of libxml2 the parser must not be stopped: it goes on with what stopping frees. The
    /// next tag stops it.
    static void suspicion(void* self) { static_cast<Look*>(self)->suspicious_ = true; }
    static void end(void* self) { static_cast<Look*>(self)->give_up(); }

    void prepare();
    void plug_validator();
    bool is_utf8();
    void started(const StartTag& tag);
    void ended(const StartTag& tag);
    void hand_over_text();
    /// What nobody may hold as a whole is not built further.
    bool builds() const { return document_.elements <= limits_.tree_elements; }
    void build_start(const StartTag& tag);
    std::uint64_t tag_offset() const;
    std::shared_ptr<const void> names();
    void give_up();

    struct Open {
        std::string_view name;
        const ContentOutline::Element* declared = nullptr;  ///< null: not in the schema
        std::uint64_t namespaces = 0;
        bool leaf = true;
    };

    xmlParserCtxt* parser_;
    std::string_view whole_;
    const XmlSchema* schema_;
    const Limits& limits_;
    XmlDocument document_;
    TreeBuilder builder_;
    std::vector<Attribute> attributes_;
    std::vector<Open> open_;
    std::string text_;
    bool suspicious_ = false;
    bool declares_encoding_ = false;
    std::unique_ptr<xmlSchemaValidCtxt, Deleter> validator_;
    xmlSAXHandler* events_ = nullptr;
    void* events_data_ = nullptr;
    std::unique_ptr<xmlSchemaSAXPlugStruct, Deleter> plug_;
};

void Look::give_up() {
    suspicious_ = true;
    xmlStopParser(parser_);
}

void Look::plug_validator() {
    validator_.reset(xmlSchemaNewValidCtxt(schema_->get()));
    SFM_ASSERT(validator_ != nullptr);
    xmlSchemaSetValidStructuredErrors(
        validator_.get(), [](void* self, xmlErrorPtr) { suspicion(self); }, this
    );
    // Plugged into nothing: it only hands out its handlers.
    plug_.reset(xmlSchemaSAXPlug(validator_.get(), &events_, &events_data_));
    SFM_ASSERT(plug_ != nullptr && events_ != nullptr);
}

void Look::prepare() {
    xmlSAXHandler handler{};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = start_element;
    handler.endElementNs = end_element;
    handler.characters = characters;
    handler.ignorableWhitespace = characters;
    handler.cdataBlock = [](void* self, const xmlChar*, int) { suspicion(self); };
    handler.comment = [](void* self, const xmlChar*) { suspicion(self); };
    handler.processingInstruction = [](void* self, const xmlChar*, const xmlChar*) {
        suspicion(self);
    };
    handler.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
        end(self);
    };
    handler.serror = [](void* self, xmlErrorPtr) { suspicion(self); };
    *parser_->sax = handler;
    parser_->userData = this;
    xmlCtxtUseOptions(parser_, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    if (schema_ != nullptr) plug_validator();
}

/// Known when the root begins; libxml2 forgets it at the end.
bool Look::is_utf8() {
    declares_encoding_ = parser_->encoding != nullptr;
    document_.encoding = text_of(parser_->encoding);
    const auto* const input = parser_->input;
    const bool converted = input->buf != nullptr && input->buf->encoder != nullptr;
    return !converted && is_utf8_name(document_.encoding);
}

void Look::started(const StartTag& tag) {
    const std::string_view name = text_of(tag.name);
    Open open{.name = name};
    open.namespaces = static_cast<std::uint64_t>(tag.namespace_count);
    if (open_.empty()) {
        document_.root_name = name;
        document_.root_namespace = text_of(tag.uri);
        if (!is_utf8()) {
            give_up();
            return;
        }
        if (schema_ != nullptr) open.declared = schema_->outline().root(name);
    } else {
        Open& parent = open_.back();
        parent.leaf = false;
        open.namespaces += parent.namespaces;
        const bool known = parent.declared != nullptr && parent.declared->content != nullptr;
        if (known) open.declared = parent.declared->content->element(name);
    }
    const bool beyond_limits =
        open_.size() >= limits_.element_depth || open.namespaces > limits_.namespaces_in_scope ||
        static_cast<std::uint64_t>(xmlDictSize(parser_->dict)) > limits_.names_of_a_document;
    if (beyond_limits || (schema_ != nullptr && is_unusual(tag))) {
        give_up();
        return;
    }
    ++document_.elements;
    open_.push_back(open);
    build_start(tag);
    if (events_ == nullptr) return;
    events_->startElementNs(
        events_data_,
        tag.name,
        tag.prefix,
        tag.uri,
        tag.namespace_count,
        tag.namespaces,
        tag.attribute_count,
        tag.defaulted_count,
        tag.attributes
    );
}

void Look::ended(const StartTag& tag) {
    const Open& open = open_.back();
    if (open.leaf && schema_ != nullptr && open.declared != nullptr) {
        const std::string_view parent =
            open_.size() < 2 ? std::string_view() : open_[open_.size() - 2].name;
        if (is_unusual(parent, *open.declared, text_)) {
            suspicious_ = true;
            return;
        }
    }
    const bool names_file = open.name == message_file_element;
    if (names_file && text_.size() <= limits_.message_file_bytes &&
        document_.message_files.size() < limits_.entries) {
        document_.message_files.push_back(text_);
    }
    hand_over_text();
    if (builds()) builder_.end();
    if (events_ != nullptr) events_->endElementNs(events_data_, tag.name, tag.prefix, tag.uri);
    open_.pop_back();
}

/// libxml2 has read the tag up to its end, and no `<` stands in one.
std::uint64_t Look::tag_offset() const {
    const auto* const input = parser_->input;
    const auto read = static_cast<std::size_t>(input->cur - input->base) + input->consumed;
    return whole_.rfind('<', read - 1);
}

void Look::build_start(const StartTag& tag) {
    if (!builds()) return;
    attributes_.clear();
    for (int i = 0; i < tag.attribute_count; ++i) {
        const xmlChar** const attribute = tag.attributes + std::ptrdiff_t{5} * i;
        const auto* const begin = reinterpret_cast<const char*>(attribute[3]);
        const auto* const end = reinterpret_cast<const char*>(attribute[4]);
        attributes_.push_back({.name = text_of(attribute[0]), .value = std::string_view(begin, end)}
        );
    }
    builder_.start(open_.back().name, tag_offset(), attributes_);
}

void Look::hand_over_text() {
    if (!text_.empty() && !open_.empty() && builds()) builder_.text(text_);
    if (events_ != nullptr && !text_.empty()) {
        events_->characters(
            events_data_,
            reinterpret_cast<const xmlChar*>(text_.data()),
            static_cast<int>(text_.size())
        );
    }
    text_.clear();
}

void Look::start_element(
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
    auto& look = *static_cast<Look*>(self);
    if (look.suspicious_) {
        look.give_up();
        return;
    }
    look.hand_over_text();
    look.started(
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

void Look::end_element(void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
    auto& look = *static_cast<Look*>(self);
    if (!look.suspicious_) look.ended({.name = name, .prefix = prefix, .uri = uri});
}

void Look::characters(void* self, const xmlChar* text, int length) {
    auto& look = *static_cast<Look*>(self);
    const auto bytes = static_cast<std::size_t>(length);
    if (look.text_.size() + bytes > look.limits_.text_bytes) {
        look.suspicious_ = true;
    } else if (!look.suspicious_) {
        look.text_.append(reinterpret_cast<const char*>(text), bytes);
    }
}

/// The names of the parser, which outlive it so.
std::shared_ptr<const void> Look::names() {
    xmlDictReference(parser_->dict);
    return std::shared_ptr<xmlDict>(parser_->dict, xmlDictFree);
}

std::optional<QuickLook> Look::take() {
    prepare();
    xmlParseDocument(parser_);
    if (suspicious_ || parser_->wellFormed != 1) return std::nullopt;
    if (schema_ != nullptr) {
        XmlProblems problems(1);
        tell_preamble(problems, whole_.starts_with(byte_order_mark), declares_encoding_);
        document_.problems = std::move(problems.all());
    }
    auto elements = builds() ? builder_.finish(names()) : nullptr;
    return QuickLook{.document = std::move(document_), .elements = std::move(elements)};
}

/// Otherwise it has another encoding, holds nothing at all, or is not for libxml2.
bool can_be_looked_at(std::string_view document, const Limits& limits) {
    const bool marked = document.starts_with(byte_order_mark);
    const bool usual_beginning = document.substr(marked ? byte_order_mark.size() : 0, 1) == "<" &&
                                 document.substr(0, 2).find('\0') == document.npos;
    const bool too_long =
        document.size() > static_cast<std::size_t>(std::numeric_limits<int>::max());
    return usual_beginning && !too_long && !has_wide_tag(document, limits.attributes_of_a_tag);
}

void give_input(xmlParserCtxt& parser, std::string_view document) {
    auto* const bytes = xmlParserInputBufferCreateMem(
        document.data(), static_cast<int>(document.size()), XML_CHAR_ENCODING_NONE
    );
    SFM_ASSERT(bytes != nullptr);
    auto* const input = xmlNewIOInputStream(&parser, bytes, XML_CHAR_ENCODING_NONE);
    SFM_ASSERT(input != nullptr);
    inputPush(&parser, input);
}

}  // namespace

void QuickReader::Deleter::operator()(_xmlParserCtxt* parser) const noexcept {
    xmlFreeParserCtxt(parser);
}

std::optional<QuickLook> QuickReader::look(
    std::string_view document, const XmlSchema* schema, const Limits& limits
) {
    if (!can_be_looked_at(document, limits)) return std::nullopt;
    prepare_xml_library();
    if (parser_ == nullptr) parser_.reset(xmlNewParserCtxt());
    SFM_ASSERT(parser_ != nullptr);
    give_input(*parser_, document);
    auto seen = Look(*parser_, document, schema, limits).take();
    // What was stopped half-way is not used again, nor are too many names kept.
    const auto names = static_cast<std::uint64_t>(xmlDictSize(parser_->dict));
    if (seen && names <= limits.names_of_a_document / 4) {
        xmlCtxtReset(parser_.get());
    } else {
        parser_.reset();
    }
    return seen;
}

}  // namespace sfmkit::verifier
