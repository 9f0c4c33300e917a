#include "fuzz/simulator/chances.hpp"

namespace sfmkit::fuzz {
namespace {

constexpr std::array<std::string_view, trouble_kinds> names = {
    "connection refused",
    "delay",
    "reset to server",
    "end to server",
    "stall to server",
    "reset to client",
    "end to client",
    "stall to client",
    "client killed",
    "client power cut",
    "server killed",
    "server power cut",
};

/// True once in so many draws.
bool once_in(platform::Random& random, std::uint64_t count) {
    return random.pick(count) == 0;
}

LinkFaults::Cut draw_cut(platform::Random& random, std::uint64_t farthest) {
    LinkFaults::Cut cut;
    cut.after_bytes = 1 + random.pick(farthest);
    cut.how = static_cast<LinkFaults::End>(random.pick(3));
    return cut;
}

}  // namespace

std::string_view name_of(Trouble trouble) noexcept {
    return names[static_cast<std::size_t>(trouble)];
}

Histogram& Histogram::operator+=(const Histogram& other) noexcept {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    return *this;
}

LinkFaults draw_link_faults(platform::Random& random) {
    // Requests are as long as a few chunks, answers a few hundred bytes: a cut falls into any part.
    constexpr std::uint64_t farthest_to_server = 30'000;
    constexpr std::uint64_t farthest_to_client = 900;
    LinkFaults faults;
    faults.refuse = once_in(random, 15);
    if (once_in(random, 2)) {
        faults.latency = platform::Duration(static_cast<int>(1 + random.pick(20)));
    }
    if (once_in(random, 4)) faults.to_server = draw_cut(random, farthest_to_server);
    if (once_in(random, 5)) faults.to_client = draw_cut(random, farthest_to_client);
    return faults;
}

Trouble trouble_of(LinkFaults::End how, bool to_server) noexcept {
    switch (how) {
        case LinkFaults::End::reset:
            return to_server ? Trouble::reset_to_server : Trouble::reset_to_client;
        case LinkFaults::End::close:
            return to_server ? Trouble::end_to_server : Trouble::end_to_client;
        case LinkFaults::End::stall:
            break;
    }
    return to_server ? Trouble::stall_to_server : Trouble::stall_to_client;
}

Crash draw_crash(platform::Random& random, bool power_cuts) {
    Crash crash;
    crash.after = platform::Duration(static_cast<int>(1 + random.pick(400)));
    crash.of_server = once_in(random, 2);
    const bool cut = once_in(random, 2);
    crash.power_cut = cut && power_cuts;
    return crash;
}

}  // namespace sfmkit::fuzz
