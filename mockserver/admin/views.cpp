#include "mockserver/admin/desk.hpp"
#include "mockserver/admin/rows_json.hpp"
#include "mockserver/faults/fault_file.hpp"
#include "platform/process.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <expected>

namespace sfmkit::mockserver::admin {
namespace {

using nlohmann::ordered_json;

constexpr std::uint64_t usual_page = 100;
constexpr std::uint64_t longest_page = 1000;

Answer json_answer(std::string body) {
    Answer answer;
    answer.body = std::move(body);
    return answer;
}

Answer failed(const platform::Error& error) {
    return refuse(503, error.what, error.expected, error.where, error.next);
}

Answer not_there(const Call& call, std::string_view what) {
    return refuse(
        404,
        fmt::format("there is no such {}", what),
        "an id that was listed",
        call.id,
        "ask for the list first"
    );
}

/// A number of the query; nothing when it is none.
std::optional<std::uint64_t> number_in(
    const Call& call, std::string_view name, std::uint64_t usual
) {
    const auto text = call.request.query.find(name);
    if (text == call.request.query.end()) return usual;
    const std::string& digits = text->second;
    std::uint64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
    return number;
}

std::string text_in(const Call& call, std::string_view name) {
    const auto text = call.request.query.find(name);
    return text == call.request.query.end() ? std::string() : text->second;
}

Answer bad_query(const Call& call, std::string_view name, std::string_view expected) {
    return refuse(
        400,
        fmt::format("the parameter {} cannot be read", name),
        expected,
        text_in(call, name),
        "see /openapi.json"
    );
}

platform::Result<EvidenceReader> evidence_of(const Call& call) {
    if (call.desk.evidence == nullptr) {
        return platform::fail({
            .code = platform::Errc::not_found,
            .what = "no evidence is kept",
            .expected = "a server without --no-evidence",
            .next = "start it without --no-evidence",
        });
    }
    return EvidenceReader::open(call.desk.data_dir);
}

/// What every list takes: after, limit and order.
struct Page {
    std::uint64_t after = 0;
    std::uint64_t most = usual_page;
    Order order = Order::oldest;
};

std::expected<Page, Answer> page_of(const Call& call) {
    const auto after = number_in(call, "after", 0);
    if (!after) return std::unexpected(bad_query(call, "after", "a number"));
    const auto most = number_in(call, "limit", usual_page);
    if (!most || *most == 0 || *most > longest_page) {
        return std::unexpected(bad_query(call, "limit", "a number from 1 to 1000"));
    }
    const std::string order = text_in(call, "order");
    if (!order.empty() && order != "oldest" && order != "newest") {
        return std::unexpected(bad_query(call, "order", "oldest or newest"));
    }
    return Page{
        .after = *after,
        .most = *most,
        .order = order == "newest" ? Order::newest : Order::oldest,
    };
}

std::string next_page(const Call& call, std::uint64_t last, std::size_t count, const Page& page) {
    if (count < page.most) return {};
    std::string url = call.request.path + fmt::format("?after={}&limit={}", last, page.most);
    for (const auto& [name, value] : call.request.query) {
        if (name != "after" && name != "limit") url += "&" + name + "=" + value;
    }
    return url;
}

/// The uploads of this run, oldest first; number: its place in that order, from 1 on.
struct ListedUpload {
    std::uint64_t number = 0;
    UploadRow row;
};

platform::Result<std::vector<ListedUpload>> listed_uploads(const Call& call) {
    auto reader = evidence_of(call);
    if (!reader) return std::unexpected(reader.error());
    auto rows = reader->uploads(call.desk.evidence->run());
    if (!rows) return std::unexpected(rows.error());
    std::vector<ListedUpload> listed;
    std::uint64_t number = 0;
    for (UploadRow& row : *rows) {
        ++number;
        // Of an earlier run, and gone before anything happened to it in this one.
        if (!row.created && !row.finished) continue;
        listed.push_back({.number = number, .row = std::move(row)});
    }
    return listed;
}

platform::Result<std::string> print_upload(const Call& call, const UploadRow& row) {
    const auto upload = call.desk.site.store.find(row.id);
    if (!upload) return std::unexpected(upload.error());
    std::optional<std::uint64_t> offset;
    if (*upload) offset = (*upload)->offset_bytes;
    return upload_json(row, offset);
}

std::string_view state_of(const UploadRow& row) {
    if (row.removed) return "removed";
    return row.finished ? "finished" : "open";
}

/// One page of them, in the order that is asked for.
platform::Result<std::string> print_uploads(
    const Call& call, const std::vector<ListedUpload>& listed, const Page& page
) {
    const std::string session = text_in(call, "session");
    const std::string state = text_in(call, "state");
    const bool any_session = !call.request.query.contains("session");
    const bool newest = page.order == Order::newest;
    std::vector<std::string> items;
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < listed.size() && items.size() < page.most; ++i) {
        const auto& [number, row] = listed[newest ? listed.size() - 1 - i : i];
        const bool known = newest ? page.after != 0 && number >= page.after : number <= page.after;
        if (known || (!any_session && row.session != session)) continue;
        if (!state.empty() && state_of(row) != state) continue;
        auto printed = print_upload(call, row);
        if (!printed) return std::unexpected(printed.error());
        items.push_back(std::move(*printed));
        last = number;
    }
    return list_json("uploads", items, next_page(call, last, items.size(), page));
}

}  // namespace

