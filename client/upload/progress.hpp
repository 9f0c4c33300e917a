#pragma once

#include "client/upload/migration.hpp"
#include "platform/status_block.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace sfmkit::client {

/// What the line about the whole run is made of. Bytes are those of files.
struct ProgressFigures {
    std::size_t files_total = 0;
    std::size_t files_ended = 0;
    std::uint64_t bytes_total = 0;
    std::uint64_t bytes_acknowledged = 0;  ///< in all runs
    std::uint64_t bytes_this_run = 0;      ///< acknowledged in this one
    platform::Duration elapsed{0};
    bool ended = false;  ///< no time is left then
};

/// `[######--------------]  17/46 files  2.9 MiB of 8.4 MiB  1.2 MiB/s  5 s left`; the bar takes
/// what is left of the columns and goes first where there is no room.
std::string print_progress(const ProgressFigures& figures, std::size_t columns);

/// An upload that runs.
struct SlotFigures {
    std::string file{};  ///< printable
    std::uint64_t bytes_total = 0;
    std::uint64_t bytes_acknowledged = 0;
    std::string trouble{};      ///< why it waits, printable
    platform::Duration wait{};  ///< that is left
};

/// `  Patients0/p.pat   45%  waits 4 s: the server answered 503 to PATCH`; of a name that takes
/// more than half of the columns the end is shown, a shorter one is filled up to name_columns.
std::string print_slot(const SlotFigures& slot, std::size_t columns, std::size_t name_columns = 0);

/// `59 s left`, `3 min left`, `5 h left`; rounded up.
std::string print_time_left(std::uint64_t seconds);
/// `512 B`, `1.5 KiB`, `20.0 MiB`.
std::string print_size(std::uint64_t bytes);

/// Tells a person how it goes: a block that is written over on a terminal, with a line for the run
/// and one for each upload in flight; one line for each file elsewhere.
class ProgressDisplay final : public MigrationObserver {
  public:
    /// screen: of the terminal that the stream is; none when it is no terminal.
    ProgressDisplay(
        std::ostream& stream,
        platform::AskScreenSize screen,
        platform::Clock& clock,
        const ExportListing& listing
    );

    void file_began(const ExportFile& file) override;
    void bytes_acknowledged(const ExportFile& file, std::int64_t gained) override;
    void bytes_found(const ExportFile& file, std::uint64_t count) override;
    void server_lacks(const std::string& what) override;
    void waits(const ExportFile& file, const Step& step) override;
    void file_ended(const ExportFile& file, const FileOutcome& outcome) override;
    /// Draws the block anew when that is due. Called from time to time also when nothing happens.
    void refresh();
    /// Puts a line that stays.
    void say(const std::string& text);
    /// Leaves the line about the run on a terminal.
    void finish();

  private:
    /// An upload keeps its line for as long as it runs.
    struct Slot {
        const ExportFile* file = nullptr;
        std::uint64_t bytes_acknowledged = 0;
        std::string trouble{};
        platform::SteadyTime wait_ends{};
    };

    Slot* slot_of(const ExportFile& file);
    std::vector<std::string> block(platform::SteadyTime now);

    std::ostream& stream_;
    platform::AskScreenSize screen_;
    platform::Clock& clock_;
    platform::SteadyTime started_;
    platform::StatusBlock status_;
    ProgressFigures figures_;
    std::vector<Slot> slots_;
};

}  // namespace sfmkit::client
