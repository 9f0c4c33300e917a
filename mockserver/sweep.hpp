#pragma once

#include "mockserver/site.hpp"

#include <string>

namespace sfmkit::mockserver {

/// Removes uploads whose time is over, some at a time, so that requests wait for none of it. An
/// upload that a request is writing to stays until the next round.
class Sweep {
  public:
    explicit Sweep(Site& site) noexcept : site_(site) {}

    /// Looks at the next uploads, from the first one again after the last.
    void step();

  private:
    bool remove_if_due(const std::string& id);

    Site& site_;
    std::string last_;  ///< id that was looked at last
};

}  // namespace sfmkit::mockserver
