#pragma once

#include "client/upload/upload_plan.hpp"
#include "fuzz/simulator/trace.hpp"
#include "mockserver/evidence/evidence.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::fuzz {

/// Looks on from both sides, over all lives of both processes, and writes down what was broken.
class PromiseKeeper final : public mockserver::Evidence {
  public:
    PromiseKeeper(const platform::Clock& clock, Trace& trace) : clock_(clock), trace_(trace) {}

    /// What a server acknowledged with 204 must never be taken back.
    void acknowledged(const std::string& upload, std::uint64_t offset);
    void told(const std::string& upload, std::uint64_t offset);
    /// What was acknowledged is not sent again.
    void sends(const std::string& upload, std::uint64_t offset);

    void request_ended(const mockserver::RequestEvidence& request) override;
    void upload_created(const mockserver::Upload& upload) override;
    void upload_finished(const mockserver::Upload& upload) override;
    void found(const findings::Finding& finding) override;

    std::vector<std::string>& wrong() noexcept { return wrong_; }

  private:
    const platform::Clock& clock_;
    Trace& trace_;
    std::map<std::string, std::uint64_t> acknowledged_;  ///< by upload URL
    std::map<std::string, std::string> last_method_;     ///< by upload id
    std::vector<std::string> wrong_;
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
