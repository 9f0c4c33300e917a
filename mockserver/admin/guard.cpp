#include "mockserver/admin/guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::mockserver::admin {
namespace {

constexpr std::array<std::string_view, 3> loopback_names = {"localhost", "127.0.0.1", "[::1]"};

bool is_own_host(std::string_view host, std::uint16_t port) {
    return std::ranges::any_of(loopback_names, [&](std::string_view name) {
        return wire::equal_ignoring_case(host, fmt::format("{}:{}", name, port));
    });
}

bool changes_something(std::string_view method) {
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

std::string_view media_type(std::string_view content_type) {
    std::string_view type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return type;
}

}  // namespace

std::optional<Answer> guard(const Request& request, std::uint16_t port) {
    const std::string_view host = request.fields.first("Host").value_or("");
    const std::string own = fmt::format("localhost:{0} or 127.0.0.1:{0}", port);
    if (request.fields.count("Host") != 1 || !is_own_host(host, port)) {
        return refuse(421, "this host is not the admin API", own, host, "use its own address");
    }
    if (const auto origin = request.fields.first("Origin")) {
        constexpr std::string_view scheme = "http://";
        const bool own_origin =
            origin->starts_with(scheme) && is_own_host(origin->substr(scheme.size()), port);
        if (!own_origin) {
            return refuse(
                403, "pages of other origins may not ask", own, *origin, "open the dashboard itself"
            );
        }
    }
    if (!changes_something(request.method)) return std::nullopt;
    const std::string_view type = request.fields.first("Content-Type").value_or("");
    if (wire::equal_ignoring_case(media_type(type), "application/json")) return std::nullopt;
    return refuse(
        415,
        "what changes something is sent as JSON",
        "Content-Type: application/json",
        type.empty() ? std::string_view("no Content-Type") : type,
        "add the header, also when the body is empty"
    );
}

}  // namespace sfmkit::mockserver::admin
