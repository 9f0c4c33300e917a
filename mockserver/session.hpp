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
    boost::asio::awaitable<bool> create(CreatePlan plan);
    boost::asio::awaitable<bool> write(WritePlan plan);
    boost::asio::awaitable<bool> receive(BodyWriter& writer);
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
    // What is told to the evidence (session_evidence.cpp).
    void begin_evidence();
    void note_head(const wire::RequestHead& head);
    void note_oddities();
    void note_offset(const Upload& upload);
    void note_checksum(const std::optional<Answer>& refusal);
    void tell(const std::vector<findings::Finding>& found);
    void tell_answered(int status, std::string_view printed);
    void tell_unanswered(RequestEnd end);

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
    Phase phase_ = Phase::idle;
    platform::SteadyTime phase_began_;
    bool stopping_ = false;
    platform::SteadyTime last_piece_;
    nginx::BufferedBody buffered_;  ///< the body, when nginx collects it first
    bool too_slow_ = false;
    bool silent_ = false;  ///< ended for saying nothing inside a body
};

}  // namespace sfmkit::mockserver
