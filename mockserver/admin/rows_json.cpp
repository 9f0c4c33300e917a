#include "mockserver/admin/rows_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace sfmkit::mockserver::admin {
namespace {

using nlohmann::ordered_json;

std::string dump(const ordered_json& value) {
    // What clients sent need not be UTF-8.
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json number_or_null(const std::optional<std::uint64_t>& number) {
    return number ? ordered_json(*number) : ordered_json();
}

ordered_json time_or_null(const std::optional<platform::WallTime>& time) {
    return time ? ordered_json(print_instant(*time)) : ordered_json();
}

std::vector<std::string> lines_of(std::string_view head) {
    std::vector<std::string> lines;
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        if (end > 0) lines.emplace_back(head.substr(0, end));
        head.remove_prefix(std::min(end + 2, head.size()));
    }
    return lines;
}

ordered_json request_object(const RequestRow& row) {
    const RequestEvidence& request = row.request;
    return {
        {"id", row.id},
        {"run", row.run},
        {"connection", request.connection},
        {"number", request.request},
        {"peer", request.peer},
        {"method", request.method},
        {"target", request.target},
        {"fields", lines_of(request.fields)},
        {"upload", request.upload_id},
        {"status", request.status},
        {"answer_head", lines_of(request.answer_head)},
        {"answer_text", request.answer_text},
        {"body_bytes", request.body_bytes},
        {"offset_before", number_or_null(request.offset_before)},
        {"offset_after", number_or_null(request.offset_after)},
        {"checksum", name_of(request.checksum)},
        {"auth", request.auth},
        {"token",
         request.token.empty() ? ordered_json() : ordered_json::parse(request.token, nullptr, false)
        },
        {"faults", request.faults},
        {"end", name_of(request.end)},
        {"arrived", print_instant(request.arrived)},
        {"ended", print_instant(request.ended)},
    };
}

ordered_json finding_object(const FindingRow& row) {
    const findings::Finding& finding = row.finding;
    return {
        {"id", row.id},
        {"run", row.run},
        {"at", print_instant(row.at)},
        {"connection", row.where.connection},
        {"request", row.where.request},
        {"upload", row.where.upload_id},
        {"rule", finding.rule},
        {"severity", findings::name_of(finding.severity)},
        {"file", finding.file},
        {"place", finding.place.xpath},
        {"expected", finding.expected},
        {"actual", finding.actual},
        {"message", finding.message},
        {"next", finding.next},
    };
}

ordered_json upload_object(const UploadRow& row, const std::optional<std::uint64_t>& offset) {
    return {
        {"id", row.id},
        {"session", row.session},
        {"name", row.name},
        {"file_type", row.file_type},
        {"length", number_or_null(row.length_bytes)},
        {"offset", number_or_null(offset)},
        {"created", time_or_null(row.created)},
        {"finished", time_or_null(row.finished)},
        {"removed", time_or_null(row.removed)},
    };
}

}  // namespace

std::string print_instant(platform::WallTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count(),
        clock.subseconds().count()
    );
}

std::string request_json(const RequestRow& row) {
    return dump(request_object(row));
}

std::string request_detail_json(const RequestRow& row, const std::vector<FindingRow>& findings) {
    ordered_json out = request_object(row);
    out["findings"] = ordered_json::array();
    for (const FindingRow& finding : findings) out["findings"].push_back(finding_object(finding));
    return dump(out);
}

std::string finding_json(const FindingRow& row) {
    return dump(finding_object(row));
}

std::string upload_json(const UploadRow& row, std::optional<std::uint64_t> offset_bytes) {
    return dump(upload_object(row, offset_bytes));
}

std::string sessions_json(const std::vector<UploadRow>& uploads) {
    struct Session {
        std::string id;
        std::uint64_t files = 0;
        std::uint64_t finished = 0;
        std::uint64_t removed = 0;
        std::uint64_t finished_bytes = 0;
    };
    std::vector<Session> sessions;
    std::map<std::string_view, std::size_t> places;
    for (const UploadRow& upload : uploads) {
        const auto [place, is_new] = places.try_emplace(upload.session, sessions.size());
        if (is_new) sessions.push_back({.id = upload.session});
        Session& session = sessions[place->second];
        ++session.files;
        if (upload.removed) ++session.removed;
        if (!upload.finished) continue;
        ++session.finished;
        session.finished_bytes += upload.length_bytes.value_or(0);
    }
    std::vector<std::string> items;
    for (const Session& session : sessions) {
        items.push_back(dump({
            {"session", session.id},
            {"files", session.files},
            {"finished", session.finished},
            {"removed", session.removed},
            {"finished_bytes", session.finished_bytes},
        }));
    }
    return list_json("sessions", items);
}

std::string list_json(
    std::string_view name, const std::vector<std::string>& items, const std::string& next
) {
    std::string text = fmt::format("{{\"{}\":[", name);
    for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "" : ",") + items[i];
    const std::string link = next.empty() ? "null" : dump(ordered_json(next));
    return text + fmt::format("],\"next\":{}}}\n", link);
}

}  // namespace sfmkit::mockserver::admin
