#include "cli/commands.hpp"
#include "cli/upload_report.hpp"
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
    std::string session;
    std::string real_service;
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
    const std::filesystem::path& folder
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
    const client::Journal::Owner owner{
        .service = client::print(url),
        .export_name = folder.filename().string(),
        .session = options.session.empty() ? fresh : options.session
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

/// Runs until the migration ends; nothing when a second Ctrl-C ended it in the middle.
class UploadLoop {
  public:
    explicit UploadLoop(World& world) : world_(world), network_(context_.get_executor()) {}

    std::optional<MigrationResult> run(
        const client::MigrationSettings& settings,
        const client::ExportListing& listing,
        client::Journal& journal
    ) {
        const bool terminal = platform::is_terminal(platform::Stream::error);
        client::ProgressLine progress(world_.error, terminal, world_.clock, listing);
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
            client::migrate(upload_world, settings, listing, journal, progress, stop_),
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

int run_upload(World& world, const UploadOptions& options) {
    const auto url = destination(options);
    if (!url) return report_error(world, url.error());
    const auto folder = export_folder(options);
    if (!folder) return report_error(world, folder.error());
    const auto listing = client::list_export(world.files, *folder);
    if (!listing) return report_error(world, listing.error());
    auto journal = open_journal(world, options, *url, *folder);
    if (!journal) return report_error(world, journal.error());
    announce(world, options, *url, *listing);

    client::MigrationSettings settings;
    settings.service = *url;
    settings.parallel = options.parallel;
    settings.chunk_bytes = options.chunk_bytes;
    settings.retries.tries = options.tries;
    settings.retries.tries_before_first_answer =
        std::min(options.tries, settings.retries.tries_before_first_answer);
    UploadLoop loop(world);
    const auto result = loop.run(settings, *listing, *journal);

    UploadReport report;
    report.session = journal->state().session;
    report.journal = journal_path(options, *folder).string();
    report.resumed = journal->resumed();
    if (!result) {
        world.error << resume_hint(report) << '\n';
        return exit_code::interrupted;
    }
    report.result = *result;
    report.skipped = listing->skipped;
    if (options.json) {
        world.output << print_json(report) << '\n';
    } else {
        world.output << print_text(report) << std::flush;
    }
    print_failures(world, report);
    return exit_code_of(report.result);
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
    command->add_flag("--json", options->json, "result as JSON on the output stream");
    set_examples(
        *command,
        "sfmkit upload export --url http://127.0.0.1:8080/files",
        "sfmkit upload export --url http://localhost:8080/files --parallel 10 --json"
    );
    command->callback([options, &world, &exit_code] { exit_code = run_upload(world, *options); });
}

}  // namespace sfmkit::cli
