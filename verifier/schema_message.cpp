#include "verifier/schema_message.hpp"

#include "verifier/known_names.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::verifier {
namespace {

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

/// Takes `prefix'NAME'` off the front and gives the name as it may be shown.
std::string take_name(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return {};
    const std::size_t end = text.find('\'', prefix.size());
    if (end == std::string_view::npos) return {};
    const std::string_view name = known_name(text.substr(prefix.size(), end - prefix.size()));
    text.remove_prefix(end + 1);
    return std::string(name);
}

/// The names in the last `( A, B )`.
std::vector<std::string> expected_elements(std::string_view text) {
    std::vector<std::string> names;
    const std::size_t start = text.rfind("Expected is");
    if (start == std::string_view::npos) return names;
    const std::size_t open = text.find("( ", start);
    const std::size_t close = text.rfind(" )");
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
        return names;
    }
    std::string_view list = text.substr(open + 2, close - open - 2);
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(", "), list.size());
        names.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 2, list.size()));
    }
    return names;
}

/// The type at the end of `… is not a valid value of the atomic type 'xs:date'.`
std::string type_in(std::string_view text) {
    constexpr std::string_view before = " type '";
    const std::size_t start = text.rfind(before);
    if (start == std::string_view::npos) return {};
    const std::size_t begin = start + before.size();
    const std::size_t end = text.find('\'', begin);
    return end == std::string_view::npos ? std::string()
                                         : std::string(text.substr(begin, end - begin));
}

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

SchemaMessage read_schema_message(std::string_view message) {
    SchemaMessage result;
    const std::string text = without_namespaces(message);
    std::string_view sentence = text;
    take_name(sentence, "Element '");
    result.attribute = take_name(sentence, ", attribute '");
    if (sentence.starts_with(": ")) sentence.remove_prefix(2);
    if (std::string named = take_name(sentence, "The attribute '"); !named.empty()) {
        result.attribute = std::move(named);
        result.missing_attribute = sentence.find("is required but missing") != std::string::npos;
        return result;
    }
    result.expected = expected_elements(sentence);
    // The value stands between quotes and is followed by `' is not …`; the last one counts, since
    // a value may hold quotes itself.
    const std::size_t open =
        sentence.find('\'', sentence.starts_with('[') ? sentence.find(']') : 0);
    const std::size_t close = sentence.rfind("' is not ");
    if (open < close && close != std::string_view::npos) {
        result.value_shape = shape_of(sentence.substr(open + 1, close - open - 1));
        result.type = type_in(sentence.substr(close));
    }
    return result;
}

std::string shape_of(std::string_view value) {
    constexpr std::size_t most_characters = 30;
    if (value.empty()) return "an empty value";
    if (std::ranges::all_of(value, is_blank)) return "only blanks";
    std::string shape;
    std::size_t characters = 0;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) continue;
        if (++characters > most_characters) return shape + "...";
        const bool digit = c >= '0' && c <= '9';
        const bool sign = byte > 0x20U && byte < 0x7FU;
        const bool letter = byte >= 0x80U || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        shape += digit ? '9' : letter ? 'a' : sign ? c : ' ';
    }
    return shape;
}

std::string type_with_example(const std::string& type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> examples = {{
        {"xs:date", "2024-01-31"},
        {"xs:dateTime", "2024-01-31T09:30:00"},
        {"xs:time", "09:30:00"},
        {"xs:boolean", "true"},
        {"xs:int", "12"},
        {"xs:decimal", "12.5"},
        {"xs:double", "12.5"},
    }};
    const auto* const known =
        std::ranges::find(examples, std::string_view(type), [](const auto& e) { return e.first; });
    if (known == examples.end()) return type;
    return type + ", like " + std::string(known->second);
}

}  // namespace sfmkit::verifier
