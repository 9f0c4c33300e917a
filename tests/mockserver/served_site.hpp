#pragma once

#include "mockserver/server.hpp"
#include "platform/tcp_network.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::test {

/// Evidence that a test can read.
class RecordedEvidence final : public mockserver::Evidence {
  public:
    void request_ended(const mockserver::RequestEvidence& request) override;
    void upload_created(const mockserver::Upload& upload) override;
    void upload_finished(const mockserver::Upload& upload) override;
    void upload_removed(const std::string& upload_id) override;
    void refused(const findings::Finding& reason, const mockserver::FoundAt& at) override;
    void found(const findings::Finding& finding, const mockserver::FoundAt& at) override;
    void fault_struck(const std::string& name, const mockserver::FoundAt& at) override;

    std::vector<mockserver::RequestEvidence> requests;
    std::vector<std::string> created;
    std::vector<std::string> finished;
    std::vector<std::string> removed;
    std::vector<findings::Finding> findings;
    std::vector<findings::Finding> refusals;
    std::vector<std::string> faults;
};

/// A mock server inside the test process, on a loopback port of its own.
class ServedSite {
  public:
    struct Options {
        mockserver::Rules rules;
        std::filesystem::path folder;
        std::uint64_t seed = 1;
        platform::Durability durability = platform::Durability::process;
        std::uint16_t port = 0;
    };

    ServedSite(boost::asio::io_context& context, const Options& options);

    /// Ends all connections at once, as the end of the process would, and waits for it.
    boost::asio::awaitable<void> stop();

    std::uint16_t port() const { return server_.port(); }
    RecordedEvidence& evidence() { return evidence_; }
    mockserver::UploadStore& store() { return store_; }
    mockserver::Server& server() { return server_; }
    std::vector<mockserver::FinishedUpload>& finished() { return finished_; }

  private:
    platform::SystemFiles files_;
    platform::SystemClock clock_;
    platform::SystemRandom ids_;
    platform::SeededRandom chance_;
    platform::CryptoAlgorithms algorithms_;
    RecordedEvidence evidence_;
    mockserver::UploadStore store_;
    std::vector<mockserver::FinishedUpload> finished_;
    mockserver::Site site_;
    platform::TcpNetwork network_;
    mockserver::Server server_;
    bool ended_ = false;
};

}  // namespace sfmkit::test
