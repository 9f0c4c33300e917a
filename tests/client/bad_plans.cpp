#include "tests/client/bad_plans.hpp"

#include <algorithm>

namespace sfmkit::test {

using client::Outcome;
using client::Step;
using Kind = Step::Kind;

BadPlan::BadPlan(
    std::unique_ptr<client::Plan> good,
    Mistake mistake,
    std::uint64_t size_bytes,
    std::uint64_t chunk_bytes
)
    : good_(std::move(good)),
      mistake_(mistake),
      size_bytes_(size_bytes),
      chunk_bytes_(chunk_bytes) {}

Step BadPlan::start(platform::WallTime now) {
    last_ = good_->start(now);
    return last_;
}

Step BadPlan::after(const Outcome& outcome, platform::WallTime now) {
    last_ = spoil(good_->after(outcome, now), outcome);
    return last_;
}

Step BadPlan::chunk_at(Step step, std::uint64_t offset) const {
    step.kind = offset < size_bytes_ ? Kind::send_chunk : Kind::done;
    step.offset = offset;
    step.length = std::min(chunk_bytes_, size_bytes_ - std::min(offset, size_bytes_));
    return step;
}

Step BadPlan::spoil(Step step, const Outcome& outcome) const {
    const bool doubt = last_.kind == Kind::send_chunk && step.kind == Kind::ask_offset;
    const int status = outcome.answer ? outcome.answer->status : 0;
    switch (mistake_) {
        case Mistake::starts_again:
            return doubt ? chunk_at(step, 0) : step;
        case Mistake::creates_anew:
            if (doubt) step.kind = Kind::create;
            return step;
        case Mistake::skips_asking:
            return doubt ? chunk_at(step, last_.offset) : step;
        case Mistake::counts_own_bytes:
            if (last_.kind != Kind::send_chunk || status != 204) return step;
            return chunk_at(step, last_.offset + last_.length);
        case Mistake::gives_up_on_4xx:
            if (status < 400 || status > 499) return step;
            step.kind = Kind::give_up;
            step.failure = client::UploadFailure{};
            return step;
        case Mistake::believes_460:
            return doubt && status == 460 ? chunk_at(step, last_.offset + last_.length) : step;
    }
    return step;
}

}  // namespace sfmkit::test
