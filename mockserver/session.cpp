#include "mockserver/session.hpp"

#include "mockserver/sfm/migration_watch.hpp"
#include "mockserver/tus/extensions.hpp"
#include "mockserver/upload_lock.hpp"
#include "platform/log.hpp"

#include <array>
#include <utility>

namespace sfmkit::mockserver {
namespace {

wire::FramingReader reader_of(const Rules& rules) {
    return {.policy = rules.profile->framing, .behind_nginx = rules.behind_nginx};
}

wire::HttpLimits limits_of(const Site& site) {
    return site.rules.behind_nginx ? nginx::request_limits(site.limits.http) : site.limits.http;
}

}  // namespace

Session::Session(Site& site, std::unique_ptr<platform::Transport> transport, std::uint64_t number)
    : site_(site),
      transport_(std::move(transport)),
      stream_(*transport_, site.clock, reader_of(site.rules), limits_of(site)),
      buffered_(site.buffered_bytes) {
    evidence_.connection = number;
    evidence_.peer = transport_->peer();
    transport_->set_deadline(site.limits.idle);
}

boost::asio::awaitable<void> Session::run() {
    meet_connection();
    const Passed accepted = co_await strike(FaultPoint::accept);
    while (accepted == Passed::on) {
        const bool go_on = co_await serve_request();
        if (!go_on || stopping_) break;
        stream_.next();
    }
    transport_->close();
}

void Session::stop_softly() noexcept {
    stopping_ = true;
    if (phase_ == Phase::idle && stream_.idle()) transport_->close();
}

void Session::stop_now() noexcept {
    stopping_ = true;
    transport_->close();
}

void Session::break_off() noexcept {
    stopping_ = true;
    transport_->reset();
}

boost::asio::awaitable<bool> Session::serve_request() {
    phase_ = Phase::idle;
    phase_began_ = site_.clock.steady_now();
    buffered_.release();
    const ReadEnd end = co_await stream_.read_head();
    // The answer is on its way already.
    if (too_slow_) co_return false;
    phase_ = Phase::handling;
    begin_evidence();
    if (end == ReadEnd::refused) {
        co_await refuse_form();
        co_return false;
    }
    if (end != ReadEnd::complete) co_return false;
    note_head(stream_.reader().head());
    note_oddities();
    co_return co_await handle();
}

boost::asio::awaitable<void> Session::refuse_form() {
    if (site_.rules.behind_nginx) {
        const nginx::Refusal refusal = nginx::refusal_of_form(stream_.reader(), false);
        co_await refuse_at_nginx(refusal);
        co_return;
    }
    const Answer answer = bare_answer(stream_.reader().refusal().status);
    co_await send_and_close(answer);
}

boost::asio::awaitable<bool> Session::handle() {
    const wire::RequestHead& head = stream_.reader().head();
    const Claim claimed = claim(site_.rules, head);
    evidence_.upload_id = claimed.where.id;
    if (site_.rules.behind_nginx) {
        const Passed passed = co_await pass_nginx();
        if (passed != Passed::on) co_return passed == Passed::answered;
    }
    if (const int status = status_beyond_limits(claimed.action); status != 0) {
        const Answer answer = bare_answer(status);
        co_return co_await answer_and_drain(answer);
    }
    platform::Result<Known> known = look_up(claimed);
    if (meet_request(known)) {
        const Passed passed = co_await pass_faults();
        if (passed != Passed::on) co_return passed == Passed::answered;
        known = look_up(claimed);
    }
    if (!known) {
        const Answer answer = failed(known.error());
        co_return co_await answer_and_drain(answer);
    }
    if (known->upload) note_offset(*known->upload);
    if (auto refused = refuse_expired_credentials(claimed.action)) {
        co_return co_await answer_and_drain(std::move(*refused));
    }
    if (auto refused = refuse_credentials(claimed, *known)) {
        co_return co_await answer_and_drain(std::move(*refused));
    }
    const std::string new_id = claimed.action == Action::create ? make_id() : std::string();
    if (const auto document = site_.documents.find(head.target);
        document != site_.documents.end()) {
        Answer answer = bare_answer(200);
        answer.text = document->second;
        answer.text_type = "application/json";
        co_return co_await answer_and_drain(std::move(answer));
    }
    Decision decision = decide(site_.rules, claimed, head, *known, new_id, site_.clock.wall_now());
    if (auto* plan = std::get_if<WritePlan>(&decision)) {
        co_return co_await write(std::move(*plan));
    }
    if (auto* plan = std::get_if<CreatePlan>(&decision)) {
        co_return co_await create(std::move(*plan));
    }
    Answer answer;
    if (const auto* plan = std::get_if<TerminatePlan>(&decision)) {
        answer = terminate(plan->id);
    } else if (const auto* query = std::get_if<MigrationReportQuery>(&decision)) {
        answer = migration_reports(site_, *query);
    } else {
        answer = std::get<Answer>(std::move(decision));
    }
    co_return co_await give(std::move(answer));
}

Answer Session::terminate(const std::string& id) {
    const auto removed = site_.store.remove(id);
    site_.migrations.removed(id);
    if (removed) site_.evidence.upload_removed(id);
    if (removed && site_.guard != nullptr) site_.guard->upload_ended(id);
    return removed ? terminated() : failed(removed.error());
}

platform::Result<Known> Session::look_up(const Claim& claim) {
    Known known;
    if (claim.where.place == Place::upload && is_upload_id(claim.where.id)) {
        auto upload = site_.store.find(claim.where.id);
        if (!upload) return std::unexpected(upload.error());
        known.upload = std::move(*upload);
        known.locked = site_.locks.contains(claim.where.id) || is_held(claim.where.id);
    }
    for (const std::string& id : part_ids(claim, stream_.reader().head())) {
        if (!is_upload_id(id)) {
            known.parts.emplace_back();
            continue;
        }
        auto part = site_.store.find(id);
        if (!part) return std::unexpected(part.error());
        known.parts.push_back(std::move(*part));
    }
    return known;
}

std::string Session::make_id() {
    std::array<std::byte, 16> bytes{};
    site_.ids.fill(bytes);
    return platform::to_hex(bytes);
}

boost::asio::awaitable<bool> Session::create(CreatePlan plan) {
    evidence_.upload_id = plan.upload.id;
    if (auto refused = refuse_arrival(site_, plan, request_line(evidence_))) {
        evidence_.upload_id.clear();
        co_return co_await give(std::move(*refused));
    }
    const Passed passed = co_await strike(FaultPoint::before_store);
    if (passed != Passed::on) co_return passed == Passed::answered;
    if (auto stored = store_new(plan); !stored) {
        const Answer answer = failed(stored.error());
        co_return co_await answer_and_drain(answer);
    }
    site_.evidence.upload_created(plan.upload);
    if (site_.guard != nullptr) site_.guard->upload_created(plan.upload.id, verdict_);
    note_offset(plan.upload);
    tell(plan.findings);
    Upload upload = plan.upload;
    bool data_refused = plan.data_refused;
    note_arrival(site_, upload, evidence_);
    if (plan.write) {
        const UploadLock lock(site_.locks, upload.id);
        const OpenCall call(site_, evidence_);
        auto writer = BodyWriter::start(site_, *plan.write, stream_.reader().head());
        if (!writer) {
            const Answer answer = failed(writer.error());
            co_return co_await answer_and_drain(answer);
        }
        const bool received = co_await receive(**writer);
        if (!received) co_return false;
        const Passed whole = co_await strike_whole_body(**writer);
        if (whole != Passed::on) co_return whole == Passed::answered;
        const auto ended = (*writer)->end(trailers());
        if (!ended) {
            const Answer answer = failed(ended.error());
            co_return co_await answer_and_drain(answer);
        }
        note_checksum(*ended);
        data_refused = ended->has_value();
        if (ended->has_value()) plan.data_refusal = **ended;
        upload = (*writer)->upload();
    }
    note_offset(upload);
    if (plan.data_refusal) tell_refusal(*plan.data_refusal, &stream_.reader().head());
    if (upload.is_complete()) finished(upload);
    Answer answer = created(site_.rules, plan, upload, data_refused);
    co_return co_await answer_and_drain(std::move(answer));
}

platform::Result<void> Session::store_new(CreatePlan& plan) {
    if (plan.parts.empty()) return site_.store.create(plan.upload);
    return site_.store.create_joined(plan.parts, plan.upload);
}

boost::asio::awaitable<bool> Session::write(WritePlan plan) {
    if (body_is_too_long()) {
        const Answer answer = bare_answer(413);
        co_await send_and_close(answer);
        co_return false;
    }
    if (auto refused = refuse_call(site_, plan.upload, request_line(evidence_))) {
        co_return co_await give(std::move(*refused));
    }
    const Passed passed = co_await strike(FaultPoint::before_store);
    if (passed != Passed::on) co_return passed == Passed::answered;
    const UploadLock lock(site_.locks, plan.upload.id);
    const OpenCall call(site_, evidence_);
    auto writer = BodyWriter::start(site_, plan, stream_.reader().head());
    if (!writer) {
        const Answer answer = failed(writer.error());
        co_return co_await answer_and_drain(answer);
    }
    const bool received = co_await receive(**writer);
    if (!received) co_return false;
    const Passed whole = co_await strike_whole_body(**writer);
    if (whole != Passed::on) co_return whole == Passed::answered;
    const auto ended = (*writer)->end(trailers());
    if (!ended) {
        const Answer answer = failed(ended.error());
        co_return co_await answer_and_drain(answer);
    }
    const std::optional<Answer>& refusal = *ended;
    const Upload& upload = (*writer)->upload();
    note_checksum(refusal);
    note_offset(upload);
    if (!refusal && upload.is_complete()) finished(upload);
    Answer answer = refusal.value_or(patched(upload));
    co_return co_await answer_and_drain(std::move(answer));
}

/// 0 when the request is within what one client may take of this server.
int Session::status_beyond_limits(Action action) const noexcept {
    if (action != Action::create) return 0;
    const Limits& limits = site_.limits;
    const auto metadata = stream_.reader().head().fields.first(wire::tus::upload_metadata);
    const std::size_t size = metadata ? metadata->size() : 0;
    if (limits.metadata_bytes > 0 && size > limits.metadata_bytes) return 431;
    const bool full = limits.uploads > 0 && site_.store.count() >= limits.uploads;
    return full ? site_.rules.profile->storage_full_status : 0;
}

bool Session::closes() const noexcept {
    const std::uint64_t most = site_.limits.requests;
    if (most > 0 && evidence_.request >= most) return true;
    return stopping_ || !stream_.reader().head().keep_alive;
}

bool Session::body_is_too_long() const noexcept {
    const std::uint64_t most = site_.rules.profile->max_body_bytes;
    const wire::RequestHead& head = stream_.reader().head();
    return most > 0 && head.framing == wire::BodyFraming::length && head.content_length > most;
}

Answer Session::failed(const platform::Error& error) {
    platform::log_error(platform::describe(error));
    const bool full = error.code == platform::Errc::disk_full;
    return bare_answer(full ? site_.rules.profile->storage_full_status : 500);
}

void Session::finished(const Upload& upload) {
    site_.evidence.upload_finished(upload);
    site_.migrations.finished(upload.id, site_.clock.wall_now());
    if (!site_.on_finished || upload.role == ConcatRole::partial) return;
    auto metadata = wire::parse_metadata_as_tusdotnet(upload.metadata);
    FinishedUpload done{.upload = upload, .file = site_.store.file_of(upload.id), .metadata = {}};
    if (metadata) done.metadata = std::move(*metadata);
    site_.on_finished(done);
}

}  // namespace sfmkit::mockserver
