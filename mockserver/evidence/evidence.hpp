#pragma once

#include "findings/finding.hpp"
#include "mockserver/tus/upload.hpp"
#include "platform/clock.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::mockserver {

/// What came of comparing a body with its Upload-Checksum.
enum class ChecksumVerdict {
    none,  ///< none was sent
    matched,
    mismatched,
    not_compared  ///< the request was refused or cut off before
};
std::string_view name_of(ChecksumVerdict verdict) noexcept;

/// How a request ended for the server.
enum class RequestEnd {
    answered,     ///< the answer is about to be sent
    client_left,  ///< no answer: the client ended or broke the connection
    silenced      ///< no answer: a fault that was ordered ended the connection
};
std::string_view name_of(RequestEnd end) noexcept;

/// One request and what it was answered. Nothing secret is in it: credentials among the fields are
/// masked before they come here.
struct RequestEvidence {
    std::uint64_t connection = 0;  ///< number of the connection since the start
    std::uint64_t request = 0;     ///< number within the connection, from 1
    std::string peer{};            ///< address and port of the client
    std::string method{};
    std::string target{};
    std::string fields{};       ///< header lines of the request as they came
    std::string upload_id{};    ///< of the URL, or of the upload that was created
    int status = 0;             ///< 0 when the request ended before an answer
    std::string answer_head{};  ///< status line and header lines as they are sent
    std::string answer_text{};  ///< body of the answer
    std::uint64_t body_bytes = 0;
    std::optional<std::uint64_t> offset_before{};  ///< of the upload, when there is one
    std::optional<std::uint64_t> offset_after{};
    ChecksumVerdict checksum = ChecksumVerdict::none;
    std::string auth{};   ///< verdict on the credentials; empty: not asked for
    std::string token{};  ///< JSON: the token's claims without signature, and its SHA-256
    std::vector<std::string> faults{};  ///< names of those that struck before its end was told
    RequestEnd end = RequestEnd::answered;
    platform::WallTime arrived{};  ///< the first byte of the head
    platform::WallTime ended{};    ///< the answer was decided, or the end was seen
};

/// The request as findings name it, e.g. `POST /files`.
std::string request_line(const RequestEvidence& request);

/// What a finding is about. Numbers are 0 and the id is empty where there is none.
struct FoundAt {
    std::uint64_t connection = 0;
    std::uint64_t request = 0;
    std::string upload_id{};
};

/// Where findings about a request belong.
FoundAt place_of(const RequestEvidence& request);

/// Where all that happens is told: who sent what and when. Called before the answer goes out.
class Evidence {
  public:
    virtual ~Evidence() = default;
    virtual void request_ended(const RequestEvidence& request) = 0;
    virtual void upload_created(const Upload& upload) = 0;
    virtual void upload_finished(const Upload& upload) = 0;
    /// It was terminated, or its time was over.
    virtual void upload_removed(const std::string& upload_id) = 0;
    /// Why a request was refused; a good client may meet some of these reasons too.
    virtual void refused(const findings::Finding& reason, const FoundAt& at) = 0;
    /// What the client did wrong without being refused, or against a rule of the importer.
    virtual void found(const findings::Finding& finding, const FoundAt& at) = 0;
    /// A fault that was ordered strikes this connection or request, maybe after its end was told.
    virtual void fault_struck(const std::string& name, const FoundAt& at) = 0;
    /// Returns when all that was told so far survives the end of the process. An answer waits for
    /// it.
    virtual boost::asio::awaitable<void> kept() { co_return; }
};

/// Keeps nothing.
class NoEvidence final : public Evidence {
  public:
    void request_ended(const RequestEvidence& request) override;
    void upload_created(const Upload& upload) override;
    void upload_finished(const Upload& upload) override;
    void upload_removed(const std::string& upload_id) override;
    void refused(const findings::Finding& reason, const FoundAt& at) override;
    void found(const findings::Finding& finding, const FoundAt& at) override;
    void fault_struck(const std::string& name, const FoundAt& at) override;
};

}  // namespace sfmkit::mockserver
