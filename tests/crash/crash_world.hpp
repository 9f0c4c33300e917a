#pragma once

#include "platform/process.hpp"
#include "platform/random.hpp"
#include "platform/tcp_network.hpp"
#include "tests/support/observing_relay.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// Where in the traffic a process is ended.
struct KillPoint {
    enum class Phase { in_body, body_sent, answer_on_its_way };

    std::string method;
    std::uint64_t request = 1;  ///< the nth of that method through the relay
    Phase phase = Phase::in_body;
    std::uint64_t body_bytes = 0;  ///< with in_body: after at least so many

    std::string describe() const;
};

/// The number behind `orphans` in the uploader's summary.
std::size_t orphans_told(const std::string& output);

/// How often a process is ended: SFMKIT_KILL_ROUNDS, else 20.
std::size_t kill_rounds();

/// The nth of a series of kill points: four of five inside the body of a PATCH, the others around
/// it.
KillPoint kill_point(std::size_t round, platform::Random& random);

/// Uploader and mock as processes, with a relay between them that sees every byte.
class CrashWorld {
  public:
    /// An export folder of random files: an organisation file and some patient files, most of them
    /// larger than one chunk; one more without bytes when wanted.
    explicit CrashWorld(std::uint64_t seed, bool with_empty_file = false);

    /// Runs `sfmkit upload` through the relay until it ends. When the traffic reaches the point,
    /// the victim is ended by SIGKILL; a server is started anew at once on its data.
    struct Run {
        std::optional<int> exit_code;  ///< empty: killed
        std::string output;
        bool point_reached = false;
        std::string seen;  ///< what had passed at the kill point, for the log
        bool inside_body = false;
    };
    enum class Victim { none, server, client, both };
    Run upload(Victim victim, const KillPoint& point);

    ServedMock& server() noexcept { return server_; }
    std::size_t file_count() const noexcept { return contents_.size(); }
    /// POSTs that went through the relay so far.
    std::uint64_t creations() const noexcept { return creations_; }

    /// Compares offsets of the server with the highest ones it ever acknowledged: fails the test
    /// when one went back.
    void expect_nothing_acknowledged_lost();
    /// Fails the test unless each file was stored whole exactly once; counts uploads that nobody
    /// owns: unfinished ones, and those of a file without bytes beyond the first.
    std::size_t expect_all_files_stored_once();

    struct AnswersKept {
        std::size_t answered = 0;  ///< requests whose answer left the server
        std::size_t missing = 0;   ///< of these, not in the evidence
    };
    /// Compares what left the server, over all its lives, with its evidence.
    AnswersKept compare_answers_with_evidence() const;

  private:
    bool observe(const RequestProgress& progress, Victim victim, const KillPoint& point, Run& run);
    void note_acknowledgement(const RequestProgress& progress);

    TemporaryFolder folder_;
    std::map<std::string, std::string> contents_;  ///< upload name to bytes
    ServedMock server_;
    boost::asio::io_context context_{1};
    platform::TcpNetwork network_{context_.get_executor()};
    ObservingRelay::Observer observer_;  ///< of the run that is on
    std::unique_ptr<ObservingRelay> relay_;
    std::optional<platform::ChildProcess> client_;
    std::map<std::string, std::uint64_t> acknowledged_;  ///< upload path to offset
    std::map<std::pair<std::string, std::uint64_t>, std::string> answered_;  ///< by request
    std::uint64_t creations_ = 0;
};

}  // namespace sfmkit::test
