#include "client/upload/url.hpp"

#include "wire/http_message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace sfmkit::client {
namespace {

using platform::Errc;
using platform::Result;

constexpr std::string_view http_prefix = "http://";
constexpr std::string_view https_prefix = "https://";

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_hex(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) noexcept {
    return text.size() >= prefix.size() &&
           wire::equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

std::unexpected<platform::Error> bad_url(std::string_view text, std::string actual) {
    return platform::fail(
        {.code = Errc::usage,
         .what = "this is not an address that can be uploaded to",
         .where = std::string(text),
         .expected = "http://HOST[:PORT]/PATH",
         .actual = std::move(actual)}
    );
}

/// Blanks, control letters and backslashes are read differently by different programs.
bool has_forbidden_letter(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code <= 0x20 || code >= 0x7f || c == '\\';
    });
}

bool is_name(std::string_view host) noexcept {
    return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_';
    });
}

bool is_ipv6(std::string_view host) noexcept {
    return std::count(host.begin(), host.end(), ':') >= 2 &&
           std::all_of(host.begin(), host.end(), [](char c) {
               return is_hex(c) || c == ':' || c == '.';
           });
}

std::optional<std::uint16_t> parse_port(std::string_view text) noexcept {
    std::uint16_t port = 0;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const auto [stop, error] = std::from_chars(begin, end, port);
    if (error != std::errc{} || stop != end || port == 0) return std::nullopt;
    return port;
}

struct Authority {
    std::string host;
    std::optional<std::uint16_t> port;
};

/// `host[:port]`; nothing when it is malformed.
std::optional<Authority> parse_authority(std::string_view text) {
    std::string_view host = text;
    std::string_view rest;
    bool valid = false;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        host = text.substr(1, close - 1);
        rest = text.substr(close + 1);
        valid = is_ipv6(host);
    } else {
        const auto colon = text.find(':');
        host = text.substr(0, colon);
        if (colon != std::string_view::npos) rest = text.substr(colon);
        valid = is_name(host);
    }
    if (!valid) return std::nullopt;
    Authority authority;
    authority.host = std::string(host);
    std::transform(host.begin(), host.end(), authority.host.begin(), lower);
    if (rest.empty()) return authority;
    if (!rest.starts_with(':')) return std::nullopt;
    authority.port = parse_port(rest.substr(1));
    if (!authority.port) return std::nullopt;
    return authority;
}

std::uint16_t default_port(Scheme scheme) noexcept {
    return scheme == Scheme::http ? 80 : 443;
}

/// RFC 3986 section 5.2.4 for a path that starts with a slash.
std::string remove_dot_segments(std::string_view path) {
    std::vector<std::string_view> segments;
    bool ends_in_folder = false;
    std::size_t start = 1;
    while (start <= path.size()) {
        const std::size_t slash = std::min(path.find('/', start), path.size());
        const std::string_view segment = path.substr(start, slash - start);
        const bool last = slash == path.size();
        const bool dots = segment == "." || segment == "..";
        if (segment == ".." && !segments.empty()) segments.pop_back();
        if (!dots) segments.push_back(segment);
        if (last) ends_in_folder = dots;
        start = slash + 1;
    }
    std::string result;
    for (const std::string_view segment : segments) {
        result += '/';
        result += segment;
    }
    if (result.empty() || ends_in_folder) result += '/';
    return result;
}

bool has_scheme(std::string_view text) noexcept {
    if (text.empty() || !is_letter(text.front())) return false;
    const auto end = std::find_if(text.begin(), text.end(), [](char c) {
        return !is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.';
    });
    return end != text.end() && *end == ':';
}

std::string_view path_of(std::string_view target) noexcept {
    return target.substr(0, target.find('?'));
}

