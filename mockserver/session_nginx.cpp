#include "mockserver/session.hpp"

// nginx in front: it collects a whole body before the server behind it sees the request.

namespace sfmkit::mockserver {

/// answered: the server behind refused what nginx passed on, and the connection goes on; ended:
/// nginx refused itself, or the client left.
boost::asio::awaitable<Session::Passed> Session::pass_nginx() {
    const wire::RequestHead& head = stream_.reader().head();
    if (const auto refusal = nginx::judge_head(head)) {
        co_await refuse_at_nginx(*refusal);
        co_return Passed::ended;
    }
    if (head.expects_continue) {
        const platform::Bytes text = platform::as_bytes(wire::go_on_with_body);
        const auto sent = co_await transport_->write_all(text);
        if (!sent) co_return Passed::ended;
    }
    const bool buffered = co_await buffer_body();
    if (!buffered) co_return Passed::ended;
    const auto status = nginx::back_end_refusal(stream_.reader(), site_.limits.http);
    if (!status) co_return Passed::on;
    const Answer answer = bare_answer(*status);
    const bool goes_on = co_await answer_and_drain(answer);
    co_return goes_on ? Passed::answered : Passed::ended;
}

boost::asio::awaitable<bool> Session::buffer_body() {
    phase_ = Phase::buffering;
    phase_began_ = site_.clock.steady_now();
    last_piece_ = phase_began_;
    ReadEnd end = ReadEnd::piece;
    while (end == ReadEnd::piece) {
        end = co_await stream_.read_piece();
        if (end != ReadEnd::piece) break;
        last_piece_ = site_.clock.steady_now();
        const platform::Bytes piece = stream_.data();
        int status = 0;
        if (buffered_.bytes().size() + piece.size() > nginx::max_body_bytes) status = 413;
        const std::uint64_t most = site_.limits.buffered_bytes;
        if (most > 0 && *site_.buffered_bytes + piece.size() > most) status = 503;
        if (status != 0) {
            buffered_.release();
            const nginx::Refusal refusal{.status = status, .in_location = true};
            co_await refuse_at_nginx(refusal);
            co_return false;
        }
        buffered_.append(piece);
    }
    phase_ = Phase::handling;
    if (end == ReadEnd::complete) co_return true;
    if (end == ReadEnd::refused) {
        const nginx::Refusal refusal = nginx::refusal_of_form(stream_.reader(), true);
        co_await refuse_at_nginx(refusal);
        co_return false;
    }
    tell_end(RequestEnd::client_left);
    co_return false;
}

wire::HeaderFields Session::trailers() const {
    return site_.rules.behind_nginx ? wire::HeaderFields() : stream_.reader().trailers();
}

/// The body as the server behind nginx gets it: whole, and without trailers.
boost::asio::awaitable<bool> Session::take_buffered(BodyWriter& writer) {
    const bool taken = co_await take_piece(writer, buffered_.bytes(), 0);
    buffered_.release();
    co_return taken;
}

boost::asio::awaitable<void> Session::refuse_at_nginx(nginx::Refusal refusal) {
    const auto state = stream_.reader().state();
    const bool has_head = state == wire::RequestReader::State::reading_body ||
                          state == wire::RequestReader::State::complete;
    const wire::RequestHead* request = has_head ? &stream_.reader().head() : nullptr;
    Answer bare = bare_answer(refusal.status);
    tell_refusal(bare, request);
    const std::string text = nginx::print_page(refusal, request, true, site_.clock.wall_now());
    tell_answered(refusal.status, text);
    co_await site_.evidence.kept();
    const auto sent = co_await transport_->write_all(platform::as_bytes(text));
    if (!sent) co_return;
    // A client that waits for the word to send its body keeps the connection for a while
    // (recorded).
    const bool body_waits =
        request != nullptr && request->expects_continue && stream_.body_bytes() == 0;
    if (!body_waits) transport_->shutdown_send();
    co_await wait_for_close();
}

}  // namespace sfmkit::mockserver
