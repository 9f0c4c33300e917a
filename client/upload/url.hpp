#pragma once

#include "platform/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace sfmkit::client {

enum class Scheme { http, https };

/// An absolute http or https URL without user information and fragment.
struct Url {
    Scheme scheme = Scheme::http;
    std::string host;  ///< lower case; an IPv6 address without its brackets
    std::uint16_t port = 80;
    std::string target = "/";  ///< path and query as sent in the request line

    bool operator==(const Url&) const = default;
};

/// Errc::usage when it is no such URL; user information is refused because it hides the host.
platform::Result<Url> parse_url(std::string_view text);

/// The target of a Location header (RFC 3986 section 5.2), seen from the URL that was asked.
/// Errc::refused when it is malformed or leads to another scheme, host or port: what belongs to one
/// origin is never sent to another.
platform::Result<Url> resolve_location(const Url& asked, std::string_view location);

/// `host:port`, without the port that the scheme implies, with brackets around IPv6.
std::string host_field(const Url& url);
std::string print(const Url& url);

/// Compared without case and without the dot that may end a name.
bool same_host(std::string_view first, std::string_view second) noexcept;
bool same_origin(const Url& first, const Url& second) noexcept;

}  // namespace sfmkit::client
