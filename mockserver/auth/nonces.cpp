#include "mockserver/auth/nonces.hpp"

#include "wire/jose/base64url.hpp"

#include <array>

namespace sfmkit::mockserver {

const std::string& Nonces::newest(platform::SteadyTime now) {
    turn(now);
    return newest_;
}

bool Nonces::knows(std::string_view nonce, platform::SteadyTime now) {
    turn(now);
    return !nonce.empty() && (nonce == newest_ || nonce == before_);
}

void Nonces::turn(platform::SteadyTime now) {
    const auto age = made_ ? now - *made_ : platform::SteadyTime::duration(0);
    if (made_ && age < life_) return;
    // After a long rest the one before is too old as well.
    before_ = age < 2 * life_ ? newest_ : std::string();
    std::array<std::byte, 16> bytes{};
    random_->fill(bytes);
    newest_ = wire::encode_base64url(bytes);
    made_ = now;
}

}  // namespace sfmkit::mockserver
