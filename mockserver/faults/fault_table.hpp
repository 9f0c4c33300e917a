#pragma once

#include "mockserver/faults/fault.hpp"
#include "platform/random.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::mockserver {

/// What a fault's match is compared with.
struct FaultFacts {
    std::string_view method{};  ///< empty for a connection without a request
    std::string_view upload_id{};
    std::string_view file_name{};
    std::string_view session{};
    std::string_view file_type{};
};

/// One fault that was ordered, and how often it came to it.
struct ArmedFault {
    std::uint64_t id = 0;
    Fault fault{};
    std::uint64_t matched = 0;  ///< requests, also those that it let pass
    std::uint64_t struck = 0;
    platform::SeededRandom chance;  ///< of its own, so that faults do not disturb each other
    bool cleared = false;
};

/// The faults that one request meets, in the order in which they were armed.
class MetFaults {
  public:
    /// The first one of this point, of one of these kinds, at a byte from `from` on and before
    /// `to`; null when there is none. It is still to be struck.
    std::shared_ptr<ArmedFault> next(FaultPoint point, std::uint64_t from, std::uint64_t to) const;
    bool empty() const noexcept { return met_.empty(); }

  private:
    friend class FaultTable;
    std::vector<std::shared_ptr<ArmedFault>> met_;
};

/// All faults that were ordered. Pure: it decides whom they strike, others do what they say.
class FaultTable {
  public:
    explicit FaultTable(std::uint64_t seed) : seed_(seed) {}

    /// Returns the id under which it can be cleared.
    std::uint64_t arm(Fault fault);
    /// False when there is none of this id.
    bool clear(std::uint64_t id);
    void clear_all();
    /// In the order of their ids.
    std::vector<std::shared_ptr<const ArmedFault>> armed() const;
    bool empty() const noexcept { return armed_.empty(); }

    /// Decides which faults meet this request (or connection); counts it for each that matches.
    MetFaults meet(const FaultFacts& facts);
    /// The fault strikes now. False when it has struck as often as it may meanwhile, or was
    /// cleared; then it must do nothing.
    bool strike(MetFaults& met, const std::shared_ptr<ArmedFault>& fault);

    std::uint64_t strikes() const noexcept { return strikes_; }
    /// Of all strikes so far: which fault, at which point, at which of its matches. Equal seeds and
    /// equal requests give equal hashes.
    std::string trace_hash() const;

  private:
    std::uint64_t seed_;
    std::uint64_t last_id_ = 0;
    std::map<std::uint64_t, std::shared_ptr<ArmedFault>> armed_;
    std::uint64_t strikes_ = 0;
    std::uint64_t hash_ = 14695981039346656037U;  ///< FNV-1a
};

}  // namespace sfmkit::mockserver
