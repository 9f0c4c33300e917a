#pragma once

#include "cli/command.hpp"
#include "mockserver/site.hpp"
#include "platform/keys.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

namespace sfmkit::cli {

/// Prints one line for each finished upload; with a key it opens and verifies the file first, on a
/// thread of its own, so that the server goes on answering. The output belongs to that thread
/// meanwhile.
class UploadJudge {
  public:
    UploadJudge(World& world, std::optional<platform::PrivateKey> key);
    /// Ends when all that was handed over is judged.
    ~UploadJudge();
    UploadJudge(const UploadJudge&) = delete;
    UploadJudge& operator=(const UploadJudge&) = delete;

    /// Returns at once.
    void judge(mockserver::FinishedUpload finished);
    /// What judging came to; nothing for an upload that was not handed over or still waits. Needs a
    /// key.
    std::optional<mockserver::ImportOutcome> outcome_of(const std::string& upload_id);

  private:
    void work();
    void print(const mockserver::FinishedUpload& finished);
    std::string judged(const mockserver::FinishedUpload& finished, const std::string& name);

    World& world_;
    std::optional<platform::PrivateKey> key_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<mockserver::FinishedUpload> waiting_;
    std::unordered_map<std::string, mockserver::ImportOutcome> outcomes_;  ///< by upload id
    bool ending_ = false;
    std::jthread worker_;  ///< last, so that it starts when all else is there
};

}  // namespace sfmkit::cli
