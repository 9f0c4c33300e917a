#include "fuzz/simulator/promise_keeper.hpp"

#include "wire/tus_headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sfmkit::fuzz {

using client::Step;

std::string_view name_of(Promise promise) noexcept {
    constexpr std::array<std::string_view, 7> names = {
        "acknowledged taken back",
        "acknowledged sent again",
        "did not ask in doubt",
        "sound one refused",
        "not stored once",
        "orphan not counted",
        "without end",
    };
    return names[static_cast<std::size_t>(promise)];
}

void PromiseKeeper::broken(Promise promise, std::string what) {
    wrong_.push_back({promise, std::move(what)});
}

void PromiseKeeper::acknowledged(const std::string& upload, std::uint64_t offset) {
    std::uint64_t& highest = acknowledged_[upload];
    highest = std::max(highest, offset);
}

void PromiseKeeper::told(const std::string& upload, std::uint64_t offset) {
    if (offset >= acknowledged_[upload]) return;
    broken(
        Promise::acknowledged_is_kept,
        fmt::format(
            "{}: {} bytes were acknowledged and only {} are left",
            upload,
            acknowledged_[upload],
            offset
        )
    );
    acknowledged_[upload] = offset;
}

void PromiseKeeper::sends(const std::string& upload, std::uint64_t offset) {
    if (offset >= acknowledged_[upload]) return;
    broken(
        Promise::acknowledged_is_sent_once,
        fmt::format(
            "{}: sends from {} although {} are acknowledged", upload, offset, acknowledged_[upload]
        )
    );
}

void PromiseKeeper::request_ended(const mockserver::RequestEvidence& request) {
    trace_.note(
        clock_.steady_now(),
        "server",
        fmt::format(
            "{} {} {} {}", request.method, request.target, request.status, request.body_bytes
        )
    );
    std::string& last = last_method_[request.upload_id];
    const bool blind = request.method == "PATCH" && last == "PATCH" && request.status == 409;
    // A client that has no doubt is never at a wrong offset, and one in doubt asks first.
    if (blind) {
        broken(
            Promise::doubt_is_asked,
            request.target + ": PATCH at a wrong offset without asking first"
        );
    }
    last = request.method;
}

void PromiseKeeper::upload_created(const mockserver::Upload& upload) {
    trace_.note(clock_.steady_now(), "server", "created " + upload.id);
}

void PromiseKeeper::upload_finished(const mockserver::Upload& upload) {
    trace_.note(clock_.steady_now(), "server", "finished " + upload.id);
}

void PromiseKeeper::upload_removed(const std::string& upload_id) {
    trace_.note(clock_.steady_now(), "server", "removed " + upload_id);
}

void PromiseKeeper::found(const findings::Finding& finding, const mockserver::FoundAt&) {
    // After a creation whose answer was lost nobody can do but create anew; what it leaves behind
    // is counted among the orphans.
    if (finding.rule == "SFM-14") return;
    broken(Promise::sound_is_accepted, "the server found " + finding.rule + ": " + finding.message);
}

void PromiseKeeper::fault_struck(const std::string& name, const mockserver::FoundAt&) {
    trace_.note(clock_.steady_now(), "server", "fault " + name);
}

Step WatchedPlan::start(platform::WallTime now) {
    return note(plan_->start(now));
}

Step WatchedPlan::after(const client::Outcome& outcome, platform::WallTime now) {
    if (outcome.answer && last_.upload) {
        const auto value = outcome.answer->fields.first(wire::tus::upload_offset);
        const auto offset = wire::parse_number_strictly(value.value_or(""));
        const std::string upload = client::print(*last_.upload);
        const int status = outcome.answer->status;
        const bool success = status == 200 || status == 204;
        if (success && offset) keeper_.told(upload, *offset);
        const bool stored = last_.kind == Step::Kind::send_chunk && status == 204;
        if (stored && offset) keeper_.acknowledged(upload, *offset);
    }
    return note(plan_->after(outcome, now));
}

Step WatchedPlan::note(Step step) {
    if (step.kind == Step::Kind::send_chunk) {
        keeper_.sends(client::print(*step.upload), step.offset);
    }
    last_ = step;
    return step;
}

}  // namespace sfmkit::fuzz
