#pragma once

#include "cli/command.hpp"
#include "client/upload/migration.hpp"
#include "client/upload/standing.hpp"

#include <functional>
#include <string>
#include <vector>

namespace sfmkit::cli {

/// What `upload` tells at its end.
struct UploadReport {
    client::MigrationResult result{};
    std::string session{};
    std::string journal{};
    bool resumed = false;
    std::vector<std::string> skipped{};
    std::size_t left_out = 0;  ///< by --only-failed
    std::string command{};     ///< the one that was given
};

/// 0 all uploaded · 1 a file finally refused · 3 run again · 130 interrupted; the code of the
/// failure when the journal could not be written.
int exit_code_of(const client::MigrationResult& result);

/// Several lines with their line feeds.
std::string print_text(const UploadReport& report);
/// One JSON object, indented (docs/upload-report.schema.json).
std::string print_json(const UploadReport& report);

/// What a run would do: a line for each file, then the sums. Session, journal and what is skipped
/// come from the report.
std::string print_preview(
    const std::vector<client::Prospect>& prospects, const UploadReport& report
);
/// The same as one JSON object (docs/upload-report.schema.json).
std::string print_preview_json(
    const std::vector<client::Prospect>& prospects, const UploadReport& report
);

/// The first and the last line of the events of a run (docs/upload-events.schema.json).
std::string event_of_begin(const client::ExportListing& listing, const std::string& session);
std::string event_of_end(const UploadReport& report);

/// Writes the lines between them and hands all on to the next observer.
class UploadEvents final : public client::ForwardingObserver {
  public:
    using Write = std::function<void(const std::string&)>;
    UploadEvents(Write write, client::MigrationObserver& next)
        : ForwardingObserver(next), write_(std::move(write)) {}

    void file_began(const client::ExportFile& file) override;
    void waits(const client::ExportFile& file, const client::Step& step) override;
    void file_ended(const client::ExportFile& file, const client::FileOutcome& outcome) override;

  private:
    Write write_;
};

/// Each file that was not uploaded with its reason, for people; the first ones when there are many.
void print_failures(World& world, const UploadReport& report);
/// How to go on after an interruption.
std::string resume_hint(const UploadReport& report);

}  // namespace sfmkit::cli
