#pragma once

#include "platform/files.hpp"
#include "platform/process.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace sfmkit::cli {

/// `sfmkit serve` as a process of its own on a free port of 127.0.0.1.
class DemoServer {
  public:
    struct Places {
        std::filesystem::path program;
        std::filesystem::path data;
        std::filesystem::path ready_file;
        std::filesystem::path log;
    };

    DemoServer(platform::Files& files, Places places);

    /// Returns when it accepts connections. The first start takes any free port, later ones the
    /// same.
    platform::Result<void> start();
    /// Ends it at once, without a chance to clean up.
    void kill();
    /// Asks it to end and waits.
    void stop();
    /// Scheme, host and port.
    const std::string& url() const noexcept { return url_; }

  private:
    platform::Result<void> read_ready_file();

    platform::Files& files_;
    Places places_;
    std::optional<platform::ChildProcess> process_;
    std::string url_;
    std::uint16_t port_ = 0;
};

}  // namespace sfmkit::cli
