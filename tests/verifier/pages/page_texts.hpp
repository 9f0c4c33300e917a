#pragma once

#include "findings/rule_page.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sfmkit::test {

/// A field of a page with its name.
using Field = std::pair<std::string_view, std::string_view findings::RulePage::*>;

inline constexpr std::array<Field, 6> fields_of_a_page = {{
    {"reason", &findings::RulePage::reason},
    {"bad", &findings::RulePage::bad},
    {"good", &findings::RulePage::good},
    {"csharp", &findings::RulePage::csharp},
    {"java", &findings::RulePage::java},
    {"node", &findings::RulePage::node},
}};

/// Those of the fields that hold prose.
inline constexpr std::array<Field, 4> prose_of_a_page = {
    {fields_of_a_page[0], fields_of_a_page[3], fields_of_a_page[4], fields_of_a_page[5]}
};

/// Split where a full stop, colon, semicolon, question or exclamation mark precedes a blank.
std::vector<std::string> sentences_in(std::string_view text);

std::vector<std::string> words_in(std::string_view text);

/// What two pages say alike in one field: a sentence of more than `words` words, with both ids.
std::vector<std::string> shared_sentences(
    const std::vector<findings::RulePage>& pages, std::size_t words
);

/// How many lines stand in only one of the two texts, whatever their order.
std::size_t lines_that_differ(std::string_view left, std::string_view right);

/// Ways in which an id of `related` is wrong: unknown, the page's own, or there twice.
std::vector<std::string> wrong_references(const std::vector<findings::RulePage>& pages);

}  // namespace sfmkit::test
