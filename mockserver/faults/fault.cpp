#include "mockserver/faults/fault.hpp"

#include "platform/assert.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::mockserver {
namespace {

using enum FaultPoint;

struct PointRow {
    FaultPoint point;
    std::string_view name;
};

constexpr std::array<PointRow, 8> point_rows = {{
    {accept, "accept"},
    {head, "head"},
    {before_store, "before_store"},
    {body, "body"},
    {after_body, "after_body"},
    {after_store, "after_store"},
    {answer, "answer"},
    {after_answer, "after_answer"},
}};

constexpr std::array<FaultPoint, 8> all_points = {
    accept, head, before_store, body, after_body, after_store, answer, after_answer
};
constexpr std::array<FaultPoint, 7> of_requests = {
    head, before_store, body, after_body, after_store, answer, after_answer
};
constexpr std::array<FaultPoint, 5> before_answer = {
    head, before_store, body, after_body, after_store
};
constexpr std::array<FaultPoint, 2> streams = {body, answer};
constexpr std::array<FaultPoint, 1> only_head = {head};
constexpr std::array<FaultPoint, 1> only_body = {body};
constexpr std::array<FaultPoint, 1> only_answer = {answer};
constexpr std::array<FaultPoint, 2> when_stored = {after_store, after_answer};

constexpr std::array<std::string_view, 1> of_time = {"time"};
constexpr std::array<std::string_view, 1> of_bytes = {"bytes"};
constexpr std::array<std::string_view, 1> of_corrupt = {"silent"};
constexpr std::array<std::string_view, 2> of_restart = {"time", "keep_state"};
constexpr std::array<std::string_view, 9> of_answer = {
    "status", "reason", "set", "text", "close", "lower_case", "http_1_0", "chunked", "gzip"
};
constexpr std::array<std::string_view, 9> of_edit = {
    "status", "reason", "set", "remove", "shift", "lower_case", "http_1_0", "chunked", "gzip"
};

constexpr std::array<FaultKindRow, 17> kind_rows = {{
    {FaultKind::reset, "reset", all_points, {}, "breaks the connection (TCP RST)"},
    {FaultKind::close, "close", all_points, {}, "ends the connection in order, without a word"},
    {FaultKind::stall,
     "stall",
     all_points,
     of_time,
     "does nothing for `time`, or until the client leaves; then goes on"},
    {FaultKind::slow,
     "slow",
     streams,
     of_bytes,
     "reads the body, or sends the answer, at `bytes` a second"},
    {FaultKind::answer,
     "answer",
     before_answer,
     of_answer,
     "answers this instead of what the server would; `close` ends the connection with it"},
    {FaultKind::edit_answer,
     "edit_answer",
     only_answer,
     of_edit,
     "changes the answer: `status`, `reason`, fields to `set` or `remove`, `shift` of "
     "Upload-Offset, `lower_case` names, `http_1_0`, `chunked`, `gzip`"},
    {FaultKind::withhold_continue,
     "withhold_continue",
     only_head,
     {},
     "never says 100 Continue and waits for the body"},
    {FaultKind::corrupt,
     "corrupt",
     only_body,
     of_corrupt,
     "turns one bit of that byte over; `silent`: behind the back of the checksum"},
    {FaultKind::keep_part,
     "keep_part",
     only_body,
     {},
     "stores what came before that byte, reads the rest and answers the smaller offset"},
    {FaultKind::storage_full, "storage_full", only_body, {}, "the disk is full from that byte on"},
    {FaultKind::lose_store,
     "lose_store",
     when_stored,
     of_bytes,
     "forgets what the request stored, but for its first `bytes`"},
    {FaultKind::expire_upload,
     "expire_upload",
     of_requests,
     {},
     "the time of the upload is over from now on"},
    {FaultKind::expire_tokens,
     "expire_tokens",
     of_requests,
     {},
     "credentials that were seen so far are refused from now on"},
    {FaultKind::lock,
     "lock",
     of_requests,
     of_time,
     "the upload counts as being written to for `time`"},
    {FaultKind::buffer,
     "buffer",
     only_head,
     {},
     "collects the whole body first, as nginx does: what breaks off is lost"},
    {FaultKind::restart,
     "restart",
     of_requests,
     of_restart,
     "ends all connections, is away for `time`, comes back with its uploads or "
     "(`keep_state` false) without"},
    {FaultKind::crash, "crash", all_points, {}, "ends the process as kill -9 does"},
}};

}  // namespace

std::span<const FaultPoint> fault_points() noexcept {
    return all_points;
}

std::span<const FaultKindRow> fault_kinds() noexcept {
    return kind_rows;
}

bool ends_request(FaultKind kind) noexcept {
    using enum FaultKind;
    return kind == reset || kind == close || kind == FaultKind::answer || kind == restart ||
           kind == crash;
}

std::string_view name_of(FaultPoint point) noexcept {
    const auto row = std::ranges::find(point_rows, point, &PointRow::point);
    SFM_ASSERT(row != point_rows.end());
    return row->name;
}

std::string_view name_of(FaultKind kind) noexcept {
    const auto row = std::ranges::find(kind_rows, kind, &FaultKindRow::kind);
    SFM_ASSERT(row != kind_rows.end());
    return row->name;
}

}  // namespace sfmkit::mockserver
