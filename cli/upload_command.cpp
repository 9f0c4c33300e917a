#include "cli/commands.hpp"
#include "cli/report_places.hpp"
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

#include <algorithm>
#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

using platform::Errc;
using platform::Result;

constexpr const char* command_name = "upload";

/// Larger chunks are refused by proxies in front of the real service.
constexpr std::uint64_t longest_chunk_bytes = 1048576;

Result<client::Url> destination(const UploadOptions& options) {
    auto url = client::parse_url(options.url);
    if (!url) return url;
    if (auto allowed = client::check_destination(*url, options.real_service); !allowed) {
        return std::unexpected(allowed.error());
    }
    if (auto fitting = check_access(options.access, *url, has_token(options.token)); !fitting) {
        return std::unexpected(fitting.error());
    }
    return url;
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
    settings.ask_what_is_missing = true;
    settings.retries.tries = options.tries;
    settings.retries.tries_before_first_answer =
        std::min(options.tries, settings.retries.tries_before_first_answer);
    return settings;
}

/// The reports of a run: their formats and, in the same order, their places.
struct UploadReports {
    std::vector<std::string> formats;
    ReportPlaces places;
};

Result<UploadReports> make_reports(
    World& world, const UploadOptions& options, const std::filesystem::path& folder
) {
    std::vector<std::string> formats;
    std::vector<std::string> files;
    for (const std::string& text : options.reports) {
        auto option = parse_report_option(text, {"text", "json", "ndjson"}, command_name);
        if (!option) return std::unexpected(std::move(option.error()));
        formats.push_back(std::move(option->format));
        files.push_back(std::move(option->file));
    }
    if (options.json) {
        formats.emplace_back("json");
        files.emplace_back("-");
    }
    std::vector<std::string> inputs = input_files(options.judging);
    inputs.push_back(options.token.file);
    inputs.push_back(options.access.proof_key);
    inputs.push_back(options.access.authorities);
    inputs.push_back(journal_path(options, folder).string());
    inputs.push_back(options.ledger.value_or(""));
    if (auto right = check_places(files, folder.string(), inputs, command_name); !right) {
        return std::unexpected(std::move(right.error()));
    }
    std::vector<ReportPlaces::Wanted> wanted;
    for (std::size_t i = 0; i < files.size(); ++i) {
        wanted.push_back({.file = files[i], .while_running = formats[i] == "ndjson"});
    }
    // A dry run makes no file; it has no reports but the one on the output.
    auto places = ReportPlaces::create(world, wanted);
    if (!places) return std::unexpected(std::move(places.error()));
    return UploadReports{std::move(formats), std::move(*places)};
}

/// What stays behind although nobody has finished it.
void add_left_out(UploadReport& report, const std::vector<client::ExportFile>& left_out) {
    for (const client::ExportFile& file : left_out) {
        client::FileOutcome outcome;
        outcome.name = file.name;
        outcome.size_bytes = file.size_bytes;
        report.result.files.push_back(std::move(outcome));
    }
    report.left_out = left_out.size();
}

int tell_result(World& world, UploadReports& reports, const UploadReport& report) {
    reports.places.write_running(event_of_end(report));
    (reports.places.take_output() ? world.error : world.output) << print_text(report) << std::flush;
    auto written = reports.places.finish([&](std::size_t index) {
        return reports.formats[index] == "json" ? print_json(report) : print_text(report);
    });
    print_failures(world, report);
    return written ? exit_code_of(report.result) : report_error(world, written.error());
}

/// With --only-failed, when nothing has failed: the result without a run.
int tell_none_failed(
    World& world,
    const std::vector<client::Prospect>& prospects,
    UploadReports& reports,
    UploadReport report
) {
    world.error << "no file has failed in an earlier run: nothing is sent\n";
    for (const client::Prospect& prospect : prospects) {
        client::FileOutcome outcome;
        outcome.name = prospect.file->name;
        outcome.size_bytes = prospect.file->size_bytes;
        const bool done = prospect.standing == client::Standing::done;
        if (done) outcome.result = client::FileResult::already_done;
        if (!done) ++report.left_out;
        report.result.files.push_back(std::move(outcome));
    }
    return tell_result(world, reports, report);
}

/// What an upload works with once everything is read.
struct UploadJob {
    const UploadOptions& options;
    const client::Url& url;
    const std::filesystem::path& folder;
    const client::ExportListing& listing;
    std::optional<client::LedgerFile>& ledger;
    client::TokenSource* tokens;
    const client::ProofKey* proof_key;
    UploadLoop& loop;
};

