#include "findings/judge.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "verifier/ledger_reader.hpp"
#include "verifier/rules/led_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <random>

namespace sfmkit::verifier {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

FolderFacts folder_of(std::vector<std::string> paths, std::string ledger) {
    FolderFacts facts;
    for (std::string& path : paths) facts.files.push_back({.path = std::move(path)});
    std::ranges::sort(facts.files, {}, &FolderFacts::File::path);
    facts.ledger = std::move(ledger);
    return facts;
}

findings::Report report_on(const FolderFacts& facts) {
    findings::Report report;
    findings::Judge judge(report, findings::Profile::strict);
    judge.run(led_rules(), Ledger(facts, {}), ".ledger");
    return report;
}

std::vector<std::string> told(const FolderFacts& facts) {
    std::vector<std::string> all;
    for (const findings::Finding& finding : report_on(facts).findings) {
        all.push_back(finding.rule);
        if (finding.place.line) all.back() += " line " + std::to_string(*finding.place.line);
    }
    return all;
}

/// Ledgers that the official uploader wrote, with the folder that each is about.
class OfficialLedger : public testing::Test {
  protected:
    void SetUp() override {
        const auto path = test::reference_file("wire/official-uploader.json");
        if (!path) SFM_SKIP_OR_FAIL("the recordings of the official uploader are missing");
        const auto recordings = nlohmann::json::parse(test::read_file(*path));
        for (const auto& run : recordings.at("runs")) {
            ledgers_.push_back(run.at("ledger_after").get<std::string>());
        }
        ASSERT_GE(ledgers_.size(), 4U);
    }

    static std::vector<std::string> files_of(const std::string& ledger) {
        std::vector<std::string> files;
        const auto parsed = nlohmann::json::parse(ledger);
        for (const auto& entry : parsed.at("importFiles")) {
            auto path = entry.at("FileNameWithRelativePath").get<std::string>();
            std::ranges::replace(path, '\\', '/');
            files.push_back(std::move(path));
        }
        return files;
    }

    std::vector<std::string> ledgers_;
};

TEST_F(OfficialLedger, AfterAnUpload_SaysOnlyThatItWasUploaded) {
    for (const std::string& ledger : ledgers_) {
        const FolderFacts facts = folder_of(files_of(ledger), ledger);
        EXPECT_THAT(told(facts), ElementsAre("LED-02 line 4"));
        EXPECT_EQ(Ledger(facts, {}).entries().size(), files_of(ledger).size());
    }
}

TEST_F(OfficialLedger, BeforeAnUpload_BreaksNoRule) {
    auto ledger = nlohmann::ordered_json::parse(ledgers_.front());
    for (auto& entry : ledger.at("importFiles")) entry["Status"] = "notStarted";
    const std::string text = ledger.dump(2);
    EXPECT_THAT(told(folder_of(files_of(text), text)), IsEmpty());
    auto files = files_of(text);
    files.erase(files.begin() + 1);
    // Nine lines an entry, and the path on the second of them.
    EXPECT_THAT(told(folder_of(files, text)), ElementsAre("LED-01 line 13"));
}

TEST_F(OfficialLedger, WithAnyByteCutOff_IsToldAsCutOff) {
    const std::string& ledger = ledgers_.front();
    const auto files = files_of(ledger);
    for (std::size_t size = 0; size + 1 < ledger.size(); size += 7) {
        const auto report = report_on(folder_of(files, ledger.substr(0, size)));
        ASSERT_FALSE(report.findings.empty()) << size;
        EXPECT_EQ(report.findings.front().rule, "LED-01");
        EXPECT_EQ(report.findings.front().actual, "it ends too early") << size;
        EXPECT_EQ(report.findings.front().place.byte_offset, size);
    }
}

TEST(Ledger, WithEscapedPath_PointsToItsQuote) {
    const std::string text =
        "{\"ImportSession\": \"5b1c0f6e-6f0d-4a52-a4c2-0c7a1a2f3b4d\",\n\"importFiles\": [\n"
        "{\"Status\": \"notStarted\", \"FileType\": \"patientFile\",\n"
        " \"FileNameWithRelativePath\": \"Patients0\\\\\\\"a\\\\\"}]}";
    const auto report = report_on(folder_of({}, text));
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].rule, "LED-01");
    EXPECT_EQ(report.findings[0].actual, "Patients0\\\"a\\");
    EXPECT_EQ(report.findings[0].place.line, 4U);
    EXPECT_EQ(report.findings[0].place.byte_offset, text.find("\"Patients0"));
}

TEST(Ledger, OfHostileDepth_IsRefusedAtOnce) {
    const std::string deep(20'000'000, '[');
    EXPECT_THAT(told(folder_of({}, deep)), ElementsAre("LED-01 line 1"));
    EXPECT_THAT(told(folder_of({}, R"({"importFiles": )" + deep)), ElementsAre("LED-01 line 1"));
}

TEST(Ledger, WithListsForEntries_TakesNothingFromThem) {
    const FolderFacts without = folder_of({}, R"({"importFiles": [["x", {"Status": "y"}]]})");
    EXPECT_TRUE(Ledger(without, {}).entries().empty());
    const FolderFacts behind =
        folder_of({}, R"({"importFiles": [{"FileNameWithRelativePath": "a"}, ["b"]]})");
    const Ledger ledger(behind, {});
    ASSERT_EQ(ledger.entries().size(), 1U);
    EXPECT_EQ(ledger.entries().front().path, "a");
}

TEST(Ledger, WithMoreEntriesThanAreRead_IsNotComplete) {
    const FolderFacts facts = folder_of({}, R"({"importFiles": [{}, {}, {}]})");
    EXPECT_TRUE(Ledger(facts, {.ledger_entries = 3}).complete());
    EXPECT_FALSE(Ledger(facts, {.ledger_entries = 2}).complete());
}

TEST(Ledger, OfAnyBytes_IsReadWithoutHarm) {
    const std::vector<std::string> pieces = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "1",
        "null",
        "\xFF",
        "\xEF\xBB\xBF",
        "\"importFiles\":[",
        "\"importFiles\":",
        "\"ImportSession\":",
        "{\"importFiles\":[{",
        "\"FileNameWithRelativePath\":\"a\"",
        "\"Status\":\"completed\"",
        "}]}",
        "\"FileType\":[]",
        R"({"importFiles":[{"FileNameWithRelativePath":"a","Status":"completed"}]})",
    };
    std::mt19937 random(20261122);
    std::map<std::string, int> occurred;
    for (int run = 0; run < 5000; ++run) {
        std::string text;
        for (std::size_t left = random() % 12; left > 0; --left) {
            text += pieces[random() % pieces.size()];
        }
        const FolderFacts facts = folder_of({"a"}, text);
        const Ledger ledger(facts, {});
        ++occurred[ledger.unreadable().empty() ? "read" : ledger.unreadable()];
        for (const std::string& rule : told(facts)) ++occurred[rule.substr(0, 6)];
    }
    for (const auto& [what, count] : occurred) std::printf("%s: %d\n", what.c_str(), count);
    for (const char* what :
         {"read",
          "it ends too early",
          "no JSON from here on",
          "no list importFiles",
          "LED-01",
          "LED-02",
          "LED-03"}) {
        EXPECT_GE(occurred[what], 5) << what;
    }
}

}  // namespace
}  // namespace sfmkit::verifier
