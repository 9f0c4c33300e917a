#include "verifier/html_text.hpp"
#include "verifier/rules/pat_care_checks.hpp"

#include <fmt/format.h>

namespace sfmkit::verifier::pat {
namespace {

void tell_sighting(
    const ContentFacts& facts,
    const RuleReporter& broken,
    Element history,
    const HtmlSighting& sighting,
    std::string_view expected,
    std::string_view message
) {
    if (sighting.times == 0) return;
    tell(
        facts,
        broken,
        history,
        {.expected = std::string(expected),
         .actual = fmt::format("{}, the first one in {}", sighting.times, sighting.first),
         .message = std::string(message)}
    );
}

}  // namespace

// What a script is, and what lies outside, is decided in html_text and html_references: event
// attributes are scripts; addresses of mail and phones, anchors and data: lie inside, and a file
// beside the document lies outside, because nothing brings it along.
void history_beyond_text(const ContentFacts& facts, const RuleReporter& broken) {
    for (const Element& history : facts.all("UstrukturertHistorikk")) {
        const std::string_view text = history.text();
        if (text.empty()) continue;
        const HtmlFacts html = html_facts_of(text);
        if (!html.problem.empty()) {
            const bool is_escaped_twice = !text.contains('<') && text.contains("&lt;");
            tell(
                facts,
                broken,
                history,
                {.expected = "one HTML document, escaped once as the text of the element",
                 .actual = std::string(html.problem),
                 .message = "UstrukturertHistorikk does not parse as HTML",
                 .likely_cause = is_escaped_twice ? "the HTML was escaped twice" : ""}
            );
        }
        tell_sighting(
            facts, broken, history, html.scripts, "no script", "UstrukturertHistorikk runs scripts"
        );
        tell_sighting(
            facts,
            broken,
            history,
            html.references,
            "nothing that has to be fetched or lies outside",
            "UstrukturertHistorikk refers to what is not in the export"
        );
    }
}

}  // namespace sfmkit::verifier::pat
