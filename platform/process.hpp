#pragma once

#include "platform/clock.hpp"
#include "platform/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::platform {

/// A child process. Destroying it kills the child that still runs, and waits for it.
class ChildProcess {
  public:
    struct Options {
        std::filesystem::path program{};
        std::vector<std::string> arguments{};  ///< without the program name
        std::filesystem::path output{};        ///< both output streams go there; empty: inherited
        /// An open descriptor of ours that becomes its output stream; output is empty then.
        std::optional<int> output_descriptor{};
    };

    static Result<ChildProcess> start(const Options& options);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();

    long id() const noexcept { return id_; }
    /// Ends it at once, without a chance to clean up (SIGKILL), and waits.
    void kill() noexcept;
    /// Asks it to end (SIGTERM, SIGINT).
    void terminate() noexcept;
    void interrupt() noexcept;
    /// Exit code, or 128 + signal number; nullopt when it still runs after the time.
    std::optional<int> wait_for(Duration time);

  private:
    explicit ChildProcess(long id) noexcept : id_(id) {}
    long id_ = 0;
};

/// The file of the program that runs now.
std::filesystem::path this_program();
long this_process_id() noexcept;
/// Ends it without a chance to clean up (SIGKILL).
[[noreturn]] void kill_this_process() noexcept;

/// Lets this process have as many files and connections open as the system grants it, and tells how
/// many.
std::uint64_t raise_open_file_limit() noexcept;

}  // namespace sfmkit::platform
