#include "wire/http_framing.hpp"

#include "wire/http_grammar.hpp"
#include "wire/tus_headers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace sfmkit::wire {
namespace {

bool is_beyond_ascii(char letter) noexcept {
    return static_cast<unsigned char>(letter) >= 0x80;
}

bool is_http_1(std::string_view version) noexcept {
    return version == "HTTP/1.0" || version == "HTTP/1.1";
}

/// True when chunked is the last of all transfer codings; empty members count for nothing.
bool ends_chunked(const HeaderFields& fields) {
    std::string codings;
    for (const HeaderField& field : fields.all()) {
        if (equal_ignoring_case(field.name, "Transfer-Encoding")) codings += field.value + ',';
    }
    codings.resize(codings.find_last_not_of(", \t") + 1);
    const std::string_view last = std::string_view(codings).substr(codings.rfind(',') + 1);
    return equal_ignoring_case(without_blanks_around(last), "chunked");
}

std::optional<std::uint64_t> length_of(std::string_view value) {
    std::uint64_t number = 0;
    if (value.find_first_not_of("0123456789") != value.npos) return std::nullopt;
    const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || number > std::uint64_t{1} << 62) return std::nullopt;
    return number;
}

/// Fields of which a second one would be another answer for another reader.
constexpr std::array once_only = {
    std::string_view("Content-Type"),
    tus::resumable,
    tus::upload_offset,
    tus::upload_length,
    tus::upload_defer_length,
    tus::upload_metadata,
    tus::upload_checksum,
    tus::upload_concat,
    tus::method_override,
};

constexpr int serve = 0;  ///< served, and told as an oddity
constexpr int fine = -1;  ///< served, and nothing to tell
constexpr int back_end = -2;

/// One oddity: what each policy does about it (a status, serve or fine) and how it is found.
struct Row {
    std::string_view id;
    int strict_spec;
    int tusdotnet;
    int nginx;  ///< in front of either: back_end, when it passes the request on as it is
    std::string_view text;
    bool (*found)(const RawHead&);
};

// What tusdotnet does is the recorded behaviour of tusdotnet 2.5.0 on Kestrel 10, and for what the
// recordings do not have, the answer of that Kestrel to the same bytes. It also serves names that
// are no tokens, most control letters in values, `Content-Length: +3` and two blanks before the
// version; Beast does not, and no client is known to send them.
constexpr std::array line_rows = {
    Row{"control-letter",
        400,
        400,
        400,
        "a line holds a control letter such as NUL or a lone CR; only tab may stand in a value",
        [](const RawHead& head) {
            return has_control(head.start_line) || std::ranges::any_of(head.lines, has_control);
        }},
    Row{"bare-lf",
        400,
        serve,
        serve,
        "a line ends with LF alone; lines end with CR LF",
        [](const RawHead& head) { return head.bare_line_feed; }},
    Row{"folded-line",
        400,
        400,
        400,
        "a header line begins with a blank as if it went on from the line before; fields stand on"
        " one line",
        [](const RawHead& head) {
            return std::ranges::any_of(head.lines, [](std::string_view line) {
                return line.starts_with(' ') || line.starts_with('\t');
            });
        }},
    Row{"no-colon",
        400,
        400,
        serve,
        "a header line has no colon; fields are written `Name: value`",
        [](const RawHead& head) { return head.lines.size() != head.fields.all().size(); }},
    Row{"blank-before-colon",
        400,
        400,
        400,
        "a blank stands between a header name and its colon; the colon follows at once",
        [](const RawHead& head) {
            return std::ranges::any_of(head.fields.all(), [](const HeaderField& field) {
                return field.name.ends_with(' ') || field.name.ends_with('\t');
            });
        }},
    Row{"empty-name",
        fine,
        fine,
        400,
        "a header line begins with its colon",
        [](const RawHead& head) {
            return std::ranges::any_of(head.fields.all(), [](const HeaderField& field) {
                return field.name.empty();
            });
        }},
    Row{"name-form",
        400,
        400,
        fine,
        "a header name is empty or holds a letter that is not allowed in names",
        [](const RawHead& head) {
            return !std::ranges::all_of(head.fields.all(), is_token, &HeaderField::name);
        }},
    Row{"value-not-utf-8",
        fine,
        400,
        back_end,
        "a header value holds a byte above ASCII that is not UTF-8",
        [](const RawHead& head) {
            return !std::ranges::all_of(head.fields.all(), is_utf8, &HeaderField::value);
        }},
};

