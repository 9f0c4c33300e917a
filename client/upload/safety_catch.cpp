#include "client/upload/safety_catch.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace sfmkit::client {
namespace {

/// Domains of the national service, where an upload is never a test.
constexpr std::array<std::string_view, 2> real_domains = {"nhn.no", "forskrivning.no"};

std::string_view without_dot(std::string_view host) noexcept {
    if (host.ends_with('.')) host.remove_suffix(1);
    return host;
}

bool is_in_domain(std::string_view host, std::string_view domain) noexcept {
    host = without_dot(host);
    if (same_host(host, domain)) return true;
    if (host.size() <= domain.size() + 1) return false;
    const std::size_t start = host.size() - domain.size();
    return host[start - 1] == '.' && same_host(host.substr(start), domain);
}

bool is_real_service(std::string_view host) noexcept {
    for (const std::string_view domain : real_domains) {
        if (is_in_domain(host, domain)) return true;
    }
    return false;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    while (true) {
        const std::size_t end = text.find(separator, start);
        parts.push_back(text.substr(start, end - start));
        if (end == std::string_view::npos) return parts;
        start = end + 1;
    }
}

/// 0 to 255 in decimal digits without leading zeros: 010 is eight to some resolvers.
bool is_octet(std::string_view text) noexcept {
    const bool digits =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || text.empty() || text.size() > 3) return false;
    if (text.size() > 1 && text.front() == '0') return false;
    return text.size() < 3 || text <= "255";
}

bool is_ipv4_loopback(std::string_view host) {
    const auto octets = split(host, '.');
    return octets.size() == 4 && octets.front() == "127" &&
           std::all_of(octets.begin(), octets.end(), is_octet);
}

/// ::1 with any number of its zeros written out.
bool is_ipv6_loopback(std::string_view host) {
    constexpr std::size_t groups_in_full = 8;
    auto groups = split(host, ':');
    const bool shortened = host.find("::") != std::string_view::npos;
    if (shortened ? groups.size() > groups_in_full + 1 : groups.size() != groups_in_full) {
        return false;
    }
    const auto is_zero = [](std::string_view group) {
        return group.size() <= 4 && group.find_first_not_of('0') == std::string_view::npos;
    };
    const std::string_view last = groups.back();
    groups.pop_back();
    return last.ends_with('1') && is_zero(last.substr(0, last.size() - 1)) &&
           std::all_of(groups.begin(), groups.end(), is_zero);
}

}  // namespace

bool is_loopback(std::string_view host) {
    return same_host(host, "localhost") || is_ipv4_loopback(host) || is_ipv6_loopback(host);
}

platform::Result<void> check_destination(const Url& url, const std::string& real_service) {
    if (!real_service.empty()) {
        if (same_host(url.host, real_service)) return {};
        return platform::fail(
            {.code = platform::Errc::usage,
             .what = "--real-service names another host than --url",
             .where = print(url),
             .expected = url.host,
             .actual = real_service}
        );
    }
    if (is_loopback(url.host)) return {};
    const bool real = is_real_service(url.host);
    return platform::fail(
        {.code = platform::Errc::usage,
         .what = real ? "this is the national service, where real patients are imported"
                      : "this host is not this machine, and patient data may leave it",
         .where = print(url),
         .expected = "localhost, 127.0.0.0/8 or ::1",
         .actual = url.host,
         .next = "repeat the name if you mean it: --real-service " + url.host}
    );
}

}  // namespace sfmkit::client
