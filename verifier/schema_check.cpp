#include "verifier/schema_check.hpp"

#include "platform/assert.hpp"
#include "verifier/known_names.hpp"
#include "verifier/schema_message.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

using Kind = XmlProblem::Kind;

std::string one_of(const std::vector<std::string>& names) {
    if (names.size() < 2) return names.empty() ? std::string() : names.front();
    return fmt::format("one of {}", fmt::join(names, ", "));
}

/// The expected elements that may not be left out; all of them where none is so.
std::vector<std::string> required_of(
    std::vector<std::string> expected, const ContentOutline* content
) {
    if (content == nullptr) return expected;
    std::vector<std::string> required;
    for (const std::string& name : expected) {
        const auto* const element = content->element(name);
        if (element != nullptr && element->required) required.push_back(name);
    }
    return required.empty() ? expected : required;
}

std::optional<std::size_t> index_of(
    const ContentOutline* content, const ContentOutline::Element* element
) {
    if (content == nullptr || element == nullptr) return std::nullopt;
    return static_cast<std::size_t>(element - content->elements.data());
}

/// What exports of 2021 lack against the schema of 2024, seen in NHN's example of that year.
bool is_known_2021_gap(std::string_view parent, const std::vector<std::string>& missing) {
    struct Gap {
        std::string_view parent;
        std::string_view missing;
    };
    static constexpr std::array<Gap, 3> gaps = {
        {{"Prescription", "InVib"}, {"Melding", "Id"}, {"Melding", "State"}}
    };
    return std::ranges::any_of(gaps, [&](const Gap& gap) {
        return parent == gap.parent && missing.size() == 1 && missing.front() == gap.missing;
    });
}

/// Codes of complaints about what stands between two tags, as cvc-complex-type 2.1 to 2.3,
/// cvc-type 3.1.2 and cvc-elt 3.2.1 of XML Schema 1.0 say.
bool is_about_content(int code) {
    constexpr std::array codes = {
        int{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1},
        int{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2},
        int{XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3},
        int{XML_SCHEMAV_CVC_TYPE_3_1_2},
        int{XML_SCHEMAV_CVC_ELT_3_2_1},
        int{XML_SCHEMAV_CVC_ELT_1},
    };
    return std::ranges::find(codes, code) != codes.end();
}

}  // namespace

void SchemaCheck::Deleter::operator()(_xmlSchemaValidCtxt* context) const noexcept {
    xmlSchemaFreeValidCtxt(context);
}

void SchemaCheck::Deleter::operator()(_xmlSchemaSAXPlug* plug) const noexcept {
    xmlSchemaSAXUnplug(plug);
}

SchemaCheck::SchemaCheck(const XmlSchema& schema, const ElementPath& path, XmlProblems& problems)
    : path_(path), problems_(problems), validator_(xmlSchemaNewValidCtxt(schema.get())) {
    SFM_ASSERT(validator_ != nullptr);
    xmlSchemaSetValidStructuredErrors(
        validator_.get(), [](void* self, xmlErrorPtr error) { take_error(self, error); }, this
    );
    // Plugged into nothing: it only hands out its handlers.
    plug_.reset(xmlSchemaSAXPlug(validator_.get(), &events_, &events_data_));
    SFM_ASSERT(plug_ != nullptr && events_ != nullptr);
}

bool SchemaCheck::start(const StartTag& tag) {
    const ElementPath::Step& element = *path_.step();
    if (!levels_.empty() && levels_.back().problem) correct_order(element.name);
    levels_.emplace_back();
    wrong_tag_ = false;
    ending_ = false;
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
    if (levels_.size() > 1) {
        Level& parent = levels_[levels_.size() - 2];
        const auto index = index_of(path_.step(1)->content(), element.declared);
        if (!parent.faulted && index) parent.last_child = index;
    }
    return wrong_tag_;
}

void SchemaCheck::text(std::string_view text, bool has_cdata) {
    if (text.empty() && !has_cdata) return;
    ending_ = false;
    const auto hand_over = has_cdata ? events_->cdataBlock : events_->characters;
    hand_over(
        events_data_, reinterpret_cast<const xmlChar*>(text.data()), static_cast<int>(text.size())
    );
}

