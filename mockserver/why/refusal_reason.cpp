#include "mockserver/why/refusal_reason.hpp"

#include "mockserver/why/client_rules.hpp"
#include "platform/assert.hpp"
#include "platform/printable.hpp"
#include "wire/tus_headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::mockserver {
namespace {

constexpr std::array<ReasonOfRefusal, 38> reasons = {{
    {Refusal::version_missing,
     "CORE-06",
     "Tus-Resumable",
     "1.0.0",
     "",
     "the request does not say which version of tus it speaks"},
    {Refusal::version_unsupported,
     "CORE-08",
     "Tus-Resumable",
     "1.0.0",
     "",
     "the version of tus is not known here"},
    {Refusal::length_missing,
     "CRE-16",
     "Upload-Length",
     "the size of the file in bytes, or Upload-Defer-Length: 1",
     "",
     "the creation tells no length"},
    {Refusal::length_unreadable,
     "CORE-03",
     "Upload-Length",
     "digits, at most 9223372036854775807",
     "",
     "the length cannot be read"},
    {Refusal::length_negative,
     "CORE-03",
     "Upload-Length",
     "a number from 0 on",
     "",
     "the length is negative"},
    {Refusal::length_too_large,
     "CRE-27",
     "Upload-Length",
     "at most Tus-Max-Size",
     "",
     "the upload is longer than the server takes"},
    {Refusal::defer_not_supported,
     "EXT-01",
     "Upload-Defer-Length",
     "no such header: creation-defer-length is not offered",
     "",
     "the length cannot be deferred here"},
    {Refusal::defer_not_one,
     "CRE-03",
     "Upload-Defer-Length",
     "1",
     "",
     "the value is not the one that tus knows"},
    {Refusal::length_and_defer,
     "CRE-04",
     "Upload-Defer-Length",
     "no such header beside Upload-Length",
     "",
     "the length is told and deferred at once"},
    {Refusal::length_already_set,
     "CRE-19",
     "Upload-Length",
     "no such header: the length is known",
     "",
     "the length is told a second time"},
    {Refusal::length_still_missing,
     "CRE-18",
     "Upload-Length",
     "the size of the file in bytes",
     "",
     "the deferred length has not come"},
    {Refusal::metadata_empty_key,
     "CRE-08",
     "Upload-Metadata",
     "a key before each value",
     "",
     "a key is empty"},
    {Refusal::metadata_duplicate_key,
     "CRE-11",
     "Upload-Metadata",
     "each key once",
     "",
     "a key comes twice"},
    {Refusal::metadata_not_base64,
     "CRE-10",
     "Upload-Metadata",
     "padded Base64 as the value of {0}",
     "",
     "a value is not Base64"},
    {Refusal::metadata_grammar,
     "CRE-06",
     "Upload-Metadata",
     "`key base64,key base64`",
     "",
     "the pairs are not written as tus wants them"},
    {Refusal::metadata_required,
     "CRE-25",
     "Upload-Metadata",
     "the key {0}",
     "",
     "a key is missing that this server wants"},
    {Refusal::offset_missing,
     "CORE-29",
     "Upload-Offset",
     "the offset of the upload",
     "",
     "the PATCH does not say where its bytes begin"},
    {Refusal::offset_unreadable,
     "CORE-02",
     "Upload-Offset",
     "digits, at most 9223372036854775807",
     "",
     "the offset cannot be read"},
    {Refusal::offset_negative,
     "CORE-02",
     "Upload-Offset",
     "a number from 0 on",
     "",
     "the offset is negative"},
    {Refusal::offset_mismatch,
     "CORE-29",
     "Upload-Offset",
     "{0}",
     "{1}",
     "the bytes do not begin where the upload stands"},
    {Refusal::content_type,
     "CORE-27",
     "Content-Type",
     "application/offset+octet-stream",
     "",
     "the body is not of the type that tus wants"},
    {Refusal::checksum_unreadable,
     "CHK-14",
     "Upload-Checksum",
     "`sha1`, one blank and the Base64 of 20 bytes",
     "",
     "the checksum cannot be read"},
    {Refusal::checksum_algorithm,
     "CHK-05",
     "Upload-Checksum",
     "one of Tus-Checksum-Algorithm",
     "",
     "the algorithm is not known here"},
    {Refusal::checksum_twice,
     "CHT-01",
     "Upload-Checksum",
     "header or trailer",
     "both",
     "the checksum comes twice"},
    {Refusal::checksum_mismatch,
     "CHK-06",
     "Upload-Checksum",
     "the digest of the body that came",
     "",
     "the body is not the one that the checksum was made of"},
    {Refusal::already_complete,
     "F-18",
     "Upload-Offset",
     "no PATCH: the upload is complete",
     "",
     "there is nothing left to send"},
    {Refusal::too_much_data,
     "F-20",
     "body",
     "an end at byte {1} of the upload",
     "at least {0}",
     "the body goes beyond the length of the upload"},
    {Refusal::above_max_size,
     "CRE-27",
     "body",
     "at most Tus-Max-Size",
     "more",
     "the body goes beyond what the server takes"},
    {Refusal::invalid_id,
     "F-50",
     "request target",
     "a Location that this server gave",
     "another form of URL",
     "this cannot be an upload of this server"},
    {Refusal::not_found,
     "F-13",
     "request target",
     "an upload that is there",
     "one that is not, or no longer",
     "the upload is not known"},
    {Refusal::expired,
     "F-14",
     "request target",
     "an upload before its Upload-Expires",
     "one after it",
     "the time of the upload is over"},
    {Refusal::locked,
     "F-54",
     "request target",
     "an upload that no other request writes to",
     "one that is being written to",
     "two requests go to one upload, or an earlier one has not ended yet"},
    {Refusal::final_upload,
     "CON-16",
     "request target",
     "an upload that takes data",
     "a final upload",
     "a final upload is complete when it is made"},
    {Refusal::concat_invalid,
     "CON-05",
     "Upload-Concat",
     "`partial`, or `final;` and URLs",
     "",
     "the value cannot be read"},
    {Refusal::concat_unknown,
     "CON-05",
     "Upload-Concat",
     "URLs of uploads that are there",
     "{0}",
     "a part is not known"},
    {Refusal::concat_unfinished,
     "CON-10",
     "Upload-Concat",
     "parts that are complete",
     "{0}",
     "a part lacks bytes"},
    {Refusal::concat_not_partial,
     "CON-24",
     "Upload-Concat",
     "parts made with Upload-Concat: partial",
     "{0}",
     "a part was not made as one"},
    {Refusal::concat_too_large,
     "CRE-27",
     "Upload-Concat",
     "at most Tus-Max-Size in all",
     "more",
     "the final upload is longer than the server takes"},
}};

/// Answers around tus, by their status.
struct ReasonOfStatus {
    int status;
    std::string_view rule;
    std::string_view field;
    std::string_view expected;
    std::string_view message;
};

constexpr std::array<ReasonOfStatus, 5> reasons_of_status = {{
    {401, "AUT-01", "Authorization", "credentials", "the request carries none"},
    {404,
     "CRE-15",
     "request target",
     "POST on a creation URL such as /files, or HEAD, PATCH or DELETE on an upload",
     "nothing is served there for this method"},
    {408, "CORE-41", "request", "bytes that go on coming", "the client is too slow"},
    {413, "F-28", "Content-Length", "a shorter body", "the body is longer than the server takes"},
    {431, "LIM-01", "Upload-Metadata", "a shorter value", "the header is longer than the limit"},
}};

constexpr std::size_t shown_bytes = 120;

std::string fill(std::string_view text, const std::vector<std::string>& parts) {
    std::string filled(text);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string mark = fmt::format("{{{}}}", i);
        const std::size_t place = filled.find(mark);
        if (place != std::string::npos) filled.replace(place, mark.size(), parts[i]);
    }
    return platform::printable(filled, shown_bytes);
}

