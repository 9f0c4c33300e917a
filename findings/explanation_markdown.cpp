#include "findings/explanation.hpp"
#include "findings/rule_id.hpp"
#include "findings/rule_list.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::findings {
namespace {

/// Text that Markdown would otherwise take for markup.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '<') {
            safe += "&lt;";
        } else if (c == '>') {
            safe += "&gt;";
        } else if (c == '&') {
            safe += "&amp;";
        } else {
            if (std::string_view("\\`*_[]|").contains(c)) safe += '\\';
            safe += c;
        }
    }
    return safe;
}

std::string anchor_of(std::string_view id) {
    std::string anchor(id);
    std::ranges::transform(anchor, anchor.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return anchor;
}

std::string link_to(const Rule& rule) {
    return fmt::format("[{}](#{})", rule.id, anchor_of(rule.id));
}

std::string links_to(const std::vector<const Rule*>& rules) {
    std::string links;
    for (const Rule* rule : rules) links += (links.empty() ? "" : ", ") + link_to(*rule);
    return links;
}

std::string example(std::string_view heading, std::string_view text) {
    const std::string_view language = text.starts_with('<') ? "xml" : "text";
    return fmt::format("{}:\n\n```{}\n{}\n```\n\n", heading, language, text);
}

std::string bullet(std::string_view label, const std::string& text) {
    return text.empty() ? std::string() : fmt::format("- **{}:** {}\n", label, text);
}

/// The table of a family; the rules stand beside each other.
std::string family_table(std::span<const Explanation> family) {
    const std::string_view name = family_of(family.front().rule->id);
    std::string text = fmt::format("### {}: {}\n\n", name, title_of_family(name));
    text += "| rule | strict | lenient | edition-2021 | stage | certainty | what must hold |\n";
    text += "| --- | --- | --- | --- | --- | --- | --- |\n";
    for (const Explanation& explanation : family) {
        const Rule& rule = *explanation.rule;
        text += fmt::format(
            "| {} | {} | {} | {} | {} | {} | {}{} |\n",
            link_to(rule),
            name_of(rule.strict),
            name_of(rule.lenient),
            name_of(rule.edition_2021),
            name_of(rule.stage),
            name_of(rule.certainty()),
            escaped(rule.title),
            rule.built ? "" : fmt::format(" (not built: {})", escaped(rule.why_not_built))
        );
    }
    return text + '\n';
}

}  // namespace

std::string explanation_markdown(const Explanation& explanation) {
    const Rule& rule = *explanation.rule;
    const RulePage& page = *explanation.page;
    std::string text = fmt::format(
        "<a id=\"{}\"></a>\n\n### {}: {}\n\n", anchor_of(rule.id), rule.id, escaped(rule.title)
    );
    text += bullet(
        "severity",
        fmt::format(
            "{} in strict, {} in lenient, {} in edition-2021; {}",
            name_of(rule.strict),
            name_of(rule.lenient),
            name_of(rule.edition_2021),
            weight_of(rule)
        )
    );
    text += bullet(
        "source",
        fmt::format(
            "{}; {} ({})",
            describe(rule.sources),
            name_of(rule.certainty()),
            meaning_of(rule.certainty())
        )
    );
    if (!rule.built) text += bullet("not built", escaped(rule.why_not_built));
    text += fmt::format("\n{}\n\n", escaped(page.reason));
    text += example("Breaks it", page.bad);
    text += example("Keeps it", page.good);
    text += bullet("usual cause", escaped(rule.usual_cause));
    text += bullet("C#", escaped(page.csharp));
    text += bullet("Java", escaped(page.java));
    text += bullet("Node", escaped(page.node));
    text += bullet("fix", escaped(rule.remedy));
    text += bullet("keeping it does not prove", escaped(rule.does_not_prove));
    text += bullet("related", links_to(explanation.related));
    text += bullet("yields to", links_to(explanation.superseded_by));
    text += bullet("supersedes", links_to(explanation.supersedes));
    if (rule.built) {
        text += bullet("see it", fmt::format("`sfmkit generate broken --break {}`", rule.id));
    }
    return text + '\n';
}

std::string catalogue_markdown(std::span<const Explanation> explanations, const Edition& edition) {
    std::string text = fmt::format(
        "# Rules\n\nEvery rule that `sfmkit verify` judges by, rule set {}. "
        "Written by `sfmkit explain --all --format markdown`; do not edit.\n\n## Families\n\n",
        edition.ruleset
    );
    std::string sections = "## Rule by rule\n\n";
    while (!explanations.empty()) {
        const std::string_view family = family_of(explanations.front().rule->id);
        const auto end = std::ranges::find_if(explanations, [&](const Explanation& explanation) {
            return family_of(explanation.rule->id) != family;
        });
        const auto count = static_cast<std::size_t>(end - explanations.begin());
        text += family_table(explanations.first(count));
        for (const Explanation& explanation : explanations.first(count)) {
            sections += explanation_markdown(explanation);
        }
        explanations = explanations.subspan(count);
    }
    sections.pop_back();
    return text + sections;
}

}  // namespace sfmkit::findings
