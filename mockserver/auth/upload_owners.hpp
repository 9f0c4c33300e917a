#pragma once

#include "mockserver/auth/verdict.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <string>

namespace sfmkit::mockserver {

/// Whose uploads or sessions are. Remembers the newest ones, up to a number.
class UploadOwners {
  public:
    explicit UploadOwners(std::size_t most) : most_(most) {}

    /// The first owner stays.
    void add(const std::string& id, const TokenOwner& owner);
    void remove(const std::string& id);
    /// Null when nobody is known.
    const TokenOwner* find(const std::string& id) const;

  private:
    std::size_t most_;
    std::map<std::string, TokenOwner> owners_;
    std::deque<std::string> in_order_;
};

}  // namespace sfmkit::mockserver
