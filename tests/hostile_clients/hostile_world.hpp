#pragma once

#include "platform/clock.hpp"
#include "platform/tcp_network.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::test {

/// `sfmkit serve` as a process, and clients that mean no good.
class HostileWorld {
  public:
    explicit HostileWorld(std::vector<std::string> options);

    /// Plays the attack, then fails the test unless the server answers others in time and has as
    /// many files open as before.
    void play(std::function<boost::asio::awaitable<void>(HostileWorld&)> attack);

    boost::asio::awaitable<std::unique_ptr<platform::Transport>> connect();
    boost::asio::awaitable<std::shared_ptr<RawConnection>> connect_raw();
    /// Sends these bytes on a connection of their own; status 0 when no answer comes in time.
    boost::asio::awaitable<RawAnswer> ask(std::string method, std::string bytes);
    /// Creates an upload and gives its path.
    boost::asio::awaitable<std::string> create(std::string length);
    boost::asio::awaitable<void> sleep(platform::Duration time);

    platform::SystemClock& clock() noexcept { return clock_; }
    /// Open files of the server, its connections included.
    std::size_t open_files() const;
    std::uint64_t resident_bytes() const;
    /// Names in the folder of uploads, sorted.
    std::vector<std::string> stored() const;
    const std::filesystem::path& data_folder() const noexcept { return data_folder_; }

  private:
    boost::asio::awaitable<std::size_t> settled_open_files();
    boost::asio::awaitable<void> play_and_judge(
        std::function<boost::asio::awaitable<void>(HostileWorld&)> attack
    );

    TemporaryFolder folder_;
    ServedMock mock_;
    std::filesystem::path data_folder_;
    platform::SystemClock clock_;
    boost::asio::io_context context_{1};
    platform::TcpNetwork network_{context_.get_executor()};
};

/// Head of a request with the lines that every tus request has; rest begins with more of them.
std::string tus_request(
    const std::string& method, const std::string& target, const std::string& rest
);
/// The lines of a PATCH behind the common ones, and the body.
std::string patch_rest(std::uint64_t offset, const std::string& body);
std::string header_value(const RawAnswer& answer, const std::string& name);

}  // namespace sfmkit::test
