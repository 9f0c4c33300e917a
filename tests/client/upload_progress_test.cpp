#include "client/upload/progress.hpp"
#include "client/upload/session_id.hpp"
#include "fuzz/simulator/virtual_clock.hpp"
#include "platform/random.hpp"
#include "wire/sfm_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

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
    figures.bytes_sent = 3 << 20;
    figures.bytes_acknowledged = 2 << 20;
    EXPECT_EQ(
        print_progress(figures), "17/46 files  3.0 MiB sent  2.0 MiB of 10.0 MiB acknowledged"
    );
    figures.bytes_this_run = 1 << 20;
    figures.elapsed = Duration(2000);
    EXPECT_EQ(
        print_progress(figures),
        "17/46 files  3.0 MiB sent  2.0 MiB of 10.0 MiB acknowledged  512.0 KiB/s  16 s left"
    );
    figures.bytes_acknowledged = figures.bytes_total;
    EXPECT_EQ(print_progress(figures).find("left"), std::string::npos);
}

struct Told {
    explicit Told(bool terminal) : line(stream, terminal, clock, listing()) {}

    static ExportListing listing() {
        ExportListing files;
        files.organisation = ExportFile{"ExportData.dat", "x", {}, 1024, {}};
        files.others = {ExportFile{"Patients0/p.pat", "x", {}, 3072, {}}};
        return files;
    }
    void end(const ExportFile& file, FileResult result) {
        FileOutcome outcome;
        outcome.name = file.name;
        outcome.size_bytes = file.size_bytes;
        outcome.result = result;
        line.file_ended(file, outcome);
    }

    fuzz::VirtualClock clock;
    std::ostringstream stream;
    ProgressLine line;
};

TEST(Progress, OffATerminal_IsOneLineForEachFile) {
    Told told(false);
    const ExportListing files = Told::listing();
    told.line.bytes_sent(1024);
    told.line.bytes_acknowledged(1024);
    told.end(files.organisation, FileResult::completed);
    told.end(files.others[0], FileResult::refused);
    told.line.finish();
    EXPECT_EQ(
        told.stream.str(),
        "[1/2] ExportData.dat 1.0 KiB completed\n[2/2] Patients0/p.pat 3.0 KiB refused\n"
    );
}

TEST(Progress, OnATerminal_WritesOverOneLineAndWipesWhatIsLongerBefore) {
    Told told(true);
    const ExportListing files = Told::listing();
    Step step;
    step.pause = Duration(1500);
    step.trouble = platform::Error{.what = "the connection broke"};
    told.line.bytes_sent(1023);
    told.line.waits(files.organisation, step);
    told.line.finish();
    const std::string text = told.stream.str();
    EXPECT_TRUE(text.starts_with("\r0/2 files  1023 B sent")) << text;
    const std::string wait = "\rExportData.dat: the connection broke; trying again in 1.5 s";
    EXPECT_NE(text.find(wait), std::string::npos) << text;
    // Two lines of print: the message and the last state of the progress line.
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
    EXPECT_TRUE(text.ends_with('\n'));
}

TEST(Progress, LostBytes_AreTakenBack) {
    Told told(true);
    told.line.bytes_acknowledged(2048);
    told.line.bytes_acknowledged(-1024);
    told.line.finish();
    EXPECT_NE(told.stream.str().find("1.0 KiB of 4.0 KiB acknowledged"), std::string::npos);
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
