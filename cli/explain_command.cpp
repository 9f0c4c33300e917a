#include "cli/commands.hpp"
#include "cli/error_pages.hpp"
#include "cli/screen_width.hpp"
#include "findings/explanation.hpp"
#include "findings/open_question.hpp"
#include "findings/rule_id.hpp"
#include "mockserver/why/client_rules.hpp"
#include "platform/printable.hpp"
#include "verifier/pages/rule_pages.hpp"
#include "verifier/rules/catalogue.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

struct ExplainOptions {
    std::vector<std::string> ids;
    bool all = false;
    bool questions = false;
    std::string format = "text";
};

using Rows = std::vector<const findings::Rule*>;
using Explanations = std::vector<findings::Explanation>;

constexpr findings::RulePage no_page = {};

std::unexpected<platform::Error> refuse(
    std::string what, std::string where, std::string expected, std::string next
) {
    return platform::fail({
        .code = platform::Errc::usage,
        .what = std::move(what),
        .where = std::move(where),
        .expected = std::move(expected),
        .next = std::move(next),
    });
}

std::unexpected<platform::Error> refuse_unknown(const std::string& typed, const Rows& catalogue) {
    const std::string id = findings::as_rule_id(typed);
    const std::string shown = platform::printable(typed);
    const std::string_view family = findings::family_of(id);
    const bool known_family = std::ranges::any_of(catalogue, [family](const findings::Rule* row) {
        return findings::family_of(row->id) == family;
    });
    const std::string list =
        known_family ? fmt::format("sfmkit rules --family {}", family) : "sfmkit rules";
    const auto near = findings::near_rule_ids(typed, catalogue);
    if (near.empty()) return refuse("no rule has this id", shown, "an id such as ENV-11", list);
    return refuse(
        "no rule has this id",
        shown,
        fmt::format("maybe {}", fmt::join(near, ", ")),
        fmt::format("sfmkit explain {}; {} lists them", near.front(), list)
    );
}

platform::Result<Rows> asked_for(const ExplainOptions& options, const Rows& catalogue) {
    if (options.all != options.ids.empty()) {
        return refuse(
            options.all ? "--all and ids exclude each other" : "which rule?",
            "explain",
            "ids of rules, as reports print them, or --all",
            "sfmkit rules"
        );
    }
    if (options.all) return catalogue;
    Rows rows;
    for (const std::string& typed : options.ids) {
        const auto row =
            std::ranges::find(catalogue, findings::as_rule_id(typed), &findings::Rule::id);
        if (row == catalogue.end()) return refuse_unknown(typed, catalogue);
        if (std::ranges::find(rows, *row) == rows.end()) rows.push_back(*row);
    }
    return rows;
}

std::string as_text(const Explanations& explanations) {
    std::string text;
    for (const findings::Explanation& explanation : explanations) {
        if (!text.empty()) text += "\n\n";
        text += findings::explanation_text(explanation, screen_width());
    }
    return text;
}

std::string as_markdown(const Explanations& explanations) {
    std::string text;
    for (const findings::Explanation& explanation : explanations) {
        text += findings::explanation_markdown(explanation);
    }
    return text;
}

platform::Result<std::string> written(
    const ExplainOptions& options, const Explanations& explanations
) {
    const findings::Edition edition = {.version = SFMKIT_VERSION, .ruleset = verifier::ruleset};
    if (options.format == "text") return as_text(explanations);
    if (options.format == "json") return findings::explanations_json(explanations, edition);
    if (options.format == "markdown") {
        return options.all ? findings::catalogue_markdown(explanations, edition)
                           : as_markdown(explanations);
    }
    return refuse(
        "no such format",
        "--format " + options.format,
        "text, json or markdown",
        "sfmkit explain --help"
    );
}

/// All that has an id and is judged by.
Rows all_rules() {
    Rows catalogue = verifier::catalogue();
    const Rows of_server = mockserver::server_catalogue();
    catalogue.insert(catalogue.end(), of_server.begin(), of_server.end());
    return catalogue;
}

/// The ids of open questions are explained beside rules, as text; they leave the list of ids.
std::string take_questions(ExplainOptions& options) {
    std::string text;
    std::erase_if(options.ids, [&](const std::string& typed) {
        std::string id = typed;
        for (char& letter : id)
            letter = letter == 'g' || letter == 'o' ? letter - 'a' + 'A' : letter;
        const findings::OpenQuestion* const question = findings::find_open_question(id);
        if (question != nullptr) text += findings::open_question_markdown(*question, all_rules());
        return question != nullptr;
    });
    return text;
}

/// The ids that end errors are explained beside rules, as text; they leave the list of ids.
std::string take_errors(ExplainOptions& options) {
    std::string text;
    if (options.format != "text") return text;
    std::erase_if(options.ids, [&](const std::string& typed) {
        const auto page = error_page(typed, screen_width());
        if (page) text += *page;
        return page.has_value();
    });
    return text;
}

platform::Result<int> explain(ExplainOptions options, World& world) {
    if (options.questions) {
        world.output << findings::open_questions_page(all_rules());
        return exit_code::conforms;
    }
    const std::string errors = take_questions(options) + take_errors(options);
    const bool errors_only = !errors.empty() && options.ids.empty() && !options.all;
    // The page of rules is about exports; who is refused by the server asks for one of its own.
    const Rows catalogue = options.all ? verifier::catalogue() : all_rules();
    const auto rows = errors_only ? Rows() : asked_for(options, catalogue);
    if (!rows) return platform::fail(rows.error());
    Explanations explanations;
    for (const findings::Rule* row : *rows) {
        // Without a page, the row alone explains the rule.
        const findings::RulePage* const page = verifier::page_of(row->id);
        explanations.push_back(findings::explain(*row, page ? *page : no_page, catalogue));
    }
    const auto text = written(options, explanations);
    if (!text) return platform::fail(text.error());
    world.output << errors << (errors.empty() || errors_only ? "" : "\n") << *text;
    return exit_code::conforms;
}

}  // namespace

void declare_explain(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<ExplainOptions>();
    CLI::App* command =
        parser.add_subcommand("explain", "Explain a rule: why, examples, usual causes, fix");
    command->add_option("ID", options->ids, "Ids of rules, e.g. ENV-11")->option_text("[ID...]");
    command->add_flag("--all", options->all, "Every rule");
    command->add_flag("--questions", options->questions, "What nobody outside NHN knows");
    command->add_option("--format", options->format, "How to print it")
        ->option_text("text|json|markdown [text]");
    set_examples(*command, "sfmkit explain ENV-11", "sfmkit explain zip08 xml4 --format markdown");
    command->callback([options, &world, &exit_code] {
        const auto code = explain(*options, world);
        exit_code = code ? *code : report_error(world, code.error());
    });
}

}  // namespace sfmkit::cli
