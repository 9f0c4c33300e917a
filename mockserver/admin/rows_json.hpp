#pragma once

#include "mockserver/admin/admin_message.hpp"
#include "mockserver/evidence/evidence_reader.hpp"
#include "mockserver/faults/fault_table.hpp"

#include <optional>
#include <string>
#include <vector>

// Rows of the evidence as the admin API shows them. Each text is one JSON value.

namespace sfmkit::mockserver::admin {

/// `2026-11-23T12:47:58.193Z`.
std::string print_instant(platform::WallTime time);

std::string request_json(const RequestRow& row);
/// With `findings`, those of the same connection and request.
std::string request_detail_json(const RequestRow& row, const std::vector<FindingRow>& findings);
std::string finding_json(const FindingRow& row);
/// offset_bytes: of the store; nothing when the upload is not there any more.
std::string upload_json(const UploadRow& row, std::optional<std::uint64_t> offset_bytes);
/// How many files came in each session and how many are whole, oldest session first; uploads
/// without a SessionId count as one session without a name.
std::string sessions_json(const std::vector<UploadRow>& uploads);

/// `{"NAME": [items], "next": URL or null}`.
std::string list_json(
    std::string_view name, const std::vector<std::string>& items, const std::string& next = ""
);

}  // namespace sfmkit::mockserver::admin
