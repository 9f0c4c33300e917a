#pragma once

#include "platform/transport.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::cli {

/// What happens to one PATCH of the demo.
enum class Interruption {
    cut_in_body,   ///< the connection breaks in the middle of the body
    answer_lost,   ///< the body arrives and is stored, its answer does not
    server_killed  ///< the server ends without warning in the middle of the body, and comes back
};

/// When: at the nth PATCH that leaves, counted from 1.
struct PlannedInterruption {
    std::size_t patch = 0;
    Interruption kind = Interruption::cut_in_body;
};

/// A network that interrupts what goes through it, as planned, and passes all else on. The uploader
/// above it does not know.
class InterruptedNetwork final : public platform::Network {
  public:
    /// restart_server ends the server at once and returns when a new one answers on the same port.
    InterruptedNetwork(
        platform::Network& network,
        std::vector<PlannedInterruption> plan,
        std::function<void()> restart_server
    );
    ~InterruptedNetwork() override;

    platform::Result<std::unique_ptr<platform::Listener>> listen(
        const std::string& host, std::uint16_t port
    ) override;
    boost::asio::awaitable<platform::Result<std::unique_ptr<platform::Transport>>> connect(
        std::string host, std::uint16_t port, platform::Duration deadline
    ) override;

    /// One sentence for each interruption that happened, in order.
    const std::vector<std::string>& happened() const noexcept;

  private:
    class InterruptedTransport;
    struct State;

    platform::Network& network_;
    std::shared_ptr<State> state_;
};

}  // namespace sfmkit::cli
