#include "mockserver/credentials.hpp"

namespace sfmkit::mockserver {

void SeenCredentials::note(std::string_view authorization) {
    if (authorization.empty() || seen_.contains(authorization)) return;
    if (seen_.size() >= most) seen_.clear();
    seen_.emplace(authorization);
}

void SeenCredentials::expire() {
    expired_.merge(seen_);
    seen_.clear();
    if (expired_.size() > most) expired_.erase(expired_.begin());
}

}  // namespace sfmkit::mockserver
