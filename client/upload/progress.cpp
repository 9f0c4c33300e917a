#include "client/upload/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

namespace sfmkit::client {
namespace {

/// Before this much time a rate says nothing.
constexpr platform::Duration shortest_rate{200};

}  // namespace

std::string print_time_left(std::uint64_t seconds) {
    if (seconds < 100) return fmt::format("{} s left", seconds);
    if (seconds < 6000) return fmt::format("{} min left", (seconds + 59) / 60);
    return fmt::format("{} h left", (seconds + 3599) / 3600);
}

std::string print_size(std::uint64_t bytes) {
    constexpr std::array units = {"KiB", "MiB", "GiB", "TiB"};
    if (bytes < 1024) return fmt::format("{} B", bytes);
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    return fmt::format("{:.1f} {}", value, units[unit]);
}

std::string print_progress(const ProgressFigures& figures) {
    std::string text = fmt::format(
        "{}/{} files  {} sent  {} of {} acknowledged",
        figures.files_ended,
        figures.files_total,
        print_size(figures.bytes_sent),
        print_size(figures.bytes_acknowledged),
        print_size(figures.bytes_total)
    );
    if (figures.elapsed < shortest_rate || figures.bytes_this_run == 0) return text;
    const auto milliseconds = static_cast<std::uint64_t>(figures.elapsed.count());
    const std::uint64_t rate = figures.bytes_this_run * 1000 / milliseconds;
    text += fmt::format("  {}/s", print_size(rate));
    if (rate == 0 || figures.bytes_acknowledged >= figures.bytes_total) return text;
    const std::uint64_t left = figures.bytes_total - figures.bytes_acknowledged;
    return text + "  " + print_time_left((left + rate - 1) / rate);
}

ProgressLine::ProgressLine(
    std::ostream& stream, bool terminal, platform::Clock& clock, const ExportListing& listing
)
    : stream_(stream),
      terminal_(terminal),
      clock_(clock),
      started_(clock.steady_now()),
      status_(stream) {
    figures_.files_total = listing.others.size() + 1;
    figures_.bytes_total = listing.organisation.size_bytes;
    for (const ExportFile& file : listing.others) figures_.bytes_total += file.size_bytes;
}

void ProgressLine::bytes_sent(std::uint64_t count) {
    figures_.bytes_sent += count;
    redraw(false);
}

void ProgressLine::bytes_acknowledged(std::int64_t gained) {
    const auto add = [gained](std::uint64_t value) {
        const auto sum = static_cast<std::int64_t>(value) + gained;
        return static_cast<std::uint64_t>(std::max<std::int64_t>(0, sum));
    };
    figures_.bytes_acknowledged = add(figures_.bytes_acknowledged);
    figures_.bytes_this_run = add(figures_.bytes_this_run);
    redraw(false);
}

void ProgressLine::bytes_found(std::uint64_t count) {
    figures_.bytes_acknowledged += count;
}

void ProgressLine::waits(const ExportFile& file, const Step& step) {
    const std::string why = step.trouble ? step.trouble->what : std::string("no reason given");
    print_line(fmt::format(
        "{}: {}; trying again in {:.1f} s",
        file.name,
        why,
        static_cast<double>(step.pause.count()) / 1000
    ));
}

void ProgressLine::file_ended(const ExportFile& file, const FileOutcome& outcome) {
    ++figures_.files_ended;
    const bool good = outcome.result == FileResult::completed;
    if (good && terminal_) return redraw(figures_.files_ended == figures_.files_total);
    if (outcome.result == FileResult::already_done) return;
    std::string text = fmt::format(
        "[{}/{}] {} {} {}",
        figures_.files_ended,
        figures_.files_total,
        file.name,
        print_size(file.size_bytes),
        name_of(outcome.result)
    );
    if (outcome.error) text += ": " + outcome.error->what;
    print_line(text);
}

void ProgressLine::finish() {
    if (!terminal_) return;
    figures_.elapsed = std::chrono::floor<platform::Duration>(clock_.steady_now() - started_);
    status_.print_above(print_progress(figures_));
}

void ProgressLine::redraw(bool at_once) {
    if (!terminal_) return;
    const platform::SteadyTime now = clock_.steady_now();
    if (!at_once && !status_.is_due(now)) return;
    figures_.elapsed = std::chrono::floor<platform::Duration>(now - started_);
    status_.draw(print_progress(figures_), now);
}

void ProgressLine::print_line(const std::string& text) {
    if (!terminal_) {
        stream_ << text << '\n';
        return;
    }
    status_.print_above(text);
    redraw(true);
}

}  // namespace sfmkit::client
