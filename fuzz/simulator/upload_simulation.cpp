#include "fuzz/simulator/upload_simulation.hpp"

#include "fuzz/simulator/forgetful_files.hpp"
#include "fuzz/simulator/memory_files.hpp"
#include "fuzz/simulator/promise_keeper.hpp"
#include "fuzz/simulator/server_process.hpp"
#include "fuzz/simulator/virtual_clock.hpp"
#include "platform/openssl.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include <exception>
#include <stdexcept>

namespace sfmkit::fuzz {
namespace {

using client::FileResult;
using client::MigrationResult;
using platform::Duration;
using Loss = MemoryFiles::Loss;

constexpr const char* export_folder = "export";
constexpr const char* journal_path = "export.journal";
constexpr const char* service_url = "http://127.0.0.1:8080/files";
constexpr const char* session = "3a68365f-4dec-4ecf-b3e7-04bedbdd1096";
constexpr std::uint64_t most_crashes = 8;
constexpr unsigned most_client_runs = 60;
constexpr std::uint64_t most_files = 8;
constexpr std::uint64_t largest_file_bytes = 60'000;

/// Streams of chance that do not disturb each other: what one part draws moves no other part.
enum class Stream : std::uint64_t { content, links, pipes, crashes, ids, outcomes, client };

platform::SeededRandom stream_of(std::uint64_t seed, Stream stream) {
    return platform::SeededRandom(seed * 1000 + static_cast<std::uint64_t>(stream));
}

/// The uploader as one process.
struct ClientProcess {
    ClientProcess(
        const client::UploadWorld& world,
        const client::MigrationSettings& settings,
        client::ExportListing files,
        client::Journal opened
    )
        : listing(std::move(files)), journal(std::move(opened)) {
        boost::asio::co_spawn(
            *context,
            client::migrate(world, settings, listing, journal, observer, stop),
            [this](std::exception_ptr thrown, MigrationResult ended) {
                failure = thrown;
                result = std::move(ended);
            }
        );
    }
    ~ClientProcess() { context.reset(); }
    ClientProcess(const ClientProcess&) = delete;
    ClientProcess& operator=(const ClientProcess&) = delete;

    std::unique_ptr<boost::asio::io_context> context = std::make_unique<boost::asio::io_context>(1);
    client::ExportListing listing;
    client::Journal journal;
    client::MigrationObserver observer;
    client::StopRequest stop;
    std::optional<MigrationResult> result;
    std::exception_ptr failure;
};

class World {
  public:
    explicit World(const SimulationOptions& options);

    SimulationResult run();

  private:
    void make_export();
    void start_server();
    void start_client();
    void plan_crash();
    void crash(const Crash& crash);
    void crash_server(Loss loss);
    void crash_client(Loss loss);
    void end_client_run();
    std::size_t poll();
    void judge();
    void note(const char* actor, const std::string& event);

