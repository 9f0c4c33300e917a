#pragma once

#include "mockserver/site.hpp"

#include <optional>
#include <string>

namespace sfmkit::mockserver {

/// Before an upload comes into being: why an enforced rule keeps it from doing so, nothing when
/// none does. The first one that names a SessionId reads what an earlier run of the server stored,
/// so that a migration goes on.
std::optional<Answer> refuse_arrival(
    Site& site, const CreatePlan& plan, const std::string& request_line
);
/// Before a request sends data of an upload: the same.
std::optional<Answer> refuse_call(
    Site& site, const Upload& upload, const std::string& request_line
);

/// Judges an upload that came into being as a file of its migration.
void note_arrival(Site& site, const Upload& upload, const RequestEvidence& request);

/// An unfinished upload was removed because its time is over.
void note_removal(Site& site, const Upload& upload);

/// Tells which uploads lack bytes when the server ends.
void tell_unfinished(Site& site);

/// What became of the files of the migrations that are asked for.
Answer migration_reports(Site& site, const MigrationReportQuery& query);

/// A request that sends data of an upload, for as long as it lives; when it was the last one of its
/// migration, what was parallel is judged.
class OpenCall {
  public:
    OpenCall(Site& site, const RequestEvidence& request);
    ~OpenCall();
    OpenCall(const OpenCall&) = delete;
    OpenCall& operator=(const OpenCall&) = delete;

  private:
    Site& site_;
    FoundAt at_;
    std::string request_line_;
    std::string migration_;
};

}  // namespace sfmkit::mockserver
