#include "tests/verifier/schema/full_document.hpp"

#include <pugixml.hpp>

#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>

namespace sfmkit::test {
namespace {

/// A legal value of each type that the format uses.
const char* value_of(std::string_view type) {
    static const std::map<std::string_view, const char*> values{
        {"xs:string", "text"},
        {"xs:boolean", "true"},
        {"xs:date", "2024-01-05"},
        {"xs:dateTime", "2024-01-05T10:11:12.127"},
        {"xs:time", "08:00:00"},
        {"xs:int", "3"},
        {"xs:decimal", "2.5"},
        {"xs:double", "0.5"},
        {"xs:token", "token"},
        {"xs:anyURI", "tel:22222222"},
        {"sfm:oid", "2.16.578.1.12.4.1.1.8116"},
    };
    const auto found = values.find(type);
    if (found == values.end()) throw std::runtime_error("no value for " + std::string(type));
    return found->second;
}

/// Identifiers are GUIDs, as in the official examples; all other text is the same for its type.
const char* value_of(std::string_view type, std::string_view element) {
    const bool identifier = element.ends_with("Id") || element.starts_with("RefForrige");
    if (type == "xs:string" && identifier) return "6a1f0c52-3f6e-4c1b-9b7d-2f0c8e5d4a31";
    return value_of(type);
}

/// Writes by reading our schema: it relies on the prefixes xs and sfm, and on named types.
class Writer {
  public:
    explicit Writer(std::string_view schema) {
        if (!schema_.load_buffer(schema.data(), schema.size()))
            throw std::runtime_error("the schema cannot be read");
    }

    std::string write(std::string_view root) {
        pugi::xml_document document;
        write_element(document, global("xs:element", root));
        document.first_child().append_attribute("xmlns") =
            schema_.document_element().attribute("targetNamespace").value();
        // As the reference exporter begins its documents.
        std::ostringstream text;
        text << "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>";
        document.save(text, "", pugi::format_raw | pugi::format_no_declaration);
        return text.str();
    }

  private:
    pugi::xml_node global(const char* kind, std::string_view name) const {
        const auto node = schema_.document_element().find_child_by_attribute(
            kind, "name", std::string(name).c_str()
        );
        if (!node) throw std::runtime_error("not declared: " + std::string(name));
        return node;
    }

    void write_particle(pugi::xml_node parent, const pugi::xml_node& particle) {
        const int times = particle.attribute("maxOccurs") ? 2 : 1;
        for (int time = 0; time < times; ++time) {
            const std::string_view kind = particle.name();
            const std::string_view reference = particle.attribute("ref").value();
            if (!reference.empty())
                write_element(parent, global("xs:element", reference.substr(4)));
            else if (kind == "xs:element")
                write_element(parent, particle);
            else
                write_compositor(parent, particle);
        }
    }

    void write_compositor(pugi::xml_node parent, const pugi::xml_node& compositor) {
        const auto particles = compositor.children();
        if (std::string_view(compositor.name()) == "xs:sequence") {
            for (const auto particle : particles) write_particle(parent, particle);
            return;
        }
        const auto count = std::distance(particles.begin(), particles.end());
        const auto turn = turns_[compositor.offset_debug()]++ % count;
        write_particle(parent, *std::next(particles.begin(), turn));
    }

    void write_element(pugi::xml_node parent, const pugi::xml_node& declaration) {
        auto element = parent.append_child(declaration.attribute("name").value());
        const std::string_view type = declaration.attribute("type").value();
        if (type.empty()) return write_type(element, declaration.child("xs:complexType"));
        if (type.starts_with("xs:")) {
            element.text().set(value_of(type, element.name()));
            return;
        }
        write_type(element, global("xs:complexType", type.substr(4)));
    }

    void write_type(pugi::xml_node element, const pugi::xml_node& type) {
        const auto extension = type.child("xs:complexContent").child("xs:extension");
        if (extension) {
            const std::string_view base = extension.attribute("base").value();
            write_type(element, global("xs:complexType", base.substr(4)));
        }
        for (const auto part : (extension ? extension : type).children()) {
            const std::string_view kind = part.name();
            if (kind == "xs:attribute")
                element.append_attribute(part.attribute("name").value()) =
                    value_of(part.attribute("type").value());
            else if (kind == "xs:sequence" || kind == "xs:choice")
                write_particle(element, part);
        }
    }

    pugi::xml_document schema_;
    std::map<std::ptrdiff_t, std::ptrdiff_t> turns_;
};

}  // namespace

std::string full_document(std::string_view schema, std::string_view root) {
    return Writer(schema).write(root);
}

}  // namespace sfmkit::test