/// The field as it came. Credentials are never shown.
std::string value_of(std::string_view field, const wire::RequestHead* request) {
    if (request == nullptr) return "nothing that could be read";
    const auto value = request->fields.first(field);
    if (!value) return "no such header";
    if (wire::equal_ignoring_case(field, "Authorization")) return "one that is not good";
    return platform::printable(*value, shown_bytes);
}

std::string remedy_of(std::string_view rule) {
    const auto row = std::ranges::find(client_rules(), rule, &findings::Rule::id);
    SFM_ASSERT(row != client_rules().end());
    return std::string(row->remedy);
}

findings::Finding finding_of(
    std::string_view rule, std::string_view field, std::string_view message, const std::string& file
) {
    findings::Finding finding;
    finding.rule = rule;
    finding.severity = findings::Severity::error;
    finding.file = file;
    finding.place.entry = field;
    finding.message = message;
    finding.next = remedy_of(rule);
    return finding;
}

findings::Finding explain_status(
    const ReasonOfStatus& reason, const wire::RequestHead* request, const std::string& file
) {
    findings::Finding finding = finding_of(reason.rule, reason.field, reason.message, file);
    finding.expected = reason.expected;
    const bool is_header = reason.status != 404 && reason.status != 408;
    finding.actual = is_header ? value_of(reason.field, request) : file;
    return finding;
}

}  // namespace

std::span<const ReasonOfRefusal> reasons_of_refusal() noexcept {
    return reasons;
}

std::optional<findings::Finding> explain_refusal(
    const Answer& answer, const wire::RequestHead* request, const std::string& file
) {
    if (answer.refusal) {
        const auto reason = std::ranges::find(reasons, *answer.refusal, &ReasonOfRefusal::refusal);
        SFM_ASSERT(reason != reasons.end());
        findings::Finding finding = finding_of(reason->rule, reason->field, reason->message, file);
        finding.expected = fill(reason->expected, answer.parts);
        finding.actual = reason->actual.empty() ? value_of(reason->field, request)
                                                : fill(reason->actual, answer.parts);
        return finding;
    }
    // tusdotnet does not claim a tus request that lacks its version: 404 of the application.
    const bool unclaimed = answer.status == 404 && request != nullptr &&
                           request->method != "OPTIONS" &&
                           !request->fields.has(wire::tus::resumable);
    if (unclaimed) {
        Answer version;
        version.refusal = Refusal::version_missing;
        return explain_refusal(version, request, file);
    }
    const auto reason =
        std::ranges::find(reasons_of_status, answer.status, &ReasonOfStatus::status);
    if (reason == reasons_of_status.end()) return std::nullopt;
    return explain_status(*reason, request, file);
}

findings::Finding explain_form(const wire::FramingFault& fault, const std::string& file) {
    findings::Finding finding = finding_of("F-46", "request", fault.text, file);
    finding.expected = "a request whose framing every server reads alike";
    finding.actual = fault.id;
    return finding;
}

std::string print_finding_header(const findings::Finding& finding) {
    const std::string line = fmt::format(
        "{}; field=\"{}\"; expected=\"{}\"; actual=\"{}\"; next=\"{}\"",
        finding.rule,
        finding.place.entry,
        finding.expected,
        finding.actual,
        finding.next
    );
    std::string ascii;
    for (const char letter : line) {
        const bool plain = letter >= ' ' && letter <= '~';
        ascii += plain ? letter : '?';
    }
    return ascii;
}

}  // namespace sfmkit::mockserver
