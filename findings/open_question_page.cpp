#include "findings/open_question.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::findings {
namespace {

/// The ids of a row, which are separated by one blank.
std::vector<std::string_view> ids_in(std::string_view text) {
    std::vector<std::string_view> ids;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        ids.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return ids;
}

std::string severities_of(const Rule& rule) {
    return fmt::format("{} in strict, {} in lenient", name_of(rule.strict), name_of(rule.lenient));
}

std::string switch_of(const OpenQuestion& question) {
    if (question.change.empty()) return fmt::format("none: {}", question.why_no_change);
    return fmt::format("`sfmkit {}`", question.change);
}

}  // namespace

std::vector<const Rule*> rules_of(
    const OpenQuestion& question, std::span<const Rule* const> catalogue
) {
    std::vector<const Rule*> rules;
    for (const std::string_view id : ids_in(question.rules)) {
        const auto row = std::ranges::find(catalogue, id, &Rule::id);
        if (row != catalogue.end()) rules.push_back(*row);
    }
    return rules;
}

std::string open_question_markdown(
    const OpenQuestion& question, std::span<const Rule* const> catalogue
) {
    std::string text = fmt::format(
        "### {}: {}\n\n- One reading: {}.\n- The other: {}.\n- Here: {}.\n- To change it: {}.\n",
        question.id,
        question.question,
        question.one,
        question.other,
        question.ours,
        switch_of(question)
    );
    for (const Rule* rule : rules_of(question, catalogue)) {
        text += fmt::format("- {} ({}): {}.\n", rule->id, severities_of(*rule), rule->title);
    }
    return text;
}

std::string open_questions_page(std::span<const Rule* const> catalogue) {
    std::string text =
        "# Open questions\n\n"
        "What nobody outside NHN knows about the format and the service: both readings, the one "
        "that is used here, and how to change it. `sfmkit explain ID` shows one of them. This page "
        "is written by `./bootstrap docs`.\n";
    for (const OpenQuestion& question : open_questions()) {
        text += "\n" + open_question_markdown(question, catalogue);
    }
    return text;
}

}  // namespace sfmkit::findings
