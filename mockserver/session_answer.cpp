#include "mockserver/faults/answer_edit.hpp"
#include "mockserver/session.hpp"

#include <algorithm>
#include <array>

// Answers on their way out.

namespace sfmkit::mockserver {

/// For answers after which the request cannot be understood or is not wanted any further.
boost::asio::awaitable<void> Session::send_and_close(Answer answer) {
    const auto sent = co_await send(std::move(answer), true);
    if (!sent) co_return;
    transport_->shutdown_send();
    co_await wait_for_close();
}

/// Closing with bytes unread would reset the connection and lose the answer on its way.
boost::asio::awaitable<void> Session::wait_for_close() {
    phase_ = Phase::draining;
    phase_began_ = site_.clock.steady_now();
    std::array<std::byte, 4096> rest{};
    while (true) {
        const auto count = co_await transport_->read_some(rest);
        if (!count || *count == 0) co_return;
    }
}

/// Tells why, too, where a rule of the importer is the reason.
boost::asio::awaitable<bool> Session::give(Answer answer) {
    tell(answer.findings);
    co_return co_await answer_and_drain(std::move(answer));
}

boost::asio::awaitable<bool> Session::answer_and_drain(Answer answer) {
    const Passed passed = co_await strike(FaultPoint::after_store);
    if (passed != Passed::on) co_return passed == Passed::answered;
    co_return co_await answer_at_once(std::move(answer), closes());
}

boost::asio::awaitable<bool> Session::answer_at_once(Answer answer, bool closing) {
    const auto sent = co_await send(std::move(answer), closing);
    if (!sent) co_return false;
    if (closing) transport_->shutdown_send();
    const bool drained = co_await drain();
    if (!drained || closing) co_return false;
    const Passed passed = co_await strike(FaultPoint::after_answer);
    co_return passed != Passed::ended;
}

/// Reads what is left of a body, so that the connection can go on or end without a reset.
boost::asio::awaitable<bool> Session::drain() {
    phase_ = Phase::draining;
    phase_began_ = site_.clock.steady_now();
    ReadEnd end = ReadEnd::piece;
    while (end == ReadEnd::piece) end = co_await stream_.read_piece();
    co_return end == ReadEnd::complete;
}

boost::asio::awaitable<platform::Result<void>> Session::send(Answer answer, bool closing) {
    const auto state = stream_.reader().state();
    const bool has_head = state != wire::RequestReader::State::refused &&
                          state != wire::RequestReader::State::reading_head;
    const wire::RequestHead* request = has_head ? &stream_.reader().head() : nullptr;
    add_nonce(answer);
    tell_refusal(answer, request);
    const Profile& profile = *site_.rules.profile;
    const platform::WallTime now = site_.clock.wall_now();
    const bool at_nginx = site_.rules.behind_nginx && request != nullptr;
    if (site_.tls && !at_nginx) {
        answer.fields.add("Strict-Transport-Security", nginx::transport_security);
    }
    std::string text = at_nginx ? nginx::print_passed_on(profile, answer, *request, closing, now)
                                : print_answer(profile, answer, request, closing, now);
    text = edited(std::move(text));
    tell_answered(answer.status, text);
    co_await site_.evidence.kept();
    co_return co_await send_bytes(text);
}

std::string Session::edited(std::string text) {
    for (const FaultAction& edit : std::exchange(edits_, {})) text = edit_answer(text, edit);
    std::uint64_t from = 0;
    while (const auto fault = faults_.next(FaultPoint::answer, from, text.size() + 1)) {
        from = fault->fault.at_byte;
        if (fault->fault.action.kind != FaultKind::edit_answer) {
            // Those that strike while the bytes go out come later.
            ++from;
            continue;
        }
        if (takes_place(fault)) text = edit_answer(text, fault->fault.action);
    }
    return text;
}

/// Byte by byte as faults want it; without any, at once.
boost::asio::awaitable<platform::Result<void>> Session::send_bytes(std::string_view text) {
    platform::Bytes rest = platform::as_bytes(text);
    std::uint64_t sent_bytes = 0;
    std::uint64_t rate = 0;
    while (true) {
        const auto fault = faults_.next(FaultPoint::answer, sent_bytes, text.size() + 1);
        const std::uint64_t until = fault ? fault->fault.at_byte : text.size();
        const platform::Bytes piece = rest.first(until - sent_bytes);
        const auto sent = co_await send_at_rate(piece, rate);
        if (!sent) co_return sent;
        rest = rest.subspan(piece.size());
        sent_bytes = until;
        if (!fault) co_return platform::Result<void>();
        if (!takes_place(fault)) continue;
        if (fault->fault.action.kind == FaultKind::slow) {
            rate = fault->fault.action.bytes;
            continue;
        }
        const Passed passed = co_await act(fault->fault.action);
        if (passed != Passed::on) {
            co_return platform::fail({
                .code = platform::Errc::cancelled,
                .what = "a fault ended the answer",
                .where = evidence_.peer,
            });
        }
    }
}

boost::asio::awaitable<platform::Result<void>> Session::send_at_rate(
    platform::Bytes bytes, std::uint64_t bytes_a_second
) {
    if (bytes_a_second == 0) co_return co_await transport_->write_all(bytes);
    while (!bytes.empty()) {
        const std::size_t share = std::max<std::size_t>(1, bytes_a_second / 10);
        const platform::Bytes piece = bytes.first(std::min(share, bytes.size()));
        const auto sent = co_await transport_->write_all(piece);
        if (!sent) co_return sent;
        bytes = bytes.subspan(piece.size());
        const std::uint64_t wait = piece.size() * 1000 / bytes_a_second;
        co_await site_.clock.sleep_for(platform::Duration(wait));
    }
    co_return platform::Result<void>();
}

}  // namespace sfmkit::mockserver
