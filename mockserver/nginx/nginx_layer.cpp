#include "mockserver/nginx/nginx_layer.hpp"

#include "wire/http_date.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace sfmkit::mockserver::nginx {
namespace {

// nginx words some reasons in its own way.
constexpr std::array<ReasonRow, 8> reasons = {{
    {400, "Bad Request"},
    {405, "Not Allowed"},
    {413, "Request Entity Too Large"},
    {414, "Request-URI Too Large"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Temporarily Unavailable"},
    {505, "HTTP Version Not Supported"},
}};

constexpr std::array<std::string_view, 5> first_fields = {
    "Date", "Content-Type", "Content-Length", "Transfer-Encoding", "Connection"
};

// Fields that the proxy adds to each request: X-Request-ID, X-Real-IP, X-Scheme and five of
// X-Forwarded-*.
constexpr std::size_t added_fields = 8;

std::string_view reason_of(int status) {
    const auto row = std::ranges::find(reasons, status, &ReasonRow::status);
    return row == reasons.end() ? std::string_view() : row->reason;
}

std::string page(const Refusal& refusal) {
    const std::string title =
        std::to_string(refusal.status) + " " + std::string(reason_of(refusal.status));
    constexpr std::string_view too_long = "Request Header Or Cookie Too Large";
    std::string text = "<html>\r\n<head><title>";
    text += refusal.head_too_long ? "400 " + std::string(too_long) : title;
    text += "</title></head>\r\n<body>\r\n<center><h1>" + title + "</h1></center>\r\n";
    if (refusal.head_too_long) text += "<center>" + std::string(too_long) + "</center>\r\n";
    return text + "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
}

bool is_first(std::string_view name) {
    return std::ranges::find(first_fields, name) != first_fields.end();
}

/// Server goes, Connection is always there, the rest keeps its order.
wire::HeaderFields rearranged(const wire::HeaderFields& fields, bool closing) {
    wire::HeaderFields passed;
    for (const std::string_view name : first_fields) {
        if (name == "Connection") {
            passed.add(name, closing ? "close" : "keep-alive");
        } else if (const auto value = fields.first(name)) {
            passed.add(name, *value);
        }
    }
    for (const wire::HeaderField& field : fields.all()) {
        if (!is_first(field.name) && field.name != "Server") passed.add(field.name, field.value);
    }
    passed.add("Strict-Transport-Security", transport_security);
    return passed;
}

/// Dot segments lead out of the root, coded slashes counted as slashes.
bool climbs_above_root(std::string_view path) {
    std::string decoded;
    for (std::size_t at = 0; at < path.size(); ++at) {
        const std::string_view rest = path.substr(at, 3);
        const bool coded = rest == "%2f" || rest == "%2F" || rest == "%2e" || rest == "%2E";
        decoded += !coded ? path[at] : rest[2] == 'f' || rest[2] == 'F' ? '/' : '.';
        if (coded) at += 2;
    }
    int depth = 0;
    for (std::size_t begin = 0; begin < decoded.size();) {
        const std::size_t end = std::min(decoded.find('/', begin), decoded.size());
        const std::string_view segment = std::string_view(decoded).substr(begin, end - begin);
        if (segment == "..") {
            if (--depth < 0) return true;
        } else if (!segment.empty() && segment != ".") {
            ++depth;
        }
        begin = end + 1;
    }
    return false;
}

std::string_view path_of(std::string_view target) {
    const std::size_t scheme = target.find("://");
    if (scheme != target.npos && !target.starts_with('/')) {
        const std::size_t path = target.find('/', scheme + 3);
        target = path == target.npos ? std::string_view("/") : target.substr(path);
    }
    return target.substr(0, target.find_first_of("?#"));
}

bool has_bad_escape(std::string_view path) {
    constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";
    for (std::size_t at = path.find('%'); at != path.npos; at = path.find('%', at + 1)) {
        const std::string_view digits = path.substr(at + 1, 2);
        if (digits.size() < 2 || digits == "00") return true;
        if (digits.find_first_not_of(hex_digits) != digits.npos) return true;
    }
    return false;
}

Refusal refusal(int status, bool in_location = false) {
    return {.status = status, .in_location = in_location, .head_too_long = false};
}

}  // namespace

wire::HttpLimits request_limits(const wire::HttpLimits& of_back_end) {
    wire::HttpLimits limits = of_back_end;
    constexpr std::size_t large_buffer_bytes = 8192;
    limits.request_line_bytes = large_buffer_bytes;
    limits.header_line_bytes = large_buffer_bytes;
    // Lines are counted by the back end only.
    limits.header_count = limits.header_bytes;
    return limits;
}

Refusal refusal_of_form(const wire::RequestReader& reader, bool in_body) {
    const int status = reader.refusal().status;
    if (status == 431) return {.status = 400, .in_location = false, .head_too_long = true};
    return {.status = status, .in_location = in_body, .head_too_long = false};
}

std::optional<Refusal> judge_head(const wire::RequestHead& head) {
    const std::string_view path = path_of(head.target);
    if (has_bad_escape(path) || climbs_above_root(path)) return refusal(400);
    if (head.method == "TRACE" || head.method == "CONNECT") return refusal(405);
    if (head.framing == wire::BodyFraming::length && head.content_length > max_body_bytes) {
        return refusal(413, true);
    }
    return std::nullopt;
}

std::optional<int> back_end_refusal(
    const wire::RequestReader& reader, const wire::HttpLimits& of_back_end
) {
    if (const auto& fault = reader.back_end_refusal()) return fault->status;
    const std::size_t fields = reader.head().fields.all().size() + added_fields;
    if (fields > of_back_end.header_count) return 431;
    return std::nullopt;
}

std::string print_page(
    const Refusal& refusal, const wire::RequestHead* request, bool closing, platform::WallTime now
) {
    const std::string text = page(refusal);
    wire::HeaderFields fields;
    fields.add("Date", wire::print_http_date(std::chrono::floor<std::chrono::seconds>(now)));
    fields.add("Content-Type", "text/html");
    fields.add("Content-Length", std::to_string(text.size()));
    fields.add("Connection", closing ? "close" : "keep-alive");
    if (refusal.in_location) fields.add("Strict-Transport-Security", transport_security);
    std::string bytes =
        wire::print_response_head(refusal.status, reason_of(refusal.status), fields);
    const bool no_body = request != nullptr && request->method == "HEAD";
    return no_body ? bytes : bytes + text;
}

std::string print_passed_on(
    const Profile& profile,
    const Answer& answer,
    const wire::RequestHead& request,
    bool closing,
    platform::WallTime now
) {
    const PrintedAnswer printed = arrange_answer(profile, answer, &request, closing, now);
    const std::string own =
        wire::print_response_head(answer.status, printed.reason, printed.fields);
    if (own.size() > max_answer_head_bytes) {
        return print_page(refusal(502, true), &request, closing, now);
    }
    const wire::HeaderFields fields = rearranged(printed.fields, closing);
    return wire::print_response_head(answer.status, printed.reason, fields) + printed.body;
}

}  // namespace sfmkit::mockserver::nginx
