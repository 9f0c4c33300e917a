#pragma once

#include "cli/command.hpp"
#include "cli/mixed_envelopes.hpp"
#include "mockserver/site.hpp"
#include "platform/keys.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace sfmkit::cli {

/// Looks at finished uploads on a thread of its own, so that the server goes on answering: with a
/// key it opens and verifies them. What it has to say is fetched with take_judged().
class UploadJudge {
  public:
    /// What there is to say about one upload.
    struct Judged {
        std::string upload_id{};
        std::string line{};  ///< for people, without a line end
        std::vector<findings::Finding> findings{};
    };
    /// Called on the judging thread when take_judged() has something to give.
    using Notify = std::function<void()>;

    UploadJudge(
        World& world,
        std::optional<platform::PrivateKey> key,
        ResumedAt resumed_at = {},
        Notify notify = {}
    );
    /// Calls finish().
    ~UploadJudge();
    UploadJudge(const UploadJudge&) = delete;
    UploadJudge& operator=(const UploadJudge&) = delete;

    /// Returns at once.
    void judge(mockserver::FinishedUpload finished);
    /// Returns when all that was handed over is judged; nothing may be handed over afterwards.
    void finish();
    /// All that was looked at since the last call; without a key nothing is found.
    std::vector<Judged> take_judged();
    /// What judging came to; nothing for an upload that was not handed over or still waits. Needs a
    /// key.
    std::optional<mockserver::ImportOutcome> outcome_of(const std::string& upload_id);

  private:
    void work();
    void look_at(const mockserver::FinishedUpload& finished, Judged& judged);
    void keep_findings(const std::string& name, const findings::Report& report, Judged& judged)
        const;

    World& world_;
    std::optional<platform::PrivateKey> key_;
    ResumedAt resumed_at_;
    Notify notify_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<mockserver::FinishedUpload> waiting_;
    std::unordered_map<std::string, mockserver::ImportOutcome> outcomes_;  ///< by upload id
    std::vector<Judged> judged_;
    bool ending_ = false;
    std::jthread worker_;  ///< last, so that it starts when all else is there
};

}  // namespace sfmkit::cli
