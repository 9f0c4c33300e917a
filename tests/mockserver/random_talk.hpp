#pragma once

#include "platform/random.hpp"
#include "tests/mockserver/simulated_site.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace sfmkit::test {

/// What one client does with one upload: mostly what is right, and each mistake now and then.
class RandomTalk {
  public:
    /// breaks: connections may break inside a body.
    RandomTalk(SimulatedSite& site, platform::Random& random, std::uint64_t number, bool breaks)
        : site_(site), random_(random), number_(number), breaks_(breaks) {}

    boost::asio::awaitable<void> run();

  private:
    boost::asio::awaitable<void> create();
    boost::asio::awaitable<void> send_chunk();
    boost::asio::awaitable<void> ask_offset();
    bool one_in(std::uint64_t count);
    std::string metadata();

    SimulatedSite& site_;
    platform::Random& random_;
    std::uint64_t number_;
    bool breaks_;
    std::string path_{};
    std::uint64_t size_ = 0;
    std::uint64_t offset_ = 0;
    bool over_ = false;
};

/// One request on a connection of its own: head and as much of the body as is to be sent. With
/// `breaks` the client breaks the connection behind it; then, and when no answer comes, the status
/// is 0.
struct PlainRequest {
    std::string method{};
    std::string target{};
    std::string fields{};  ///< header lines
    std::string body{};
    bool breaks = false;
};
boost::asio::awaitable<RawAnswer> exchange(SimulatedSite& site, PlainRequest request);

}  // namespace sfmkit::test
