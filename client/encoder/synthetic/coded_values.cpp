#include "client/encoder/synthetic/coded_values.hpp"

#include "client/encoder/synthetic/xml_writer.hpp"

#include <string>

namespace sfmkit::client {

void write_code(XmlWriter& xml, std::string_view element, const Code& code) {
    const auto scope = xml.open(element);
    xml.attribute("V", code.value);
    // Volven, the Norwegian register of code lists, has this prefix for all of them. Official
    // examples have `(ukjent)` alone where no list is known.
    const bool is_number = !code.list.empty() && code.list.front() != '(';
    const std::string prefix = is_number ? "2.16.578.1.12.4.1.1." : "";
    if (!code.list.empty()) xml.attribute("S", prefix + std::string(code.list));
    xml.attribute("DN", code.name);
    if (!code.original_text.empty()) xml.attribute("OT", code.original_text);
}

void write_quantity(
    XmlWriter& xml, std::string_view element, std::string_view value, std::string_view unit
) {
    const auto scope = xml.open(element);
    xml.attribute("U", unit);
    xml.attribute("V", value);
}

void write_strength(
    XmlWriter& xml, std::string_view element, std::string_view value, std::string_view unit
) {
    const auto scope = xml.open(element);
    xml.attribute("V", value);
    xml.attribute("U", unit);
}

void write_ident(XmlWriter& xml, std::string_view id, const Code& type) {
    write_ident_as(xml, "Ident", id, type);
}

void write_ident_as(
    XmlWriter& xml, std::string_view element, std::string_view id, const Code& type
) {
    const auto scope = xml.open(element);
    xml.element("Id", id);
    write_code(xml, "TypeId", type);
}

}  // namespace sfmkit::client
