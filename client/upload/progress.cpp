#include "client/upload/progress.hpp"

#include "platform/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ostream>

namespace sfmkit::client {
namespace {

/// Before this much time a rate says nothing.
constexpr platform::Duration shortest_rate{500};
constexpr std::size_t longest_bar = 30;
/// A shorter one says nothing.
constexpr std::size_t shortest_bar = 8;

std::uint64_t add(std::uint64_t value, std::int64_t gained) {
    const auto sum = static_cast<std::int64_t>(value) + gained;
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, sum));
}

/// Of 100, rounded down; a file of no bytes is whole.
std::uint64_t percent(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 || part >= whole ? 100 : part * 100 / whole;
}

std::string print_bar(const ProgressFigures& figures, std::size_t columns) {
    const std::size_t full =
        columns * percent(figures.bytes_acknowledged, figures.bytes_total) / 100;
    return '[' + std::string(full, '#') + std::string(columns - full, '-') + "]  ";
}

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

std::string print_progress(const ProgressFigures& figures, std::size_t columns) {
    std::string text = fmt::format(
        "{}/{} files  {} of {}",
        figures.files_ended,
        figures.files_total,
        print_size(figures.bytes_acknowledged),
        print_size(figures.bytes_total)
    );
    if (figures.elapsed >= shortest_rate && figures.bytes_this_run > 0) {
        const auto milliseconds = static_cast<std::uint64_t>(figures.elapsed.count());
        const std::uint64_t rate = figures.bytes_this_run * 1000 / milliseconds;
        text += fmt::format("  {}/s", print_size(rate));
        if (!figures.ended && rate > 0 && figures.bytes_acknowledged < figures.bytes_total) {
            const std::uint64_t left = figures.bytes_total - figures.bytes_acknowledged;
            text += "  " + print_time_left((left + rate - 1) / rate);
        }
    }
    constexpr std::size_t frame = 4;  // brackets and two blanks
    const std::size_t taken = text.size() + frame;
    if (taken + shortest_bar > columns) return text;
    return print_bar(figures, std::min(columns - taken, longest_bar)) + text;
}

std::string print_slot(const SlotFigures& slot, std::size_t columns, std::size_t name_columns) {
    std::string name = platform::keep_end_in_columns(slot.file, columns / 2);
    const std::size_t taken = platform::columns_of(name);
    const std::size_t wanted = std::min(name_columns, columns / 2);
    if (taken < wanted) name += std::string(wanted - taken, ' ');
    std::string state = "sending";
    if (!slot.trouble.empty()) {
        const auto seconds = (slot.wait.count() + 999) / 1000;
        state = fmt::format("waits {} s: {}", seconds, slot.trouble);
    }
    return fmt::format(
        "  {}  {:3}%  {}", name, percent(slot.bytes_acknowledged, slot.bytes_total), state
    );
}

ProgressDisplay::ProgressDisplay(
    std::ostream& stream,
    platform::AskScreenSize screen,
    platform::Clock& clock,
    const ExportListing& listing
)
    : stream_(stream),
      screen_(std::move(screen)),
      clock_(clock),
      started_(clock.steady_now()),
      status_(stream, screen_) {
    figures_.files_total = listing.others.size() + 1;
    figures_.bytes_total = listing.organisation.size_bytes;
    for (const ExportFile& file : listing.others) figures_.bytes_total += file.size_bytes;
}

void ProgressDisplay::file_began(const ExportFile& file) {
    Slot* slot = nullptr;
    for (Slot& known : slots_) {
        if (known.file == nullptr && slot == nullptr) slot = &known;
    }
    if (slot == nullptr) slot = &slots_.emplace_back();
    *slot = Slot{.file = &file};
    refresh();
}

void ProgressDisplay::bytes_acknowledged(const ExportFile& file, std::int64_t gained) {
    figures_.bytes_acknowledged = add(figures_.bytes_acknowledged, gained);
    figures_.bytes_this_run = add(figures_.bytes_this_run, gained);
    if (Slot* slot = slot_of(file)) {
        slot->bytes_acknowledged = add(slot->bytes_acknowledged, gained);
        slot->trouble.clear();
    }
    refresh();
}

void ProgressDisplay::bytes_found(const ExportFile& file, std::uint64_t count) {
    figures_.bytes_acknowledged += count;
    if (Slot* slot = slot_of(file)) slot->bytes_acknowledged += count;
}

void ProgressDisplay::server_lacks(const std::string& what) {
    say(what);
}

void ProgressDisplay::waits(const ExportFile& file, const Step& step) {
    const std::string why = step.trouble ? step.trouble->what : std::string("no reason given");
    if (Slot* slot = slot_of(file); slot != nullptr && screen_) {
        slot->trouble = platform::printable(why);
        slot->wait_ends = clock_.steady_now() + step.pause;
        return refresh();
    }
    const double seconds = static_cast<double>(step.pause.count()) / 1000;
    say(fmt::format("{}: {}; trying again in {:.1f} s", file.name, why, seconds));
}

void ProgressDisplay::file_ended(const ExportFile& file, const FileOutcome& outcome) {
    if (outcome.result != FileResult::stopped) ++figures_.files_ended;
    if (Slot* slot = slot_of(file)) *slot = Slot{};
    const bool good = outcome.result == FileResult::completed;
    if (good && screen_) return refresh();
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
    say(text);
}

void ProgressDisplay::refresh() {
    const platform::SteadyTime now = clock_.steady_now();
    if (screen_ && status_.is_due(now)) status_.draw(block(now), now);
}

void ProgressDisplay::say(const std::string& text) {
    const std::string safe = platform::printable(text, 4000);
    if (!screen_) {
        stream_ << safe << std::endl;
        return;
    }
    status_.print_above(safe);
    refresh();
}

void ProgressDisplay::finish() {
    figures_.ended = true;
    if (screen_) status_.print_above(block(clock_.steady_now()).front());
    screen_ = {};
}

ProgressDisplay::Slot* ProgressDisplay::slot_of(const ExportFile& file) {
    for (Slot& slot : slots_) {
        if (slot.file == &file) return &slot;
    }
    return nullptr;
}

std::vector<std::string> ProgressDisplay::block(platform::SteadyTime now) {
    const std::size_t columns = screen_().columns - 1;
    figures_.elapsed = std::chrono::floor<platform::Duration>(now - started_);
    std::vector<SlotFigures> running;
    std::size_t name_columns = 0;
    for (const Slot& slot : slots_) {
        if (slot.file == nullptr) continue;
        const auto left = std::chrono::ceil<platform::Duration>(slot.wait_ends - now);
        SlotFigures& figures = running.emplace_back();
        figures.file = platform::printable(slot.file->name);
        figures.bytes_total = slot.file->size_bytes;
        figures.bytes_acknowledged = slot.bytes_acknowledged;
        if (left > platform::Duration(0)) {
            figures.trouble = slot.trouble;
            figures.wait = left;
        }
        name_columns = std::max(name_columns, platform::columns_of(figures.file));
    }
    std::vector<std::string> lines = {print_progress(figures_, columns)};
    for (const SlotFigures& slot : running) {
        lines.push_back(print_slot(slot, columns, name_columns));
    }
    return lines;
}

}  // namespace sfmkit::client
