#include "client/encoder/message_order.hpp"

#include <pugixml.hpp>

#include <string_view>

namespace sfmkit::client {
namespace {

using platform::Errc;
using platform::fail;
using platform::Result;

constexpr std::uint64_t max_document_bytes = std::uint64_t{64} << 20;

/// Whatever prefix the document gives its namespace.
bool is_named(const pugi::xml_node& node, std::string_view local_name) {
    const std::string_view name = node.name();
    return name.substr(name.find(':') + 1) == local_name;
}

}  // namespace

Result<std::vector<std::string>> message_order(
    platform::Files& files, const std::filesystem::path& patient_document
) {
    std::vector<std::string> names;
    auto content = files.read_all(patient_document, max_document_bytes);
    if (!content && content.error().code == Errc::limit) return names;
    if (!content) return fail(content.error());
    pugi::xml_document document;
    constexpr unsigned options = pugi::parse_minimal | pugi::parse_escapes | pugi::parse_cdata;
    if (!document.load_buffer_inplace(content->data(), content->size(), options)) return names;
    for (const pugi::xml_node& messages : document.document_element()) {
        if (!is_named(messages, "Meldinger")) continue;
        for (const pugi::xml_node& message : messages) {
            if (!is_named(message, "Melding")) continue;
            for (const pugi::xml_node& element : message) {
                if (is_named(element, "MeldingsFil")) names.emplace_back(element.child_value());
            }
        }
    }
    return names;
}

}  // namespace sfmkit::client
