#include "fuzz/simulator/trace.hpp"

#include <fmt/format.h>

namespace sfmkit::fuzz {

void Trace::mix(std::string_view text) noexcept {
    constexpr std::uint64_t prime = 1099511628211ULL;
    for (const char c : text) {
        hash_ ^= static_cast<unsigned char>(c);
        hash_ *= prime;
    }
}

void Trace::note(platform::SteadyTime time, std::string_view actor, std::string_view event) {
    const auto milliseconds =
        std::chrono::floor<platform::Duration>(time.time_since_epoch()).count();
    const std::string line = fmt::format("{} {}: {}\n", milliseconds, actor, event);
    mix(line);
    ++events_;
    if (keep_ == 0) return;
    if (last_.size() == keep_) last_.erase(last_.begin());
    last_.push_back(line);
}

}  // namespace sfmkit::fuzz
