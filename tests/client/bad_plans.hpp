#pragma once

#include "client/upload/upload_plan.hpp"

#include <memory>

namespace sfmkit::test {

/// Mistakes that real clients make; each is brought back by a decorator over a good plan.
enum class Mistake {
    starts_again,      ///< F-01: from byte 0 after an interruption
    creates_anew,      ///< F-02: another POST for each retry
    skips_asking,      ///< F-03: repeats the chunk it believes is missing, without HEAD
    counts_own_bytes,  ///< F-04: goes on after what it sent, not at what was told
    gives_up_on_4xx,   ///< F-29: also on 409, 423, 429 and 460
    believes_460       ///< F-45: takes a refused chunk for stored
};

/// A plan with one mistake. Tests only: nothing of it may be in the product.
class BadPlan final : public client::Plan {
  public:
    BadPlan(
        std::unique_ptr<client::Plan> good,
        Mistake mistake,
        std::uint64_t size_bytes,
        std::uint64_t chunk_bytes
    );

    client::Step start(platform::WallTime now) override;
    client::Step after(const client::Outcome& outcome, platform::WallTime now) override;

  private:
    client::Step spoil(client::Step step, const client::Outcome& outcome) const;
    client::Step chunk_at(client::Step step, std::uint64_t offset) const;

    std::unique_ptr<client::Plan> good_;
    Mistake mistake_;
    std::uint64_t size_bytes_;
    std::uint64_t chunk_bytes_;
    client::Step last_;
};

}  // namespace sfmkit::test
