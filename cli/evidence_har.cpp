#include "cli/evidence_har.hpp"

#include "findings/report_text.hpp"
#include "wire/http_message.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <ostream>
#include <string_view>

namespace sfmkit::cli {
namespace {

using Json = nlohmann::ordered_json;
using mockserver::RequestEnd;
using mockserver::RequestEvidence;

std::string first_of(const std::vector<HeaderLine>& lines, std::string_view name) {
    for (const HeaderLine& line : lines) {
        if (wire::equal_ignoring_case(line.name, name)) return line.value;
    }
    return "";
}

/// What may not stand in a URI (RFC 3986) is written as triplets, byte by byte.
std::string as_uri(std::string_view text) {
    constexpr std::string_view punctuation = "-._~:/?@!$&'()*+,;=%";
    std::string uri;
    for (const char letter : text) {
        const bool plain = (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') ||
                           (letter >= 'a' && letter <= 'z') || punctuation.contains(letter);
        if (plain) {
            uri += letter;
        } else {
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
        }
    }
    return uri;
}

/// Brackets stand around an IPv6 address only.
std::string authority_of(const std::string& host) {
    const std::size_t end = host.find(']');
    if (!host.starts_with('[') || end == std::string::npos) return as_uri(host);
    return "[" + as_uri(host.substr(1, end - 1)) + "]" + as_uri(host.substr(end + 1));
}

/// HAR wants an absolute URL; of a request without Host only the path is known.
std::string url_of(const RequestEvidence& request, const std::vector<HeaderLine>& fields) {
    if (request.target.starts_with("http://") || request.target.starts_with("https://")) {
        return as_uri(request.target);
    }
    const std::string host = first_of(fields, "Host");
    const std::string slash = request.target.starts_with('/') ? "" : "/";
    const std::string authority = host.empty() ? "unknown.invalid" : authority_of(host);
    return "http://" + authority + slash + as_uri(request.target);
}

Json query_of(std::string_view target) {
    Json pairs = Json::array();
    const std::size_t mark = target.find('?');
    if (mark == std::string_view::npos) return pairs;
    std::string_view rest = target.substr(mark + 1);
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
        pairs.push_back({{"name", pair.substr(0, equals)}, {"value", value}});
    }
    return pairs;
}

Json headers_of(const std::vector<HeaderLine>& lines) {
    Json headers = Json::array();
    for (const HeaderLine& line : lines) {
        headers.push_back({{"name", line.name}, {"value", line.value}});
    }
    return headers;
}

Json request_json(const RequestEvidence& request) {
    const auto fields = header_lines(request.fields);
    return {
        {"method", request.method},
        {"url", url_of(request, fields)},
        // The version that the client wrote is not kept.
        {"httpVersion", "unknown"},
        {"cookies", Json::array()},
        {"headers", headers_of(fields)},
        {"queryString", query_of(request.target)},
        {"headersSize", -1},
        {"bodySize", request.body_bytes},
        {"comment", "credentials are masked, bodies are not kept"},
    };
}

Json content_of(const RequestEvidence& request, const std::vector<HeaderLine>& fields) {
    const std::string type = first_of(fields, "Content-Type");
    Json content = {
        {"size", request.answer_text.size()},
        {"mimeType", type.empty() ? "x-unknown" : type},
    };
    if (!request.answer_text.empty()) content["text"] = request.answer_text;
    return content;
}

Json answer_json(const RequestEvidence& request) {
    const auto fields = header_lines(request.answer_head);
    const std::string line = request.answer_head.substr(0, request.answer_head.find("\r\n"));
    const std::size_t version_end = std::min(line.find(' '), line.size());
    const std::size_t code_end = std::min(line.find(' ', version_end + 1), line.size());
    const bool answered = request.end == RequestEnd::answered;
    return {
        {"status", request.status},
        {"statusText", line.substr(std::min(code_end + 1, line.size()))},
        {"httpVersion", answered ? line.substr(0, version_end) : std::string("unknown")},
        {"cookies", Json::array()},
        {"headers", headers_of(fields)},
        {"content", content_of(request, fields)},
        {"redirectURL", as_uri(first_of(fields, "Location"))},
        {"headersSize", answered ? static_cast<std::int64_t>(request.answer_head.size()) : -1},
        {"bodySize", answered ? static_cast<std::int64_t>(request.answer_text.size()) : -1},
        {"comment", mockserver::name_of(request.end)},
    };
}

template <class Number>
Json or_null(const std::optional<Number>& number) {
    return number ? Json(*number) : Json(nullptr);
}

Json own_json(const KeptEvidence::Told& told) {
    const RequestEvidence& request = told.row.request;
    Json found = Json::array();
    for (const auto* row : told.findings) {
        found.push_back({{"rule", row->finding.rule}, {"message", row->finding.message}});
    }
    return {
        {"id", told.row.id},
        {"run", told.row.run},
        {"request", request.request},
        {"peer", request.peer},
        {"upload", request.upload_id},
        {"end", mockserver::name_of(request.end)},
        {"offset_before", or_null(request.offset_before)},
        {"offset_after", or_null(request.offset_after)},
        {"checksum", mockserver::name_of(request.checksum)},
        {"auth", request.auth},
        {"faults", told.faults},
        {"findings", std::move(found)},
    };
}

Json entry_of(const KeptEvidence::Told& told) {
    const RequestEvidence& request = told.row.request;
    // The calendar may be set back between the two.
    const auto took = std::max((request.ended - request.arrived).count(), std::int64_t{0});
    return {
        {"startedDateTime", findings::timestamp(request.arrived)},
        {"time", took},
        {"request", request_json(request)},
        {"response", answer_json(request)},
        {"cache", Json::object()},
        {"timings", {{"send", 0}, {"wait", took}, {"receive", 0}}},
        {"connection", std::to_string(request.connection)},
        {"_sfmkit", own_json(told)},
    };
}

/// Bytes that are no UTF-8 may have come from a client.
std::string printed(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

platform::Result<void> write_har(
    KeptEvidence& evidence, const mockserver::RequestQuery& query, std::ostream& output
) {
    const Json creator = {{"name", "sfmkit"}, {"version", SFMKIT_VERSION}};
    std::string comment = "bodies of requests are not kept, only their sizes";
    if (evidence.has_gap(query.run)) comment += "; something could not be kept and is missing";
    output << R"({"log":{"version":"1.2","creator":)" << printed(creator) << R"(,"comment":)"
           << printed(comment) << R"(,"entries":[)";
    bool first = true;
    const auto told = evidence.for_each_request(query, [&](const KeptEvidence::Told& request) {
        output << (first ? "\n" : ",\n") << printed(entry_of(request));
        first = false;
    });
    output << "\n]}}\n";
    return told;
}

}  // namespace sfmkit::cli
