#include "cli/commands.hpp"
#include "cli/key_options.hpp"
#include "cli/recipient_certificate.hpp"
#include "cli/stop_flag.hpp"
#include "cli/verify_progress.hpp"
#include "cli/verify_reports.hpp"
#include "findings/screen.hpp"
#include "findings/severity_file.hpp"
#include "platform/terminal.hpp"
#include "verifier/rules/catalogue.hpp"
#include "verifier/verify_job.hpp"
#include "verifier/xml_schema.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <thread>

namespace sfmkit::cli {
namespace {

struct VerifyCommandOptions {
    std::string path;
    KeyOptions key;
    std::string certificate;
    std::string schema;
    std::string profile = "strict";
    std::uint64_t max_xml = verifier::Limits().tree_bytes;
    bool production = false;
    std::string severities;
    std::uint64_t max_per_rule = findings::TextOptions{}.max_per_rule;
    std::vector<std::string> reports;  ///< FORMAT=FILE
    bool json = false;
    std::size_t jobs = 0;  ///< 0: one a core
};

constexpr std::uint64_t max_schema_bytes = 64 << 20;
constexpr std::uint64_t max_severity_bytes = 1 << 20;

/// Everything that the options name, read before the work begins.
struct Inputs {
    findings::Profile profile = findings::Profile::strict;
    std::optional<platform::PrivateKey> key;
    std::optional<platform::Certificate> certificate;
    std::optional<verifier::XmlSchema> schema;
    std::vector<findings::Override> overrides;
    std::vector<RequestedReport> reports;
};

platform::Result<Inputs> read_inputs(const VerifyCommandOptions& options, World& world) {
    Inputs inputs;
    const auto profile = findings::profile_named(options.profile);
    if (!profile) {
        return platform::fail({
            .code = platform::Errc::usage,
            .what = "no such profile",
            .where = "--profile " + options.profile,
            .expected = "strict, lenient or edition-2021",
            .next = "sfmkit verify --help",
        });
    }
    inputs.profile = *profile;
    for (const std::string& text : options.reports) {
        auto report = parse_report(text);
        if (!report) return platform::fail(report.error());
        inputs.reports.push_back(std::move(*report));
    }
    if (options.json) {
        inputs.reports.push_back({.format = findings::report_format_named("json"), .file = "-"});
    }
    if (!options.key.key.empty()) {
        auto key = read_private_key(world, options.key);
        if (!key) return platform::fail(key.error());
        inputs.key = std::move(*key);
    }
    if (!options.certificate.empty()) {
        auto certificate = read_recipient_certificate(world, options.certificate);
        if (!certificate) return platform::fail(certificate.error());
        inputs.certificate = std::move(*certificate);
    }
    if (!options.schema.empty()) {
        const auto content = world.files.read_all(options.schema, max_schema_bytes);
        if (!content) return platform::fail(content.error());
        auto schema = verifier::XmlSchema::parse(*content, options.schema);
        if (!schema) return platform::fail(schema.error());
        inputs.schema = std::move(*schema);
    }
    if (!options.severities.empty()) {
        const auto content = world.files.read_all(options.severities, max_severity_bytes);
        if (!content) return platform::fail(content.error());
        auto overrides = findings::parse_severity_file(
            platform::as_text(*content), options.severities, verifier::catalogue(), inputs.profile
        );
        if (!overrides) return platform::fail(overrides.error());
        inputs.overrides = std::move(*overrides);
    }
    return inputs;
}

/// How this run was called, for the next commands on the screen.
findings::ScreenOptions screen_options(const VerifyCommandOptions& options, const Inputs& inputs) {
    findings::ScreenOptions screen{.target = options.path};
    const KeyOptions& key = options.key;
    if (!key.key.empty()) screen.key_option = "--key " + findings::quoted(key.key);
    if (!key.pass_phrase_file.empty()) {
        screen.key_option += " --pass-phrase-file " + findings::quoted(key.pass_phrase_file);
    }
    if (!key.pass_phrase_variable.empty()) {
        screen.key_option += " --pass-phrase-env " + key.pass_phrase_variable;
    }
    if (inputs.profile != findings::Profile::strict) {
        screen.other_options = "--profile " + options.profile;
    }
    screen.reports_written = !inputs.reports.empty();
    return screen;
}

platform::Result<int> verify(const VerifyCommandOptions& options, World& world) {
    const auto inputs = read_inputs(options, world);
    if (!inputs) return platform::fail(inputs.error());
    auto right = check_places(
        inputs->reports,
        options.path,
        {options.key.key,
         options.certificate,
         options.schema,
         options.key.pass_phrase_file,
         options.severities}
    );
    if (!right) return platform::fail(right.error());
    const auto reports = VerifyReports::create(inputs->reports, world);
    if (!reports) return platform::fail(reports.error());
    verifier::VerifyOptions verify_options{
        .profile = inputs->profile, .overrides = inputs->overrides
    };
    verify_options.limits.tree_bytes = options.max_xml;
    if (inputs->key) verify_options.key = &*inputs->key;
    if (inputs->certificate) verify_options.certificate = &*inputs->certificate;
    if (inputs->schema) verify_options.schema = &*inputs->schema;
    verify_options.production = options.production;
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    verify_options.jobs = options.jobs == 0 ? cores : options.jobs;
    const StopFlag stop;
    verify_options.cancelled = &stop.came();
    std::optional<VerifyProgressLine> progress;
    verify_options.observer = reports->get();
    // Lines of a report on the same terminal are progress enough.
    const bool lines_there =
        (*reports)->take_output() && platform::is_terminal(platform::Stream::output);
    if (platform::is_terminal(platform::Stream::error) && !lines_there) {
        verify_options.observer = &progress.emplace(world.error, world.clock, **reports);
    }
    const auto report = verifier::verify_path(
        {world.files, world.clock, world.algorithms}, options.path, verify_options
    );
    progress.reset();
    if (!report) return platform::fail(report.error());
    // Machine output leaves the standard output pure; people read the other stream then.
    ((*reports)->take_output() ? world.error : world.output)
        << findings::screen_text(*report, screen_options(options, *inputs));
    auto written = (*reports)->finish(*report, {.max_per_rule = options.max_per_rule});
    if (!written) return platform::fail(written.error());
    if (report->interrupted) return exit_code::interrupted;
    return findings::exit_code_for(report->verdict.conclusion);
}

}  // namespace

void declare_verify(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<VerifyCommandOptions>();
    CLI::App* command =
        parser.add_subcommand("verify", "Judge an export folder or one encrypted file");
    command->add_option("PATH", options->path, "Export folder, or one .dat, .pat or .rpt file")
        ->required();
    add_key_options(*command, options->key, KeyNeed::optional);
    command->add_option("--cert", options->certificate, "Recipient certificate, for ENV-19")
        ->option_text("CERT");
    command->add_option("--profile", options->profile, "strict, lenient or edition-2021")
        ->option_text("NAME [strict]");
    command->add_option("--schema", options->schema, "XSD of the format, for XML-04")
        ->option_text("FILE [our own]");
    command
        ->add_option(
            "--severity", options->severities, "Lines of RULE and error, warning, info, off"
        )
        ->option_text("FILE");
    command
        ->add_option("--max-per-rule", options->max_per_rule, "Findings of a rule in text, 0: all")
        ->option_text("N [20]")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1'000'000'000}));
    command
        ->add_option(
            "--report", options->reports, "text, json, ndjson, junit, sarif, markdown or html"
        )
        ->option_text("FORMAT=FILE ...")
        ->take_all();
    command->add_flag(
        "--production", options->production, "The data is no test data: real numbers are right"
    );
    command->add_option("--max-xml", options->max_xml, "Larger XML is judged by streaming only")
        ->transform(CLI::AsSizeValue(false))
        ->option_text("SIZE [32MiB]");
    command->add_option("--jobs", options->jobs, "Files read at once; default: one a core")
        ->option_text("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
    command->add_flag("--json", options->json, "The JSON report on the standard output");
    set_examples(
        *command,
        "sfmkit verify export --key keys/recipient.key.pem",
        "sfmkit verify patient.pat --key keys/recipient.pfx --profile lenient --report "
        "json=report.json"
    );
    command->callback([options, &world, &exit_code] {
        const auto code = verify(*options, world);
        exit_code = code ? *code : report_error(world, code.error());
    });
}

}  // namespace sfmkit::cli