/// Path and query of a reference without scheme and authority, seen from the base's target.
std::string resolve_target(std::string_view base, std::string_view reference) {
    if (reference.empty()) return std::string(base);
    if (reference.starts_with('?')) return std::string(path_of(base)) + std::string(reference);
    const std::string_view query = reference.substr(path_of(reference).size());
    std::string path(path_of(reference));
    if (!path.starts_with('/')) {
        const std::string_view base_path = path_of(base);
        path.insert(0, base_path.substr(0, base_path.rfind('/') + 1));
    }
    return remove_dot_segments(path) + std::string(query);
}

std::unexpected<platform::Error> bad_location(
    const Url& asked, std::string_view location, std::string what
) {
    return platform::fail(
        {.code = Errc::refused,
         .what = std::move(what),
         .where = print(asked),
         .expected = "a Location on " + host_field(asked),
         .actual = std::string(location.substr(0, 200))}
    );
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
    Url url;
    std::string_view rest;
    if (starts_with_ignoring_case(text, http_prefix)) {
        rest = text.substr(http_prefix.size());
    } else if (starts_with_ignoring_case(text, https_prefix)) {
        url.scheme = Scheme::https;
        rest = text.substr(https_prefix.size());
    } else {
        return bad_url(text, "it starts with neither http:// nor https://");
    }
    if (has_forbidden_letter(text)) {
        return bad_url(text, "it holds a blank, a backslash or a letter outside ASCII");
    }
    if (rest.find('#') != std::string_view::npos) return bad_url(text, "it holds a fragment (#)");
    const std::size_t authority_end = std::min(rest.find_first_of("/?"), rest.size());
    const std::string_view authority_text = rest.substr(0, authority_end);
    if (authority_text.find('@') != std::string_view::npos) {
        // The text is not repeated: what stands before the @ may be a password.
        return bad_url("(user information left out)", "it holds user information before an @");
    }
    auto authority = parse_authority(authority_text);
    if (!authority) return bad_url(text, "its host or port is malformed");
    url.host = std::move(authority->host);
    url.port = authority->port.value_or(default_port(url.scheme));
    const std::string_view target = rest.substr(authority_end);
    url.target = target.starts_with('/') ? std::string(target) : '/' + std::string(target);
    return url;
}

Result<Url> resolve_location(const Url& asked, std::string_view location) {
    location = location.substr(0, location.find('#'));
    if (location.empty() || has_forbidden_letter(location)) {
        return bad_location(asked, location, "the server's Location is no URL");
    }
    if (!has_scheme(location) && !location.starts_with("//")) {
        Url url = asked;
        url.target = resolve_target(asked.target, location);
        return url;
    }
    const std::string_view scheme = asked.scheme == Scheme::http ? "http:" : "https:";
    const std::string absolute =
        has_scheme(location) ? std::string(location) : std::string(scheme) + std::string(location);
    auto url = parse_url(absolute);
    if (!url) return bad_location(asked, location, "the server's Location is no URL");
    if (!same_origin(asked, *url)) {
        return bad_location(asked, location, "the server's Location leads to another server");
    }
    url->target =
        remove_dot_segments(path_of(url->target)) + url->target.substr(path_of(url->target).size());
    return url;
}

std::string host_field(const Url& url) {
    const bool ipv6 = url.host.find(':') != std::string::npos;
    std::string host = ipv6 ? '[' + url.host + ']' : url.host;
    if (url.port == default_port(url.scheme)) return host;
    return fmt::format("{}:{}", host, url.port);
}

std::string print(const Url& url) {
    const std::string_view prefix = url.scheme == Scheme::http ? http_prefix : https_prefix;
    return std::string(prefix) + host_field(url) + url.target;
}

bool same_host(std::string_view first, std::string_view second) noexcept {
    if (first.ends_with('.')) first.remove_suffix(1);
    if (second.ends_with('.')) second.remove_suffix(1);
    return wire::equal_ignoring_case(first, second);
}

bool same_origin(const Url& first, const Url& second) noexcept {
    return first.scheme == second.scheme && first.port == second.port &&
           same_host(first.host, second.host);
}

}  // namespace sfmkit::client
