#pragma once

#include "platform/transport.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::test {

/// How a client that writes wrong requests, or reads answers wrongly, differs from a good one.
struct Tampering {
    /// Changes the head of each request before it goes out, blank line included. What is put behind
    /// the blank line is sent before the body.
    std::function<void(std::string& head)> request{};
    /// Changes the head of each answer before the client reads it.
    std::function<void(std::string& head)> answer{};
    bool keeps_open = false;      ///< waits for no answer to PATCH, and leaves connections open
    bool asks_meanwhile = false;  ///< HEAD on another connection before a PATCH is answered
};

/// The network of a client with such a mistake. Goes after the client and before the network that
/// it uses.
class TamperedNetwork final : public platform::Network {
  public:
    TamperedNetwork(platform::Network& network, Tampering tampering);
    ~TamperedNetwork() override;

    platform::Result<std::unique_ptr<platform::Listener>> listen(
        const std::string& host, std::uint16_t port
    ) override;
    boost::asio::awaitable<platform::Result<std::unique_ptr<platform::Transport>>> connect(
        std::string host, std::uint16_t port, platform::Duration deadline
    ) override;

  private:
    class Connection;

    platform::Network& network_;
    Tampering tampering_;
    std::vector<std::unique_ptr<platform::Transport>> kept_;  ///< that nobody closed
};

/// The value of a field of a head, empty when it is not there.
std::string field_of(const std::string& head, const std::string& name);
/// Gives the field another value; nothing happens when it is not there.
void set_field(std::string& head, const std::string& name, const std::string& value);
/// Takes the whole line away.
void drop_field(std::string& head, const std::string& name);
void add_field(std::string& head, const std::string& name, const std::string& value);

}  // namespace sfmkit::test
