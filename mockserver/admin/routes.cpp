#include "mockserver/admin/routes.hpp"

#include "mockserver/admin/guard.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <optional>
#include <vector>

namespace sfmkit::mockserver::admin {
namespace {

constexpr std::string_view open_part = "{id}";

constexpr std::array<Route, 24> rows = {{
    {"GET", "/", show_dashboard, "dashboard", "The dashboard", "", "", "", "text/html"},
    {"GET", "/dashboard.css", show_style, "style", "How the dashboard looks", "", "", "", "text/css"
    },
    {"GET",
     "/dashboard.js",
     show_script,
     "script",
     "What the dashboard does",
     "",
     "",
     "",
     "text/javascript"},
    {"GET", "/openapi.json", show_open_api, "openApi", "This description", "", "", "OpenApi"},
    {"GET", "/readyz", show_ready, "ready", "Whether the service accepts uploads", "", "", "Ready"},
    {"GET",
     "/api/overview",
     show_overview,
     "overview",
     "What the dashboard shows: the newest of everything",
     "",
     "",
     "Overview"},
    {"GET",
     "/api/sessions",
     list_sessions,
     "listSessions",
     "Migrations: how many files came and how many are whole",
     "",
     "",
     "Sessions"},
    {"GET",
     "/api/uploads",
     list_uploads,
     "listUploads",
     "Uploads of this run",
     "session state order after limit",
     "",
     "Uploads"},
    {"GET", "/api/uploads/{id}", show_upload, "showUpload", "One upload", "", "", "Upload"},
    {"DELETE",
     "/api/uploads/{id}",
     remove_upload,
     "removeUpload",
     "Removes an upload",
     "",
     "",
     "Done"},
    {"POST",
     "/api/uploads/{id}/expire",
     expire_upload,
     "expireUpload",
     "Lets an upload expire now",
     "",
     "",
     "Done"},
    {"GET",
     "/api/requests",
     list_requests,
     "listRequests",
     "Requests in the order in which they ended",
     "upload session method status faults order after limit",
     "",
     "Requests"},
    {"GET",
     "/api/requests/{id}",
     show_request,
     "showRequest",
     "One request with its findings",
     "",
     "",
     "RequestDetail"},
    {"GET",
     "/api/findings",
     list_findings,
     "listFindings",
     "Findings and refusals",
     "order after limit",
     "",
     "Findings"},
    {"GET",
     "/api/events",
     stream_events,
     "streamEvents",
     "What happens, as server-sent events",
     "after",
     "",
     "",
     "text/event-stream"},
    {"GET", "/api/faults", list_faults, "listFaults", "Faults that are armed", "", "", "Faults"},
    {"POST",
     "/api/faults",
     arm_fault,
     "armFault",
     "Arms a fault, or all of a scenario",
     "",
     "FaultOrScenario",
     "Armed",
     "application/json",
     201},
    {"DELETE", "/api/faults", clear_faults, "clearFaults", "Clears all faults", "", "", "Done"},
    {"DELETE", "/api/faults/{id}", clear_fault, "clearFault", "Clears one fault", "", "", "Done"},
    {"GET", "/api/clock", show_clock, "showClock", "The calendar of the server", "", "", "Clock"},
    {"POST",
     "/api/clock",
     advance_clock,
     "advanceClock",
     "Moves the calendar on",
     "",
     "Advance",
     "Clock"},
    {"POST",
     "/api/tokens/expire",
     expire_tokens,
     "expireTokens",
     "Refuses all credentials seen so far",
     "",
     "",
     "Done"},
    {"POST",
     "/api/tokens/renew",
     renew_tokens,
     "renewTokens",
     "Takes expired credentials again",
     "",
     "",
     "Done"},
    {"POST",
     "/api/reset",
     reset,
     "reset",
     "Ends connections, removes uploads and faults, begins a new run",
     "",
     "",
     "Done"},
}};

/// The open part of the path when it fits the pattern, else nothing.
std::optional<std::string> fit(std::string_view pattern, std::string_view path) {
    const std::size_t open = pattern.find(open_part);
    if (open == std::string_view::npos) {
        if (path != pattern) return std::nullopt;
        return std::string();
    }
    const std::string_view before = pattern.substr(0, open);
    const std::string_view behind = pattern.substr(open + open_part.size());
    const std::size_t fixed = before.size() + behind.size();
    if (path.size() <= fixed || !path.starts_with(before) || !path.ends_with(behind)) {
        return std::nullopt;
    }
    const std::string_view id = path.substr(before.size(), path.size() - fixed);
    if (id.find('/') != std::string_view::npos) return std::nullopt;
    return std::string(id);
}

}  // namespace

std::span<const Route> routes() noexcept {
    return rows;
}

Answer answer(Desk& desk, const Request& request, std::uint16_t port) {
    if (auto refused = guard(request, port)) return std::move(*refused);
    std::vector<std::string_view> methods;
    for (const Route& route : rows) {
        const auto id = fit(route.path, request.path);
        if (!id) continue;
        const bool head = request.method == "HEAD" && route.method == "GET";
        if (request.method == route.method || head) {
            Answer given = route.handle({.desk = desk, .request = request, .id = *id});
            if (given.status == 200) given.status = route.status;
            return given;
        }
        methods.push_back(route.method);
    }
    if (methods.empty()) {
        return refuse(
            404,
            "there is no such place",
            "a path of /openapi.json",
            request.path,
            "see /openapi.json"
        );
    }
    return refuse(
        405,
        "not with this method",
        fmt::format("{}", fmt::join(methods, " or ")),
        request.method,
        "see /openapi.json"
    );
}

}  // namespace sfmkit::mockserver::admin
