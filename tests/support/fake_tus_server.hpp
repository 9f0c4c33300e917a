#pragma once

#include "fuzz/simulator/virtual_clock.hpp"
#include "platform/openssl.hpp"
#include "platform/transport.hpp"
#include "wire/http_message.hpp"

#include <boost/asio/io_context.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sfmkit::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct FakeAnswer {
    int status = 200;
    Headers headers{};
    std::string body{};
    std::string reason{};
};

/// What goes wrong with one request. Without any of it the request is served as tusdotnet does.
struct Trouble {
    std::optional<FakeAnswer> instead{};  ///< sent in place of serving it; nothing is stored
    std::optional<FakeAnswer> after{};    ///< served and stored, but this is the answer
    std::optional<std::uint64_t> break_after_body_bytes{};  ///< reset in the middle of the body
    std::uint64_t keep_body_bytes = 0;  ///< of a broken or shortened body, stored all the same
    bool store_part_only = false;       ///< stores keep_body_bytes and tells so
    bool lose_answer = false;           ///< stored, then reset without an answer
    bool close_in_order = false;        ///< the breaks above are ends in order
    bool answer_early = false;          ///< `instead` goes out before the body is read, then closed
    std::optional<std::size_t> cut_answer_after{};  ///< bytes of the answer, then reset
    platform::Duration delay{0};                    ///< before the answer
    std::optional<std::size_t> drip_answer{};       ///< bytes of the answer in each second
    bool corrupt = false;        ///< one byte is flipped on its way: checksum mismatch
    bool forget_upload = false;  ///< the upload is removed first
};

struct SeenRequest {
    std::string method;
    std::string target;
    wire::HeaderFields fields;
    std::uint64_t body_bytes = 0;
    platform::SteadyTime arrived;  ///< of its head
    std::uint64_t connection = 0;
    int status = 0;  ///< that was decided, sent or not; 0 when there was none
    std::optional<std::uint64_t> told_offset{};  ///< by the answer, if it went out whole
    std::uint64_t held_before = 0;               ///< bytes of the upload when its head arrived
    unsigned at_once = 0;                        ///< requests open then, with this one
};

struct FakeUpload {
    std::uint64_t length = 0;
    std::string metadata;
    std::string bytes;
    bool deleted = false;
};

/// A small tus server in memory for tests of the client: scripted, honest unless told otherwise,
/// and quite apart from the mock of this project.
class FakeTusServer {
  public:
    FakeTusServer(
        platform::Network& network,
        fuzz::VirtualClock& clock,
        const platform::CryptoAlgorithms& algorithms,
        std::uint16_t port = 8080
    );
    ~FakeTusServer();
    FakeTusServer(const FakeTusServer&) = delete;
    FakeTusServer& operator=(const FakeTusServer&) = delete;

    void start(boost::asio::io_context& context);
    void stop();

    /// The n-th request of that method, counted from 1 over all uploads. nth 0: every request that
    /// has no trouble of its own.
    void on(const std::string& method, unsigned nth, Trouble trouble);
    /// For this long after an upload was made, as Upload-Expires; none when not set.
    void set_lifetime(platform::Duration lifetime) { lifetime_ = lifetime; }
    /// More requests at once than these are answered 429.
    void set_most_at_once(unsigned most) { allowed_at_once_ = most; }
    /// How Location is spelt: `{id}` stands for the upload.
    void set_location_form(std::string form) { location_form_ = std::move(form); }

    const std::vector<SeenRequest>& requests() const noexcept { return requests_; }
    std::string trace() const;  ///< `POST 201, PATCH@0+512 204, …`
    const std::map<std::string, FakeUpload>& uploads() const noexcept { return uploads_; }
    std::map<std::string, FakeUpload>& uploads() noexcept { return uploads_; }
    /// The uploads whose metadata has this name.
    std::vector<const FakeUpload*> named(const std::string& name) const;
    unsigned most_at_once() const noexcept { return most_at_once_; }
    /// Requests that met a trouble, or a limit of ours.
    unsigned strikes() const noexcept { return strikes_; }
    /// Requests whose form or framing is no valid HTTP.
    unsigned malformed() const noexcept { return malformed_; }
    /// Requests to an upload while another one to it was open, its connection too.
    unsigned overlaps() const noexcept { return overlaps_; }

  private:
    struct Conversation;

    boost::asio::awaitable<void> accept_all(std::shared_ptr<platform::Listener> listener);
    boost::asio::awaitable<void> converse(std::unique_ptr<platform::Transport> transport);
    boost::asio::awaitable<bool> serve_one(Conversation& conversation);
    FakeAnswer serve(SeenRequest& request, std::string body, const Trouble& trouble);
    FakeAnswer create(const SeenRequest& request);
    FakeAnswer tell_offset(const FakeUpload& upload) const;
    FakeAnswer store(FakeUpload& upload, const SeenRequest& request, const std::string& body);
    Trouble trouble_of(const std::string& method);
    FakeUpload* find(const std::string& target);
    void note_arrival(Conversation& conversation, SeenRequest& seen);

    platform::Network& network_;
    fuzz::VirtualClock& clock_;
    const platform::CryptoAlgorithms& algorithms_;
    std::uint16_t port_;
    boost::asio::io_context* context_ = nullptr;
    std::shared_ptr<platform::Listener> listener_;
    std::map<std::pair<std::string, unsigned>, Trouble> troubles_;
    std::map<std::string, unsigned> counts_;
    std::vector<SeenRequest> requests_;
    std::map<std::string, FakeUpload> uploads_;
    std::string location_form_ = "/files/{id}";
    std::optional<platform::Duration> lifetime_;
    std::uint64_t connections_ = 0;
    std::vector<std::weak_ptr<Conversation>> conversations_;
    std::optional<unsigned> allowed_at_once_;
    unsigned at_once_ = 0;
    unsigned most_at_once_ = 0;
    unsigned strikes_ = 0;
    unsigned malformed_ = 0;
    unsigned overlaps_ = 0;
};

}  // namespace sfmkit::test
