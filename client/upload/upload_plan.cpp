#include "client/upload/upload_plan.hpp"

#include "platform/assert.hpp"
#include "wire/http_date.hpp"
#include "wire/tus_headers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::client {
namespace {

using platform::Duration;
using platform::Errc;
using platform::Error;
using platform::WallTime;

std::string_view method_of(RequestKind request) noexcept {
    switch (request) {
        case RequestKind::create:
            return "POST";
        case RequestKind::ask_offset:
            return "HEAD";
        case RequestKind::send_chunk:
            return "PATCH";
    }
    return "";
}

std::string_view hoped_for(RequestKind request) noexcept {
    switch (request) {
        case RequestKind::create:
            return "201 with a Location";
        case RequestKind::ask_offset:
            return "200 with Upload-Offset";
        case RequestKind::send_chunk:
            return "204 with Upload-Offset";
    }
    return "";
}

Step::Kind step_kind(RequestKind request) noexcept {
    switch (request) {
        case RequestKind::create:
            return Step::Kind::create;
        case RequestKind::ask_offset:
            return Step::Kind::ask_offset;
        case RequestKind::send_chunk:
            break;
    }
    return Step::Kind::ask_offset;  // a chunk is never repeated without asking
}

std::optional<std::uint64_t> told_offset(const wire::ResponseHead& head) {
    const auto value = head.fields.first(wire::tus::upload_offset);
    if (!value) return std::nullopt;
    const auto number = wire::parse_number_strictly(*value);
    return number ? std::optional(*number) : std::nullopt;
}

std::string next_step_for(int status) {
    if (status == 401) return "give a valid access token: --token-file or --token-command";
    if (status == 403) return "check the access that the service asks for";
    if (status == 404) return "check the path of --url: uploads are created at /files";
    if (status == 413) return "ask the service for its limits, or try a smaller --chunk-size";
    return "";
}

}  // namespace

UploadPlan::UploadPlan(PlanInput input, platform::Random& random)
    : input_(std::move(input)), random_(random) {
    SFM_ASSERT(input_.chunk_bytes > 0);
    if (!input_.begun) return;
    upload_ = input_.begun->url;
    expires_ = input_.begun->expires;
    asked_resumed_ = false;
    reach_ = input_.size_bytes;
}

Step UploadPlan::start(WallTime now) {
    if (!upload_) return create(Duration(0));
    // The specification lets a server remove an upload that has expired: asking is in vain.
    if (!expires_ || now < *expires_) return ask_offset(Duration(0));
    Step step = forget_upload(
        {.code = Errc::refused, .what = "the upload has expired", .where = asked_url()}
    );
    renewed_ = false;  // we saw it coming: the server may still lose the new one once
    return step;
}

Step UploadPlan::after(const Outcome& outcome, WallTime now) {
    return unless_expired(decide_next(outcome, now), now);
}

Step UploadPlan::decide_next(const Outcome& outcome, WallTime now) {
    Duration at_least(0);
    Decision decision = decide_without_answer(request_);
    if (outcome.answer) {
        answered_ = true;
        decision = decide(request_, outcome.answer->status);
        const auto wish = outcome.answer->fields.first("Retry-After");
        const auto date = outcome.answer->fields.first("Date");
        const auto told = date ? wire::parse_http_date(*date) : std::nullopt;
        const WallTime its_now = told ? WallTime(*told) : now;
        if (wish) at_least = parse_retry_after(*wish, its_now).value_or(Duration(0));
    }
    switch (decision) {
        case Decision::take:
            return take(*outcome.answer, now);
        case Decision::ask_offset:
            return try_again(Step::Kind::ask_offset, unexpected_answer(outcome), at_least);
        case Decision::repeat:
            return try_again(step_kind(request_), unexpected_answer(outcome), at_least);
        case Decision::new_upload:
            return forget_upload(unexpected_answer(outcome));
        case Decision::new_token:
            return renew_token(unexpected_answer(outcome));
        case Decision::give_up:
            return refuse(unexpected_answer(outcome));
    }
    return refuse(unexpected_answer(outcome));
}

Step UploadPlan::create(Duration pause) {
    request_ = RequestKind::create;
    Step step;
    step.kind = Step::Kind::create;
    step.pause = pause;
    return step;
}

Step UploadPlan::ask_offset(Duration pause) {
    request_ = RequestKind::ask_offset;
    Step step;
    step.kind = Step::Kind::ask_offset;
    step.pause = pause;
    step.upload = upload_;
    step.offset = offset_;
    step.expires = expires_;
    return step;
}