void SchemaCheck::end(const StartTag& tag, TextPlace end_tag) {
    ending_ = true;
    end_tag_ = end_tag;
    events_->endElementNs(events_data_, tag.name, tag.prefix, tag.uri);
    levels_.pop_back();
}

void SchemaCheck::take_error(void* self, _xmlError* error) {
    if (error == nullptr || error->level == XML_ERR_WARNING) return;
    const std::string_view message = error->message == nullptr ? "" : error->message;
    static_cast<SchemaCheck*>(self)->complain(error->code, message);
}

void SchemaCheck::complain(int code, std::string_view message) {
    wrong_tag_ = true;
    SchemaMessage read = read_schema_message(message);
    if (code == XML_SCHEMAV_ELEMENT_CONTENT) {
        if (ending_) {
            complain_about_missing(std::move(read.expected), levels_.size() - 1);
        } else {
            complain_about_order(std::move(read.expected));
        }
    } else if (is_about_content(code)) {
        complain_about_content();
    } else if (!read.attribute.empty() || code == XML_SCHEMAV_CVC_ELT_3_1) {
        complain_about_attribute(read, code);
    } else {
        complain_about_value(read);
    }
}

void SchemaCheck::report(XmlProblem problem) {
    if (!problems_.all().empty()) {
        // libxml2 tells a wrong value twice: which facet, and that the value is wrong.
        const XmlProblem& last = problems_.all().back();
        const bool told = last.kind == problem.kind && last.place == problem.place &&
                          last.xpath == problem.xpath && last.message == problem.message;
        if (told) return;
    }
    problems_.add(std::move(problem));
}

std::string SchemaCheck::shown(const ElementPath::Step* step) {
    if (step == nullptr) return "the document";
    return step->name == unknown_name ? "an element that is not in the schema"
                                      : std::string(step->name);
}

/// The element that begins here is not one of those that may come now.
void SchemaCheck::complain_about_order(std::vector<std::string> expected) {
    const ElementPath::Step& element = *path_.step();
    const ElementPath::Step* const parent = path_.step(1);
    const std::size_t parent_level = levels_.size() < 2 ? 0 : levels_.size() - 2;
    Level& level = levels_[parent_level];
    level.faulted = true;
    const auto index = index_of(parent == nullptr ? nullptr : parent->content(), element.declared);
    const bool again = element.position > 1 && index && !element.declared->repeats;
    const bool known = index && !again;
    const bool late = known && level.last_child && *index < *level.last_child;
    if (known && !late && !expected.empty()) {
        complain_about_missing(std::move(expected), parent_level);
        return;
    }
    const Kind kind = known ? Kind::wrong_order : Kind::unexpected;
    if (!problems_.has_room(kind)) return;
    const std::string name = shown(&element);
    std::string message = fmt::format("unexpected: {} does not hold {}", shown(parent), name);
    if (again) message = fmt::format("unexpected: {} may have only one {}", shown(parent), name);
    if (known) message = fmt::format("wrong order: {} stands too late in {}", name, shown(parent));
    if (late) {
        message += ", after " + parent->content()->elements[*level.last_child].name;
    }
    report(
        {.kind = kind,
         .place = element.place,
         .xpath = path_.xpath(),
         .expected = expected.empty() ? "the end of " + shown(parent) : one_of(expected),
         .actual = name,
         .message = std::move(message)}
    );
}

/// Something else, or the parent's end, stands where an element should. Only the rest of the parent
/// tells whether it is missing or comes too late.
void SchemaCheck::complain_about_missing(
    std::vector<std::string> expected, std::size_t parent_level
) {
    const ElementPath::Step* const parent = path_.step(ending_ ? 0 : 1);
    Level& level = levels_[parent_level];
    expected = required_of(std::move(expected), parent->content());
    if (!problems_.has_room(Kind::missing_element)) return;
    const std::string stands = ending_ ? "the end of " + shown(parent) : shown(path_.step());
    report(
        {.kind = Kind::missing_element,
         .place = ending_ ? end_tag_ : path_.step()->place,
         .xpath = path_.xpath(),
         .expected = one_of(expected),
         .actual = stands,
         .message = fmt::format("missing: {} lacks {}", shown(parent), one_of(expected)),
         .known_2021_gap = is_known_2021_gap(parent->name, expected)}
    );
    level.problem = problems_.all().size() - 1;
    level.awaited = std::move(expected);
}

