#include "client/upload/file_upload.hpp"

#include "wire/http_date.hpp"
#include "wire/tus_headers.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::client {
namespace {

using platform::Duration;
using platform::Errc;
using platform::Error;
using platform::Result;
namespace tus = wire::tus;
namespace sfm = wire::sfm;

/// How soon a pause notices that we are to stop.
constexpr Duration stop_latency{500};
constexpr int too_many_requests = 429;
/// Smaller moves of the expiry are not worth a line of the journal.
constexpr Duration expiry_step{60'000};

std::string_view file_name(std::string_view relative) {
    return relative.substr(relative.rfind('/') + 1);
}

std::string metadata_of(const ExportFile& file, const std::string& session) {
    return wire::print_metadata({
        {std::string(sfm::metadata_name), platform::to_buffer(file_name(file.name))},
        {std::string(sfm::metadata_content_type), platform::to_buffer(sfm::octet_stream)},
        {std::string(sfm::metadata_file_type), platform::to_buffer(sfm::upload_file_type(file.kind))
        },
        {std::string(sfm::metadata_session_id), platform::to_buffer(session)},
    });
}

bool asks_for_something(const Step& step) {
    return step.kind != Step::Kind::done && step.kind != Step::Kind::give_up;
}

}  // namespace

FileUpload::FileUpload(UploadRun& run, UploadSlot& slot, const ExportFile& file)
    : run_(run), slot_(slot), file_(file) {
    outcome_.name = file.name;
    outcome_.size_bytes = file.size_bytes;
}

boost::asio::awaitable<FileOutcome> FileUpload::upload() {
    const bool needed = co_await compare_with_journal();
    if (!needed) co_return outcome_;
    const std::unique_ptr<Plan> plan = run_.settings.make_plan(plan_input(), run_.world.random);
    co_await converse(*plan);
    // Otherwise it would count as an orphan.
    if (intent_unused_) check(run_.journal.note_not_created(file_.name));
    co_return outcome_;
}

PlanInput FileUpload::plan_input() const {
    PlanInput input;
    input.service = run_.settings.service;
    input.size_bytes = file_.size_bytes;
    input.chunk_bytes = run_.settings.chunk_bytes;
    input.limits = run_.settings.retries;
    input.sends_token = run_.token.is_wanted();
    input.has_more_tokens = run_.token.has_more();
    input.first_contact = run_.answers == 0;
    const JournalFile* known = run_.journal.find(file_.name);
    if (known == nullptr || !known->upload) return input;
    const auto url = parse_url(*known->upload);
    if (!url || !same_origin(*url, input.service)) return input;
    input.begun = BegunUpload{*url, known->expires, run_.journal.state().chunk_bytes};
    return input;
}

boost::asio::awaitable<void> FileUpload::converse(Plan& plan) {
    Step step = plan.start(run_.world.clock.wall_now());
    const JournalFile* known = run_.journal.find(file_.name);
    const bool was_begun = known != nullptr && known->upload;
    if (was_begun && step.kind == Step::Kind::create) check(run_.journal.note_gone(file_.name));
    if (step.upload) run_.observer.upload_known(file_, print(*step.upload));
    while (asks_for_something(step)) {
        const bool go_on = co_await pause_before(step);
        if (!go_on) {
            outcome_.result = FileResult::stopped;
            co_return;
        }
        const bool may_ask = co_await have_token(step);
        if (!may_ask || !prepare(step)) co_return;
        const Outcome outcome = co_await perform(step);
        if (ends_run(outcome)) co_return;
        Step next = plan.after(outcome, run_.world.clock.wall_now());
        note(step, outcome, next);
        step = std::move(next);
    }
    end_with(step);
}

boost::asio::awaitable<bool> FileUpload::pause_before(const Step& step) {
    if (step.trouble) {
        ++outcome_.retries;
        run_.observer.waits(file_, step);
    }
    // The old connection goes first: a server may otherwise still work on what it got there.
    if (step.pause > Duration(0)) slot_.connection.close();
    Duration left = step.pause;
    while (left > Duration(0) && !run_.must_end()) {
        const Duration slice = std::min(left, stop_latency);
        co_await run_.world.clock.sleep_for(slice);
        left -= slice;
    }
    co_return !run_.must_end();
}

bool FileUpload::prepare(const Step& step) {
    if (step.kind == Step::Kind::create && !intent_unused_) {
        check(run_.journal.note_intent(file_.name, fingerprint_));
        intent_unused_ = true;
        return !run_.fatal;
    }
    if (step.kind != Step::Kind::send_chunk) return true;
    if (!is_unchanged()) return false;
    slot_.chunk.resize(std::max<std::size_t>(slot_.chunk.size(), step.length));
    const auto target = platform::MutableBytes(slot_.chunk).first(step.length);
    const auto count = content_->read_at(step.offset, target);
    if (!count) {
        end_unread(count.error());
        return false;
    }
    if (*count == step.length) return true;
    end_changed(fmt::format("{} bytes", file_.size_bytes), "fewer bytes");
    return false;
}

HttpRequest FileUpload::request_for(const Step& step) const {
    HttpRequest request;
    request.url = step.upload ? *step.upload : run_.settings.service;
    wire::HeaderFields& fields = request.fields;
    fields.add("Host", host_field(request.url));
    fields.add(tus::resumable, tus::version);
    if (step.kind == Step::Kind::create) {
        request.method = "POST";
        fields.add(tus::upload_length, std::to_string(file_.size_bytes));
        fields.add(tus::upload_metadata, metadata_of(file_, run_.journal.state().session));
        fields.add("Content-Length", "0");
    } else if (step.kind == Step::Kind::ask_offset) {
        request.method = "HEAD";
    } else {
        request.method = "PATCH";
        request.body = platform::Bytes(slot_.chunk).first(step.length);
        const wire::Checksum checksum{
            "sha1", platform::digest_of(*run_.world.algorithms.sha1, request.body)
        };
        fields.add(tus::upload_offset, std::to_string(step.offset));
        fields.add(tus::upload_checksum, wire::print_checksum(checksum));
        fields.add("Content-Length", std::to_string(step.length));
        fields.add("Content-Type", tus::offset_content_type);
    }
    return request;
}

boost::asio::awaitable<bool> FileUpload::have_token(const Step& step) {
    const bool first = run_.token.is_wanted() && run_.token.generation() == 0;
    if (!first && !step.new_token) co_return true;
    if (first) token_used_ = 0;
    auto renewed = co_await run_.token.renew(token_used_);
    if (renewed) co_return true;
    // The others would be refused alike.
    run_.locked_out = true;
    end_with(FileResult::run_again, std::move(renewed.error()));
    co_return false;
}

boost::asio::awaitable<Outcome> FileUpload::perform(const Step& step) {
    const HttpRequest request = request_for(step);
    token_used_ = run_.token.generation();
    HttpExchange exchange = co_await run_.credentials.exchange(slot_.connection, request);
    reached_server_ = exchange.reached_server;
    outcome_.bytes_sent += exchange.body_bytes_sent;
    run_.observer.bytes_sent(exchange.body_bytes_sent);
    if (exchange.answer) ++run_.answers;
    if (exchange.answer && exchange.answer->status == too_many_requests) run_.slow_down();
    Outcome outcome{std::move(exchange.answer), std::move(exchange.text)};
    co_return outcome;
}

bool FileUpload::ends_run(const Outcome& outcome) {
    if (outcome.answer || reached_server_) return false;
    const Errc code = outcome.answer.error().code;
    if (code != Errc::unusable_key && code != Errc::usage) return false;
    check(std::unexpected(outcome.answer.error()));
    outcome_.result = FileResult::run_again;
    return true;
}

void FileUpload::note(const Step& asked, const Outcome& outcome, const Step& next) {
    if (asked.kind == Step::Kind::create) {
        note_creation(outcome, next);
    } else if (next.kind == Step::Kind::create) {
        check(run_.journal.note_gone(file_.name));
        outcome_.bytes_acknowledged = 0;
        run_.observer.bytes_acknowledged(file_, -static_cast<std::int64_t>(offset_));
        offset_ = 0;
    } else if (next.expires &&
               (!noted_expiry_ || std::chrono::abs(*next.expires - *noted_expiry_) > expiry_step)) {
        check(run_.journal.note_extended(file_.name, *next.expires));
        noted_expiry_ = next.expires;
    }
    note_offset(next);
    note_trouble(next);
}

void FileUpload::note_creation(const Outcome& outcome, const Step& next) {
    if (next.upload) {
        // A complete upload does not expire.
        const bool may_expire = file_.size_bytes > 0;
        run_.names_no_expiry = run_.names_no_expiry || (may_expire && !next.expires);
        check(run_.journal.note_created(file_.name, print(*next.upload), next.expires));
        run_.observer.upload_known(file_, print(*next.upload));
        noted_expiry_ = next.expires;
        offset_known_ = true;
        intent_unused_ = false;
        return;
    }
    intent_unused_ =
        !reached_server_ || (outcome.answer && proves_nothing_was_created(outcome.answer->status));
}

void FileUpload::note_offset(const Step& next) {
    if (next.kind != Step::Kind::send_chunk && next.kind != Step::Kind::done) return;
    if (!offset_known_) {
        offset_known_ = true;
        run_.observer.bytes_found(file_, next.offset);
    } else {
        const auto gained =
            static_cast<std::int64_t>(next.offset) - static_cast<std::int64_t>(offset_);
        run_.observer.bytes_acknowledged(file_, gained);
        // Bytes of an earlier run that the server lost again are no gain of this one.
        const auto total = static_cast<std::int64_t>(outcome_.bytes_acknowledged) + gained;
        outcome_.bytes_acknowledged = static_cast<std::uint64_t>(std::max<std::int64_t>(0, total));
    }
    offset_ = next.offset;
}

void FileUpload::note_trouble(const Step& next) {
    if (!next.trouble && asks_for_something(next)) {
        answers_at_trouble_.reset();
    } else if (!answers_at_trouble_) {
        answers_at_trouble_ = run_.answers;
    }
}

void FileUpload::end_with(const Step& last) {
    if (last.kind == Step::Kind::done) {
        if (!is_unchanged()) return;
        check(run_.journal.note_completed(file_.name));
        outcome_.result = FileResult::completed;
        return;
    }
    const UploadFailure& failure = *last.failure;
    // Nobody got an answer since this file's trouble began: the others would fare no better.
    if (failure.run_again && answers_at_trouble_ == run_.answers) run_.server_gone = true;
    if (failure.concerns_all) run_.locked_out = true;
    if (!failure.run_again) check(run_.journal.note_refused(file_.name));
    end_with(failure.run_again ? FileResult::run_again : FileResult::refused, failure.error);
}

void FileUpload::end_with(FileResult result, Error error) {
    outcome_.result = result;
    outcome_.error = std::move(error);
    const JournalFile* known = run_.journal.find(file_.name);
    const Trouble noted = known == nullptr ? Trouble::none : known->trouble;
    // A refusal by the server is noted already; only a better try after it outweighs it.
    const bool is_noted =
        noted == Trouble::failed || (noted == Trouble::refused && result == FileResult::refused);
    if (!is_noted) check(run_.journal.note_failed(file_.name));
}

void FileUpload::check(const Result<void>& written) {
    if (!written && !run_.fatal) run_.fatal = written.error();
}

}  // namespace sfmkit::client
