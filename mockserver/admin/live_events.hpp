#pragma once

#include "mockserver/evidence/evidence.hpp"

#include <cstdint>
#include <deque>
#include <string>

namespace sfmkit::mockserver::admin {

/// What happened lately, as events for those who look on. The newest few are kept; who is slower
/// than they come loses the oldest, never the server its time.
class LiveEvents final : public Evidence {
  public:
    static constexpr std::size_t most_kept = 1000;

    struct Event {
        std::uint64_t id = 0;  ///< from 1 on
        std::string kind{};    ///< request, upload, refusal, finding, fault
        std::string data{};    ///< JSON in one line
    };

    void request_ended(const RequestEvidence& request) override;
    void upload_created(const Upload& upload) override;
    void upload_finished(const Upload& upload) override;
    void upload_removed(const std::string& upload_id) override;
    void refused(const findings::Finding& reason, const FoundAt& at) override;
    void found(const findings::Finding& finding, const FoundAt& at) override;
    void fault_struck(const std::string& name, const FoundAt& at) override;

    /// The first event behind this id that is still kept; null when there is none yet.
    const Event* after(std::uint64_t id) const;
    std::uint64_t last_id() const noexcept { return last_id_; }

  private:
    void add(std::string kind, std::string data);

    std::deque<Event> events_;
    std::uint64_t last_id_ = 0;
};

/// One event as it goes over the wire (HTML, server-sent events).
std::string print_event(const LiveEvents::Event& event);

}  // namespace sfmkit::mockserver::admin
