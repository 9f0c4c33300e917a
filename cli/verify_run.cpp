#include "cli/verify_run.hpp"

#include "cli/recipient_certificate.hpp"
#include "cli/verify_progress.hpp"
#include "findings/severity_file.hpp"
#include "platform/terminal.hpp"
#include "verifier/rules/catalogue.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>

#include <algorithm>
#include <thread>

namespace sfmkit::cli {
namespace {

constexpr std::uint64_t max_schema_bytes = 64 << 20;
constexpr std::uint64_t max_severity_bytes = 1 << 20;

}  // namespace

void add_judging_options(CLI::App& command, JudgingOptions& options) {
    add_key_options(command, options.key, KeyNeed::optional);
    command.add_option("--cert", options.certificate, "Recipient certificate, for ENV-19")
        ->option_text("CERT");
    command.add_option("--profile", options.profile, "strict, lenient or edition-2021")
        ->option_text("NAME [strict]");
    command.add_option("--schema", options.schema, "XSD of the format, for XML-04")
        ->option_text("FILE [our own]");
    command
        .add_option("--severity", options.severities, "Lines of RULE and error, warning, info, off")
        ->option_text("FILE");
    command.add_flag(
        "--production", options.production, "The data is no test data: real numbers are right"
    );
    command.add_option("--max-xml", options.max_xml, "Larger XML is judged by streaming only")
        ->transform(CLI::AsSizeValue(false))
        ->option_text("SIZE [32MiB]");
    command.add_option("--jobs", options.jobs, "Files read at once; default: one a core")
        ->option_text("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
}

platform::Result<JudgingInputs> read_inputs(const JudgingOptions& options, World& world) {
    JudgingInputs inputs;
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

std::vector<std::string> input_files(const JudgingOptions& options) {
    return {
        options.key.key,
        options.certificate,
        options.schema,
        options.key.pass_phrase_file,
        options.severities
    };
}

platform::Result<findings::Report> judge(
    World& world,
    const std::string& path,
    const JudgingOptions& options,
    const JudgingInputs& inputs,
    verifier::VerifyObserver& observer,
    const StopFlag& stop,
    bool show_progress
) {
    verifier::VerifyOptions verify_options{
        .profile = inputs.profile, .overrides = inputs.overrides
    };
    verify_options.limits.tree_bytes = options.max_xml;
    if (inputs.key) verify_options.key = &*inputs.key;
    if (inputs.certificate) verify_options.certificate = &*inputs.certificate;
    if (inputs.schema) verify_options.schema = &*inputs.schema;
    verify_options.production = options.production;
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    verify_options.jobs = options.jobs == 0 ? cores : options.jobs;
    verify_options.cancelled = &stop.came();
    verify_options.observer = &observer;
    std::optional<VerifyProgressLine> progress;
    if (show_progress && platform::is_terminal(platform::Stream::error)) {
        verify_options.observer = &progress.emplace(world.error, world.clock, observer);
    }
    return verifier::verify_path(
        {world.files, world.clock, world.algorithms}, path, verify_options
    );
}

findings::ScreenOptions screen_options(const std::string& path, const JudgingOptions& options) {
    findings::ScreenOptions screen{.target = path};
    const KeyOptions& key = options.key;
    if (!key.key.empty()) screen.key_option = "--key " + findings::quoted(key.key);
    if (!key.pass_phrase_file.empty()) {
        screen.key_option += " --pass-phrase-file " + findings::quoted(key.pass_phrase_file);
    }
    if (!key.pass_phrase_variable.empty()) {
        screen.key_option += " --pass-phrase-env " + key.pass_phrase_variable;
    }
    if (options.profile != JudgingOptions().profile) {
        screen.other_options = "--profile " + options.profile;
    }
    return screen;
}

}  // namespace sfmkit::cli
