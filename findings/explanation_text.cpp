#include "findings/explanation.hpp"
#include "findings/wrapping.hpp"

#include <fmt/format.h>

namespace sfmkit::findings {
namespace {

constexpr std::string_view indent = "  ";
constexpr std::size_t label_columns = 14;

/// Text under construction for one width.
class Screen {
  public:
    explicit Screen(std::size_t columns) : columns_(columns) {}

    void line(std::string text) { text_ += std::move(text) + '\n'; }
    void heading(std::string_view text) { text_ += fmt::format("\n{}\n", text); }
    void paragraph(std::string_view text) { wrap(fmt::format("{}{}", indent, text), indent); }
    void labelled(std::string_view label, std::string_view text) {
        if (text.empty()) return;
        wrap(
            fmt::format("{}{:<{}}{}", indent, label, label_columns, text),
            std::string(indent.size() + label_columns, ' ')
        );
    }
    /// As it stands: an example is no prose.
    void example(std::string_view text) {
        while (!text.empty()) {
            const std::string_view row = text.substr(0, text.find('\n'));
            text_ += fmt::format("{}{}\n", row.empty() ? "" : "    ", row);
            text.remove_prefix(std::min(row.size() + 1, text.size()));
        }
    }
    std::string take() { return std::move(text_); }

  private:
    void wrap(std::string text, std::string_view further) {
        for (const std::string& row : wrapped(std::move(text), columns_, further)) line(row);
    }

    std::size_t columns_;
    std::string text_;
};

std::string ids_of(const std::vector<const Rule*>& rules) {
    std::string ids;
    for (const Rule* rule : rules) ids += (ids.empty() ? "" : " ") + std::string(rule->id);
    return ids;
}

void add_row(Screen& screen, const Rule& rule) {
    screen.labelled(
        "severity",
        fmt::format(
            "{} in strict, {} in lenient, {} in edition-2021",
            name_of(rule.strict),
            name_of(rule.lenient),
            name_of(rule.edition_2021)
        )
    );
    screen.labelled("weight", weight_of(rule));
    screen.labelled("stage", name_of(rule.stage));
    screen.labelled("source", describe(rule.sources));
    screen.labelled(
        "certainty", fmt::format("{}: {}", name_of(rule.certainty()), meaning_of(rule.certainty()))
    );
    if (!rule.built) screen.labelled("not built", rule.why_not_built);
    if (rule.needs_organisation) screen.labelled("needs", "ExportData.dat beside the patient file");
}

void add_examples(Screen& screen, const RulePage& page) {
    screen.heading("Breaks it:");
    screen.example(page.bad);
    screen.heading("Keeps it:");
    screen.example(page.good);
}

}  // namespace

std::string explanation_text(const Explanation& explanation, std::size_t columns) {
    const Rule& rule = *explanation.rule;
    const RulePage& page = *explanation.page;
    Screen screen(columns);
    for (const std::string& line :
         wrapped(fmt::format("{}: {}", rule.id, rule.title), columns, indent)) {
        screen.line(line);
    }
    add_row(screen, rule);
    screen.heading("Why:");
    screen.paragraph(page.reason);
    add_examples(screen, page);
    screen.heading("Usual cause:");
    screen.labelled("in general", rule.usual_cause);
    screen.labelled("C#", page.csharp);
    screen.labelled("Java", page.java);
    screen.labelled("Node", page.node);
    screen.heading("Fix:");
    screen.paragraph(rule.remedy);
    if (!rule.does_not_prove.empty()) {
        screen.heading("Keeping it does not prove:");
        screen.paragraph(rule.does_not_prove);
    }
    screen.heading("Read on:");
    for (const Rule* other : explanation.related) screen.labelled(other->id, other->title);
    screen.labelled("yields to", ids_of(explanation.superseded_by));
    screen.labelled("supersedes", ids_of(explanation.supersedes));
    screen.heading("Try it:");
    if (rule.built) {
        screen.labelled("see it", fmt::format("sfmkit generate broken --break {}", rule.id));
    }
    screen.labelled("your file", look_at(rule));
    screen.labelled("next", "mend, export again, then: sfmkit verify EXPORT --key KEY");
    return screen.take();
}

}  // namespace sfmkit::findings
