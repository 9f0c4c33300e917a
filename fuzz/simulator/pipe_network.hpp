#pragma once

#include "fuzz/simulator/virtual_clock.hpp"
#include "platform/random.hpp"
#include "platform/transport.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace sfmkit::fuzz {

/// What happens to one connection on its way.
struct LinkFaults {
    enum class End {
        reset,  ///< both sides see a broken connection
        close,  ///< both sides read an end in order
        stall   ///< nothing arrives any more, nobody is told
    };
    struct Cut {
        std::uint64_t after_bytes = 0;
        End how = End::reset;
    };
    std::optional<Cut> to_server{};  ///< counted in bytes that the client wrote
    std::optional<Cut> to_client{};
    platform::Duration latency{0};
    bool refuse = false;  ///< nobody answers the connection attempt
};

/// Connections in memory, on one thread and in virtual time. Every read gets a random part of what
/// has arrived, so that no code can rely on where one write ended.
class PipeNetwork final : public platform::Network {
  public:
    struct Options {
        std::size_t window_bytes = 65536;  ///< written and not yet read, for each direction
        bool chop = true;                  ///< random read sizes; false: all that is there
    };

    PipeNetwork(VirtualClock& clock, platform::Random& random, Options options);
    PipeNetwork(VirtualClock& clock, platform::Random& random);
    ~PipeNetwork() override;

    /// Gives the faults of the n-th connection, counted from 0.
    using FaultMaker = std::function<LinkFaults(std::uint64_t number)>;
    void set_faults(FaultMaker maker) { maker_ = std::move(maker); }

    /// Is told when a cut of set_faults() happens.
    using CutObserver = std::function<void(LinkFaults::End how, bool to_server)>;
    void set_cut_observer(CutObserver observer) { observer_ = std::move(observer); }

    /// Ends every connection; ports stay open.
    void end_connections(LinkFaults::End how);
    /// Breaks every connection and closes every port, as the end of a process does. Its
    /// connections end in order or with a reset.
    void end_of_process(LinkFaults::End how);

    std::uint64_t connections() const noexcept { return connections_; }

    platform::Result<std::unique_ptr<platform::Listener>> listen(
        const std::string& host, std::uint16_t port
    ) override;
    boost::asio::awaitable<platform::Result<std::unique_ptr<platform::Transport>>> connect(
        std::string host, std::uint16_t port, platform::Duration deadline
    ) override;

  private:
    struct Bell;
    struct Direction;
    struct Link;
    struct Port;
    class End;
    class PipeListener;

    VirtualClock& clock_;
    platform::Random& random_;
    Options options_;
    FaultMaker maker_;
    CutObserver observer_;
    std::uint64_t connections_ = 0;
    std::map<std::uint16_t, std::shared_ptr<Port>> ports_;
    std::vector<std::weak_ptr<Link>> links_;
};

}  // namespace sfmkit::fuzz
