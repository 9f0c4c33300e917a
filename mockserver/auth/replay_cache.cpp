#include "mockserver/auth/replay_cache.hpp"

#include <algorithm>
#include <string>

namespace sfmkit::mockserver {

ReplayCache::Entry ReplayCache::add(
    std::string_view jkt, std::string_view jti, const EVP_MD& sha256, platform::SteadyTime now
) {
    while (!in_order_.empty() && in_order_.front().until <= now) {
        keys_.erase(in_order_.front().key);
        in_order_.pop_front();
    }
    std::string text(jkt);
    text += '\0';
    text += jti;
    const platform::ByteBuffer hash = platform::digest_of(sha256, platform::as_bytes(text));
    Key key{};
    std::ranges::copy(hash, key.begin());
    if (keys_.contains(key)) return Entry::known;
    if (keys_.size() >= most_) return Entry::full;
    keys_.insert(key);
    in_order_.push_back({.until = now + kept_for_, .key = key});
    return Entry::added;
}

}  // namespace sfmkit::mockserver
