#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace sfmkit::mockserver {

/// The values of Authorization that came, so that all of them can be let expire at once. They are
/// kept in memory only.
class SeenCredentials {
  public:
    void note(std::string_view authorization);
    /// All that came so far is refused from now on.
    void expire();
    /// Takes that back.
    void renew() { expired_.clear(); }
    bool is_expired(std::string_view authorization) const {
        return expired_.contains(authorization);
    }

  private:
    static constexpr std::size_t most = 10'000;

    std::set<std::string, std::less<>> seen_;
    std::set<std::string, std::less<>> expired_;
};

}  // namespace sfmkit::mockserver
