#pragma once

#include "cli/command.hpp"
#include "client/upload/migration.hpp"
#include "findings/report.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::cli {

struct DemoSettings {
    std::filesystem::path folder;   ///< new; everything the demo makes goes there
    std::filesystem::path program;  ///< sfmkit itself, started again as the server
    std::uint64_t seed = 1;
    std::uint64_t patients = 12;
};

/// What the demo did, in the order in which it did it.
struct DemoResult {
    std::uint64_t export_files = 0;
    std::uint64_t export_bytes = 0;
    std::vector<std::string> interruptions;  ///< one sentence each
    client::MigrationResult migration;
    std::uint64_t equal_files = 0;  ///< stored bytes equal the export's
    findings::Report report;        ///< on what arrived
};

/// The places inside the demo's folder.
struct DemoPlaces {
    explicit DemoPlaces(const std::filesystem::path& folder);

    std::filesystem::path keys;
    std::filesystem::path exported;
    /// Not `export.journal`, which `upload` takes for its own when the export is sent elsewhere.
    std::filesystem::path journal;
    std::filesystem::path server_data;
    std::filesystem::path server_ready;
    std::filesystem::path server_log;
    std::filesystem::path received;  ///< what arrived, laid out as an export again
    std::filesystem::path text_report;
    std::filesystem::path json_report;
};

/// Makes keys and an export, serves, uploads with three interruptions, lays out what arrived,
/// verifies it and writes the reports.
platform::Result<DemoResult> run_demo(World& world, const DemoSettings& settings);

}  // namespace sfmkit::cli
