#include "cli/serve_options.hpp"

#include "cli/time_option.hpp"
#include "mockserver/faults/fault_file.hpp"
#include "mockserver/sfm/creation_rules.hpp"
#include "mockserver/sfm/migration_rules.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <CLI/Option.hpp>
#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace sfmkit::cli {
namespace {

/// All limits with their defaults, for the help.
std::string limits_told() {
    const mockserver::Limits defaults;
    std::string text = "NAME=VALUE, repeatable, over these defaults (0: none):";
    for (const mockserver::LimitRow& row : mockserver::limit_rows()) {
        text += fmt::format("\n{}={} ({})", row.name, print_limit(row, defaults), row.what);
    }
    return text;
}

/// All kinds of faults, and an example, for the help.
std::string faults_told() {
    std::string text =
        "JSON with faults that strike requests, repeatable, e.g.\n"
        R"({"faults": [{"point": "body", "at_byte": 1000, "match": {"method": "PATCH", "nth": 2},)"
        "\n"
        R"( "action": {"do": "reset"}}]}; points: )";
    for (const mockserver::FaultPoint point : mockserver::fault_points()) {
        text += fmt::format("{} ", mockserver::name_of(point));
    }
    text += "; actions:";
    for (const mockserver::FaultKindRow& row : mockserver::fault_kinds()) {
        text += fmt::format("\n{}: {}", row.name, row.what);
    }
    return text;
}

constexpr std::string_view all_rules = "all";

std::vector<std::string> enforceable_rules() {
    std::vector<std::string> ids = {std::string(all_rules)};
    for (const auto& rule : mockserver::creation_rules()) ids.emplace_back(rule.row.id);
    for (const auto& rule : mockserver::arrival_rules()) ids.emplace_back(rule.row.id);
    for (const auto& rule : mockserver::parallel_rules()) ids.emplace_back(rule.row.id);
    return ids;
}

std::set<std::string, std::less<>> enforced_by(const ServeOptions& options) {
    const bool all = std::ranges::find(options.enforce, all_rules) != options.enforce.end();
    const std::vector<std::string> ids = all ? enforceable_rules() : options.enforce;
    return {ids.begin(), ids.end()};
}

}  // namespace

platform::Result<mockserver::Limits> limits_of(const ServeOptions& options) {
    mockserver::Limits limits;
    for (const std::string& told : options.limits) {
        if (auto set = mockserver::set_limit(limits, told); !set) {
            return platform::fail(std::move(set.error()));
        }
    }
    return limits;
}

platform::Result<mockserver::FaultTable> faults_of(World& world, const ServeOptions& options) {
    constexpr std::uint64_t limit_bytes = 1 << 20;
    std::vector<mockserver::Fault> faults;
    std::uint64_t seed = options.seed;
    for (const std::string& file : options.faults) {
        const auto content = world.files.read_all(file, limit_bytes);
        if (!content) {
            platform::Error error = content.error();
            error.code = platform::Errc::usage;
            return std::unexpected(error);
        }
        auto scenario = mockserver::parse_scenario(platform::as_text(*content), file);
        if (!scenario) return std::unexpected(scenario.error());
        if (scenario->seed != mockserver::Scenario().seed) seed = scenario->seed;
        for (mockserver::Fault& fault : scenario->faults) faults.push_back(std::move(fault));
    }
    mockserver::FaultTable table(seed);
    for (mockserver::Fault& fault : faults) table.arm(std::move(fault));
    return table;
}

