#include "cli/commands.hpp"
#include "cli/screen_width.hpp"
#include "findings/explanation.hpp"
#include "findings/rule_id.hpp"
#include "findings/rule_list.hpp"
#include "verifier/rules/catalogue.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

struct RulesOptions {
    std::vector<std::string> families;
    std::string profile;
    std::string format = "text";
};

using Rows = std::vector<const findings::Rule*>;

std::unexpected<platform::Error> refuse(
    std::string what, const std::string& where, std::string expected
) {
    return platform::fail({
        .code = platform::Errc::usage,
        .what = std::move(what),
        .where = where,
        .expected = std::move(expected),
        .next = "sfmkit rules --help",
    });
}

std::string families_of(const Rows& rows) {
    std::string names;
    std::string_view last;
    for (const findings::Rule* row : rows) {
        const std::string_view family = findings::family_of(row->id);
        if (family != last) names += (names.empty() ? "" : ", ") + std::string(family);
        last = family;
    }
    return names;
}

platform::Result<Rows> of_families(const Rows& all, const std::vector<std::string>& families) {
    if (families.empty()) return all;
    Rows chosen;
    for (const std::string& typed : families) {
        // Whoever copies a rule's id means its family.
        const std::string id = findings::as_rule_id(typed);
        const std::string_view family = findings::family_of(id);
        const auto is_of_family = [family](const findings::Rule* row) {
            return findings::family_of(row->id) == family;
        };
        if (std::ranges::none_of(all, is_of_family)) {
            return refuse(
                "no family of rules has this name", "--family " + typed, families_of(all)
            );
        }
        if (std::ranges::any_of(chosen, is_of_family)) continue;
        std::ranges::copy_if(all, std::back_inserter(chosen), is_of_family);
    }
    return chosen;
}

platform::Result<int> list_rules(const RulesOptions& options, World& world) {
    std::optional<findings::Profile> profile;
    if (!options.profile.empty()) {
        profile = findings::profile_named(options.profile);
        if (!profile) {
            return refuse(
                "no such profile", "--profile " + options.profile, "strict, lenient or edition-2021"
            );
        }
    }
    const bool json = options.format == "json";
    if (!json && options.format != "text") {
        return refuse("no such format", "--format " + options.format, "text or json");
    }
    auto rows = of_families(verifier::catalogue(), options.families);
    if (!rows) return platform::fail(rows.error());
    if (profile) {
        std::erase_if(*rows, [&](const findings::Rule* row) {
            return row->severity_in(*profile) == findings::Severity::off;
        });
    }
    if (json) {
        world.output << findings::rules_json(
            *rows, {.version = SFMKIT_VERSION, .ruleset = verifier::ruleset}
        );
        return exit_code::conforms;
    }
    world.output << findings::rules_text(*rows, profile, screen_width());
    world.output << fmt::format(
        "\n{} rules, {} of them built; rule set {}\nnext: sfmkit explain {}\n",
        rows->size(),
        std::ranges::count_if(*rows, &findings::Rule::built),
        verifier::ruleset,
        rows->empty() ? "RULE" : rows->front()->id
    );
    return exit_code::conforms;
}

}  // namespace

void declare_rules(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<RulesOptions>();
    CLI::App* command = parser.add_subcommand("rules", "List the rules that verify judges by");
    command->add_option("--family", options->families, "These families only, e.g. ENV")
        ->option_text("NAME")
        ->take_all();
    command->add_option("--profile", options->profile, "What this profile judges, and how")
        ->option_text("strict|lenient|edition-2021");
    command->add_option("--format", options->format, "How to print them")
        ->option_text("text|json [text]");
    set_examples(
        *command,
        "sfmkit rules --family ENV --profile lenient",
        "sfmkit rules --format json > rules.json"
    );
    command->callback([options, &world, &exit_code] {
        const auto code = list_rules(*options, world);
        exit_code = code ? *code : report_error(world, code.error());
    });
}

}  // namespace sfmkit::cli
