#include "verifier/writing_habits.hpp"

#include "verifier/guid_form.hpp"
#include "verifier/known_names.hpp"
#include "verifier/xml_text.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace sfmkit::verifier {
namespace {

using Kind = XmlProblem::Kind;

constexpr std::string_view instance_namespace = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::array<std::string_view, 3> known_namespaces = {
    wire::sfm::export_namespace, instance_namespace, "http://www.w3.org/2001/XMLSchema"
};
constexpr std::string_view blanks = " \t\r\n";

/// Of an attribute as the parser hands it out.
std::string_view value_of(const unsigned char** attribute) {
    return {
        reinterpret_cast<const char*>(attribute[3]),
        static_cast<std::size_t>(attribute[4] - attribute[3])
    };
}

template <std::size_t size>
bool is_among(std::string_view name, const std::array<std::string_view, size>& names) {
    return std::ranges::find(names, name) != names.end();
}

bool is_identifier(std::string_view name) {
    return name.ends_with("Id") || name.ends_with("ID") || name == "MeldingsFil";
}

bool is_identifier_or_name(std::string_view name) {
    constexpr std::array<std::string_view, 4> names = {
        "Brukernavn", "Navn", "FamilyName", "GivenName"
    };
    return is_identifier(name) || is_among(name, names);
}

/// Text elements for which the format documents a list of words.
bool is_enumerated(std::string_view name) {
    constexpr std::array<std::string_view, 12> names = {
        "State",
        "LegemiddelType",
        "TypeGodkjenning",
        "ForskrivningsType",
        "DeliveryMode",
        "ForskrivningsrettAB",
        "RfSendStatus",
        "RfStatus",
        "ItemSource",
        "Kladd",
        "TypeOppdatering",
        "Brukertype",
    };
    return is_among(name, names);
}

struct Named {
    std::string_view parent;  ///< empty: any
    std::string_view name;
};

/// Elements that hold a GUID of the exporting system wherever the official examples have them, or
/// the same kind of record beside them.
constexpr std::array<Named, 21> guid_elements = {{
    {"", "BrukerId"},
    {"", "LibId"},
    {"", "PrescriptionId"},
    {"", "PrescriptionVersionId"},
    {"", "RefForrigePrescription"},
    {"", "RefForrigePrescriptionVersion"},
    {"", "ForskrivningsInfoId"},
    {"", "LegeBrukerId"},
    {"PasientExport", "Id"},
    {"Melding", "Id"},
    {"Melding", "ParentId"},
    {"Melding", "PasientId"},
    {"LegemiddelForskrivningsInfo", "Id"},
    {"HandelsvareForskrivningsInfo", "Id"},
    {"Helseperson", "Id"},
    {"Institusjon", "Id"},
    {"LokaltLegemiddel", "Id"},
    {"LokaltMagistreltLegemiddel", "Id"},
    {"LokaltKosttilskudd", "Id"},
    {"Rapport", "Id"},
    {"Rapport", "PasientId"},
}};

/// Elements of the organisation document that rules about its content look at more closely, and
/// tell when they are empty: ORG-01, ORG-02, and ORG-16, which also tells what is no GUID.
bool is_told_with_content(std::string_view parent, std::string_view name) {
    if (parent == "Helseperson") return name == "Id" || name == "Brukernavn";
    return parent == "Institusjon" && name == "Id";
}

/// Ids that somebody else made: they may have any form.
bool is_foreign_id(std::string_view parent, std::string_view name) {
    constexpr std::array<std::string_view, 4> names = {
        "MsgId", "ReseptId", "M251MessageId", "DokumentId"
    };
    return parent == "Ident" || is_among(name, names);
}

bool holds_guid(std::string_view parent, std::string_view name) {
    return std::ranges::any_of(guid_elements, [&](const Named& element) {
        return element.name == name && (element.parent.empty() || element.parent == parent);
    });
}

std::string blanks_of(std::string_view text) {
    const std::size_t leading = text.find_first_not_of(blanks);
    const std::size_t trailing = text.size() - text.find_last_not_of(blanks) - 1;
    return fmt::format("{} leading and {} trailing blanks", leading, trailing);
}

}  // namespace

void tell_preamble(XmlProblems& problems, bool byte_order_mark, bool declaration) {
    if (byte_order_mark && declaration) return;
    if (!problems.has_room(Kind::no_preamble)) return;
    std::string actual = byte_order_mark ? "no XML declaration" : "no byte order mark";
    if (!byte_order_mark && !declaration) actual = "neither";
    problems.add(
        {.kind = Kind::no_preamble,
         .expected = "a byte order mark, then an XML declaration with encoding=\"utf-8\"",
         .actual = std::move(actual),
         .message = "the document begins otherwise than the reference exporter's"}
    );
}

bool is_unusual(const StartTag& tag) noexcept {
    for (int i = 0; i < tag.namespace_count; ++i) {
        if (!is_among(text_of(tag.namespaces[2 * i + 1]), known_namespaces)) return true;
    }
    for (int i = 0; i < tag.attribute_count; ++i) {
        const unsigned char** const attribute = tag.attributes + std::ptrdiff_t{5} * i;
        const auto value = value_of(attribute);
        if (attribute[2] != nullptr || value.empty() || trimmed(value).size() != value.size()) {
            return true;
        }
    }
    return false;
}

bool is_unusual(
    std::string_view parent, const ContentOutline::Element& leaf, std::string_view text
) noexcept {
    if (!leaf.string) return false;
    const std::string_view name = leaf.name;
    const std::string_view value = trimmed(text);
    if (value.empty()) return leaf.required && is_identifier_or_name(name);
    if (value.size() != text.size() && (is_identifier(name) || is_enumerated(name))) return true;
    const bool identifier = is_identifier(name);
    if (!identifier && !name.starts_with("Ref")) return false;
    const GuidForm form = guid_form(value);
    if (form == GuidForm::random) return false;
    if (holds_guid(parent, name)) return true;
    return form != GuidForm::none && identifier && !is_foreign_id(parent, name);
}