Answer show_ready(const Call& call) {
    const ordered_json out = {
        {"ready", true},
        {"url", call.desk.url},
        {"imitates", call.desk.imitates},
        {"version", SFMKIT_VERSION},
        {"pid", platform::this_process_id()},
    };
    return json_answer(out.dump() + "\n");
}

Answer list_sessions(const Call& call) {
    const auto listed = listed_uploads(call);
    if (!listed) return failed(listed.error());
    std::vector<UploadRow> rows;
    for (const ListedUpload& upload : *listed) rows.push_back(upload.row);
    return json_answer(sessions_json(rows));
}

Answer list_uploads(const Call& call) {
    const auto page = page_of(call);
    if (!page) return page.error();
    constexpr std::array<std::string_view, 4> states = {"", "open", "finished", "removed"};
    if (std::ranges::find(states, text_in(call, "state")) == states.end()) {
        return bad_query(call, "state", "open, finished or removed");
    }
    const auto listed = listed_uploads(call);
    if (!listed) return failed(listed.error());
    auto printed = print_uploads(call, *listed, *page);
    return printed ? json_answer(std::move(*printed)) : failed(printed.error());
}

Answer show_upload(const Call& call) {
    const auto listed = listed_uploads(call);
    if (!listed) return failed(listed.error());
    const auto found = std::ranges::find(*listed, call.id, [](const ListedUpload& upload) {
        return std::string_view(upload.row.id);
    });
    if (found == listed->end()) return not_there(call, "upload");
    auto printed = print_upload(call, found->row);
    return printed ? json_answer(*printed + "\n") : failed(printed.error());
}

Answer list_requests(const Call& call) {
    const auto page = page_of(call);
    if (!page) return page.error();
    const auto status = number_in(call, "status", 0);
    if (!status || *status > 999) return bad_query(call, "status", "a status, e.g. 409");
    auto reader = evidence_of(call);
    if (!reader) return failed(reader.error());
    RequestQuery query{
        .run = call.desk.evidence->run(),
        .upload = text_in(call, "upload"),
        .session = text_in(call, "session"),
        .method = text_in(call, "method"),
        .status = {},
        .with_faults = text_in(call, "faults") == "true",
        .after = page->after,
        .most = page->most,
        .order = page->order,
    };
    if (call.request.query.contains("status")) query.status = static_cast<int>(*status);
    const auto rows = reader->requests(query);
    if (!rows) return failed(rows.error());
    std::vector<std::string> items;
    for (const RequestRow& row : *rows) items.push_back(request_json(row));
    const std::uint64_t last = rows->empty() ? 0 : rows->back().id;
    return json_answer(list_json("requests", items, next_page(call, last, rows->size(), *page)));
}

Answer show_request(const Call& call) {
    std::uint64_t id = 0;
    const auto read = std::from_chars(call.id.data(), call.id.data() + call.id.size(), id);
    if (read.ec != std::errc()) return not_there(call, "request");
    auto reader = evidence_of(call);
    if (!reader) return failed(reader.error());
    const auto row = reader->request(id);
    if (!row) return failed(row.error());
    const std::optional<RequestRow>& known = *row;
    if (!known) return not_there(call, "request");
    const auto found = reader->findings_of(*known);
    if (!found) return failed(found.error());
    return json_answer(request_detail_json(*known, *found) + "\n");
}

Answer list_findings(const Call& call) {
    const auto page = page_of(call);
    if (!page) return page.error();
    auto reader = evidence_of(call);
    if (!reader) return failed(reader.error());
    const auto rows =
        reader->findings(call.desk.evidence->run(), page->after, page->most, page->order);
    if (!rows) return failed(rows.error());
    std::vector<std::string> items;
    for (const FindingRow& row : *rows) items.push_back(finding_json(row));
    const std::uint64_t last = rows->empty() ? 0 : rows->back().id;
    return json_answer(list_json("findings", items, next_page(call, last, rows->size(), *page)));
}

Answer list_faults(const Call& call) {
    std::vector<std::string> items;
    for (const auto& armed : call.desk.site.faults.armed()) {
        items.push_back(print_armed_fault(*armed));
    }
    return json_answer(list_json("faults", items));
}

Answer show_clock(const Call& call) {
    const ordered_json out = {
        {"now", print_instant(call.desk.clock.wall_now())},
        {"shift_ms", call.desk.clock.shift().count()},
    };
    return json_answer(out.dump() + "\n");
}

Answer stream_events(const Call& call) {
    auto after = number_in(call, "after", call.desk.live.last_id());
    if (const auto last = call.request.fields.first("Last-Event-ID")) {
        std::uint64_t id = 0;
        const auto read = std::from_chars(last->data(), last->data() + last->size(), id);
        if (read.ec == std::errc()) after = id;
    }
    if (!after) return bad_query(call, "after", "the id of an event");
    Answer answer;
    answer.type = "text/event-stream";
    answer.events_after = *after;
    return answer;
}

}  // namespace sfmkit::mockserver::admin
