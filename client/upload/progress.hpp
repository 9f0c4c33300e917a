#pragma once

#include "client/upload/migration.hpp"
#include "platform/status_line.hpp"

#include <iosfwd>
#include <string>

namespace sfmkit::client {

/// What a progress line is made of. Bytes are those of files; sent counts repeated ones too.
struct ProgressFigures {
    std::size_t files_total = 0;
    std::size_t files_ended = 0;
    std::uint64_t bytes_total = 0;
    std::uint64_t bytes_sent = 0;
    std::uint64_t bytes_acknowledged = 0;  ///< in all runs
    std::uint64_t bytes_this_run = 0;      ///< acknowledged in this one
    platform::Duration elapsed{0};
};

/// `17/46 files  3.1 MiB sent  2.9/8.4 MiB acknowledged  1.2 MiB/s  5 s left`
std::string print_progress(const ProgressFigures& figures);
/// `59 s left`, `3 min left`, `5 h left`; rounded up.
std::string print_time_left(std::uint64_t seconds);
/// `512 B`, `1.5 KiB`, `20.0 MiB`.
std::string print_size(std::uint64_t bytes);

/// Tells a person how it goes: one line that is written over on a terminal, one line for each file
/// elsewhere.
class ProgressLine final : public MigrationObserver {
  public:
    ProgressLine(
        std::ostream& stream, bool terminal, platform::Clock& clock, const ExportListing& listing
    );

    void bytes_sent(std::uint64_t count) override;
    void bytes_acknowledged(std::int64_t gained) override;
    void bytes_found(std::uint64_t count) override;
    void waits(const ExportFile& file, const Step& step) override;
    void file_ended(const ExportFile& file, const FileOutcome& outcome) override;
    /// Ends the line on a terminal.
    void finish();

  private:
    void redraw(bool at_once);
    void print_line(const std::string& text);

    std::ostream& stream_;
    bool terminal_;
    platform::Clock& clock_;
    platform::SteadyTime started_;
    platform::StatusLine status_;
    ProgressFigures figures_;
};

}  // namespace sfmkit::client
