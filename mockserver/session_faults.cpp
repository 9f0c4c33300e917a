#include "mockserver/session.hpp"
#include "mockserver/sfm/file_claims.hpp"
#include "platform/log.hpp"

#include <limits>
#include <utility>

// Faults that were ordered.

namespace sfmkit::mockserver {
namespace {

constexpr std::uint64_t any_byte = std::numeric_limits<std::uint64_t>::max();
constexpr platform::Duration look_every = std::chrono::milliseconds(50);
/// A client that waits longer than this for an answer would wait for ever.
constexpr platform::Duration longest_stall = std::chrono::hours(1);

}  // namespace

void Session::meet_connection() {
    if (!site_.faults.empty()) faults_ = site_.faults.meet({});
}

/// Asks which faults this request meets. False when there is none.
bool Session::meet_request(const platform::Result<Known>& known) {
    withholds_continue_ = false;
    buffers_ = false;
    body_rate_ = 0;
    edits_.clear();
    faults_ = {};
    if (site_.faults.empty()) return false;
    const wire::RequestHead& head = stream_.reader().head();
    const bool is_known = known && known->upload;
    const std::string_view text =
        is_known ? std::string_view(known->upload->metadata)
                 : head.fields.first(wire::tus::upload_metadata).value_or(std::string_view());
    const FileClaims claims = file_claims(text);
    faults_ = site_.faults.meet({
        .method = head.method,
        .upload_id = evidence_.upload_id,
        .file_name = claims.name,
        .session = claims.session_id,
        .file_type = claims.file_type,
    });
    return !faults_.empty();
}

boost::asio::awaitable<Session::Passed> Session::pass_faults() {
    const Passed passed = co_await strike(FaultPoint::head);
    if (passed != Passed::on || !buffers_) co_return passed;
    const bool asked = co_await ask_for_body();
    if (!asked) co_return Passed::ended;
    const bool buffered = co_await buffer_body();
    co_return buffered ? Passed::on : Passed::ended;
}

/// All faults of this point.
boost::asio::awaitable<Session::Passed> Session::strike(FaultPoint point) {
    while (const auto fault = faults_.next(point, 0, any_byte)) {
        if (!takes_place(fault)) continue;
        const Passed passed = co_await act(fault->fault.action);
        if (passed != Passed::on) co_return passed;
    }
    co_return Passed::on;
}

/// The body is there and does not count yet.
boost::asio::awaitable<Session::Passed> Session::strike_whole_body(BodyWriter& writer) {
    while (const auto fault = faults_.next(FaultPoint::after_body, 0, any_byte)) {
        if (!takes_place(fault)) continue;
        const FaultKind kind = fault->fault.action.kind;
        if (ends_request(kind)) cut(writer, cut_of(kind));
        const Passed passed = co_await act(fault->fault.action);
        if (passed != Passed::on) co_return passed;
    }
    co_return Passed::on;
}

/// Counts the strike and tells it. False when the fault has no more strikes left.
bool Session::takes_place(const std::shared_ptr<ArmedFault>& fault) {
    if (!site_.faults.strike(faults_, fault)) return false;
    evidence_.faults.push_back(fault->fault.name);
    site_.evidence.fault_struck(fault->fault.name, place_of(evidence_));
    return true;
}

/// What may happen at any point.
boost::asio::awaitable<Session::Passed> Session::act(const FaultAction& action) {
    const Phase before = std::exchange(phase_, Phase::handling);
    switch (action.kind) {
        case FaultKind::reset:
            end_silently(true);
            co_return Passed::ended;
        case FaultKind::close:
            end_silently(false);
            co_await wait_for_close();
            co_return Passed::ended;
        case FaultKind::stall: {
            const Passed passed = co_await stall(action.time);
            phase_ = before;
            co_return passed;
        }
        case FaultKind::answer:
            co_return co_await answer_instead(action);
        case FaultKind::withhold_continue:
            withholds_continue_ = true;
            break;
        case FaultKind::buffer:
            buffers_ = !site_.rules.behind_nginx;
            break;
        case FaultKind::lose_store:
            lose_store(action.bytes);
            break;
        case FaultKind::expire_upload:
            expire_upload();
            break;
        case FaultKind::expire_tokens:
            site_.credentials.expire();
            break;
        case FaultKind::lock:
            site_.held_locks[evidence_.upload_id] =
                site_.clock.steady_now() + action.time.value_or(platform::Duration(0));
            break;
        case FaultKind::restart:
        case FaultKind::crash: {
            end_silently(true);
            const bool crashes = action.kind == FaultKind::crash && site_.crash;
            // Evidence of a request that ends the process must be kept before.
            co_await site_.evidence.kept();
            if (crashes) site_.crash();
            if (!crashes && site_.restart) site_.restart(action);
            co_return Passed::ended;
        }
        case FaultKind::slow:
        case FaultKind::edit_answer:
        case FaultKind::corrupt:
        case FaultKind::keep_part:
        case FaultKind::storage_full:
            // Where they can strike they are done by whoever has the bytes.
            break;
    }
    phase_ = before;
    co_return Passed::on;
}

void Session::end_silently(bool reset) {
    if (evidence_.request == 0) begin_evidence();
    tell_end(RequestEnd::silenced);
    if (reset) {
        transport_->reset();
    } else {
        transport_->shutdown_send();
    }
}

boost::asio::awaitable<Session::Passed> Session::stall(std::optional<platform::Duration> time) {
    const platform::SteadyTime until = site_.clock.steady_now() + time.value_or(longest_stall);
    while (site_.clock.steady_now() < until) {
        if (stopping_ || transport_->other_side_ended()) {
            tell_end(RequestEnd::silenced);
            transport_->reset();
            co_return Passed::ended;
        }
        const auto left =
            std::chrono::duration_cast<platform::Duration>(until - site_.clock.steady_now());
        co_await site_.clock.sleep_for(std::min(look_every, left));
    }
    co_return Passed::on;
}

boost::asio::awaitable<Session::Passed> Session::answer_instead(const FaultAction& action) {
    Answer answer = bare_answer(action.status);
    answer.text = action.text;
    if (!answer.text.empty()) answer.text_type = "text/plain";
    edits_.push_back(action);
    const bool goes_on = co_await answer_at_once(std::move(answer), action.close || closes());
    co_return goes_on ? Passed::answered : Passed::ended;
}

/// Forgets what the request stored, but for its first bytes; the answer says the old truth.
void Session::lose_store(std::uint64_t kept_bytes) {
    const std::string& id = evidence_.upload_id;
    const auto stored = site_.store.find(id);
    if (!stored || !stored->has_value()) return;
    Upload upload = **stored;
    const std::uint64_t before = evidence_.offset_before.value_or(0);
    const bool created_here = evidence_.method == "POST";
    if (created_here && kept_bytes == 0) {
        if (auto removed = site_.store.remove(id); !removed) {
            platform::log_warning(platform::describe(removed.error()));
        }
        site_.migrations.removed(id);
        return;
    }
    upload.offset_bytes = std::min(upload.offset_bytes, before + kept_bytes);
    const auto file = site_.store.open_at(id, upload.offset_bytes);
    const auto settled = file ? site_.store.settle(**file, upload)
                              : platform::Result<void>(std::unexpected(file.error()));
    if (!settled) platform::log_warning(platform::describe(settled.error()));
}

void Session::expire_upload() {
    const auto stored = site_.store.find(evidence_.upload_id);
    if (!stored || !stored->has_value()) return;
    Upload upload = **stored;
    upload.expires = site_.clock.wall_now() - std::chrono::seconds(1);
    if (auto updated = site_.store.update(upload); !updated) {
        platform::log_warning(platform::describe(updated.error()));
    }
}

bool Session::is_held(const std::string& id) const {
    const auto held = site_.held_locks.find(id);
    return held != site_.held_locks.end() && site_.clock.steady_now() < held->second;
}

}  // namespace sfmkit::mockserver