platform::Result<mockserver::Rules> rules_of(const ServeOptions& options) {
    mockserver::Rules rules;
    constexpr std::string_view layer = ",nginx";
    std::string_view name = options.imitate;
    rules.behind_nginx = name.ends_with(layer);
    if (rules.behind_nginx) name.remove_suffix(layer.size());
    rules.profile = mockserver::find_profile(name);
    const auto expiry =
        read_time_option("--expire", options.expire, "sfmkit serve --expire 5h; 0: never");
    if (!expiry) return std::unexpected(expiry.error());
    rules.settings.expire_after.reset();
    if (expiry->count() > 0) rules.settings.expire_after = *expiry;
    rules.settings.sliding_expiry = options.sliding;
    if (options.max_size > 0) rules.settings.max_size_bytes = options.max_size;
    rules.settings.required_metadata = options.require_metadata;
    rules.settings.enforced = enforced_by(options);
    rules.settings.require_authorization = options.auth.mode == "any";
    rules.settings.without = options.without;
    rules.settings.finding_header = options.finding_header;
    if (!options.read_timeout.empty()) {
        const auto timeout = read_time_option(
            "--read-timeout", options.read_timeout, "sfmkit serve --read-timeout 60s; 0: none"
        );
        if (!timeout) return std::unexpected(timeout.error());
        rules.settings.read_timeout = *timeout;
    }
    return rules;
}

void add_serve_options(CLI::App& command, ServeOptions& options) {
    std::vector<std::string> profiles;
    for (const std::string_view name : mockserver::profile_names()) {
        profiles.emplace_back(name);
        profiles.push_back(std::string(name) + ",nginx");
    }
    command.add_option("--host", options.host, "address to listen on")->capture_default_str();
    command.add_option("--port", options.port, "port; 0 takes any free one")->capture_default_str();
    command.add_option(
        "--admin-port",
        options.admin_port,
        "admin API and dashboard on 127.0.0.1; 0 takes any free port; without it there is none"
    );
    command.add_option("--data-dir", options.data_dir, "where uploads are kept")
        ->capture_default_str();
    command.add_option(
        "--ready-file", options.ready_file, "JSON with url and pid, written when the port accepts"
    );
    command.add_option("--imitate", options.imitate, "which server to behave like")
        ->check(CLI::IsMember(profiles))
        ->capture_default_str();
    command.add_option("--expire", options.expire, "life of an unfinished upload; 0: for ever")
        ->capture_default_str();
    command.add_flag("--sliding", options.sliding, "every accepted PATCH starts that time anew");
    command.add_option("--max-size", options.max_size, "longest upload in bytes; 0: any")
        ->capture_default_str();
    command.add_option(
        "--require-metadata", options.require_metadata, "refuse uploads without this metadata key"
    );
    command
        .add_option(
            "--enforce",
            options.enforce,
            "refuse what breaks these rules of the importer: SFM-01 to SFM-16, or all"
        )
        ->check(CLI::IsMember(enforceable_rules()))
        ->delimiter(',');
    add_auth_options(command, options.auth);
    const auto extensions = mockserver::tusdotnet_2021().extensions;
    command
        .add_option("--without", options.without, "switches a tus extension off; may be repeated")
        ->check(CLI::IsMember(std::vector<std::string>(extensions.begin(), extensions.end())));
    command.add_option(
        "--read-timeout",
        options.read_timeout,
        "silence inside a body that breaks the connection; 0: none; otherwise as imitated"
    );
    command
        .add_option(
            "--durability",
            options.durability,
            "what acknowledged bytes survive: kill, or power loss"
        )
        ->check(CLI::IsMember({"process", "fsync"}))
        ->capture_default_str();
    command.add_option("--limit", options.limits, limits_told())
        ->allow_extra_args(false)
        ->type_name("NAME=VALUE");
    command.add_flag(
        "--no-evidence", options.without_evidence, "keeps no evidence.sqlite in the data directory"
    );
    command.add_flag(
        "--finding-header", options.finding_header, "refusals say why in the header Sfmkit-Finding"
    );
    command.add_option("--faults", options.faults, faults_told())
        ->allow_extra_args(false)
        ->type_name("FILE");
    add_key_options(command, options.key, KeyNeed::optional);
    add_tls_options(command, options.tls);
    command.add_option("--seed", options.seed, "for what the imitated server leaves to chance")
        ->capture_default_str();
}

}  // namespace sfmkit::cli