    SimulationOptions options_;
    VirtualClock clock_;
    Trace trace_;
    PromiseKeeper keeper_;
    platform::SeededRandom content_;
    platform::SeededRandom links_;
    platform::SeededRandom pipes_;
    platform::SeededRandom crashes_;
    platform::SeededRandom ids_;
    platform::SeededRandom outcomes_;
    platform::SeededRandom client_random_;
    platform::CryptoAlgorithms algorithms_ = platform::CryptoAlgorithms::fetch();
    MemoryFiles client_files_;
    MemoryFiles server_files_;
    ForgetfulFiles forgetful_files_;
    PipeNetwork network_;
    client::MigrationSettings settings_;
    mockserver::FaultTable faults_;
    bool power_cuts_ = false;
    std::uint64_t crashes_left_ = 0;
    std::vector<std::pair<std::string, std::string>> contents_;
    std::unique_ptr<ServerProcess> server_;
    std::unique_ptr<ClientProcess> client_;
    bool complete_ = false;
    SimulationResult result_;
};

World::World(const SimulationOptions& options)
    : options_(options),
      trace_(options.kept_events),
      keeper_(clock_, trace_),
      content_(stream_of(options.seed, Stream::content)),
      links_(stream_of(options.seed, Stream::links)),
      pipes_(stream_of(options.seed, Stream::pipes)),
      crashes_(stream_of(options.seed, Stream::crashes)),
      ids_(stream_of(options.seed, Stream::ids)),
      outcomes_(stream_of(options.seed, Stream::outcomes)),
      client_random_(stream_of(options.seed, Stream::client)),
      client_files_(clock_),
      server_files_(clock_),
      forgetful_files_(server_files_),
      network_(clock_, pipes_),
      faults_(options.seed) {
    for (const mockserver::Fault& fault : options.faults) faults_.arm(fault);
    settings_.service = client::parse_url(service_url).value();
    settings_.chunk_bytes = 1000 + content_.pick(8000);
    settings_.parallel = static_cast<unsigned>(1 + content_.pick(6));
    settings_.make_plan = [this](client::PlanInput input, platform::Random& random) {
        auto plan = options_.make_plan(std::move(input), random);
        return std::make_unique<WatchedPlan>(std::move(plan), keeper_);
    };
    // A server that only hands its bytes to the operating system may lose them with the power.
    power_cuts_ = !options_.server_forgets && content_.pick(2) == 0;
    crashes_left_ = crashes_.pick(most_crashes + 1);
    network_.set_faults([this](std::uint64_t number) {
        const LinkFaults faults = draw_link_faults(links_);
        note("network", fmt::format("connection {}", number));
        if (faults.refuse) result_.troubles.add(Trouble::connection_refused);
        if (!faults.refuse && faults.latency > Duration(0)) result_.troubles.add(Trouble::delay);
        return faults;
    });
    network_.set_cut_observer([this](LinkFaults::End how, bool to_server) {
        const Trouble trouble = trouble_of(how, to_server);
        result_.troubles.add(trouble);
        note("network", std::string(name_of(trouble)));
    });
}

void World::note(const char* actor, const std::string& event) {
    trace_.note(clock_.steady_now(), actor, event);
}

void World::make_export() {
    const std::uint64_t count = 1 + content_.pick(most_files);
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string name =
            i == 0 ? "ExportData.dat"
                   : fmt::format("Patients0/{:08x}-0000-4000-8000-000000000000.pat", i);
        // The number at the start makes every content one of a kind; one file in ten is empty.
        const bool empty = content_.pick(10) == 0;
        const std::uint64_t size = empty ? 0 : 8 + content_.pick(largest_file_bytes);
        platform::ByteBuffer bytes(size);
        content_.fill(bytes);
        const std::string text(platform::as_text(bytes));
        client_files_.put(std::string(export_folder) + "/" + name, text);
        result_.bytes += size;
        contents_.emplace_back(name, text);
    }
    result_.files = count;
}

void World::start_server() {
    note("server", "starts");
    platform::Files& files =
        options_.server_forgets ? static_cast<platform::Files&>(forgetful_files_) : server_files_;
    const auto durability =
        power_cuts_ ? platform::Durability::power : platform::Durability::process;
    server_ = std::make_unique<ServerProcess>(
        files,
        durability,
        clock_,
        network_,
        ids_,
        outcomes_,
        algorithms_,
        keeper_,
        std::move(faults_)
    );
    server_->site.crash = [this] {
        // Not from inside the server's own coroutine.
        clock_.call_at(clock_.steady_now(), [this] {
            if (server_) crash_server(Loss::nothing);
        });
    };
}

void World::start_client() {
    note("client", "starts");
    ++result_.client_runs;
    auto listing = client::list_export(client_files_, export_folder);
    if (!listing) throw std::runtime_error(platform::describe(listing.error()));
    const client::Journal::Owner owner{service_url, export_folder, session};
    auto journal = client::Journal::open(client_files_, journal_path, owner, settings_.chunk_bytes);
    if (!journal) throw std::runtime_error(platform::describe(journal.error()));
    const client::UploadWorld world{network_, clock_, client_files_, client_random_, algorithms_};
    client_ =
        std::make_unique<ClientProcess>(world, settings_, std::move(*listing), std::move(*journal));
}

void World::plan_crash() {
    if (crashes_left_ == 0) return;
    --crashes_left_;
    const Crash next = draw_crash(crashes_, power_cuts_);
    clock_.call_at(clock_.steady_now() + next.after, [this, next] { crash(next); });
}

void World::crash(const Crash& crash) {
    if (complete_) return;
    const Loss loss = crash.power_cut ? Loss::some : Loss::nothing;
    const bool both = options_.both_end_at_once && server_ && client_;
    if (both) ++result_.both_ended;
    if ((both || crash.of_server) && server_) {
        result_.troubles.add(crash.power_cut ? Trouble::server_power_cut : Trouble::server_killed);
        crash_server(loss);
    }
    if ((both || !crash.of_server) && client_) {
        result_.troubles.add(crash.power_cut ? Trouble::client_power_cut : Trouble::client_killed);
        crash_client(loss);
    }
    plan_crash();
}

void World::crash_server(Loss loss) {
    note("server", loss == Loss::nothing ? "is killed" : "loses power");
    server_files_.crash(loss, &crashes_);
    forgetful_files_.forget();
    // Faults are the world's: a new process does not meet again what has struck.
    faults_ = std::move(server_->site.faults);
    network_.end_of_process(
        crashes_.pick(2) == 0 ? LinkFaults::End::reset : LinkFaults::End::close
    );
    server_.reset();
    const Duration pause(static_cast<int>(10 + crashes_.pick(3000)));
    clock_.call_at(clock_.steady_now() + pause, [this] { start_server(); });
}

void World::crash_client(Loss loss) {
    note("client", loss == Loss::nothing ? "is killed" : "loses power");
    client_files_.crash(loss, &crashes_);
    network_.end_connections(
        crashes_.pick(2) == 0 ? LinkFaults::End::reset : LinkFaults::End::close
    );
    client_.reset();
    const Duration pause(static_cast<int>(1 + crashes_.pick(500)));
    clock_.call_at(clock_.steady_now() + pause, [this] { start_client(); });
}

void World::end_client_run() {
    if (client_->failure) std::rethrow_exception(client_->failure);
    const MigrationResult& ended = *client_->result;
    const std::size_t good =
        ended.count(FileResult::completed) + ended.count(FileResult::already_done);
    result_.bytes_sent += ended.bytes_sent();
    result_.orphans = ended.orphans;
    note("client", fmt::format("ends with {} of {} files", good, ended.files.size()));
    if (ended.fatal) throw std::runtime_error(platform::describe(*ended.fatal));
    for (const auto& file : ended.files) {
        if (file.result != FileResult::refused) continue;
        keeper_.broken(Promise::sound_is_accepted, file.name + " was refused: " + file.error->what);
    }
    complete_ = good == ended.files.size() || ended.count(FileResult::refused) > 0;
    client_.reset();
    if (complete_) return;
    if (result_.client_runs >= most_client_runs) {
        keeper_.broken(Promise::work_ends, "the export is not uploaded after many runs");
        complete_ = true;
        return;
    }
    // A person starts it again a minute later.
    clock_.call_at(clock_.steady_now() + std::chrono::minutes(1), [this] { start_client(); });
}

std::size_t World::poll() {
    std::size_t done = 0;
    if (server_) {
        server_->context->restart();
        done += server_->context->poll();
    }
    if (client_) {
        client_->context->restart();
        done += client_->context->poll();
    }
    if (client_ && (client_->result || client_->failure)) end_client_run();
    return done;
}

void World::judge() {
    std::map<std::string, unsigned> held;
    std::uint64_t uploads = 0;
    auto store = mockserver::UploadStore(server_files_, data_folder, platform::Durability::process);
    const auto listed = store.list();
    if (!listed) throw std::runtime_error(platform::describe(listed.error()));
    for (const auto& upload : *listed) {
        ++uploads;
        if (upload.is_complete())
            ++held[server_files_.content(store.file_of(upload.id)).value_or("")];
    }
    std::map<std::string, unsigned> wanted;
    for (const auto& [name, bytes] : contents_) ++wanted[bytes];
    for (const auto& [name, bytes] : contents_) {
        if (held[bytes] == wanted[bytes]) continue;
        // An empty upload is complete when it is made: one without an owner cannot be told apart.
        if (bytes.empty() && held[bytes] > wanted[bytes]) {
            result_.empty_surplus = held[bytes] - wanted[bytes];
            continue;
        }
        keeper_.broken(
            Promise::stored_once, fmt::format("{} is there {} times", name, held[bytes])
        );
    }
    if (uploads > contents_.size() + result_.orphans) {
        keeper_.broken(
            Promise::orphans_are_counted,
            fmt::format(
                "{} uploads for {} files, {} orphans counted",
                uploads,
                contents_.size(),
                result_.orphans
            )
        );
    }
}

SimulationResult World::run() {
    make_export();
    start_server();
    start_client();
    plan_crash();
    clock_.run([this] { return poll(); }, [this] { return complete_; });
    if (!complete_) keeper_.broken(Promise::work_ends, "everything waits and nothing happens");
    result_.fault_strikes = server_ ? server_->site.faults.strikes() : faults_.strikes();
    server_.reset();
    if (options_.server_forgets) forgetful_files_.forget();
    if (complete_) judge();
    result_.wrong = keeper_.wrong();
    result_.trace_hash = trace_.hash();
    result_.events = trace_.events();
    result_.last_events = trace_.last_events();
    return std::move(result_);
}

}  // namespace

SimulationResult simulate_upload(const SimulationOptions& options) {
    World world(options);
    return world.run();
}

}  // namespace sfmkit::fuzz
