#include "verifier/schema_message.hpp"

#include "verifier/known_names.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

/// Sentences of libxml2 that hold names of the schema only.
constexpr std::array<std::string_view, 6> without_value = {
    "This element is not expected",
    "Missing child element(s)",
    "Character content other than whitespace is not allowed",
    "Character content is not allowed",
    "No matching global declaration",
    "Element content is not allowed",
};

/// Removes `{http…}` and `{urn…}` in front of names; other braces hold lists of allowed values.
std::string without_namespaces(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const bool is_namespace = text.starts_with("{http") || text.starts_with("{urn");
        const std::size_t end = is_namespace ? text.find('}') : std::string_view::npos;
        if (end == std::string_view::npos) {
            result += text.front();
            text.remove_prefix(1);
        } else {
            text.remove_prefix(end + 1);
        }
    }
    return result;
}

/// Takes `prefix'NAME'` off the front and gives it with a name that may be shown.
std::string take_name(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return {};
    const std::size_t end = text.find('\'', prefix.size());
    if (end == std::string_view::npos) return {};
    const std::string_view name = known_name(text.substr(prefix.size(), end - prefix.size()));
    text.remove_prefix(end + 1);
    return std::string(prefix) + std::string(name) + '\'';
}

/// Takes `Element 'Name': ` or `Element 'Name', attribute 'Name': ` off the front.
std::string take_head(std::string_view& text) {
    std::string head = take_name(text, "Element '");
    head += take_name(text, ", attribute '");
    if (head.empty() || !text.starts_with(": ")) return head;
    text.remove_prefix(2);
    return head + ": ";
}

}  // namespace

std::string masked_schema_message(std::string_view message) {
    const std::string text = without_namespaces(message.substr(0, message.find('\n')));
    std::string_view sentence = text;
    const std::string head = take_head(sentence);
    for (const std::string_view safe : without_value) {
        if (sentence.starts_with(safe)) return head + std::string(sentence);
    }
    if (std::string attribute = take_name(sentence, "The attribute '"); !attribute.empty()) {
        return head + std::move(attribute) + std::string(sentence);
    }
    const bool facet = sentence.starts_with("[facet '");
    const std::size_t facet_end = facet ? sentence.find(']') : std::string_view::npos;
    const std::string facet_name = facet_end == std::string_view::npos
                                       ? std::string()
                                       : std::string(sentence.substr(0, facet_end + 1)) + ' ';
    // The value stands between quotes and is followed by `' is not …`; the last one counts, since
    // a value may hold quotes itself.
    const std::size_t verdict = sentence.rfind("' is not ");
    if (verdict != std::string_view::npos) {
        return head + facet_name + "The value" + std::string(sentence.substr(verdict + 1));
    }
    if (sentence.find("The value has a length of") != std::string_view::npos) {
        return head + std::string(sentence);
    }
    return head + facet_name + "The value is not allowed by the schema.";
}

std::string expected_elements(std::string_view message) {
    const std::string text = without_namespaces(message);
    const std::size_t start = text.rfind("Expected is");
    if (start == std::string::npos) return {};
    const std::size_t open = text.find("( ", start);
    const std::size_t close = text.find(" )", start);
    if (open == std::string::npos || close == std::string::npos || close < open) return {};
    const std::string list = text.substr(open + 2, close - open - 2);
    const bool several = text.compare(start, 18, "Expected is one of") == 0;
    return several ? "one of " + list : list;
}

}  // namespace sfmkit::verifier
