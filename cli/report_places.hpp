#pragma once

#include "cli/command.hpp"
#include "client/encoder/pending_file.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::cli {

/// What `--report FORMAT=FILE` says.
struct ReportOption {
    std::string format;
    std::string file{};  ///< `-` for the standard output
};

/// Errc::usage when the format is none of those or the file is missing; command: for its help.
platform::Result<ReportOption> parse_report_option(
    const std::string& text,
    const std::vector<std::string_view>& formats,
    const std::string& command
);

/// Before anything is read: one report at most on the output, and none where it would change what
/// is judged or replace a file that is read. Errc::usage.
platform::Result<void> check_places(
    const std::vector<std::string>& reports,
    const std::string& target,
    const std::vector<std::string>& inputs,
    const std::string& command
);

/// Where the reports of one run go: made before the work, so that a place that cannot be written
/// is told at once. A report has its name when it is complete; one that is written while the run
/// lasts is there from the start.
class ReportPlaces {
  public:
    struct Wanted {
        std::string file;  ///< `-` for the standard output
        bool while_running = false;
    };
    static platform::Result<ReportPlaces> create(World& world, const std::vector<Wanted>& wanted);

    /// Whether one of them goes to the standard output, which people do not read then.
    bool take_output() const noexcept;
    /// To all that are written while the run lasts; a failure is told at the end.
    void write_running(const std::string& text);
    /// Writes the others, by their place in what was wanted, and ends all. The first failure.
    platform::Result<void> finish(const std::function<std::string(std::size_t)>& text_of);

  private:
    struct Place {
        Wanted wanted;
        std::optional<client::PendingFile> at_end = {};
        std::unique_ptr<platform::WritableFile> running = {};
    };

    explicit ReportPlaces(World& world) noexcept : world_(&world) {}
    platform::Result<void> finish(Place& place, const std::function<std::string()>& text);

    World* world_;
    std::vector<Place> places_;
    platform::Result<void> failure_ = {};
};

}  // namespace sfmkit::cli
