#include "client/upload/progress.hpp"
#include "client/upload/session_id.hpp"
#include "platform/printable.hpp"
#include "platform/random.hpp"
#include "tests/support/fixed_clock.hpp"
#include "wire/sfm_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

namespace sfmkit::client {
namespace {

using platform::Duration;

TEST(Progress, Sizes_AreToldInTheUnitThatFits) {
    EXPECT_EQ(print_size(0), "0 B");
    EXPECT_EQ(print_size(1023), "1023 B");
    EXPECT_EQ(print_size(1536), "1.5 KiB");
    EXPECT_EQ(print_size(524288), "512.0 KiB");
    EXPECT_EQ(print_size(5ULL << 30), "5.0 GiB");
    EXPECT_EQ(print_size(3ULL << 50), "3072.0 TiB");
}

TEST(Progress, Line_TellsFilesBytesRateAndTimeLeft) {
    ProgressFigures figures;
    figures.files_total = 46;
    figures.files_ended = 17;
    figures.bytes_total = 10 << 20;
    figures.bytes_acknowledged = 2 << 20;
    EXPECT_EQ(print_progress(figures, 20), "17/46 files  2.0 MiB of 10.0 MiB");
    figures.bytes_this_run = 1 << 20;
    figures.elapsed = Duration(2000);
    const std::string text = "17/46 files  2.0 MiB of 10.0 MiB  512.0 KiB/s  16 s left";
    EXPECT_EQ(print_progress(figures, 60), text);
    EXPECT_EQ(print_progress(figures, 70), "[##--------]  " + text);
    EXPECT_EQ(print_progress(figures, 200), "[######------------------------]  " + text);
    figures.bytes_acknowledged = figures.bytes_total;
    EXPECT_EQ(print_progress(figures, 79).find("left"), std::string::npos);
}

TEST(Progress, SlotLine_TellsThePartAndWhyItWaits) {
    SlotFigures slot{.file = "Patients0/p.pat", .bytes_total = 200, .bytes_acknowledged = 91};
    EXPECT_EQ(print_slot(slot, 80), "  Patients0/p.pat   45%  sending");
    EXPECT_TRUE(print_slot(slot, 80, 18).starts_with("  Patients0/p.pat      45%"));
    slot.trouble = "the server answered 503 to PATCH";
    slot.wait = Duration(3001);
    EXPECT_EQ(
        print_slot(slot, 80), "  Patients0/p.pat   45%  waits 4 s: the server answered 503 to PATCH"
    );
    EXPECT_TRUE(print_slot(slot, 20).starts_with("  …ts0/p.pat   45%")) << print_slot(slot, 20);
}

/// What a person sees on a terminal that has obeyed all of the text.
class FakeTerminal {
  public:
    FakeTerminal(std::size_t columns, std::size_t lines) : size_{columns, lines, true} {}

    platform::ScreenSize size() const { return size_; }
    void resize(std::size_t columns) { size_.columns = columns; }

    /// The lines; a character in the last column counts as a broken block.
    std::vector<std::string> obey(std::string_view text) {
        std::vector<std::string> seen = {""};
        std::size_t row = 0;
        std::size_t column = 0;
        while (!text.empty()) {
            const char c = text.front();
            text.remove_prefix(1);
            if (c == '\n') {
                if (++row == seen.size()) seen.emplace_back();
                column = 0;
            } else if (c == '\r') {
                column = 0;
            } else if (c == '\x1b') {
                const std::size_t end = text.find_first_of("AJ");
                if (text[end] == 'A') {
                    const auto up = std::stoul(std::string(text.substr(1, end - 1)));
                    EXPECT_LE(up, row);
                    row -= std::min<std::size_t>(up, row);
                } else {
                    seen.resize(row + 1);
                    seen[row].resize(column);
                }
                text.remove_prefix(end + 1);
            } else {
                seen[row].resize(std::max(seen[row].size(), column + 1), ' ');
                seen[row][column++] = c;
            }
        }
        return seen;
    }

  private:
    platform::ScreenSize size_;
};

struct Told {
    explicit Told(bool on_terminal, std::size_t columns = 80, std::size_t lines = 24)
        : terminal(columns, lines),
          display(
              stream,
              on_terminal ? platform::AskScreenSize([this] { return terminal.size(); }) : nullptr,
              clock,
              files
          ) {}

    static ExportListing listing() {
        ExportListing result;
        result.organisation = ExportFile{"ExportData.dat", "x", {}, 1024, {}};
        result.others = {
            ExportFile{"Patients0/p.pat", "x", {}, 3072, {}},
            ExportFile{"Patients0/q.pat", "x", {}, 4096, {}},
        };
        return result;
    }
    void end(const ExportFile& file, FileResult result) {
        FileOutcome outcome;
        outcome.name = file.name;
        outcome.size_bytes = file.size_bytes;
        outcome.result = result;
        display.file_ended(file, outcome);
    }
    void make_wait(const ExportFile& file, Duration pause) {
        Step step;
        step.pause = pause;
        step.trouble = platform::Error{.what = "the connection \x1b[2J broke"};
        display.waits(file, step);
    }
    void pass(Duration time) {
        clock.now += time;
        display.refresh();
    }
    std::vector<std::string> seen() { return terminal.obey(stream.str()); }

