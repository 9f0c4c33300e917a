#include "mockserver/auth/proof_url.hpp"

#include <algorithm>
#include <vector>

namespace sfmkit::mockserver {
namespace {

std::string lower(std::string_view text) {
    std::string lowered(text);
    for (char& letter : lowered) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lowered;
}

int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

/// RFC 3986 section 2.3.
bool is_unreserved(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') ||
           std::string_view("-._~").find(letter) != std::string_view::npos;
}

/// RFC 3986 sections 6.2.2.1 and 6.2.2.2. What is no escape stays as it is.
std::string normalise_escapes(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool escape = text[at] == '%' && at + 2 < text.size() &&
                            hex_value(text[at + 1]) >= 0 && hex_value(text[at + 2]) >= 0;
        if (!escape) {
            plain += text[at];
            continue;
        }
        const int value = hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]);
        const char letter = static_cast<char>(static_cast<unsigned char>(value));
        if (is_unreserved(letter)) {
            plain += letter;
        } else {
            plain += '%';
            plain += digits[static_cast<std::size_t>(value / 16)];
            plain += digits[static_cast<std::size_t>(value % 16)];
        }
        at += 2;
    }
    return plain;
}

/// RFC 3986 section 5.2.4, for a path that begins with a slash. Empty segments stay.
std::string remove_dot_segments(std::string_view path) {
    std::vector<std::string_view> kept;
    std::size_t begin = 1;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view segment = path.substr(begin, end - begin);
        const bool last = end == path.size();
        if (segment == "..") {
            if (!kept.empty()) kept.pop_back();
            if (last) kept.emplace_back();
        } else if (segment == ".") {
            if (last) kept.emplace_back();
        } else {
            kept.push_back(segment);
        }
        begin = end + 1;
    }
    std::string joined;
    for (const std::string_view segment : kept) {
        joined += '/';
        joined += segment;
    }
    return joined.empty() ? "/" : joined;
}

/// Where the port begins in an authority; its length when there is none.
std::size_t port_at(std::string_view authority) {
    const std::size_t bracket = authority.rfind(']');
    const std::size_t colon = authority.rfind(':');
    const bool has_port =
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    return has_port ? colon : authority.size();
}

}  // namespace

std::string host_of(std::string_view authority) {
    return lower(authority.substr(0, port_at(authority)));
}

std::optional<std::string> normalise_url(std::string_view text) {
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string scheme = lower(text.substr(0, colon));
    if (scheme != "http" && scheme != "https") return std::nullopt;
    text.remove_prefix(colon + 3);
    text = text.substr(0, text.find_first_of("?#"));
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string_view authority = text.substr(0, slash);
    const std::string host = host_of(authority);
    if (host.empty() || authority.find('@') != std::string_view::npos) return std::nullopt;
    std::string_view port = authority.substr(port_at(authority));
    if (port == ":" || port == (scheme == "http" ? ":80" : ":443")) port = {};
    const std::string_view path = slash == text.size() ? "/" : text.substr(slash);
    return scheme + "://" + host + std::string(port) + remove_dot_segments(normalise_escapes(path));
}

UrlMatch compare_urls(std::string_view htu, std::string_view request_url) {
    if (htu == request_url) return UrlMatch::exact;
    const auto theirs = normalise_url(htu);
    const auto ours = normalise_url(request_url);
    return theirs && theirs == ours ? UrlMatch::normalised : UrlMatch::different;
}

}  // namespace sfmkit::mockserver