Step UploadPlan::go_on_at(std::uint64_t offset) {
    SFM_ASSERT(offset <= input_.size_bytes);
    offset_ = offset;
    if (offset == input_.size_bytes) return done();
    request_ = RequestKind::send_chunk;
    length_ = std::min(input_.chunk_bytes, input_.size_bytes - offset);
    reach_ = std::max(reach_, offset + length_);
    Step step;
    step.kind = Step::Kind::send_chunk;
    step.upload = upload_;
    step.offset = offset;
    step.length = length_;
    step.expires = expires_;
    return step;
}

Step UploadPlan::done() {
    Step step;
    step.kind = Step::Kind::done;
    step.upload = upload_;
    step.offset = input_.size_bytes;
    step.expires = expires_;
    return step;
}

Step UploadPlan::give_up(UploadFailure failure) {
    Step step;
    step.kind = Step::Kind::give_up;
    step.upload = upload_;
    step.offset = offset_;
    step.expires = expires_;
    step.failure = std::move(failure);
    return step;
}

Step UploadPlan::refuse(Error error) {
    error.code = Errc::refused;
    return give_up({.run_again = false, .error = std::move(error)});
}

Step UploadPlan::forget_upload(Error error) {
    if (renewed_) {
        error.what += "; it had been created anew already";
        return refuse(std::move(error));
    }
    renewed_ = true;
    upload_.reset();
    expires_.reset();
    asked_resumed_ = true;
    offset_ = highest_ = reach_ = 0;
    Step step = create(Duration(0));
    step.trouble = std::move(error);
    return step;
}

Step UploadPlan::renew_token(Error error) {
    if (!input_.sends_token) return refuse(std::move(error));
    if (!input_.has_more_tokens || ++new_tokens_ > input_.limits.new_tokens) {
        return give_up({.run_again = true, .error = std::move(error), .concerns_all = true});
    }
    Step step = request_ == RequestKind::create ? create(Duration(0)) : ask_offset(Duration(0));
    step.new_token = true;
    step.trouble = std::move(error);
    return step;
}

Step UploadPlan::unless_expired(Step step, WallTime now) {
    const bool asks_for_upload =
        step.kind == Step::Kind::ask_offset || step.kind == Step::Kind::send_chunk;
    if (!asks_for_upload || !expires_ || now + step.pause < *expires_) return step;
    // Once for each file, like an upload that the server says is gone.
    Step anew = forget_upload(
        {.code = Errc::refused, .what = "the upload has expired", .where = asked_url()}
    );
    anew.pause = step.pause;
    anew.new_token = step.new_token;
    return anew;
}

Step UploadPlan::try_again(Step::Kind kind, Error error, Duration at_least) {
    ++failures_;
    const bool never_answered = input_.first_contact && !answered_;
    const unsigned tries =
        never_answered ? input_.limits.tries_before_first_answer : input_.limits.tries;
    if (failures_ >= tries) {
        error.what += fmt::format(" ({} times in a row)", failures_);
        return give_up({.run_again = true, .error = std::move(error)});
    }
    if (at_least > input_.limits.longest_retry_after) {
        error.next = fmt::format("run again in {} s", at_least / std::chrono::seconds(1));
        return give_up({.run_again = true, .error = std::move(error)});
    }
    const Duration pause = pause_after_failure(failures_, input_.limits, random_);
    Step step = kind == Step::Kind::create ? create(std::max(pause, at_least))
                                           : ask_offset(std::max(pause, at_least));
    step.trouble = std::move(error);
    return step;
}

Step UploadPlan::take(const wire::ResponseHead& head, WallTime now) {
    switch (request_) {
        case RequestKind::create:
            return take_created(head, now);
        case RequestKind::ask_offset:
            return take_offset(head);
        case RequestKind::send_chunk:
            break;
    }
    return take_stored(head, now);
}

Step UploadPlan::take_created(const wire::ResponseHead& head, WallTime now) {
    const auto location = head.fields.first("Location");
    if (!location) {
        return refuse(
            {.code = Errc::refused,
             .what = "the server created an upload without telling where",
             .where = asked_url(),
             .expected = "a Location header",
             .actual = "none"}
        );
    }
    auto resolved = resolve_location(input_.service, *location);
    if (!resolved) return refuse(std::move(resolved.error()));
    upload_ = std::move(*resolved);
    new_tokens_ = 0;
    failures_ = 0;
    note_expiry(head, now);
    return go_on_at(0);
}

