#pragma once

#include "client/upload/retry_policy.hpp"
#include "client/upload/url.hpp"
#include "platform/result.hpp"
#include "wire/http_message.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

namespace sfmkit::client {

/// Why a file was not uploaded.
struct UploadFailure {
    bool run_again = false;  ///< another run may do better; false: final
    platform::Error error;
    bool concerns_all = false;  ///< every file of this run would fail alike
};

/// The next thing to do for a file, after a pause.
struct Step {
    enum class Kind { create, ask_offset, send_chunk, done, give_up };

    Kind kind = Kind::create;
    platform::Duration pause{0};
    bool new_token = false;     ///< after the pause, before the request: another access token
    std::optional<Url> upload;  ///< the upload, once there is one; target of HEAD and PATCH
    std::uint64_t offset = 0;   ///< what the server was last known to hold; start of a chunk
    std::uint64_t length = 0;   ///< bytes of the chunk, never 0
    std::optional<platform::WallTime> expires;  ///< of the upload, by our own clock
    std::optional<platform::Error> trouble;     ///< why there is a pause, for the person waiting
    std::optional<UploadFailure> failure;       ///< with give_up
};

/// What came of a request.
struct Outcome {
    std::expected<wire::ResponseHead, platform::Error> answer;
    std::string text;  ///< start of a plain-text body, for messages
};

/// One upload as a conversation: the last outcome gives the next step. Knows no socket and no
/// clock. After done or give_up nothing more may be asked.
class Plan {
  public:
    virtual ~Plan() = default;
    virtual Step start(platform::WallTime now) = 0;
    virtual Step after(const Outcome& outcome, platform::WallTime now) = 0;
};

/// An upload that an earlier run began.
struct BegunUpload {
    Url url;
    std::optional<platform::WallTime> expires;
    std::uint64_t chunk_bytes = 0;  ///< the largest chunk that may still be under way to the server
};

struct PlanInput {
    Url service;  ///< where uploads are created
    std::uint64_t size_bytes = 0;
    std::uint64_t chunk_bytes = 0;
    RetryLimits limits;
    bool sends_token = false;      ///< the requests carry an access token
    bool has_more_tokens = false;  ///< another one can be fetched
    bool first_contact = false;    ///< nobody has answered at this address in this run
    std::optional<BegunUpload> begun;
};

/// How a good tus client behaves. After any doubt it asks for the offset and believes the server,
/// also when that goes back; an offset beyond what was sent is never believed. The file's own size
/// decides what complete means.
class UploadPlan final : public Plan {
  public:
    UploadPlan(PlanInput input, platform::Random& random);

    Step start(platform::WallTime now) override;
    Step after(const Outcome& outcome, platform::WallTime now) override;

  private:
    Step create(platform::Duration pause);
    Step ask_offset(platform::Duration pause);
    Step go_on_at(std::uint64_t offset);
    Step done();
    Step give_up(UploadFailure failure);
    Step refuse(platform::Error error);
    Step forget_upload(platform::Error error);
    Step renew_token(platform::Error error);
    /// The same step, unless the upload will have expired by then.
    Step unless_expired(Step step, platform::WallTime now);
    Step decide_next(const Outcome& outcome, platform::WallTime now);
    /// Counts a fruitless request and pauses before the next one.
    Step try_again(Step::Kind kind, platform::Error error, platform::Duration at_least);

    Step take(const wire::ResponseHead& head, platform::WallTime now);
    Step take_created(const wire::ResponseHead& head, platform::WallTime now);
    Step take_offset(const wire::ResponseHead& head);
    Step take_stored(const wire::ResponseHead& head, platform::WallTime now);

    void note_expiry(const wire::ResponseHead& head, platform::WallTime now);
    void note_progress(std::uint64_t offset);
    std::string asked_url() const;
    platform::Error unexpected_answer(const Outcome& outcome) const;

    PlanInput input_;
    platform::Random& random_;
    RequestKind request_ = RequestKind::create;
    std::optional<Url> upload_;
    std::optional<platform::WallTime> expires_;
    std::uint64_t offset_ = 0;   ///< the server's, as last told
    std::uint64_t length_ = 0;   ///< of the chunk that was sent last
    std::uint64_t highest_ = 0;  ///< highest offset ever told; only more counts as progress
    std::uint64_t reach_ = 0;    ///< highest offset that the server can have by what was sent
    bool asked_resumed_ = true;  ///< false until the offset of a begun upload is known
    unsigned failures_ = 0;
    unsigned frozen_ = 0;
    unsigned new_tokens_ = 0;
    bool answered_ = false;
    bool renewed_ = false;
};

}  // namespace sfmkit::client