void WritingHabits::preamble(bool byte_order_mark, bool declaration) {
    tell_preamble(problems_, byte_order_mark, declaration);
}

void WritingHabits::start(const StartTag& tag, bool wrong) {
    nil_ = false;
    // What the schema refuses is told once.
    if (!wrong) check_namespaces(tag);
    check_attributes(tag);
}

void WritingHabits::check_namespaces(const StartTag& tag) {
    for (int i = 0; i < tag.namespace_count; ++i) {
        const std::string_view uri = text_of(tag.namespaces[2 * i + 1]);
        if (!is_among(uri, known_namespaces))
            report_markup(path_.step()->place, "a foreign namespace");
    }
}

void WritingHabits::check_attributes(const StartTag& tag) {
    const ElementPath::Step& element = *path_.step();
    for (int i = 0; i < tag.attribute_count; ++i) {
        const unsigned char** const attribute = tag.attributes + std::ptrdiff_t{5} * i;
        const std::string_view name = text_of(attribute[0]);
        const std::string_view value = value_of(attribute);
        const std::string_view uri = text_of(attribute[2]);
        if (uri == instance_namespace && name == "nil") {
            nil_ = trimmed(value) == "true" || trimmed(value) == "1";
            const bool may = element.declared != nullptr && element.declared->nillable;
            report(
                Kind::nil,
                "nil",
                "an element that is left out",
                may ? "xsi:nil" : "xsi:nil on an element that is not nillable"
            );
        }
        if (!uri.empty() || element.content() == nullptr) continue;
        // That codes and their texts are not empty is a rule about codes, COD-03.
        const bool code = name == "V" || name == "S";
        if (code && !trimmed(value).empty() && trimmed(value) != value) {
            report(Kind::blanks, name, "no blanks around it", blanks_of(value));
        }
    }
}

void WritingHabits::end_of_leaf(std::string_view text) {
    const ElementPath::Step& element = *path_.step();
    const bool nil = std::exchange(nil_, false);
    if (nil || element.declared == nullptr || !element.declared->string) return;
    const std::string_view name = element.name;
    const std::string_view value = trimmed(text);
    if (value.empty()) {
        const ElementPath::Step* const parent = path_.step(1);
        const bool told = parent != nullptr && is_told_with_content(parent->name, name);
        if (!told && element.declared->required && is_identifier_or_name(name)) {
            report(Kind::empty_name, {}, "a value", text.empty() ? "empty" : "only blanks");
        }
        return;
    }
    if (value != text && (is_identifier(name) || is_enumerated(name))) {
        report(Kind::blanks, {}, "no blanks around it", blanks_of(text));
    }
    check_identifier(value);
}

void WritingHabits::check_identifier(std::string_view text) {
    const ElementPath::Step& element = *path_.step();
    const ElementPath::Step* const parent = path_.step(1);
    const std::string_view parent_name = parent == nullptr ? std::string_view() : parent->name;
    const bool must_be = holds_guid(parent_name, element.name);
    const bool may_be = is_identifier(element.name) && !is_foreign_id(parent_name, element.name);
    if (!must_be && !may_be) return;
    std::string actual;
    switch (guid_form(text)) {
        case GuidForm::random:
            return;
        case GuidForm::none:
            if (!must_be || parent_name == "Institusjon") return;
            actual = "no GUID";
            break;
        case GuidForm::nil:
            // The system itself is a user in the official examples, and this is its id.
            if (element.name.ends_with("BrukerId") || parent_name == "Helseperson") return;
            actual = "the nil GUID";
            break;
        case GuidForm::version:
            actual = "a GUID of another version or variant";
            break;
        case GuidForm::other:
            actual = "a GUID in another form";
            break;
    }
    report(
        Kind::wrong_guid, {}, "a random GUID as 8-4-4-4-12 hexadecimal digits", std::move(actual)
    );
}

void WritingHabits::comment(TextPlace place) {
    report_markup(place, "a comment");
}

void WritingHabits::instruction(TextPlace place) {
    report_markup(place, "a processing instruction");
}

void WritingHabits::report_markup(TextPlace place, std::string actual) {
    if (!problems_.has_room(Kind::foreign_markup)) return;
    problems_.add(
        {.kind = Kind::foreign_markup,
         .place = place,
         .xpath = path_.depth() == 0 ? std::string() : path_.xpath(),
         .expected = "elements of the format only",
         .actual = std::move(actual),
         .message = "the document holds what the format has no use for"}
    );
}

void WritingHabits::report(
    XmlProblem::Kind kind, std::string_view attribute, std::string expected, std::string actual
) {
    if (!problems_.has_room(kind)) return;
    const ElementPath::Step& element = *path_.step();
    std::string xpath = path_.xpath();
    if (!attribute.empty()) xpath += fmt::format("/@{}", known_name(attribute));
    const std::string name(attribute.empty() ? element.name : attribute);
    std::string message;
    if (kind == Kind::empty_name) message = fmt::format("{} says nothing", name);
    if (kind == Kind::blanks) message = fmt::format("blanks around the value of {}", name);
    if (kind == Kind::nil) message = "xsi:nil, which the official examples never have";
    if (kind == Kind::wrong_guid) message = fmt::format("{} holds {}", name, actual);
    problems_.add(
        {.kind = kind,
         .place = element.place,
         .xpath = std::move(xpath),
         .expected = std::move(expected),
         .actual = std::move(actual),
         .message = std::move(message)}
    );
}

}  // namespace sfmkit::verifier
