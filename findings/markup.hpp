#pragma once

#include "findings/report.hpp"

#include <string>
#include <string_view>
#include <vector>

/// What the reports in a markup language share. Texts of findings are hostile: names and values
/// come from files under test.
namespace sfmkit::findings {

/// For the content of elements and for attributes in quotes, of XML 1.0 and of HTML: what XML
/// forbids, bytes that are no UTF-8 and characters that turn the writing direction become U+FFFD.
std::string escaped_xml(std::string_view text);

/// For a cell of a table in GitHub's Markdown, where it stays plain text on one line.
std::string escaped_markdown(std::string_view text);

/// `ZIP-06: off instead of error`.
std::string override_line(const Override& overridden);

/// What, why, and how many files.
std::string gap_line(const Gap& gap);

/// True when the gap is about this rule: by its id, in a range of ids, or by its stage.
bool names_rule(const Gap& gap, const Rule& rule);

bool rule_is_off(const Report& report, const Rule& rule);

/// All rules of the run, or the broken ones where nobody said which there are.
std::vector<const Rule*> rules_told(const Report& report);

}  // namespace sfmkit::findings