int send(
    World& world,
    const UploadJob& job,
    const client::Journal::Owner& owner,
    const client::Selection& selection,
    UploadReports& reports,
    UploadReport report
) {
    auto journal = open_journal(world, job.options, owner, job.folder);
    if (!journal) return report_error(world, journal.error());
    if (job.ledger) {
        if (auto told = job.ledger->tell(*journal, job.listing); !told) {
            return report_error(world, told.error());
        }
    }
    announce(world, job.options, job.url, selection.chosen);
    client::MigrationSettings settings = settings_of(job.options, job.url);
    settings.tokens = job.tokens;
    settings.proof_key = job.proof_key;
    settings.retry_refused = job.options.only_failed;
    report.session = journal->state().session;
    report.resumed = journal->resumed();
    UploadEvents::Write write_event;
    if (std::ranges::find(reports.formats, "ndjson") != reports.formats.end()) {
        write_event = [&](const std::string& line) { reports.places.write_running(line); };
        write_event(event_of_begin(selection.chosen, report.session));
    }
    auto result = job.loop.run(settings, selection.chosen, *journal, job.ledger, write_event);
    if (!result) {
        world.error << resume_hint(report) << '\n';
        return exit_code::interrupted;
    }
    if (job.ledger) {
        add_missing(*result, *job.ledger, job.listing);
        if (!result->fatal) result->fatal = job.ledger->failure();
    }
    report.result = std::move(*result);
    add_left_out(report, selection.left_out);
    return tell_result(world, reports, report);
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
    const auto key = proof_key(world, options.access);
    if (!key) return report_error(world, key.error());
    UploadLoop loop(world);
    if (auto ready = loop.open_network(options.access, *url); !ready) {
        return report_error(world, ready.error());
    }
    const auto owner = journal_owner(world, options, *url, *folder, *ledger);
    if (!owner) return report_error(world, owner.error());
    const auto known = look_at_memory(world, options, *owner, *folder, *listing, *ledger);
    if (!known) return report_error(world, known.error());
    auto reports = make_reports(world, options, *folder);
    if (!reports) return report_error(world, reports.error());
    if (options.verify_first) {
        if (const auto objection = objection_of_verifier(world, options)) return *objection;
    }
    UploadReport report{
        .session = known->journal.session,
        .journal = journal_path(options, *folder).string(),
        .resumed = known->begun,
        .skipped = listing->skipped,
        .command = options.command
    };
    const auto prospects = client::foresee(*known, options.only_failed);
    if (options.dry_run) {
        world.output << (options.json ? print_preview_json(prospects, report)
                                      : print_preview(prospects, report))
                     << std::flush;
        return exit_code::conforms;
    }
    const bool some_failed = std::ranges::any_of(prospects, &client::Prospect::failed);
    if (options.only_failed && !some_failed) {
        return tell_none_failed(world, prospects, *reports, std::move(report));
    }
    const client::Selection selection =
        options.only_failed ? client::select_failed(*known) : client::Selection{*listing, {}};
    const UploadJob job{
        options, *url, *folder, *listing, *ledger, tokens->get(), *key ? &**key : nullptr, loop
    };
    return send(world, job, *owner, selection, *reports, std::move(report));
}

void add_kinds_of_run(CLI::App& command, UploadOptions& options) {
    CLI::Option* const dry_run = command.add_flag(
        "--dry-run", options.dry_run, "only list what would be sent; nothing is sent or written"
    );
    command.add_flag(
        "--only-failed", options.only_failed, "only files whose last try failed or was refused"
    );
    CLI::Option* const verify_first = command.add_flag(
        "--verify-first", options.verify_first, "send nothing when the verifier finds an error"
    );
    command.add_option("--report", options.reports, "text, json, or ndjson: events of the run")
        ->option_text("FORMAT=FILE ...")
        ->take_all()
        ->excludes(dry_run);
    command.add_flag("--json", options.json, "result as JSON on the output stream");
    CLI::App* const judging = command.add_option_group("With --verify-first");
    add_judging_options(*judging, options.judging);
    judging->needs(verify_first);
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
    add_access_options(*command, options->access);
    add_kinds_of_run(*command, *options);
    set_examples(
        *command,
        "sfmkit upload export --url http://127.0.0.1:8080/files",
        "sfmkit upload export --url http://localhost:8080/files --token-command ./token.sh --json"
    );
    command->callback([command, options, &world, &exit_code] {
        options->command = given_command(*command);
        exit_code = run_upload(world, *options);
    });
}

}  // namespace sfmkit::cli
