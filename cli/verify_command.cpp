#include "cli/commands.hpp"
#include "cli/private_key_file.hpp"
#include "cli/recipient_certificate.hpp"
#include "client/encoder/pending_file.hpp"
#include "findings/report_formats.hpp"
#include "platform/paths.hpp"
#include "verifier/verify_job.hpp"
#include "verifier/xml_schema.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>

namespace sfmkit::cli {
namespace {

struct VerifyCommandOptions {
    std::string path;
    std::string key;
    std::string certificate;
    std::string schema;
    std::string pass_phrase_file;
    std::string profile = "strict";
    std::uint64_t max_xml = verifier::Limits().tree_bytes;
    std::vector<std::string> reports;  ///< FORMAT=FILE
    bool json = false;
};

constexpr std::uint64_t max_schema_bytes = 64 << 20;
constexpr std::string_view standard_output = "-";

/// A report that was asked for: which format, and where it goes.
struct RequestedReport {
    const findings::ReportFormat* format = nullptr;
    std::string file;
};

/// Everything that the options name, read before the work begins.
struct Inputs {
    findings::Profile profile = findings::Profile::strict;
    std::optional<platform::PrivateKey> key;
    std::optional<platform::Certificate> certificate;
    std::optional<verifier::XmlSchema> schema;
    std::vector<RequestedReport> reports;
};

platform::Result<RequestedReport> parse_report(const std::string& text) {
    const std::size_t equals = text.find('=');
    const auto* const format = findings::report_format_named(text.substr(0, equals));
    if (format != nullptr && equals != std::string::npos && equals + 1 < text.size()) {
        return RequestedReport{.format = format, .file = text.substr(equals + 1)};
    }
    std::string names;
    for (const findings::ReportFormat& known : findings::report_formats()) {
        if (!names.empty()) names += " or ";
        names += fmt::format("{}=FILE", known.name);
    }
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "no such report",
        .where = "--report " + text,
        .expected = names,
        .next = "sfmkit verify --help",
    });
}

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
    if (!options.key.empty()) {
        auto key = read_private_key(world, options.key, options.pass_phrase_file);
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
    return inputs;
}

/// Before anything is read: one report at most on the output, and none where it would change what
/// is judged or replace what was handed in.
platform::Result<void> check_places(const VerifyCommandOptions& options, const Inputs& inputs) {
    const auto refuse = [](const std::string& file, const char* what, const char* expected) {
        return platform::fail({
            .code = platform::Errc::usage,
            .what = what,
            .where = "--report " + file,
            .expected = expected,
            .next = "sfmkit verify --help",
        });
    };
    bool output_taken = options.json;
    std::vector<std::string> taken;
    for (const RequestedReport& requested : inputs.reports) {
        const std::string& file = requested.file;
        if (std::ranges::find(taken, file) != taken.end() && file != standard_output) {
            return refuse(file, "two reports in the same file", "a file for each");
        }
        taken.push_back(file);
        if (file == standard_output) {
            if (output_taken) {
                return refuse(file, "two reports on the standard output", "a file for one of them");
            }
            output_taken = true;
            continue;
        }
        if (platform::is_at_or_below(file, options.path)) {
            return refuse(file, "the report would lie in what is judged", "another place");
        }
        for (const std::string& input :
             {options.key, options.certificate, options.schema, options.pass_phrase_file}) {
            if (input.empty() || !platform::is_at_or_below(file, input)) continue;
            return refuse(file, "the report would replace a file that is read", "another name");
        }
    }
    return {};
}

/// The files of the reports, in their order; none for the standard output. Made before the work,
/// so that a place that cannot be written is told at once.
platform::Result<std::vector<std::optional<client::PendingFile>>> create_reports(
    const Inputs& inputs, World& world
) {
    std::vector<std::optional<client::PendingFile>> files;
    for (const RequestedReport& requested : inputs.reports) {
        if (requested.file == standard_output) {
            files.emplace_back();
            continue;
        }
        auto file = client::PendingFile::create(
            world.files, requested.file, platform::Existing::replace, platform::Access::everybody
        );
        if (!file) {
            if (file.error().next.empty()) file.error().next = "name a place that can be written";
            return platform::fail(file.error());
        }
        files.emplace_back(std::move(*file));
    }
    return files;
}

platform::Result<void> write_reports(
    const VerifyCommandOptions& options,
    const Inputs& inputs,
    std::vector<std::optional<client::PendingFile>>& files,
    const findings::Report& report,
    World& world
) {
    const bool output_taken =
        options.json ||
        std::ranges::find(inputs.reports, standard_output, &RequestedReport::file) !=
            inputs.reports.end();
    if (options.json) world.output << findings::json_report(report);
    // Machine output leaves the standard output pure; people read the other stream then.
    (output_taken ? world.error : world.output) << findings::text_report(report);
    for (std::size_t i = 0; i < files.size(); ++i) {
        const std::string text = inputs.reports[i].format->write(report);
        if (!files[i]) {
            world.output << text;
            continue;
        }
        auto written = files[i]->file().append(platform::as_bytes(text));
        if (written) written = files[i]->commit(platform::Durability::process);
        if (!written) return written;
    }
    return {};
}

platform::Result<int> verify(const VerifyCommandOptions& options, World& world) {
    const auto inputs = read_inputs(options, world);
    if (!inputs) return platform::fail(inputs.error());
    if (auto right = check_places(options, *inputs); !right) return platform::fail(right.error());
    auto files = create_reports(*inputs, world);
    if (!files) return platform::fail(files.error());
    verifier::VerifyOptions verify_options{.profile = inputs->profile};
    verify_options.limits.tree_bytes = options.max_xml;
    if (inputs->key) verify_options.key = &*inputs->key;
    if (inputs->certificate) verify_options.certificate = &*inputs->certificate;
    if (inputs->schema) verify_options.schema = &*inputs->schema;
    const auto report = verifier::verify_path(
        {world.files, world.clock, world.algorithms}, options.path, verify_options
    );
    if (!report) return platform::fail(report.error());
    if (auto written = write_reports(options, *inputs, *files, *report, world); !written) {
        return platform::fail(written.error());
    }
    return findings::exit_code_for(report->verdict.conclusion);
}

}  // namespace

void declare_verify(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<VerifyCommandOptions>();
    CLI::App* command =
        parser.add_subcommand("verify", "Judge an export folder or one encrypted file");
    command->add_option("PATH", options->path, "Export folder, or one .dat, .pat or .rpt file")
        ->required();
    command->add_option("--key", options->key, "Private key: PEM, DER or PKCS#12")
        ->option_text("KEY");
    command->add_option("--pass-phrase-file", options->pass_phrase_file, "Its first line opens KEY")
        ->option_text("FILE");
    command->add_option("--cert", options->certificate, "Recipient certificate, for ENV-19")
        ->option_text("CERT");
    command->add_option("--profile", options->profile, "strict, lenient or edition-2021")
        ->option_text("NAME [strict]");
    command->add_option("--schema", options->schema, "XSD of the format, for XML-04")
        ->option_text("FILE [our own]");
    command->add_option("--report", options->reports, "text=FILE or json=FILE, - for output")
        ->option_text("FORMAT=FILE ...")
        ->take_all();
    command->add_option("--max-xml", options->max_xml, "Larger XML is judged by streaming only")
        ->transform(CLI::AsSizeValue(false))
        ->option_text("SIZE [32MiB]");
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