void SchemaCheck::correct_order(std::string_view name) {
    Level& level = levels_.back();
    if (!level.problem || std::ranges::find(level.awaited, name) == level.awaited.end()) return;
    XmlProblem& problem = problems_.all()[*level.problem];
    problem.kind = Kind::wrong_order;
    problem.known_2021_gap = false;
    problem.expected = name;
    problem.message =
        fmt::format("wrong order: {} stands too early, before {}", problem.actual, name);
    level.problem.reset();
}

void SchemaCheck::complain_about_content() {
    if (!problems_.has_room(Kind::unexpected)) return;
    const ElementPath::Step& element = *path_.step();
    const ElementPath::Step* const parent = path_.step(1);
    // Text is told at the end of its element, a child at its own beginning.
    const bool is_text = ending_ || element.declared != nullptr;
    const ContentOutline* const content = is_text ? element.content() : nullptr;
    std::string expected = "no element here";
    if (is_text) {
        expected =
            content != nullptr && !content->elements.empty() ? "elements only" : "no content";
    }
    const std::string where = is_text ? std::string(element.name) : shown(parent);
    report(
        {.kind = Kind::unexpected,
         .place = element.place,
         .xpath = path_.xpath(),
         .expected = std::move(expected),
         .actual = is_text ? "text" : shown(&element),
         .message = is_text
                        ? fmt::format("unexpected: text in {}", where)
                        : fmt::format("unexpected: {} does not hold {}", where, shown(&element))}
    );
}

void SchemaCheck::complain_about_attribute(const SchemaMessage& message, int code) {
    if (!problems_.has_room(Kind::wrong_attribute)) return;
    const ElementPath::Step& element = *path_.step();
    XmlProblem problem{
        .kind = Kind::wrong_attribute, .place = element.place, .xpath = path_.xpath()
    };
    const std::string name = message.attribute.empty() ? "nil" : message.attribute;
    if (message.missing_attribute) {
        problem.expected = "attribute " + name;
        problem.actual = "no such attribute";
        problem.message = fmt::format("wrong attribute: {} lacks {}", element.name, name);
    } else if (!message.type.empty() || !message.value_shape.empty()) {
        problem.xpath += "/@" + name;
        problem.expected = type_with_example(message.type);
        problem.actual = message.value_shape;
        problem.message = fmt::format(
            "wrong attribute: the value of {} is not {}",
            name,
            message.type.empty() ? "allowed" : message.type
        );
    } else {
        problem.xpath += "/@" + name;
        std::vector<std::string> allowed;
        if (element.content() != nullptr) {
            for (const auto& attribute : element.content()->attributes) {
                allowed.push_back(attribute.name);
            }
        }
        const bool nil = code == XML_SCHEMAV_CVC_ELT_3_1;
        problem.expected = allowed.empty() ? "no attribute"
                                           : fmt::format("attributes {}", fmt::join(allowed, ", "));
        if (nil) problem.expected = "a value: the element is not nillable";
        const bool unknown = name == unknown_name;
        problem.actual = unknown ? "an attribute that is not in the schema" : "attribute " + name;
        if (nil) problem.actual = "xsi:nil";
        problem.message =
            fmt::format("wrong attribute: {} may not have {}", element.name, problem.actual);
    }
    report(std::move(problem));
}

void SchemaCheck::complain_about_value(const SchemaMessage& message) {
    if (!problems_.has_room(Kind::wrong_type)) return;
    const ElementPath::Step& element = *path_.step();
    const std::string type = message.type.empty() ? "allowed by the schema" : message.type;
    report(
        {.kind = Kind::wrong_type,
         .place = element.place,
         .xpath = path_.xpath(),
         .expected = type_with_example(message.type),
         .actual = message.value_shape,
         .message = fmt::format("wrong type: the value of {} is not {}", element.name, type)}
    );
}

}  // namespace sfmkit::verifier
