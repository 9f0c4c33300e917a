#pragma once

#include "findings/finding.hpp"
#include "mockserver/tus/upload.hpp"
#include "platform/clock.hpp"

#include <cstdint>
#include <string>

namespace sfmkit::mockserver {

/// One request and what it was answered.
struct RequestEvidence {
    std::uint64_t connection = 0;  ///< number of the connection since the start
    std::uint64_t request = 0;     ///< number within the connection, from 1
    std::string method;
    std::string target;
    std::string upload_id;  ///< of the URL, or of the upload that was created
    int status = 0;         ///< 0 when the client left before an answer
    std::uint64_t body_bytes = 0;
    platform::WallTime arrived;
};

/// The request as findings name it, e.g. `POST /files`.
std::string request_line(const RequestEvidence& request);

/// Where all that happens is told: who sent what and when. Called before the answer goes out.
class Evidence {
  public:
    virtual ~Evidence() = default;
    virtual void request_ended(const RequestEvidence& request) = 0;
    virtual void upload_created(const Upload& upload) = 0;
    virtual void upload_finished(const Upload& upload) = 0;
    /// What the client did wrong without being refused.
    virtual void found(const findings::Finding& finding) = 0;
};

/// Keeps nothing.
class NoEvidence final : public Evidence {
  public:
    void request_ended(const RequestEvidence& request) override;
    void upload_created(const Upload& upload) override;
    void upload_finished(const Upload& upload) override;
    void found(const findings::Finding& finding) override;
};

}  // namespace sfmkit::mockserver
