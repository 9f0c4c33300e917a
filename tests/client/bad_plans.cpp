#include "tests/client/bad_plans.hpp"

#include <algorithm>

namespace sfmkit::test {

using client::Outcome;
using client::Step;
using Kind = Step::Kind;

namespace {

constexpr unsigned most_steps = 200;

int status_of(const Outcome& outcome) {
    return outcome.answer ? outcome.answer->status : 0;
}

Step spoil(Mistake mistake, const Asked& asked, Step step, const Outcome& outcome) {
    const bool doubt = asked.is_doubt(step);
    const Step& last = asked.step;
    const int status = status_of(outcome);
    switch (mistake) {
        case Mistake::starts_again:
            return doubt ? asked.chunk_at(step, 0) : step;
        case Mistake::creates_anew:
            if (doubt) step.kind = Kind::create;
            return step;
        case Mistake::skips_asking:
            return doubt ? asked.chunk_at(step, last.offset) : step;
        case Mistake::counts_own_bytes:
            if (last.kind != Kind::send_chunk || status != 204) return step;
            return asked.chunk_at(step, last.offset + last.length);
        case Mistake::gives_up_on_4xx:
            if (status < 400 || status > 499) return step;
            step.kind = Kind::give_up;
            step.failure = client::UploadFailure{};
            return step;
        case Mistake::believes_460:
            return doubt && status == 460 ? asked.chunk_at(step, last.offset + last.length) : step;
    }
    return step;
}

}  // namespace

Step Asked::chunk_at(Step next, std::uint64_t offset) const {
    next.kind = offset < input.size_bytes ? Kind::send_chunk : Kind::done;
    next.offset = offset;
    next.length =
        std::min(input.chunk_bytes, input.size_bytes - std::min(offset, input.size_bytes));
    return next;
}

bool Asked::is_doubt(const Step& next) const {
    return step.kind == Kind::send_chunk && next.kind == Kind::ask_offset;
}

Spoil spoil_of(Mistake mistake) {
    return [mistake](const Asked& asked, Step good, const Outcome& outcome) {
        return spoil(mistake, asked, std::move(good), outcome);
    };
}

BadPlan::BadPlan(client::PlanInput input, platform::Random& random, Spoil spoil)
    : good_(input, random), spoil_(std::move(spoil)), asked_{{}, std::move(input)} {}

Step BadPlan::start(platform::WallTime now) {
    asked_.step = good_.start(now);
    return asked_.step;
}

Step BadPlan::after(const Outcome& outcome, platform::WallTime now) {
    Step step = spoil_(asked_, good_.after(outcome, now), outcome);
    if (++steps_ > most_steps) {
        step.kind = Kind::give_up;
        step.failure = client::UploadFailure{.run_again = true, .error = {}};
    }
    asked_.step = step;
    return step;
}

client::PlanMaker bad_plans(Spoil spoil) {
    return [spoil = std::move(spoil)](client::PlanInput input, platform::Random& random) {
        return std::make_unique<BadPlan>(std::move(input), random, spoil);
    };
}

client::PlanMaker bad_plans(Mistake mistake) {
    return bad_plans(spoil_of(mistake));
}

}  // namespace sfmkit::test