constexpr std::array request_rows = {
    Row{"empty-line-first",
        serve,
        serve,
        serve,
        "an empty line comes before the request line",
        [](const RawHead& head) { return head.empty_lines_before > 0; }},
    Row{"request-line-form",
        400,
        400,
        400,
        "the first line is not `METHOD target HTTP/1.1` with one blank between the three",
        [](const RawHead& head) {
            return head.target.empty() || head.target.contains(' ') || head.version.empty();
        }},
    Row{"method-form",
        400,
        400,
        400,
        "the method holds a letter that is not allowed in methods",
        [](const RawHead& head) { return !is_token(head.method); }},
    Row{"version-form",
        400,
        400,
        400,
        "the request line does not end with a version of the form HTTP/1.1",
        [](const RawHead& head) {
            return head.version.size() != 8 || head.version[4] != '/' || head.version[6] != '.';
        }},
    Row{"version",
        505,
        505,
        serve,
        "the version is neither HTTP/1.1 nor HTTP/1.0",
        [](const RawHead& head) { return !is_http_1(head.version); }},
    Row{"version-major",
        fine,
        fine,
        505,
        "the version is of another major number than 1",
        [](const RawHead& head) { return head.version[5] != '1'; }},
    Row{"lower-case-method",
        400,
        serve,
        400,
        "the method has lower-case letters; methods are compared with case",
        [](const RawHead& head) {
            return std::ranges::any_of(head.method, [](char c) { return c >= 'a' && c <= 'z'; });
        }},
    Row{"target-letters",
        400,
        400,
        back_end,
        "the target holds a letter above ASCII; such letters are percent-encoded",
        [](const RawHead& head) { return std::ranges::any_of(head.target, is_beyond_ascii); }},
    Row{"target-scheme",
        400,
        400,
        serve,
        "the target is absolute and its scheme is neither http nor https",
        [](const RawHead& head) {
            const AbsoluteTarget target = absolute_target(head.target);
            return !target.scheme.empty() && !is_http_scheme(target.scheme);
        }},
    Row{"target-form",
        400,
        405,
        400,
        "the target is neither a path that begins with a slash nor an absolute URL",
        [](const RawHead& head) {
            if (head.target == "*") return head.method != "OPTIONS";
            return !head.target.starts_with('/') && absolute_target(head.target).scheme.empty();
        }},
    Row{"no-host",
        400,
        400,
        400,
        "HTTP/1.1 asks for one Host field and there is none",
        [](const RawHead& head) { return head.version == "HTTP/1.1" && !head.fields.has("Host"); }},
    // Kestrel serves these two; the library on top of it fails with an exception.
    Row{"no-host-http-1.0",
        fine,
        500,
        back_end,
        "there is no Host field, from which the real service makes the address of an upload",
        [](const RawHead& head) { return head.version == "HTTP/1.0" && !head.fields.has("Host"); }},
    Row{"empty-host",
        400,
        500,
        400,
        "the Host field is empty; it names host and port",
        [](const RawHead& head) { return head.fields.first("Host") == ""; }},
    Row{"two-hosts",
        400,
        400,
        400,
        "there is more than one Host field",
        [](const RawHead& head) { return head.fields.count("Host") > 1; }},
    Row{"host-form",
        400,
        400,
        back_end,
        "the Host field does not hold a host name or address with an optional port",
        [](const RawHead& head) {
            const auto host = head.fields.first("Host");
            return host && !host->empty() && !is_host(*host);
        }},
    Row{"host-slash",
        fine,
        fine,
        400,
        "the Host field holds a slash or a blank",
        [](const RawHead& head) {
            return head.fields.first("Host").value_or("").find_first_of("/ \t") !=
                   std::string_view::npos;
        }},
    Row{"other-host",
        400,
        400,
        serve,
        "the absolute target names another host than the Host field",
        [](const RawHead& head) {
            const AbsoluteTarget target = absolute_target(head.target);
            const auto host = head.fields.first("Host");
            return host && !target.scheme.empty() &&
                   !equal_ignoring_case(
                       without_default_port(*host, target.scheme),
                       without_default_port(target.authority, target.scheme)
                   );
        }},
    Row{"two-content-lengths",
        400,
        400,
        400,
        "there is more than one Content-Length field, equal or not",
        [](const RawHead& head) { return head.fields.count("Content-Length") > 1; }},
    Row{"content-length-form",
        400,
        400,
        400,
        "Content-Length is not a number of digits only, or too large",
        [](const RawHead& head) {
            const auto value = head.fields.first("Content-Length");
            return value && !length_of(*value);
        }},
    Row{"transfer-encoding-not-chunked",
        400,
        400,
        501,
        "the last transfer coding is not chunked, so nobody knows where the body ends",
        [](const RawHead& head) {
            return head.fields.has("Transfer-Encoding") && !ends_chunked(head.fields);
        }},
    Row{"transfer-encoding-list",
        400,
        serve,
        501,
        "Transfer-Encoding names more than chunked; other codings are not undone",
        [](const RawHead& head) {
            const auto value = head.fields.first("Transfer-Encoding");
            const bool once = head.fields.count("Transfer-Encoding") == 1;
            return value && !(once && equal_ignoring_case(*value, "chunked"));
        }},
    Row{"transfer-encoding-http-1.0",
        400,
        serve,
        400,
        "Transfer-Encoding came with HTTP/1.0, which does not know it",
        [](const RawHead& head) {
            return head.version == "HTTP/1.0" && head.fields.has("Transfer-Encoding");
        }},
    Row{"length-and-chunked",
        400,
        serve,
        400,
        "Content-Length and Transfer-Encoding came together; one of them says where the body ends",
        [](const RawHead& head) {
            return head.fields.has("Transfer-Encoding") && head.fields.has("Content-Length");
        }},
    Row{"no-length-http-1.0",
        fine,
        400,
        serve,
        "an HTTP/1.0 request that brings a body has no Content-Length",
        [](const RawHead& head) {
            const bool brings_body = head.method == "POST" || head.method == "PUT";
            return brings_body && head.version == "HTTP/1.0" &&
                   !head.fields.has("Content-Length") && !head.fields.has("Transfer-Encoding");
        }},
    Row{"repeated-field",
        400,
        serve,
        back_end,
        "a field that may stand only once, such as Upload-Offset, came twice; the first one counts",
        [](const RawHead& head) {
            return std::ranges::any_of(once_only, [&head](std::string_view name) {
                return head.fields.count(name) > 1;
            });
        }},
};

