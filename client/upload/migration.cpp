#include "client/upload/migration.hpp"

#include "client/upload/file_upload.hpp"
#include "client/upload/task_group.hpp"
#include "wire/tus_headers.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <ranges>
#include <string_view>

namespace sfmkit::client {
namespace {

/// The files after the organisation file, shared by the slots.
struct Queue {
    const std::vector<ExportFile>& files;
    std::vector<FileOutcome>& outcomes;  ///< the organisation file's comes first
    std::size_t next = 0;
};

FileOutcome not_started(const ExportFile& file) {
    FileOutcome outcome;
    outcome.name = file.name;
    outcome.size_bytes = file.size_bytes;
    return outcome;
}

platform::Duration elapsed_since(platform::SteadyTime began, const platform::Clock& clock) {
    return std::chrono::floor<platform::Duration>(clock.steady_now() - began);
}

boost::asio::awaitable<FileOutcome> upload_one(
    UploadRun& run, UploadSlot& slot, const ExportFile& file
) {
    const platform::SteadyTime began = run.world.clock.steady_now();
    run.observer.file_began(file);
    FileUpload upload(run, slot, file);
    FileOutcome outcome = co_await upload.upload();
    outcome.elapsed = elapsed_since(began, run.world.clock);
    run.observer.file_ended(file, outcome);
    co_return outcome;
}

boost::asio::awaitable<void> work_through(UploadRun& run, UploadSlot& slot, Queue& queue) {
    const auto is_wanted = [&run] { return !run.must_end() && run.at_work <= run.bearable; };
    while (queue.next < queue.files.size() && is_wanted()) {
        const std::size_t index = queue.next++;
        FileOutcome outcome = co_await upload_one(run, slot, queue.files[index]);
        queue.outcomes[index + 1] = std::move(outcome);
    }
    --run.at_work;
    slot.connection.close();
}

/// What OPTIONS tells is worth little waiting: the upload goes on without it.
constexpr platform::Duration options_deadline{5'000};

bool lists(std::string_view extensions, std::string_view wanted) {
    for (const auto part : extensions | std::views::split(',')) {
        std::string_view name(part.begin(), part.end());
        name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
        if (name.substr(0, name.find(' ')) == wanted) return true;
    }
    return false;
}

/// Whether the server compares checksums, as a sentence; empty when it says that it does. Asked
/// without credentials: what it offers is no secret, and one that wants them is not asked again.
boost::asio::awaitable<std::string> ask_about_checksums(const UploadRun& run) {
    ExchangeLimits limits = run.settings.exchange;
    limits.connect = limits.answer = limits.body_idle = options_deadline;
    // On a connection of its own: whatever comes disturbs no upload.
    HttpConnection connection(run.world.network, run.world.clock, limits);
    HttpRequest request;
    request.method = "OPTIONS";
    request.url = run.settings.service;
    request.fields.add("Host", host_field(request.url));
    const HttpExchange exchange = co_await connection.exchange(request);
    connection.close();
    const bool told = exchange.answer &&
                      (exchange.answer->status == 200 || exchange.answer->status == 204) &&
                      exchange.answer->fields.has(wire::tus::supported_versions);
    if (!told) co_return "the server does not say whether it compares checksums";
    const auto extensions = exchange.answer->fields.first(wire::tus::extension);
    if (lists(extensions.value_or(""), "checksum")) co_return std::string();
    co_return "the server compares no checksums: it would not notice a byte that changed on the "
              "way";
}

boost::asio::awaitable<void> tell_what_is_missing(UploadRun& run) {
    run.observer.server_lacks(
        "the server names no expiry: it may forget unfinished uploads any time"
    );
    const std::string missing = co_await ask_about_checksums(run);
    if (!missing.empty()) run.observer.server_lacks(missing);
}

std::uint64_t sum(const std::vector<FileOutcome>& files, std::uint64_t FileOutcome::* member) {
    std::uint64_t total = 0;
    for (const FileOutcome& file : files) total += file.*member;
    return total;
}

}  // namespace

PlanMaker good_plans() {
    return [](PlanInput input, platform::Random& random) {
        return std::make_unique<UploadPlan>(std::move(input), random);
    };
}

std::string_view name_of(FileResult result) noexcept {
    switch (result) {
        case FileResult::completed:
            return "completed";
        case FileResult::already_done:
            return "already-done";
        case FileResult::refused:
            return "refused";
        case FileResult::run_again:
            return "run-again";
        case FileResult::stopped:
            return "stopped";
        case FileResult::not_started:
            break;
    }
    return "not-started";
}

std::uint64_t MigrationResult::bytes_sent() const noexcept {
    return sum(files, &FileOutcome::bytes_sent);
}

std::uint64_t MigrationResult::bytes_needed() const noexcept {
    return sum(files, &FileOutcome::bytes_acknowledged);
}

unsigned MigrationResult::retries() const noexcept {
    unsigned total = 0;
    for (const FileOutcome& file : files) total += file.retries;
    return total;
}

std::size_t MigrationResult::count(FileResult result) const noexcept {
    return static_cast<std::size_t>(std::count_if(
        files.begin(),
        files.end(),
        [result](const FileOutcome& file) { return file.result == result; }
    ));
}

boost::asio::awaitable<MigrationResult> migrate(
    UploadWorld world,
    const MigrationSettings& settings,
    const ExportListing& listing,
    Journal& journal,
    MigrationObserver& observer,
    const StopRequest& stop
) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const platform::SteadyTime began = world.clock.steady_now();
    AccessToken token(settings.tokens, world.clock);
    Credentials credentials(
        token, settings.proof_key, world.clock, world.random, *world.algorithms.sha256
    );
    UploadRun run{world, settings, journal, observer, stop, token, credentials};
    MigrationResult result;
    result.files.push_back(not_started(listing.organisation));
    for (const ExportFile& file : listing.others) result.files.push_back(not_started(file));

    std::vector<UploadSlot> slots;
    const std::size_t wanted = std::min<std::size_t>(settings.parallel, listing.others.size());
    for (std::size_t i = 0; i < std::max<std::size_t>(wanted, 1); ++i) {
        HttpConnection connection(world.network, world.clock, settings.exchange);
        slots.push_back(UploadSlot{std::move(connection), {}});
    }
    FileOutcome organisation = co_await upload_one(run, slots.front(), listing.organisation);
    const bool go_on = organisation.result == FileResult::completed ||
                       organisation.result == FileResult::already_done;
    result.files.front() = std::move(organisation);
    const bool unknown_server = settings.ask_what_is_missing && run.names_no_expiry;
    if (go_on && unknown_server) co_await tell_what_is_missing(run);

    Queue queue{listing.others, result.files};
    TaskGroup group(executor);
    if (go_on) {
        run.at_work = static_cast<unsigned>(slots.size());
        for (UploadSlot& slot : slots) group.start(work_through(run, slot, queue));
    }
    co_await group.wait();
    for (UploadSlot& slot : slots) slot.connection.close();
    // Without its last lines the next run would upload complete files again.
    if (auto synced = journal.sync(); !synced && !run.fatal) run.fatal = synced.error();
    result.orphans = journal.state().orphans();
    result.elapsed = elapsed_since(began, world.clock);
    result.stopped = stop.requested;
    result.fatal = run.fatal;
    co_return result;
}

}  // namespace sfmkit::client
