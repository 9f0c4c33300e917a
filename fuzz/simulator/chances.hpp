#pragma once

#include "fuzz/simulator/pipe_network.hpp"
#include "platform/random.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace sfmkit::fuzz {

/// Every kind of trouble that a simulated world has.
enum class Trouble {
    connection_refused,
    delay,
    reset_to_server,
    end_to_server,
    stall_to_server,
    reset_to_client,
    end_to_client,
    stall_to_client,
    client_killed,
    client_power_cut,
    server_killed,
    server_power_cut
};
inline constexpr std::size_t trouble_kinds = 12;
std::string_view name_of(Trouble trouble) noexcept;

/// How often each kind really happened.
class Histogram {
  public:
    void add(Trouble trouble) noexcept { ++counts_[static_cast<std::size_t>(trouble)]; }
    std::uint64_t count(Trouble trouble) const noexcept {
        return counts_[static_cast<std::size_t>(trouble)];
    }
    Histogram& operator+=(const Histogram& other) noexcept;

  private:
    std::array<std::uint64_t, trouble_kinds> counts_{};
};

/// The fate of a new connection.
LinkFaults draw_link_faults(platform::Random& random);
/// What a cut counts as.
Trouble trouble_of(LinkFaults::End how, bool to_server) noexcept;

/// The next end of a process.
struct Crash {
    platform::Duration after{0};
    bool of_server = false;
    bool power_cut = false;
};
Crash draw_crash(platform::Random& random, bool power_cuts);

}  // namespace sfmkit::fuzz
