#include "mockserver/session.hpp"
#include "mockserver/tus/extensions.hpp"
#include "platform/log.hpp"

// Bodies on their way in.

namespace sfmkit::mockserver {
namespace {

Cut cut_of(ReadEnd end) {
    if (end == ReadEnd::broken) return Cut::broken;
    return end == ReadEnd::closed || end == ReadEnd::refused ? Cut::closed : Cut::stopped;
}

}  // namespace

/// Takes the body in; false when it did not come to an end and nothing can be answered.
boost::asio::awaitable<bool> Session::receive(BodyWriter& writer) {
    if (site_.rules.behind_nginx || buffers_) co_return co_await take_buffered(writer);
    const bool asked = co_await ask_for_body();
    if (!asked) co_return false;
    // Faults at byte 0 strike before the first byte comes.
    const platform::Bytes nothing;
    const bool begins = co_await take_piece(writer, nothing, 0);
    if (!begins) co_return false;
    begin_body();
    ReadEnd end = ReadEnd::piece;
    while (end == ReadEnd::piece) {
        end = co_await stream_.read_piece();
        if (end != ReadEnd::piece) break;
        last_piece_ = site_.clock.steady_now();
        const platform::Bytes piece = stream_.data();
        const std::uint64_t from = stream_.body_bytes() - piece.size();
        const bool taken = co_await take_piece(writer, piece, from);
        if (!taken) co_return false;
        if (writer.too_much_data()) break;
    }
    phase_ = Phase::handling;
    if (end == ReadEnd::piece || end == ReadEnd::complete) co_return true;
    cut(writer, silent_ ? Cut::broken : cut_of(end));
    if (end == ReadEnd::refused) {
        co_await refuse_form();
        co_return false;
    }
    tell_end(RequestEnd::client_left);
    // Kestrel resets a connection whose body breaks off (recorded).
    if (end == ReadEnd::closed) transport_->reset();
    co_return false;
}

/// A client that waits for it is told to send its body.
boost::asio::awaitable<bool> Session::ask_for_body() {
    const wire::RequestHead& head = stream_.reader().head();
    if (!head.expects_continue || !has_body(head) || withholds_continue_) co_return true;
    const platform::Bytes text = platform::as_bytes(wire::go_on_with_body);
    const auto sent = co_await transport_->write_all(text);
    co_return sent.has_value();
}

void Session::begin_body() {
    phase_ = Phase::reading_body;
    phase_began_ = site_.clock.steady_now();
    last_piece_ = phase_began_;
}

void Session::cut(BodyWriter& writer, Cut how) {
    const bool chunked = stream_.reader().head().framing == wire::BodyFraming::chunked;
    if (auto cut = writer.cut(how, chunked); !cut) {
        platform::log_error(platform::describe(cut.error()));
    }
    note_offset(writer.upload());
}

/// One piece of the body, which begins at this byte, with the faults inside it. False when nothing
/// is left to do for the request.
boost::asio::awaitable<bool> Session::take_piece(
    BodyWriter& writer, platform::Bytes piece, std::uint64_t from
) {
    while (true) {
        const std::uint64_t beyond = from + piece.size() + 1;
        const auto fault = faults_.next(FaultPoint::body, from, beyond);
        const std::uint64_t until = fault ? fault->fault.at_byte : from + piece.size();
        const platform::Bytes part = piece.first(until - from);
        if (body_rate_ > 0 && !part.empty()) {
            const std::uint64_t wait = part.size() * 1000 / body_rate_;
            co_await site_.clock.sleep_for(platform::Duration(wait));
        }
        const auto pushed = part.empty() ? platform::Result<void>() : writer.push(part);
        if (!pushed) {
            const Answer answer = failed(pushed.error());
            co_await send_and_close(answer);
            co_return false;
        }
        piece = piece.subspan(part.size());
        from = until;
        if (!fault) co_return true;
        if (!takes_place(fault)) continue;
        const bool goes_on = co_await strike_body(writer, fault->fault.action);
        if (!goes_on) co_return false;
    }
}

/// What a fault inside the body does. False when the request is over.
boost::asio::awaitable<bool> Session::strike_body(BodyWriter& writer, const FaultAction& action) {
    switch (action.kind) {
        case FaultKind::corrupt:
            writer.corrupt_next_byte(action.silent);
            co_return true;
        case FaultKind::keep_part:
            writer.keep_only_this();
            co_return true;
        case FaultKind::slow:
            body_rate_ = action.bytes;
            co_return true;
        case FaultKind::storage_full: {
            writer.give_up();
            const Answer answer = bare_answer(site_.rules.profile->storage_full_status);
            co_await send_and_close(answer);
            co_return false;
        }
        case FaultKind::stall:
        case FaultKind::expire_upload:
        case FaultKind::expire_tokens:
        case FaultKind::lock:
        case FaultKind::reset:
        case FaultKind::close:
        case FaultKind::answer:
        case FaultKind::restart:
        case FaultKind::crash:
        case FaultKind::edit_answer:
        case FaultKind::withhold_continue:
        case FaultKind::lose_store:
        case FaultKind::buffer:
            break;
    }
    if (ends_request(action.kind)) cut(writer, cut_of(action.kind));
    const Passed passed = co_await act(action);
    if (passed == Passed::on) begin_body();
    if (passed != Passed::on && !ends_request(action.kind)) cut(writer, Cut::broken);
    co_return passed == Passed::on;
}

}  // namespace sfmkit::mockserver
