#include "cli/commands.hpp"
#include "cli/verify_reports.hpp"
#include "cli/verify_run.hpp"
#include "platform/terminal.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>

#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

struct VerifyCommandOptions {
    std::string path;
    JudgingOptions judging;
    std::uint64_t max_per_rule = findings::TextOptions{}.max_per_rule;
    std::vector<std::string> reports;  ///< FORMAT=FILE
    bool json = false;
};

platform::Result<std::vector<RequestedReport>> requested_reports(const VerifyCommandOptions& options
) {
    std::vector<RequestedReport> requested;
    for (const std::string& text : options.reports) {
        auto report = parse_report(text);
        if (!report) return platform::fail(report.error());
        requested.push_back(std::move(*report));
    }
    if (options.json) {
        requested.push_back({.format = findings::report_format_named("json"), .file = "-"});
    }
    auto right = check_places(requested, options.path, input_files(options.judging));
    if (!right) return platform::fail(right.error());
    return requested;
}

platform::Result<int> verify(const VerifyCommandOptions& options, World& world) {
    const auto inputs = read_inputs(options.judging, world);
    if (!inputs) return platform::fail(inputs.error());
    const auto requested = requested_reports(options);
    if (!requested) return platform::fail(requested.error());
    const auto reports = VerifyReports::create(*requested, world);
    if (!reports) return platform::fail(reports.error());
    // Lines of a report on the same terminal are progress enough.
    const bool lines_there =
        (*reports)->take_output() && platform::is_terminal(platform::Stream::output);
    const StopFlag stop;
    const auto report =
        judge(world, options.path, options.judging, *inputs, **reports, stop, !lines_there);
    if (!report) return platform::fail(report.error());
    findings::ScreenOptions screen = screen_options(options.path, options.judging);
    screen.reports_written = !requested->empty();
    // Machine output leaves the standard output pure; people read the other stream then.
    ((*reports)->take_output() ? world.error : world.output)
        << findings::screen_text(*report, screen);
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
    add_judging_options(*command, options->judging);
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
