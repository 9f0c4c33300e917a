#pragma once

#include "mockserver/body_writer.hpp"
#include "mockserver/nginx/buffered_body.hpp"
#include "mockserver/nginx/nginx_layer.hpp"
#include "mockserver/request_stream.hpp"
#include "mockserver/site.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace sfmkit::mockserver {

/// One connection: reads requests, judges, stores, answers, until one side ends it.
class Session {
  public:
    Session(Site& site, std::unique_ptr<platform::Transport> transport, std::uint64_t number);

    /// Until the connection ends. The session must outlive it.
    boost::asio::awaitable<void> run();

    /// Ends after the request that is going on; at once between requests.
    void stop_softly() noexcept;
    /// Ends at once, whatever is going on.
    void stop_now() noexcept;
    /// Breaks the connection, as the end of the process does.
    void break_off() noexcept;
    /// Called about once a second: true when the client sends head or body so slowly that it is to
    /// be refused with refuse_as_slow(). Also ends a body that nobody reads after its time.
    bool is_too_slow(platform::SteadyTime now) noexcept;
    /// Answers 408 beside the read that is pending, then ends the connection.
    boost::asio::awaitable<void> refuse_as_slow();
    /// Since when nothing of a next request has come; nothing while one is going on.
    std::optional<platform::SteadyTime> idle_since() const noexcept;

  private:
    enum class Phase { idle, handling, buffering, reading_body, draining };

    boost::asio::awaitable<bool> serve_request();
    boost::asio::awaitable<bool> handle();
    boost::asio::awaitable<bool> answer_and_drain(Answer answer);
    boost::asio::awaitable<bool> give(Answer answer);
    boost::asio::awaitable<bool> answer_at_once(Answer answer, bool closing);
    boost::asio::awaitable<platform::Result<void>> send_bytes(std::string_view text);
    boost::asio::awaitable<platform::Result<void>> send_at_rate(
        platform::Bytes bytes, std::uint64_t bytes_a_second
    );
    std::string edited(std::string text);
    boost::asio::awaitable<bool> create(CreatePlan plan);
    boost::asio::awaitable<bool> write(WritePlan plan);
    // The body (session_body.cpp).
    boost::asio::awaitable<bool> receive(BodyWriter& writer);
    boost::asio::awaitable<bool> ask_for_body();
    boost::asio::awaitable<bool> take_piece(
        BodyWriter& writer, platform::Bytes piece, std::uint64_t from
    );
    boost::asio::awaitable<bool> strike_body(BodyWriter& writer, const FaultAction& action);
    void begin_body();
    void cut(BodyWriter& writer, Cut how);
    boost::asio::awaitable<void> refuse_form();
    boost::asio::awaitable<void> send_and_close(Answer answer);
    boost::asio::awaitable<platform::Result<void>> send(Answer answer, bool closing);
    boost::asio::awaitable<bool> drain();
    boost::asio::awaitable<void> wait_for_close();

    enum class Passed { on, answered, ended };
    // What nginx does when it stands in front (session_nginx.cpp).
    boost::asio::awaitable<Passed> pass_nginx();
    boost::asio::awaitable<bool> buffer_body();
    boost::asio::awaitable<bool> take_buffered(BodyWriter& writer);
    boost::asio::awaitable<void> refuse_at_nginx(nginx::Refusal refusal);

    platform::Result<Known> look_up(const Claim& claim);
    platform::Result<void> store_new(CreatePlan& plan);
    void finished(const Upload& upload);
    // Faults that were ordered (session_faults.cpp). Each strikes when its point is reached.
    void meet_connection();
    bool meet_request(const platform::Result<Known>& known);
    boost::asio::awaitable<Passed> pass_faults();
    boost::asio::awaitable<Passed> strike(FaultPoint point);
    boost::asio::awaitable<Passed> strike_whole_body(BodyWriter& writer);
    boost::asio::awaitable<Passed> act(const FaultAction& action);
    boost::asio::awaitable<Passed> stall(std::optional<platform::Duration> time);
    boost::asio::awaitable<Passed> answer_instead(const FaultAction& action);
    bool takes_place(const std::shared_ptr<ArmedFault>& fault);
    void end_silently(bool reset);
    void lose_store(std::uint64_t kept_bytes);
    void expire_upload();
    bool is_held(const std::string& id) const;
    // Credentials (session_auth.cpp).
    std::optional<Answer> refuse_expired_credentials(Action action);
    std::optional<Answer> refuse_credentials(const Claim& claim, const Known& known);
    void add_nonce(Answer& answer) const;

    // What is told to the evidence (session_evidence.cpp).
    void begin_evidence();
    void note_head(const wire::RequestHead& head);
    void note_oddities();
    void note_offset(const Upload& upload);
    void note_checksum(const std::optional<Answer>& refusal);
    void tell(const std::vector<findings::Finding>& found);
    void tell_refusal(Answer& answer, const wire::RequestHead* request);
    void tell_answered(int status, std::string_view printed);
    void tell_end(RequestEnd end);

    Answer terminate(const std::string& id);
    Answer failed(const platform::Error& error);
    bool body_is_too_long() const noexcept;
    bool nginx_gives_up(platform::SteadyTime now) const noexcept;
    bool body_is_silent(platform::SteadyTime now) const noexcept;
    bool body_is_too_slow(platform::SteadyTime now) const noexcept;
    int status_beyond_limits(Action action) const noexcept;
    bool closes() const noexcept;
    std::string make_id();
    wire::HeaderFields trailers() const;

    Site& site_;
    std::unique_ptr<platform::Transport> transport_;
    RequestStream stream_;
    RequestEvidence evidence_;
    AuthVerdict verdict_ = {};  ///< on the request's credentials, where they are judged
    bool is_told_ = false;  ///< the end of the request is in the evidence
    Phase phase_ = Phase::idle;
    platform::SteadyTime phase_began_;
    bool stopping_ = false;
    platform::SteadyTime last_piece_;
    nginx::BufferedBody buffered_;    ///< the body, when nginx collects it first
    MetFaults faults_;                ///< those that the request meets
    std::vector<FaultAction> edits_;  ///< of the next answer
    std::uint64_t body_rate_ = 0;     ///< bytes a second at which the body is read; 0: at once
    bool withholds_continue_ = false;
    bool buffers_ = false;  ///< collects the body although there is no nginx
    bool too_slow_ = false;
    bool silent_ = false;  ///< ended for saying nothing inside a body
};

}  // namespace sfmkit::mockserver
