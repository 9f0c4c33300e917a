#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::mockserver {

/// How the `htu` of a proof compares with the URL of the request.
enum class UrlMatch {
    exact,
    normalised,  ///< after RFC 3986 sections 6.2.2 and 6.2.3, or without its query
    different
};

/// An absolute http or https URL after normalisation: scheme and host in lower case, no default
/// port, no empty path, no dot segments, percent coding only where it is needed and in capitals;
/// query and fragment removed. Nothing for other texts. Trailing slashes, letter case of the path
/// and other escapes stay.
std::optional<std::string> normalise_url(std::string_view text);

UrlMatch compare_urls(std::string_view htu, std::string_view request_url);

/// The host in an authority, without port, in lower case.
std::string host_of(std::string_view authority);

}  // namespace sfmkit::mockserver
