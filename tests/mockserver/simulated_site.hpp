#pragma once

#include "fuzz/simulator/memory_files.hpp"
#include "fuzz/simulator/pipe_network.hpp"
#include "fuzz/simulator/virtual_clock.hpp"
#include "mockserver/evidence/evidence_fan.hpp"
#include "mockserver/evidence/sqlite_evidence.hpp"
#include "mockserver/server.hpp"
#include "tests/mockserver/served_site.hpp"
#include "tests/support/raw_connection.hpp"

#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace sfmkit::test {

/// A mock server in a world that the test owns: virtual time, files in memory, connections that
/// hand over their bytes in random pieces. Nothing of it touches the machine.
class SimulatedSite {
  public:
    struct Options {
        mockserver::Rules rules;
        mockserver::Limits limits = {};
        platform::Durability durability = platform::Durability::process;
        std::uint64_t seed = 1;
        std::vector<mockserver::Fault> faults = {};
        /// Evidence is kept there, as `serve` keeps it; empty: nowhere.
        std::filesystem::path evidence_folder = {};
    };

    explicit SimulatedSite(const Options& options);
    ~SimulatedSite();
    SimulatedSite(const SimulatedSite&) = delete;
    SimulatedSite& operator=(const SimulatedSite&) = delete;

    /// Plays the client's side, then stops the server and lets the world come to rest.
    void play(std::function<boost::asio::awaitable<void>(SimulatedSite&)> client);

    /// Ends the server's process as a kill or a power cut does, and starts it anew.
    boost::asio::awaitable<void> crash(fuzz::MemoryFiles::Loss loss);

    boost::asio::awaitable<std::shared_ptr<RawConnection>> connect();
    /// One request on a connection of its own; status 0 when no answer comes.
    boost::asio::awaitable<RawAnswer> ask(std::string method, std::string path, std::string rest);
    boost::asio::awaitable<void> sleep(platform::Duration time);

    fuzz::MemoryFiles& files() { return files_; }
    fuzz::VirtualClock& clock() { return clock_; }
    RecordedEvidence& evidence() { return evidence_; }
    mockserver::Site& site();
    std::string stored(const std::string& id) const;

  private:
    struct Running;
    void start();
    boost::asio::awaitable<void> play_and_stop(
        std::function<boost::asio::awaitable<void>(SimulatedSite&)> client
    );
    boost::asio::awaitable<void> stop();

    Options options_;
    fuzz::VirtualClock clock_;
    platform::SeededRandom random_;
    platform::SeededRandom chance_;
    fuzz::MemoryFiles files_;
    platform::CryptoAlgorithms algorithms_;
    RecordedEvidence evidence_;
    boost::asio::io_context context_{1};
    std::unique_ptr<mockserver::SqliteEvidence> kept_evidence_;
    std::unique_ptr<mockserver::EvidenceFan> evidence_fan_;
    fuzz::PipeNetwork network_;
    std::unique_ptr<Running> running_;
    std::uint16_t port_ = 0;
};

/// The lines of a PATCH behind the common ones, with the checksum of this body, and the body.
std::string patch_lines(std::uint64_t offset, const std::string& body);
std::string header_of(const RawAnswer& answer, const std::string& name);

}  // namespace sfmkit::test
