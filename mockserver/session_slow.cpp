#include "mockserver/session.hpp"
#include "platform/log.hpp"

// Clients that send slowly or not at all.

namespace sfmkit::mockserver {

bool Session::is_too_slow(platform::SteadyTime now) noexcept {
    if (phase_ == Phase::draining && now - phase_began_ > site_.limits.drain) {
        transport_->close();
        return false;
    }
    if (nginx_gives_up(now)) {
        transport_->close();
        return false;
    }
    if (body_is_silent(now)) {
        // The library takes silence for a client that is gone: the connection breaks (recorded).
        silent_ = true;
        transport_->reset();
        return false;
    }
    if (too_slow_) return false;
    if (const auto began = stream_.head_began()) return now - *began > site_.limits.head;
    return phase_ == Phase::reading_body && body_is_too_slow(now);
}

/// nginx closes without a word when a body that it collects does not go on.
bool Session::nginx_gives_up(platform::SteadyTime now) const noexcept {
    if (phase_ != Phase::buffering) return false;
    const platform::Duration longest = site_.limits.body;
    if (longest.count() > 0 && now - phase_began_ > longest) return true;
    return now - last_piece_ > platform::Duration(nginx::body_timeout_ms);
}

bool Session::body_is_too_slow(platform::SteadyTime now) const noexcept {
    const Profile& profile = *site_.rules.profile;
    const Limits& limits = site_.limits;
    const auto elapsed = std::chrono::duration_cast<platform::Duration>(now - phase_began_);
    if (limits.body.count() > 0 && elapsed > limits.body) return true;
    const std::uint64_t rate = limits.body_rate > 0 ? limits.body_rate : profile.min_body_rate;
    const platform::Duration grace = limits.body_grace.count() > 0
                                         ? limits.body_grace
                                         : platform::Duration(profile.min_body_rate_grace_ms);
    if (elapsed <= grace) return false;
    return stream_.body_bytes() < rate * static_cast<std::uint64_t>(elapsed.count()) / 1000;
}

std::optional<platform::SteadyTime> Session::idle_since() const noexcept {
    if (phase_ != Phase::idle || !stream_.idle()) return std::nullopt;
    return phase_began_;
}

bool Session::body_is_silent(platform::SteadyTime now) const noexcept {
    const platform::Duration of_profile(site_.rules.profile->read_timeout_ms);
    const auto timeout = site_.rules.settings.read_timeout.value_or(of_profile);
    if (phase_ != Phase::reading_body || timeout.count() == 0) return false;
    return now - last_piece_ > timeout;
}

boost::asio::awaitable<void> Session::refuse_as_slow() {
    too_slow_ = true;
    if (site_.rules.behind_nginx) {
        transport_->close();
        co_return;
    }
    if (stream_.head_began()) {
        begin_evidence();
    }
    const auto sent = co_await send(bare_answer(408), true);
    if (!sent) platform::log_debug("a client that was too slow left before the answer");
    transport_->close();
}

}  // namespace sfmkit::mockserver
