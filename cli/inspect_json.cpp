#include "cli/inspect_report.hpp"
#include "platform/printable.hpp"
#include "verifier/dos_time.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace sfmkit::cli {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const verifier::BudgetRow& row) {
    return {
        {"field", row.field},
        {"offset", row.offset_bytes},
        {"bytes", row.length_bytes},
        {"meaning", row.meaning},
    };
}

Json to_json(const verifier::Diagnosis& diagnosis) {
    Json likely = Json::array();
    for (const verifier::LikelyCause& cause : diagnosis.row().likely) {
        likely.push_back({{"platform", cause.platform}, {"cause", cause.text}});
    }
    return {
        {"class", diagnosis.row().name},
        {"rule", diagnosis.rule},
        {"summary", diagnosis.summary},
        {"proved", diagnosis.proved},
        {"likely", std::move(likely)},
        {"next", diagnosis.row().next},
    };
}

Json to_json(const verifier::TreeEntry& entry) {
    const auto time = verifier::dos_timestamp(entry.header.dos_date, entry.header.dos_time);
    return {
        {"name", entry.name},
        {"packed_bytes", entry.header.compressed_bytes},
        {"bytes", entry.header.expanded_bytes},
        {"method", entry.header.method},
        {"crc32", fmt::format("{:08x}", entry.header.crc32)},
        {"sound", entry.sound},
        {"time", time ? Json(fmt::format("{:%Y-%m-%dT%H:%M:%S}", *time)) : Json(nullptr)},
        {"root", entry.root},
        {"namespace", entry.space},
        {"message_type", entry.message_type},
        {"problem", entry.problem},
    };
}

Json to_json(const verifier::ArchiveTree& tree) {
    Json entries = Json::array();
    for (const verifier::TreeEntry& entry : tree.entries) entries.push_back(to_json(entry));
    return {{"problem", tree.problem}, {"entries", std::move(entries)}};
}

Json to_json(const verifier::Preview& preview) {
    return {
        {"entry", preview.entry},
        {"selected", preview.selected},
        {"cut", preview.cut},
        {"problem", preview.problem},
        {"lines", preview.lines},
    };
}

template <class Items>
Json to_array(const Items& items) {
    Json all = Json::array();
    for (const auto& item : items) all.push_back(to_json(item));
    return all;
}

}  // namespace

std::string json_of(const InspectReport& report) {
    const verifier::Inspection& inspection = report.inspection;
    Json json = {
        {"tool", "sfmkit"},
        {"version", SFMKIT_VERSION},
        {"file", platform::printable(report.file)},
        {"bytes", inspection.envelope.header.file_bytes},
        {"budget", to_array(inspection.budget)},
        {"budget_sum", verifier::total_bytes(inspection.budget)},
        {"proved", inspection.proved},
        {"not_proved", inspection.not_proved},
        {"diagnoses", to_array(inspection.envelope.diagnoses)},
        {"masked", report.masked},
    };
    if (inspection.tree) json["archive"] = to_json(*inspection.tree);
    if (report.preview) json["preview"] = to_json(*report.preview);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace sfmkit::cli
