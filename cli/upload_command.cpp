#include "cli/commands.hpp"
#include "cli/token_options.hpp"
#include "cli/upload_report.hpp"
#include "client/upload/ledger_file.hpp"
#include "client/upload/progress.hpp"
#include "client/upload/safety_catch.hpp"
#include "client/upload/session_id.hpp"
#include "platform/printable.hpp"
#include "platform/signals.hpp"
#include "platform/tcp_network.hpp"
#include "platform/terminal.hpp"
#include "wire/sfm_names.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <ostream>

namespace sfmkit::cli {
namespace {

using client::MigrationResult;
using platform::Errc;
using platform::Result;

struct UploadOptions {
    std::string folder;
    std::string url;
    unsigned parallel = 5;
    std::string journal;
    std::optional<std::string> ledger;  ///< empty: the one in the folder
    std::string session;
    std::string real_service;
    TokenOptions token;
    std::uint64_t chunk_bytes = wire::sfm::chunk_bytes;
    unsigned tries = client::RetryLimits{}.tries;
    bool json = false;
};

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

/// The folder without a separator at its end, so that its name is its last part.
Result<std::filesystem::path> export_folder(const UploadOptions& options) {
    std::filesystem::path folder(options.folder);
    if (folder.filename().empty()) folder = folder.parent_path();
    const std::string name = folder.filename().string();
    if (!options.journal.empty() || (!name.empty() && name != "." && name != "..")) return folder;
    return platform::fail(
        {.code = Errc::usage,
         .what = "the journal has no place: it is named after the export folder",
         .where = options.folder,
         .expected = "the name of the folder",
         .actual = "a path that ends in no name",
         .next = "give the folder by its name, or --journal FILE outside of it"}
    );
}

std::filesystem::path journal_path(
    const UploadOptions& options, const std::filesystem::path& folder
) {
    if (!options.journal.empty()) return options.journal;
    std::filesystem::path path = folder;
    path += ".journal";
    return path;
}

Result<client::Journal> open_journal(
    World& world,
    const UploadOptions& options,
    const client::Url& url,
    const std::filesystem::path& folder,
    const std::optional<client::LedgerFile>& ledger
) {
    if (!options.session.empty() && !wire::sfm::is_guid(options.session)) {
        return platform::fail(
            {.code = Errc::usage,
             .what = "the session is no GUID",
             .where = "--session",
             .expected = "8-4-4-4-12 hex digits",
             .actual = options.session}
        );
    }
    const std::string fresh = client::new_session_id(world.random);
    const auto begun = ledger ? ledger->session() : std::nullopt;
    const client::Journal::Owner owner{
        .service = client::print(url),
        .export_name = folder.filename().string(),
        .session = options.session.empty() ? begun.value_or(fresh) : options.session
    };
    const auto path = journal_path(options, folder);
    auto journal = client::Journal::open(world.files, path, owner, options.chunk_bytes);
    if (!journal || options.session.empty()) return journal;
    if (journal->state().session == options.session) return journal;
    return platform::fail(
        {.code = Errc::usage,
         .what = "the journal has a session of its own",
         .where = path.string(),
         .expected = journal->state().session,
         .actual = options.session,
         .next = "leave --session out to continue, or give another --journal to start over"}
    );
}

std::filesystem::path ledger_path(
    const UploadOptions& options, const std::filesystem::path& folder
) {
    if (options.ledger && !options.ledger->empty()) return *options.ledger;
    return folder / wire::sfm::ledger_file;
}

/// The ledger, when the options ask for it. A person is told of one that they do not ask for.
Result<std::optional<client::LedgerFile>> open_ledger(
    World& world,
    const UploadOptions& options,
    const client::Url& url,
    const std::filesystem::path& folder,
    const client::ExportListing& listing
) {
    const auto path = ledger_path(options, folder);
    if (!options.ledger) {
        const auto status = world.files.status(path);
        if (status && *status) {
            world.error << "the official uploader has begun this export: --ledger goes on from "
                        << platform::printable(path.string()) << '\n';
        }
        return std::nullopt;
    }
    auto ledger = client::LedgerFile::open(world.files, world.clock, path, listing, url);
    if (!ledger) return std::unexpected(std::move(ledger.error()));
    return std::optional(std::move(*ledger));
}

/// Files that the ledger expects and nobody can send: the run is not complete without them.
void add_missing(
    MigrationResult& result, const client::LedgerFile& ledger, const client::ExportListing& listing
) {
    for (const std::string& name : ledger.missing(listing)) {
        client::FileOutcome outcome;
        outcome.name = name;
        outcome.result = client::FileResult::refused;
        outcome.error = platform::Error{
            .code = Errc::not_found,
            .what = "the ledger names a file that is not in the export folder",
            .where = name,
            .expected = "the file, or an entry that is completed",
            .actual = "neither",
            .next = "restore the file, or take its entry out of " + ledger.path().string()
        };
        result.files.push_back(std::move(outcome));
    }
}

/// Runs until the migration ends; nothing when a second Ctrl-C ended it in the middle.
class UploadLoop {
  public:
    explicit UploadLoop(World& world) : world_(world), network_(context_.get_executor()) {}

    std::optional<MigrationResult> run(
        const client::MigrationSettings& settings,
        const client::ExportListing& listing,
        client::Journal& journal,
        std::optional<client::LedgerFile>& ledger
    ) {
        const bool terminal = platform::is_terminal(platform::Stream::error);
        client::ProgressLine progress(world_.error, terminal, world_.clock, listing);
        std::optional<client::LedgerRecorder> recorder;
        if (ledger) recorder.emplace(*ledger, journal, progress);
        client::MigrationObserver& observer =
            recorder ? static_cast<client::MigrationObserver&>(*recorder) : progress;
        const client::UploadWorld upload_world{
            network_, world_.clock, world_.files, world_.random, world_.algorithms
        };
        std::optional<MigrationResult> result;
        std::exception_ptr failure;
        signals_ =
            std::make_unique<platform::StopSignals>(context_.get_executor(), [this] { on_stop(); });
        auto ended = [&](std::exception_ptr thrown, MigrationResult outcome) {
            failure = thrown;
            result = std::move(outcome);
            context_.stop();  // a timer of a closed connection may still be pending
        };
        boost::asio::co_spawn(
            context_,
            client::migrate(upload_world, settings, listing, journal, observer, stop_),
            std::move(ended)
        );
        context_.run();
        signals_.reset();
        progress.finish();
        if (failure) std::rethrow_exception(failure);
        return result;
    }

  private:
    void on_stop() {
        if (stop_.requested) return context_.stop();
        stop_.requested = true;
        world_.error << "\nfinishing the chunks that run; once more to end at once\n" << std::flush;
    }

    World& world_;
    boost::asio::io_context context_{1};
    platform::TcpNetwork network_;
    client::StopRequest stop_;
    std::unique_ptr<platform::StopSignals> signals_;
};

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
