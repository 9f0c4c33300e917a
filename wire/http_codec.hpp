#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"
#include "wire/http_message.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::wire {

/// Which odd requests a server takes. strict_spec refuses all that RFC 9112 lets a server refuse
/// and that two readers could understand differently; tusdotnet takes and refuses what Kestrel in
/// front of tusdotnet does, as recorded of tusdotnet 2.5.0.
enum class FramingPolicy { strict_spec, tusdotnet };

/// Who reads: the server itself, or nginx before it, which refuses some requests, drops fields
/// whose names it does not like, and passes the rest on.
struct FramingReader {
    FramingPolicy policy = FramingPolicy::strict_spec;
    bool behind_nginx = false;
};

struct HttpLimits {
    std::size_t request_line_bytes = 8192;
    std::size_t header_bytes = 32768;
    /// Of one header line with its end.
    std::size_t header_line_bytes = 32768;
    std::size_t header_count = 100;
    /// Of one chunk of a chunked body: what stands behind the size (RFC 9112 section 7.1.1).
    std::size_t chunk_extension_bytes = 4096;
};

/// An oddity of a request's form: why it is refused, or what was let pass.
struct FramingFault {
    /// 400, 405, 414, 431, 500 or 505 when refused; 0 when the request is served all the same.
    int status = 0;
    std::string id{};    ///< lower-case words, e.g. `bare-lf`, `two-content-lengths`
    std::string text{};  ///< one sentence for a person: what came, what is right
};

/// Reads requests from bytes as they come; knows no socket and no clock. Built on Beast's parser;
/// what Beast lets pass or refuses differently is judged here before. One reader serves one
/// connection: after complete() call next() for the following request.
class RequestReader {
  public:
    RequestReader(FramingReader reader, HttpLimits limits);
    RequestReader(FramingPolicy policy, HttpLimits limits)
        : RequestReader(FramingReader{.policy = policy, .behind_nginx = false}, limits) {}
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    enum class State { reading_head, reading_body, complete, refused };

    /// What one push did. data is a part of the body; it points into the input or into the reader
    /// and is valid until the next call.
    struct Step {
        std::size_t consumed = 0;
        platform::Bytes data;
    };

    /// Takes as much as it can use: up to the end of the head, or one piece of the body. Call again
    /// with the rest while bytes remain and the state is not complete or refused.
    Step push(platform::Bytes input);

    State state() const noexcept;
    /// Valid once the head is complete.
    const RequestHead& head() const noexcept;
    /// Trailer fields of a chunked body, valid when complete.
    const HeaderFields& trailers() const noexcept;
    /// The reason when refused.
    const FramingFault& refusal() const noexcept;
    /// Why the server behind nginx refuses a request that nginx passes on; the request is read to
    /// its end all the same.
    const std::optional<FramingFault>& back_end_refusal() const noexcept;
    /// What was let pass in this request.
    const std::vector<FramingFault>& tolerated() const noexcept;
    /// True before the first byte of a request has come.
    bool idle() const noexcept;
    /// Makes ready for the following request.
    void next();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Reads one response; the counterpart for clients.
class ResponseReader {
  public:
    /// to_head_request: the response has no body whatever its head says.
    explicit ResponseReader(bool to_head_request, HttpLimits limits = {});
    ~ResponseReader();
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    enum class State { reading_head, reading_body, complete, failed };
    struct Step {
        std::size_t consumed = 0;
        platform::Bytes data;
    };

    /// As RequestReader::push. 1xx answers are skipped and counted in interim().
    Step push(platform::Bytes input);
    /// The other side ended its sending: completes a body until close, else fails.
    void push_end();

    State state() const noexcept;
    const ResponseHead& head() const noexcept;
    /// Statuses of the 1xx answers that came before, e.g. 100.
    const std::vector<int>& interim() const noexcept;
    const std::string& failure() const noexcept;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// What a client with `Expect: 100-continue` waits for.
inline constexpr std::string_view go_on_with_body = "HTTP/1.1 100 Continue\r\n\r\n";

/// `METHOD target HTTP/1.1` and the fields as given, with the empty line.
std::string print_request_head(
    std::string_view method, std::string_view target, const HeaderFields& fields
);
/// `HTTP/1.1 status reason` and the fields as given, with the empty line. An empty reason keeps the
/// blank before it, as Kestrel writes `HTTP/1.1 460 `.
std::string print_response_head(int status, std::string_view reason, const HeaderFields& fields);
/// One chunk of a chunked body; empty bytes give the last chunk without trailers.
std::string print_chunk(platform::Bytes bytes);

}  // namespace sfmkit::wire