Step UploadPlan::take_offset(const wire::ResponseHead& head) {
    const auto offset = told_offset(head);
    if (!offset) {
        Error error{
            .code = Errc::malformed,
            .what = "the answer to HEAD tells no valid Upload-Offset",
            .where = asked_url(),
            .actual = std::string(head.fields.first(wire::tus::upload_offset).value_or(""))
        };
        return try_again(Step::Kind::ask_offset, std::move(error), Duration(0));
    }
    const auto length = head.fields.first(wire::tus::upload_length);
    if (length && wire::parse_number_strictly(*length) != input_.size_bytes) {
        return refuse(
            {.code = Errc::refused,
             .what = "the server's upload has another length than the file",
             .where = asked_url(),
             .expected = std::to_string(input_.size_bytes),
             .actual = std::string(*length)}
        );
    }
    if (!asked_resumed_ && input_.begun->chunk_bytes > 0) {
        // A chunk of the earlier run may still be on its way, so the offset may yet grow by one.
        const std::uint64_t held = std::min(*offset, input_.size_bytes);
        reach_ = held + std::min(input_.begun->chunk_bytes, input_.size_bytes - held);
    }
    asked_resumed_ = true;
    if (*offset > input_.size_bytes || *offset > reach_) {
        return refuse(
            {.code = Errc::refused,
             .what = "the server claims to hold more than was sent",
             .where = asked_url(),
             .expected = "an offset up to " + std::to_string(std::min(reach_, input_.size_bytes)),
             .actual = std::to_string(*offset)}
        );
    }
    note_progress(*offset);
    return go_on_at(*offset);
}

Step UploadPlan::take_stored(const wire::ResponseHead& head, WallTime now) {
    note_expiry(head, now);
    const auto offset = told_offset(head);
    const bool moved = offset && *offset > offset_ && *offset <= reach_;
    if (moved) {
        frozen_ = 0;
        note_progress(*offset);
        return go_on_at(*offset);
    }
    Error error{
        .code = Errc::malformed,
        .what = "the answer to PATCH tells no offset that can be",
        .where = asked_url(),
        .expected = fmt::format("{} to {}", offset_ + 1, offset_ + length_),
        .actual = std::string(head.fields.first(wire::tus::upload_offset).value_or("none"))
    };
    if (++frozen_ >= input_.limits.frozen_offsets) {
        error.what = "the upload does not advance although every chunk is accepted";
        return refuse(std::move(error));
    }
    return try_again(Step::Kind::ask_offset, std::move(error), Duration(0));
}

void UploadPlan::note_expiry(const wire::ResponseHead& head, WallTime now) {
    const auto value = head.fields.first(wire::tus::upload_expires);
    const auto expires = value ? wire::parse_http_date(*value) : std::nullopt;
    if (!expires) return;
    // The server's clock may differ from ours: what counts is the time left by its own Date.
    const auto date_value = head.fields.first("Date");
    const auto date = date_value ? wire::parse_http_date(*date_value) : std::nullopt;
    const Duration left = date ? Duration(*expires - *date) : Duration(*expires - now);
    if (left > Duration(0)) expires_ = now + left;
}

void UploadPlan::note_progress(std::uint64_t offset) {
    if (offset <= highest_) return;
    highest_ = offset;
    failures_ = 0;
    new_tokens_ = 0;
}

std::string UploadPlan::asked_url() const {
    return print(upload_ ? *upload_ : input_.service);
}

Error UploadPlan::unexpected_answer(const Outcome& outcome) const {
    if (!outcome.answer) {
        Error error = outcome.answer.error();
        if (error.where.empty()) error.where = asked_url();
        return error;
    }
    const wire::ResponseHead& head = *outcome.answer;
    Error error{.code = Errc::refused, .where = asked_url()};
    error.what = fmt::format("the server answered {} to {}", head.status, method_of(request_));
    error.expected = std::string(hoped_for(request_));
    error.actual = std::to_string(head.status);
    if (!head.reason.empty()) error.actual += ' ' + head.reason;
    if (!outcome.text.empty()) error.actual += ": " + outcome.text;
    if (head.status >= 300 && head.status < 400) {
        const auto location = head.fields.first("Location");
        error.actual += location ? fmt::format(" to {}", *location) : ", no Location to show";
        error.next = "give the final address as --url; redirects are never followed";
    } else {
        error.next = next_step_for(head.status);
    }
    return error;
}

}  // namespace sfmkit::client
