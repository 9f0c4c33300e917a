#include "client/upload/safety_catch.hpp"

#include <boost/asio/ip/address.hpp>

#include <array>

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

}  // namespace

bool is_loopback(std::string_view host) {
    if (same_host(host, "localhost")) return true;
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(host, error);
    return !error && address.is_loopback();
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
