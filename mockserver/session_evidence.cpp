#include "mockserver/evidence/masked_fields.hpp"
#include "mockserver/session.hpp"
#include "mockserver/why/refusal_reason.hpp"

#include <utility>

// What happened to each request, told before its answer goes out.

namespace sfmkit::mockserver {

void Session::begin_evidence() {
    RequestEvidence next;
    next.connection = evidence_.connection;
    next.request = evidence_.request + 1;
    next.peer = std::move(evidence_.peer);
    // What struck the connection before its first request belongs to that.
    if (evidence_.request == 0) next.faults = std::move(evidence_.faults);
    next.arrived = site_.clock.wall_now();
    evidence_ = std::move(next);
    is_told_ = false;
}

void Session::note_head(const wire::RequestHead& head) {
    evidence_.method = head.method;
    evidence_.target = mask_target(head.target);
    evidence_.fields = masked_lines(head.fields, site_.algorithms);
    if (head.fields.has(wire::tus::upload_checksum)) {
        evidence_.checksum = ChecksumVerdict::not_compared;
    }
}

/// What the form of the request got wrong without being refused is a finding.
void Session::note_oddities() {
    for (const wire::FramingFault& fault : stream_.reader().tolerated()) {
        tell({{
            .rule = "F-46",
            .severity = findings::Severity::warning,
            .file = request_line(evidence_),
            .expected = "a request whose framing every server reads alike",
            .actual = fault.id,
            .message = fault.text,
        }});
    }
}

/// The first offset of a request is the one before it.
void Session::note_offset(const Upload& upload) {
    if (!evidence_.offset_before) evidence_.offset_before = upload.offset_bytes;
    evidence_.offset_after = upload.offset_bytes;
}

/// A body came to its end and was judged; a refusal for another reason came before the digest.
void Session::note_checksum(const std::optional<Answer>& refusal) {
    const bool sent = evidence_.checksum == ChecksumVerdict::not_compared;
    if (!sent || !site_.rules.offers("checksum")) return;
    if (!refusal) evidence_.checksum = ChecksumVerdict::matched;
    if (refusal && refusal->refusal == Refusal::checksum_mismatch) {
        evidence_.checksum = ChecksumVerdict::mismatched;
    }
}

void Session::tell(const std::vector<findings::Finding>& found) {
    for (const findings::Finding& finding : found) {
        site_.evidence.found(finding, place_of(evidence_));
    }
}

/// Why the request is refused; a rule of the importer has told it already.
void Session::tell_refusal(Answer& answer, const wire::RequestHead* request) {
    const bool is_form =
        request == nullptr && stream_.reader().state() == wire::RequestReader::State::refused;
    if (answer.status < 400 || !answer.findings.empty() || !evidence_.faults.empty()) return;
    const std::string file = request_line(evidence_);
    const auto reason = answer.reason ? answer.reason
                        : is_form     ? explain_form(stream_.reader().refusal(), file)
                                      : explain_refusal(answer, request, file);
    if (!reason) return;
    site_.evidence.refused(*reason, place_of(evidence_));
    if (site_.rules.settings.finding_header) {
        answer.fields.add("Sfmkit-Finding", print_finding_header(*reason));
    }
}

void Session::tell_answered(int status, std::string_view printed) {
    constexpr std::string_view end_of_head = "\r\n\r\n";
    const std::size_t head_size = printed.find(end_of_head) + end_of_head.size();
    evidence_.status = status;
    evidence_.answer_head = printed.substr(0, head_size);
    evidence_.answer_text = printed.substr(head_size);
    tell_end(RequestEnd::answered);
}

/// Once: what strikes while the answer goes out, or behind it, stands beside a request that is
/// told.
void Session::tell_end(RequestEnd end) {
    if (std::exchange(is_told_, true)) return;
    evidence_.end = end;
    evidence_.body_bytes = stream_.body_bytes();
    evidence_.ended = site_.clock.wall_now();
    site_.evidence.request_ended(evidence_);
}

}  // namespace sfmkit::mockserver
