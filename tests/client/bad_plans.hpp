#pragma once

#include "client/upload/migration.hpp"
#include "client/upload/upload_plan.hpp"

#include <functional>
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

/// What was asked for last, by a plan for a file of that size.
struct Asked {
    client::Step step;
    client::PlanInput input;

    /// The chunk from that offset on; done at the end of the file.
    client::Step chunk_at(client::Step next, std::uint64_t offset) const;
    /// True when a chunk was sent and the good plan wants to know how much of it arrived.
    bool is_doubt(const client::Step& next) const;
};

/// Makes a wrong step of a good one.
using Spoil =
    std::function<client::Step(const Asked&, client::Step good, const client::Outcome& outcome)>;
Spoil spoil_of(Mistake mistake);

/// A plan with one mistake. Tests only: nothing of it may be in the product. One that would go on
/// for ever gives up after 200 steps.
class BadPlan final : public client::Plan {
  public:
    BadPlan(client::PlanInput input, platform::Random& random, Spoil spoil);

    client::Step start(platform::WallTime now) override;
    client::Step after(const client::Outcome& outcome, platform::WallTime now) override;

  private:
    client::UploadPlan good_;
    Spoil spoil_;
    Asked asked_;
    unsigned steps_ = 0;
};

client::PlanMaker bad_plans(Spoil spoil);
client::PlanMaker bad_plans(Mistake mistake);

}  // namespace sfmkit::test