void judge(std::span<const Row> rows, const RawHead& head, FramingReader reader, Verdict& verdict) {
    const bool strict = reader.policy == FramingPolicy::strict_spec;
    for (const Row& row : rows) {
        const bool passed_on = reader.behind_nginx && row.nginx == back_end;
        int own = strict ? row.strict_spec : row.tusdotnet;
        // What came as HTTP/1.0 is passed on as HTTP/1.1, of which every back end wants a Host.
        if (passed_on && row.id == "no-host-http-1.0") own = 400;
        const int status = reader.behind_nginx && !passed_on ? row.nginx : own;
        if (verdict.refusal || status == fine || !row.found(head)) continue;
        FramingFault fault{status, std::string(row.id), std::string(row.text)};
        if (status == serve) {
            verdict.tolerated.push_back(std::move(fault));
        } else if (!passed_on) {
            verdict.refusal = std::move(fault);
        } else if (!verdict.back_end_refusal) {
            verdict.back_end_refusal = std::move(fault);
        }
    }
}

}  // namespace

Verdict judge_request(const RawHead& head, FramingReader reader) {
    Verdict verdict;
    judge(line_rows, head, reader, verdict);
    judge(request_rows, head, reader, verdict);
    return verdict;
}

Verdict judge_trailers(const RawHead& trailers, FramingReader reader) {
    Verdict verdict;
    judge(line_rows, trailers, reader, verdict);
    return verdict;
}

std::optional<BodyEnd> find_body_end(const HeaderFields& fields) {
    if (fields.has("Transfer-Encoding")) {
        if (!ends_chunked(fields)) return std::nullopt;
        return BodyEnd{BodyFraming::chunked, 0};
    }
    const auto value = fields.first("Content-Length");
    if (!value) return BodyEnd{};
    const auto length = length_of(*value);
    if (!length || fields.count("Content-Length") > 1) return std::nullopt;
    return BodyEnd{BodyFraming::length, *length};
}

}  // namespace sfmkit::wire
