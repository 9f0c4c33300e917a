#pragma once

#include "tests/support/forwarding_files.hpp"

#include <csignal>

namespace sfmkit::test {

inline constexpr int interrupt_signal = SIGINT;
inline constexpr int terminate_signal = SIGTERM;
inline constexpr int hangup_signal = SIGHUP;

/// Files whose owner presses Ctrl-C when the first one has been made.
class InterruptedFiles final : public ForwardingFiles {
  public:
    InterruptedFiles(platform::Files& files, int signal)
        : ForwardingFiles(files), signal_(signal) {}

    platform::Result<std::unique_ptr<platform::WritableFile>> create(
        const std::filesystem::path& path, platform::Existing existing, platform::Access access
    ) override {
        auto file = ForwardingFiles::create(path, existing, access);
        created_ = file.has_value();
        std::raise(signal_);
        return file;
    }
    bool created() const noexcept { return created_; }

  private:
    int signal_;
    bool created_ = false;
};

}  // namespace sfmkit::test
