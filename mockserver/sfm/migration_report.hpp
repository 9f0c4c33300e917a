#pragma once

#include "platform/clock.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The question for migration reports: the page names the query, its parameters and the members of
// the report. That the reports come as a FHIR Bundle of Basic resources is our inference.

namespace sfmkit::mockserver {

/// What the importer made of a file that it received.
enum class ImportOutcome { without_warnings, with_warnings, failed };

/// How many files of one kind came to which outcome, indexed by ImportOutcome.
using ImportCounts = std::array<std::uint64_t, 3>;

/// One migration: the uploads with the same SessionId.
struct MigrationSummary {
    std::string session_id;  ///< as a client spelt it
    platform::WallTime started;
    std::optional<platform::WallTime> ended;  ///< empty while files are on their way or imported
    ImportCounts organisations = {};
    ImportCounts patients = {};
    ImportCounts reports = {};
};

/// Which migrations are asked for, by the time at which they began.
struct MigrationReportQuery {
    std::optional<platform::WallTime> from;   ///< `date=ge…`
    std::optional<platform::WallTime> until;  ///< `date=le…`; a date alone means its last moment
};

/// Reads what stands behind the question mark. Nothing when it is no question for reports: another
/// `_query`, an unknown `patientLogLevel`, a date that is none.
std::optional<MigrationReportQuery> read_report_query(std::string_view target);

bool is_asked_for(const MigrationReportQuery& query, const MigrationSummary& migration);

/// The body of the answer: a Bundle (searchset) with a Basic resource for each migration, and in
/// each of them the report as base64 of JSON.
std::string print_migration_reports(const std::vector<MigrationSummary>& migrations);

}  // namespace sfmkit::mockserver