    test::HandClock clock;
    std::ostringstream stream;
    ExportListing files = listing();
    FakeTerminal terminal;
    ProgressDisplay display;
};

TEST(Progress, OffATerminal_IsOneLineForEachFileAndPause) {
    Told told(false);
    told.display.file_began(told.files.organisation);
    told.display.bytes_acknowledged(told.files.organisation, 1024);
    told.end(told.files.organisation, FileResult::completed);
    told.make_wait(told.files.others[0], Duration(1500));
    told.end(told.files.others[0], FileResult::refused);
    told.display.finish();
    EXPECT_EQ(
        told.stream.str(),
        "[1/3] ExportData.dat 1.0 KiB completed\n"
        "Patients0/p.pat: the connection \\x1b[2J broke; trying again in 1.5 s\n"
        "[2/3] Patients0/p.pat 3.0 KiB refused\n"
    );
}

TEST(Progress, OnATerminal_IsABlockWithALineForEachUploadInFlight) {
    Told told(true);
    const auto& [p, q] = std::tie(told.files.others[0], told.files.others[1]);
    told.display.file_began(p);
    told.display.file_began(q);
    told.display.bytes_acknowledged(p, 1024);
    told.make_wait(q, Duration(4000));
    told.pass(Duration(1000));
    EXPECT_EQ(
        told.seen(),
        (std::vector<std::string>{
            "[###----------------------]  0/3 files  1.0 KiB of 8.0 KiB  1.0 KiB/s  7 s left",
            "  Patients0/p.pat   33%  sending",
            "  Patients0/q.pat    0%  waits 3 s: the connection \\x1b[2J broke"
        })
    );
    told.end(p, FileResult::refused);
    told.pass(Duration(3500));
    EXPECT_EQ(
        told.seen(),
        (std::vector<std::string>{
            "[1/3] Patients0/p.pat 3.0 KiB refused",
            "[###-----------------------]  1/3 files  1.0 KiB of 8.0 KiB  227 B/s  32 s left",
            "  Patients0/q.pat    0%  sending"
        })
    );
    told.end(q, FileResult::completed);
    told.display.finish();
    // What stays: the failure and the last state of the run.
    EXPECT_EQ(told.seen().size(), 3U);
    EXPECT_TRUE(told.seen().at(1).ends_with("B/s")) << told.seen().at(1);
    EXPECT_EQ(told.seen().at(2), "");
}

TEST(Progress, OnANarrowOrLowTerminal_NeverTakesMoreThanThereIs) {
    for (const std::size_t columns : {1U, 2U, 10U, 40U}) {
        Told told(true, columns, 3);
        told.display.file_began(told.files.organisation);
        for (const ExportFile& file : told.files.others) told.display.file_began(file);
        told.make_wait(told.files.others[0], Duration(4000));
        told.pass(Duration(1000));
        EXPECT_EQ(told.seen().size(), 2U);
        for (const std::string& line : told.seen()) {
            EXPECT_LE(platform::columns_of(line), std::max<std::size_t>(columns - 1, 1)) << line;
        }
    }
}

TEST(Progress, InAWindowThatBecameNarrower_TakesAwayAllRowsOfTheOldBlock) {
    Told told(true, 80);
    told.display.file_began(told.files.organisation);
    told.pass(Duration(1000));
    const std::size_t before = told.stream.str().size();
    told.terminal.resize(20);
    told.pass(Duration(1000));
    // Lines of 60 and 31 columns have become three and two rows of 20.
    EXPECT_EQ(told.stream.str().substr(before, 8), "\r\x1b[4A\x1b[J");
}

TEST(Progress, Redrawing_IsBounded) {
    Told told(true);
    told.display.file_began(told.files.organisation);
    for (int i = 0; i < 1000; ++i) {
        told.display.bytes_acknowledged(told.files.organisation, 1);
        told.clock.now += Duration(1);
    }
    const std::string text = told.stream.str();
    const auto drawings = std::count(text.begin(), text.end(), 'J') + 1;
    EXPECT_GE(drawings, 4);
    EXPECT_LE(drawings, 6);
}

TEST(Progress, LostBytes_AreTakenBack) {
    Told told(true);
    told.display.bytes_acknowledged(told.files.organisation, 2048);
    told.display.bytes_acknowledged(told.files.organisation, -1024);
    told.display.finish();
    EXPECT_NE(told.stream.str().find("1.0 KiB of 8.0 KiB"), std::string::npos);
}

TEST(SessionId, New_IsARandomGuidOfVersion4) {
    platform::SeededRandom random(3);
    const std::string first = new_session_id(random);
    const std::string second = new_session_id(random);
    EXPECT_TRUE(wire::sfm::is_lower_case_guid(first)) << first;
    EXPECT_NE(first, second);
    // RFC 9562 sections 4.1 and 4.2: version and variant.
    EXPECT_EQ(first[14], '4');
    EXPECT_NE(std::string("89ab").find(first[19]), std::string::npos) << first;
}

}  // namespace
}  // namespace sfmkit::client
