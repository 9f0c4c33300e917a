#include "mockserver/tus/answer.hpp"

#include "platform/assert.hpp"
#include "wire/http_codec.hpp"
#include "wire/http_date.hpp"
#include "wire/tus_headers.hpp"

#include <algorithm>
#include <vector>

namespace sfmkit::mockserver {
namespace {

const RefusalRow& row_of(const Profile& profile, Refusal refusal) {
    const auto row = std::ranges::find(profile.refusals, refusal, &RefusalRow::refusal);
    SFM_ASSERT(row != profile.refusals.end());
    return *row;
}

std::string fill(std::string_view text, std::initializer_list<std::string> parts) {
    std::string filled(text);
    char digit = '0';
    for (const std::string& part : parts) {
        const std::string mark = std::string("{") + digit++ + "}";
        const std::size_t place = filled.find(mark);
        if (place != std::string::npos) filled.replace(place, mark.size(), part);
    }
    return filled;
}

std::string_view reason_of(const Profile& profile, int status) {
    const auto row = std::ranges::find(profile.reasons, status, &ReasonRow::status);
    return row == profile.reasons.end() ? std::string_view() : row->reason;
}

bool has_no_body(int status, const wire::RequestHead* request) {
    return status == 204 || (request != nullptr && request->method == "HEAD");
}

/// What tus wants on each answer, where the engine has not set it.
void complete_tus_headers(const wire::RequestHead* request, wire::HeaderFields& fields) {
    const std::string_view method = request == nullptr ? std::string_view() : request->method;
    const bool has_version = fields.has(wire::tus::resumable);
    if (method != "OPTIONS" && !has_version) fields.add(wire::tus::resumable, wire::tus::version);
    const bool is_head = method == "HEAD";
    if (is_head && !fields.has("Cache-Control")) fields.add("Cache-Control", "no-store");
}

wire::HeaderFields arrange(
    const wire::HeaderFields& fields, std::span<const std::string_view> order
) {
    wire::HeaderFields arranged;
    const auto named = [&](const wire::HeaderField& field) {
        return std::ranges::find(order, field.name) != order.end();
    };
    for (const std::string_view name : order) {
        if (const auto value = fields.first(name)) arranged.add(name, *value);
    }
    for (const wire::HeaderField& field : fields.all()) {
        if (!named(field)) arranged.add(field.name, field.value);
    }
    return arranged;
}

}  // namespace

Answer refuse(const Profile& profile, Refusal refusal, std::initializer_list<std::string> parts) {
    const RefusalRow& row = row_of(profile, refusal);
    Answer answer{
        .status = row.status, .fields = {}, .text = fill(row.text, parts), .text_type = {}
    };
    if (!answer.text.empty()) answer.text_type = profile.text_type;
    answer.refusal = refusal;
    answer.parts = parts;
    if (row.status == 404 && profile.no_store_on_not_found) {
        answer.fields.add("Cache-Control", "no-store");
    }
    answer.fields.add(wire::tus::resumable, wire::tus::version);
    if (row.status == 412) answer.fields.add(wire::tus::supported_versions, wire::tus::version);
    return answer;
}

Answer bare_answer(int status) {
    return {.status = status, .fields = {}, .text = {}, .text_type = {}};
}

PrintedAnswer arrange_answer(
    const Profile& profile,
    const Answer& answer,
    const wire::RequestHead* request,
    bool closing,
    platform::WallTime now
) {
    const bool no_body = has_no_body(answer.status, request);
    const bool chunked = !no_body && !answer.text.empty() &&
                         profile.text_framing == TextFraming::chunked && request != nullptr &&
                         request->version_minor > 0;
    const bool until_close = !no_body && !answer.text.empty() &&
                             profile.text_framing == TextFraming::chunked && !chunked;
    wire::HeaderFields fields;
    fields.add("Date", wire::print_http_date(std::chrono::floor<std::chrono::seconds>(now)));
    if (!profile.server_header.empty()) fields.add("Server", profile.server_header);
    if (closing) fields.add("Connection", "close");
    if (!answer.text_type.empty()) fields.add("Content-Type", answer.text_type);
    if (chunked) {
        fields.add("Transfer-Encoding", "chunked");
    } else if (!no_body && !until_close) {
        fields.add("Content-Length", std::to_string(answer.text.size()));
    }
    for (const wire::HeaderField& field : answer.fields.all()) fields.add(field.name, field.value);
    if (profile.tus_headers_always) complete_tus_headers(request, fields);
    PrintedAnswer printed{
        .reason = reason_of(profile, answer.status),
        .fields = arrange(fields, profile.head_order),
        .body = {},
    };
    if (no_body) return printed;
    printed.body = answer.text;
    if (chunked) {
        printed.body = wire::print_chunk(platform::as_bytes(answer.text));
        printed.body += wire::print_chunk({});
    }
    return printed;
}

std::string print_answer(
    const Profile& profile,
    const Answer& answer,
    const wire::RequestHead* request,
    bool closing,
    platform::WallTime now
) {
    const PrintedAnswer printed = arrange_answer(profile, answer, request, closing, now);
    return wire::print_response_head(answer.status, printed.reason, printed.fields) + printed.body;
}

}  // namespace sfmkit::mockserver
