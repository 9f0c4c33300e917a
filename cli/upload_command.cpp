#include "cli/commands.hpp"
#include "cli/token_options.hpp"
#include "cli/upload_memory.hpp"
#include "cli/upload_report.hpp"
#include "cli/upload_run.hpp"
#include "client/upload/progress.hpp"
#include "client/upload/safety_catch.hpp"
#include "platform/printable.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

using platform::Errc;
using platform::Result;

/// Larger chunks are refused by proxies in front of the real service.
constexpr std::uint64_t longest_chunk_bytes = 1048576;

Result<client::Url> destination(const UploadOptions& options) {
    auto url = client::parse_url(options.url);
    if (!url) return url;
    if (auto allowed = client::check_destination(*url, options.real_service); !allowed) {
        return std::unexpected(allowed.error());
    }
    const TokenOptions& token = options.token;
    const bool has_token = !token.file.empty() || !token.variable.empty() || !token.command.empty();
    if (url->scheme == client::Scheme::http && has_token && !client::is_loopback(url->host)) {
        return platform::fail(
            {.code = Errc::usage,
             .what = "an access token must not cross a network without TLS",
             .where = options.url,
             .expected = "https, or this machine (RFC 6750 section 5.3)",
             .actual = "http"}
        );
    }
    if (url->scheme == client::Scheme::http) return url;
    return platform::fail(
        {.code = Errc::usage,
         .what = "https is not supported by this build",
         .where = options.url,
         .expected = "an http address",
         .actual = "https"}
    );
}

void announce(
    World& world,
    const UploadOptions& options,
    const client::Url& url,
    const client::ExportListing& listing
) {
    for (const std::string& name : listing.skipped) {
        world.error << "not part of an export, stays behind: " << platform::printable(name) << '\n';
    }
    if (options.real_service.empty()) return;
    std::uint64_t bytes = listing.organisation.size_bytes;
    for (const auto& file : listing.others) bytes += file.size_bytes;
    world.error << "to " << client::print(url)
                << ", outside this machine: " << listing.others.size() + 1 << " files, "
                << client::print_size(bytes) << '\n'
                << std::flush;
}

client::MigrationSettings settings_of(const UploadOptions& options, const client::Url& url) {
    client::MigrationSettings settings;
    settings.service = url;
    settings.parallel = options.parallel;
    settings.chunk_bytes = options.chunk_bytes;
    settings.retries.tries = options.tries;
    settings.retries.tries_before_first_answer =
        std::min(options.tries, settings.retries.tries_before_first_answer);
    return settings;
}

int tell_result(World& world, const UploadOptions& options, const UploadReport& report) {
    if (options.json) {
        world.output << print_json(report) << '\n';
    } else {
        world.output << print_text(report) << std::flush;
    }
    print_failures(world, report);
    return exit_code_of(report.result);
}

int run_upload(World& world, const UploadOptions& options) {
    const auto url = destination(options);
    if (!url) return report_error(world, url.error());
    const auto folder = export_folder(options);
    if (!folder) return report_error(world, folder.error());
    const auto listing = client::list_export(world.files, *folder);
    if (!listing) return report_error(world, listing.error());
    auto ledger = open_ledger(world, options, *url, *folder, *listing);
    if (!ledger) return report_error(world, ledger.error());
    const auto tokens = token_source(world, options.token);
    if (!tokens) return report_error(world, tokens.error());
    auto journal = open_journal(world, options, *url, *folder, *ledger);
    if (!journal) return report_error(world, journal.error());
    if (*ledger) {
        if (auto told = (*ledger)->tell(*journal, *listing); !told) {
            return report_error(world, told.error());
        }
    }
    announce(world, options, *url, *listing);

    client::MigrationSettings settings = settings_of(options, *url);
    settings.tokens = tokens->get();
    UploadLoop loop(world);
    auto result = loop.run(settings, *listing, *journal, *ledger);

    UploadReport report;
    report.session = journal->state().session;
    report.journal = journal_path(options, *folder).string();
    report.resumed = journal->resumed();
    if (!result) {
        world.error << resume_hint(report) << '\n';
        return exit_code::interrupted;
    }
    if (*ledger) {
        add_missing(*result, **ledger, *listing);
        if (!result->fatal) result->fatal = (*ledger)->failure();
    }
    report.result = std::move(*result);
    report.skipped = listing->skipped;
    return tell_result(world, options, report);
}

}  // namespace

void declare_upload(CLI::App& parser, World& world, int& exit_code) {
    CLI::App* command =
        parser.add_subcommand("upload", "Upload an export folder over tus, with resume");
    auto options = std::make_shared<UploadOptions>();
    command->add_option("EXPORT", options->folder, "folder with ExportData.dat")->required();
    command->add_option("--url", options->url, "where uploads are created, e.g. .../files")
        ->required();
    command->add_option("--parallel", options->parallel, "uploads in flight")
        ->check(CLI::Range(1U, 10U))
        ->capture_default_str();
    command->add_option(
        "--journal", options->journal, "what is remembered across runs (EXPORT.journal)"
    );
    command
        ->add_option_function<std::vector<std::string>>(
            "--ledger",
            [options](const std::vector<std::string>& given) {
                options->ledger = given.empty() ? std::string() : given.front();
            },
            "the official uploader's memory, gone on from and kept (EXPORT/.ledger)"
        )
        ->expected(0, 1)
        ->type_name("FILE");
    command->add_option("--session", options->session, "SessionId of a new journal (random GUID)");
    command->add_option("--chunk-size", options->chunk_bytes, "bytes of one PATCH")
        ->check(CLI::Range(std::uint64_t{1}, longest_chunk_bytes))
        ->capture_default_str();
    command->add_option("--tries", options->tries, "fruitless requests in a row for one file")
        ->check(CLI::Range(1U, 20U))
        ->capture_default_str();
    command->add_option(
        "--real-service", options->real_service, "repeats a host that is not this machine"
    );
    add_token_options(*command, options->token);
    command->add_flag("--json", options->json, "result as JSON on the output stream");
    set_examples(
        *command,
        "sfmkit upload export --url http://127.0.0.1:8080/files",
        "sfmkit upload export --url http://localhost:8080/files --token-command ./token.sh --json"
    );
    command->callback([options, &world, &exit_code] { exit_code = run_upload(world, *options); });
}

}  // namespace sfmkit::cli
