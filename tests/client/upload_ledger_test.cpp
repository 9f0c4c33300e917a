#include "client/upload/ledger.hpp"
#include "tests/support/reference.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <string>
#include <vector>

// Oracle: ledgers that the official uploader wrote, as recorded; the form of System.Text.Json.

namespace sfmkit::client {
namespace {

using platform::Errc;

/// Made by us in the recorded form: a finished file, one without a URL, one that was never tried.
const std::string own_ledger = R"({
  "importFiles": [
    {
      "FileNameWithRelativePath": "ExportData.dat",
      "FileName": "ExportData.dat",
      "FileType": "organizationFile",
      "Status": "completed",
      "RemoteUrl": "http://localhost:8080/files/1?a=1\u0026b=2",
      "WhenAddedToLedger": "2026-01-02T03:04:05.1234567+01:00",
      "WhenModified": "2026-01-02T03:04:06.12+01:00"
    },
    {
      "FileNameWithRelativePath": "Patients0\\s\u00F8\u002B\uD83D\uDE00.pat",
      "FileName": "s\u00F8\u002B\uD83D\uDE00.pat",
      "FileType": "patientFile",
      "Status": "failed",
      "RemoteUrl": null,
      "WhenAddedToLedger": "2026-01-02T03:04:05+01:00",
      "WhenModified": "2026-01-02T03:04:07.1+01:00"
    },
    {
      "FileNameWithRelativePath": "Reports0\\b.rpt",
      "FileName": "b.rpt",
      "FileType": "reportFile",
      "Status": "notStarted",
      "RemoteUrl": null,
      "WhenAddedToLedger": "2026-01-02T03:04:05.1+01:00",
      "WhenModified": "2026-01-02T03:04:05.1+01:00"
    }
  ],
  "ImportSession": "00000000-0000-4000-8000-000000000001"
})";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(Ledger, Parse_WhenWellFormed_TellsWhatStandsThere) {
    const auto ledger = parse_ledger(own_ledger, ".ledger");
    ASSERT_TRUE(ledger.has_value()) << platform::describe(ledger.error());
    ASSERT_EQ(ledger->entries.size(), 3U);
    EXPECT_EQ(ledger->session, "00000000-0000-4000-8000-000000000001");
    const LedgerEntry& done = ledger->entries[0];
    EXPECT_EQ(done.kind, wire::sfm::FileKind::organisation);
    EXPECT_EQ(done.status, LedgerStatus::completed);
    EXPECT_EQ(done.upload, "http://localhost:8080/files/1?a=1&b=2");
    EXPECT_EQ(done.added, "2026-01-02T03:04:05.1234567+01:00");
    const LedgerEntry& failed = ledger->entries[1];
    EXPECT_EQ(failed.relative_path, "Patients0\\s\xc3\xb8+\xf0\x9f\x98\x80.pat");
    EXPECT_EQ(failed.status, LedgerStatus::failed);
    EXPECT_EQ(failed.upload, std::nullopt);
    EXPECT_EQ(ledger->entries[2].status, LedgerStatus::not_started);
}

TEST(Ledger, Print_WhenNothingChanged_GivesTheSameBytes) {
    const auto ledger = parse_ledger(own_ledger, ".ledger");
    ASSERT_TRUE(ledger.has_value()) << platform::describe(ledger.error());
    EXPECT_EQ(print_ledger(*ledger), own_ledger);
}

TEST(Ledger, Print_WhenWrittenOnWindows_KeepsItsLineEnds) {
    std::string text;
    for (const char letter : own_ledger) text += letter == '\n' ? "\r\n" : std::string(1, letter);
    const auto ledger = parse_ledger(text, ".ledger");
    ASSERT_TRUE(ledger.has_value()) << platform::describe(ledger.error());
    EXPECT_EQ(print_ledger(*ledger), text);
}

TEST(Ledger, Print_WhenOneFileEnded_ChangesItsThreeLinesOnly) {
    auto ledger = parse_ledger(own_ledger, ".ledger");
    ASSERT_TRUE(ledger.has_value()) << platform::describe(ledger.error());
    LedgerEntry& report = ledger->entries[2];
    report.status = LedgerStatus::ongoing;
    report.upload = "http://localhost:8080/files/3";
    report.modified = "2026-01-02T04:00:00+01:00";
    std::string expected = replaced(own_ledger, "notStarted", "ongoing");
    const std::size_t last = expected.rfind("null");
    expected.replace(last, 4, "\"http://localhost:8080/files/3\"");
    const std::string old_time = "2026-01-02T03:04:05.1+01:00";
    expected.replace(expected.rfind(old_time), old_time.size(), report.modified);
    EXPECT_EQ(print_ledger(*ledger), expected);
}

struct Damage {
    std::string name;
    std::string from;
    std::string to;
};

void PrintTo(const Damage& damage, std::ostream* stream) {
    *stream << damage.name;
}

class DamagedLedger : public testing::TestWithParam<Damage> {};

TEST_P(DamagedLedger, Parse_IsRefusedWithTheNameOfTheFile) {
    const auto ledger =
        parse_ledger(replaced(own_ledger, GetParam().from, GetParam().to), "e/.ledger");
    ASSERT_FALSE(ledger.has_value());
    EXPECT_EQ(ledger.error().code, Errc::malformed);
    EXPECT_EQ(ledger.error().where, "e/.ledger");
}

INSTANTIATE_TEST_SUITE_P(
    Places,
    DamagedLedger,
    testing::Values(
        Damage{"cut off", "\n  ],", ""},
        Damage{"empty", own_ledger, ""},
        Damage{"another status", "notStarted", "paused"},
        Damage{"another type of file", "reportFile", "Report"},
        Damage{
            "no session", ",\n  \"ImportSession\": \"00000000-0000-4000-8000-000000000001\"", ""
        },
        Damage{"a member more", "\"Status\": \"failed\"", "\"Status\": \"failed\", \"Tries\": 1"},
        Damage{"no times", "\"WhenModified\": \"2026-01-02T03:04:07.1+01:00\"", "\"Other\": \"\""},
        Damage{"another name", "\"FileName\": \"b.rpt\"", "\"FileName\": \"c.rpt\""},
        Damage{"status of another type", "\"notStarted\"", "0"},
        Damage{"another indentation", "\n  \"importFiles\"", "\n\"importFiles\""}
    )
);

TEST(Ledger, Recorded_WhenReadAndPrinted_GivesTheSameBytes) {
    const auto path = test::reference_file("wire/official-uploader.json");
    if (!path) SFM_SKIP_OR_FAIL("recordings of the official uploader");
    std::ifstream stream(*path);
    const auto recorded = nlohmann::json::parse(stream);
    std::vector<std::string> texts;
    for (const auto& run : recorded.at("runs")) {
        texts.push_back(run.at("ledger_after").get<std::string>());
    }
    texts.push_back(recorded.at("restart").at("ledger_after_first_start").get<std::string>());
    texts.push_back(recorded.at("restart").at("ledger_after_second_start").get<std::string>());
    std::size_t failed = 0;
    for (const std::string& text : texts) {
        const auto ledger = parse_ledger(text, ".ledger");
        ASSERT_TRUE(ledger.has_value()) << platform::describe(ledger.error());
        EXPECT_GE(ledger->entries.size(), 2U);
        EXPECT_EQ(print_ledger(*ledger), text);
        for (const auto& entry : ledger->entries) failed += entry.status == LedgerStatus::failed;
    }
    EXPECT_EQ(texts.size(), 6U);
    EXPECT_EQ(failed, 1U) << "the first start had one refused POST, the second none";
}

}  // namespace
}  // namespace sfmkit::client
