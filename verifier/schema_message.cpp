#include "verifier/schema_message.hpp"

#include <array>

namespace sfmkit::verifier {
namespace {

/// Sentences of libxml2 that hold names of the schema only.
constexpr std::array<std::string_view, 7> without_value = {
    "This element is not expected",
    "Missing child element(s)",
    "The attribute '",
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

/// The part behind `Element 'Name': ` or `Element 'Name', attribute 'Name': `.
std::size_t begin_of_sentence(std::string_view text) {
    const std::size_t colon = text.find("': ");
    return colon == std::string_view::npos ? 0 : colon + 3;
}

}  // namespace

std::string masked_schema_message(std::string_view message) {
    const std::string text = without_namespaces(message.substr(0, message.find('\n')));
    const std::size_t begin = begin_of_sentence(text);
    const std::string head = text.substr(0, begin);
    const std::string_view sentence = std::string_view(text).substr(begin);
    for (const std::string_view safe : without_value) {
        if (sentence.starts_with(safe)) return text;
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
    if (sentence.find("The value has a length of") != std::string_view::npos) return text;
    return head + facet_name + "The value is not allowed by the schema.";
}

std::string expected_elements(std::string_view message) {
    const std::string text = without_namespaces(message);
    const std::size_t start = text.find("Expected is");
    if (start == std::string::npos) return {};
    const std::size_t open = text.find("( ", start);
    const std::size_t close = text.find(" )", start);
    if (open == std::string::npos || close == std::string::npos || close < open) return {};
    const std::string list = text.substr(open + 2, close - open - 2);
    const bool several = text.compare(start, 18, "Expected is one of") == 0;
    return several ? "one of " + list : list;
}

}  // namespace sfmkit::verifier
