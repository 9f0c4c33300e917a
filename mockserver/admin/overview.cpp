#include "mockserver/admin/desk.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>
#include <utility>

// What the dashboard shows, in one answer: a migration has thousands of files and requests, and the
// page must not keep the server from its work.

namespace sfmkit::mockserver::admin {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t most_sessions = 5;
constexpr std::size_t most_files = 20;
constexpr std::string_view most_rows = "50";

using Query = std::initializer_list<std::pair<std::string_view, std::string>>;

/// What another handler answers; null when it refuses, as all do that need evidence that is not
/// kept.
ordered_json part(const Call& call, Answer (*handle)(const Call&), const Query& query = {}) {
    Request request;
    for (const auto& [name, value] : query) request.query.emplace(name, value);
    const Answer answer = handle({.desk = call.desk, .request = request, .id = {}});
    return answer.status == 200 ? ordered_json::parse(answer.body) : ordered_json();
}

ordered_json items(const ordered_json& page, const char* name) {
    return page.is_object() ? page[name] : ordered_json::array();
}

/// Those on their way first, then the newest of the finished ones.
ordered_json files_of(const Call& call, const std::string& session) {
    ordered_json files = items(
        part(
            call,
            list_uploads,
            {{"session", session}, {"state", "open"}, {"limit", std::to_string(most_files)}}
        ),
        "uploads"
    );
    if (files.size() == most_files) return files;
    const std::string rest = std::to_string(most_files - files.size());
    const Query whole = {
        {"session", session}, {"state", "finished"}, {"order", "newest"}, {"limit", rest}
    };
    for (auto& file : items(part(call, list_uploads, whole), "uploads")) files.push_back(file);
    return files;
}

}  // namespace

Answer show_overview(const Call& call) {
    const ordered_json all = items(part(call, list_sessions), "sessions");
    ordered_json sessions = ordered_json::array();
    const std::size_t shown = std::min(all.size(), most_sessions);
    for (std::size_t i = 0; i < shown; ++i) {
        ordered_json session = all[all.size() - 1 - i];
        session["uploads"] = files_of(call, session["session"].get<std::string>());
        sessions.push_back(std::move(session));
    }
    const Query newest = {{"order", "newest"}, {"limit", std::string(most_rows)}};
    const ordered_json out = {
        {"service", part(call, show_ready)},
        {"clock", part(call, show_clock)},
        {"sessions", sessions},
        {"more_sessions", all.size() - shown},
        {"faults", items(part(call, list_faults), "faults")},
        {"findings", items(part(call, list_findings, newest), "findings")},
        {"requests", items(part(call, list_requests, newest), "requests")},
    };
    Answer answer;
    answer.body = out.dump() + "\n";
    return answer;
}

}  // namespace sfmkit::mockserver::admin
