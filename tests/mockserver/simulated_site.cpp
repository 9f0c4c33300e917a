#include "tests/mockserver/simulated_site.hpp"

#include "platform/log.hpp"
#include "wire/base64.hpp"

#include <boost/asio/co_spawn.hpp>

#include <stdexcept>

namespace sfmkit::test {

struct SimulatedSite::Running {
    Running(SimulatedSite& world)
        : store(world.files_, "data", world.options_.durability),
          site{
              .rules = world.options_.rules,
              .limits = world.options_.limits,
              .store = store,
              .clock = world.clock_,
              .ids = world.random_,
              .chance = world.chance_,
              .algorithms = world.algorithms_,
              .evidence = *world.evidence_fan_,
              .on_finished = {},
              .locks = {},
              .faults = mockserver::FaultTable(world.options_.seed),
          },
          server(site, world.network_, world.context_.get_executor()) {
        for (const auto& fault : world.options_.faults) site.faults.arm(fault);
        if (auto opened = store.open(); !opened) throw std::runtime_error(opened.error().what);
        if (auto open = server.listen("mock", 0); !open) throw std::runtime_error("listen");
        boost::asio::co_spawn(
            world.context_,
            server.run(),
            [this](const std::exception_ptr& failure) {
                ended = true;
                if (failure) std::rethrow_exception(failure);
            }
        );
    }

    mockserver::UploadStore store;
    mockserver::Site site;
    mockserver::Server server;
    bool ended = false;
};

SimulatedSite::SimulatedSite(const Options& options)
    : options_(options),
      random_(options.seed),
      chance_(options.seed),
      files_(clock_),
      algorithms_(platform::CryptoAlgorithms::fetch()),
      network_(clock_, random_) {
    // Disks that fill up and power cuts are meant here; the log would tell them as news.
    platform::set_log_level(platform::LogLevel::quiet);
    std::vector<mockserver::Evidence*> evidence = {&evidence_};
    if (!options.evidence_folder.empty()) {
        auto kept = mockserver::SqliteEvidence::open(
            options.evidence_folder,
            {.version = "test",
             .imitates = std::string(options.rules.profile->name),
             .seed = options.seed},
            clock_,
            context_.get_executor()
        );
        if (!kept) throw std::runtime_error(platform::describe(kept.error()));
        kept_evidence_ = std::move(*kept);
        evidence.push_back(kept_evidence_.get());
    }
    evidence_fan_ = std::make_unique<mockserver::EvidenceFan>(std::move(evidence));
    start();
}

SimulatedSite::~SimulatedSite() {
    platform::set_log_level(platform::LogLevel::info);
}

mockserver::Site& SimulatedSite::site() {
    return running_->site;
}

void SimulatedSite::start() {
    running_ = std::make_unique<Running>(*this);
    port_ = running_->server.port();
}

boost::asio::awaitable<void> SimulatedSite::sleep(platform::Duration time) {
    co_await clock_.sleep_for(time);
}

boost::asio::awaitable<void> SimulatedSite::stop() {
    running_->server.stop(platform::Duration(0));
    const platform::Duration step = std::chrono::milliseconds(10);
    while (!running_->ended) co_await clock_.sleep_for(step);
}

boost::asio::awaitable<void> SimulatedSite::crash(fuzz::MemoryFiles::Loss loss) {
    files_.crash(loss, &random_);
    network_.end_of_process(fuzz::LinkFaults::End::reset);
    co_await stop();
    running_.reset();
    start();
}

void SimulatedSite::play(std::function<boost::asio::awaitable<void>(SimulatedSite&)> client) {
    boost::asio::co_spawn(
        context_,
        play_and_stop(std::move(client)),
        [](const std::exception_ptr& failure) {
            if (failure) std::rethrow_exception(failure);
        }
    );
    clock_.run(context_);
}

boost::asio::awaitable<void> SimulatedSite::play_and_stop(
    std::function<boost::asio::awaitable<void>(SimulatedSite&)> client
) {
    co_await client(*this);
    co_await stop();
}

boost::asio::awaitable<std::shared_ptr<RawConnection>> SimulatedSite::connect() {
    const platform::Duration deadline = std::chrono::seconds(10);
    auto transport = co_await network_.connect("mock", port_, deadline);
    if (!transport) throw std::runtime_error("no connection to the simulated server");
    co_return std::make_shared<RawConnection>(
        std::move(*transport), context_.get_executor(), clock_
    );
}

boost::asio::awaitable<RawAnswer> SimulatedSite::ask(
    std::string method, std::string path, std::string rest
) {
    const auto connection = co_await connect();
    const std::string bytes =
        method + " " + path + " HTTP/1.1\r\nHost: mock\r\nTus-Resumable: 1.0.0\r\n" + rest;
    co_await connection->send(bytes);
    const platform::Duration most = std::chrono::seconds(10);
    auto answer = co_await connection->read_answer(method, most);
    if (!answer) answer.emplace();
    co_return *answer;
}

std::string SimulatedSite::stored(const std::string& id) const {
    return files_.content(std::filesystem::path("data") / "uploads" / id).value_or("");
}

std::string patch_lines(std::uint64_t offset, const std::string& body) {
    static const auto algorithms = platform::CryptoAlgorithms::fetch();
    const auto digest = platform::digest_of(*algorithms.sha1, platform::as_bytes(body));
    return "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " +
           std::to_string(offset) + "\r\nUpload-Checksum: sha1 " + wire::encode_base64(digest) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string header_of(const RawAnswer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace sfmkit::test
