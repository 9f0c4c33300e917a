#pragma once

#include "platform/process.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// `sfmkit serve` as a process of its own on a free port of 127.0.0.1, with a data folder that
/// outlives it. Throws std::runtime_error with the program's output when it does not come up.
class ServedMock {
  public:
    explicit ServedMock(std::filesystem::path folder, std::vector<std::string> options = {});

    std::uint16_t port() const noexcept { return port_; }
    /// The creation URL.
    std::string url() const;
    std::filesystem::path data_folder() const { return folder_ / "data"; }
    /// What it printed so far.
    std::string log() const;

    long process_id() const noexcept { return process_->id(); }

    /// Ends it at once (SIGKILL).
    void kill();
    /// Starts it anew on the same port and the same data.
    void start_again();
    /// Asks it to end (SIGTERM, SIGINT) and goes on.
    void terminate();
    void interrupt();
    /// Asks it to end (SIGTERM) and gives its exit code.
    std::optional<int> stop();

  private:
    void start();

    std::filesystem::path folder_;
    std::vector<std::string> options_;
    std::uint16_t port_ = 0;
    std::optional<platform::ChildProcess> process_;
};

}  // namespace sfmkit::test
