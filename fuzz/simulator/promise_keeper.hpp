#pragma once

#include "client/upload/upload_plan.hpp"
#include "fuzz/simulator/trace.hpp"
#include "mockserver/evidence/evidence.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::fuzz {

/// What must hold in every world.
enum class Promise {
    acknowledged_is_kept,       ///< what a server acknowledged with 204 is never taken back
    acknowledged_is_sent_once,  ///< no request repeats bytes that were acknowledged
    doubt_is_asked,             ///< no PATCH at a wrong offset without a HEAD before it
    sound_is_accepted,          ///< neither side finds fault with a good one
    stored_once,                ///< every file is there once and with its bytes
    orphans_are_counted,        ///< every upload without an owner is told
    work_ends                   ///< the export is there after some runs
};

std::string_view name_of(Promise promise) noexcept;

struct BrokenPromise {
    Promise promise = Promise::work_ends;
    std::string what{};
};

/// Looks on from both sides, over all lives of both processes, and writes down what was broken.
class PromiseKeeper final : public mockserver::Evidence {
  public:
    PromiseKeeper(const platform::Clock& clock, Trace& trace) : clock_(clock), trace_(trace) {}

    void acknowledged(const std::string& upload, std::uint64_t offset);
    void told(const std::string& upload, std::uint64_t offset);
    void sends(const std::string& upload, std::uint64_t offset);

    void request_ended(const mockserver::RequestEvidence& request) override;
    void upload_created(const mockserver::Upload& upload) override;
    void upload_finished(const mockserver::Upload& upload) override;
    void upload_removed(const std::string& upload_id) override;
    void refused(const findings::Finding&, const mockserver::FoundAt&) override {}
    void found(const findings::Finding& finding, const mockserver::FoundAt& at) override;
    void fault_struck(const std::string& name, const mockserver::FoundAt& at) override;

    void broken(Promise promise, std::string what);
    const std::vector<BrokenPromise>& wrong() const noexcept { return wrong_; }

  private:
    const platform::Clock& clock_;
    Trace& trace_;
    std::map<std::string, std::uint64_t> acknowledged_;  ///< by upload URL
    std::map<std::string, std::string> last_method_;     ///< by upload id
    std::vector<BrokenPromise> wrong_;
};

/// A plan that tells the keeper what its client is told and sends.
class WatchedPlan final : public client::Plan {
  public:
    WatchedPlan(std::unique_ptr<client::Plan> plan, PromiseKeeper& keeper)
        : plan_(std::move(plan)), keeper_(keeper) {}

    client::Step start(platform::WallTime now) override;
    client::Step after(const client::Outcome& outcome, platform::WallTime now) override;

  private:
    client::Step note(client::Step step);

    std::unique_ptr<client::Plan> plan_;
    PromiseKeeper& keeper_;
    client::Step last_;
};

}  // namespace sfmkit::fuzz
