#include "mockserver/sfm/creation_rules.hpp"

#include "mockserver/tus/engine.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <set>

namespace sfmkit::mockserver {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string guid = "1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b";

/// Metadata of a good patient file, in which a test changes one thing.
class Metadata {
  public:
    Metadata& with(const std::string& key, const std::string& value) {
        for (auto& [known, text] : pairs_) {
            if (known != key) continue;
            text = value;
            return *this;
        }
        pairs_.emplace_back(key, value);
        return *this;
    }
    Metadata& without(const std::string& key) {
        std::erase_if(pairs_, [&](const auto& pair) { return pair.first == key; });
        return *this;
    }
    Metadata& renamed(const std::string& key, const std::string& other) {
        for (auto& [known, text] : pairs_) {
            if (known == key) known = other;
        }
        return *this;
    }

    std::vector<wire::MetadataPair> pairs() const {
        std::vector<wire::MetadataPair> made;
        for (const auto& [key, text] : pairs_) {
            const platform::Bytes bytes = platform::as_bytes(text);
            made.push_back({.key = key, .value = {bytes.begin(), bytes.end()}});
        }
        return made;
    }
    std::vector<findings::Finding> findings() const {
        const auto made = pairs();
        return judge_creation({.metadata = made}, "POST /files");
    }
    std::string header() const { return wire::print_metadata(pairs()); }

  private:
    std::vector<std::pair<std::string, std::string>> pairs_ = {
        {"name", guid + ".pat"},
        {"contentType", "application/octet-stream"},
        {"FileType", "PatientFile"},
        {"SessionId", "3a68365f-4dec-4ecf-b3e7-04bedbdd1096"},
    };
};

struct Row {
    std::string rule;
    std::string what;
    Metadata broken;
    std::string severity = "error";
    Metadata twin = {};  ///< differs from the broken one in one field
};

std::vector<Row> rows() {
    const std::string utf16(
        "\xFF\xFE"
        "3\0"
        "a\0",
        6
    );
    const Metadata organisation =
        Metadata().with("name", "ExportData.dat").with("FileType", "OrganizationFile");
    const Metadata report = Metadata().with("name", guid + ".rpt").with("FileType", "ReportFile");
    const auto but = [](Metadata from, const char* key, const std::string& value) {
        return from.with(key, value);
    };
    return {
        {"SFM-01", "no name", Metadata().without("name")},
        {"SFM-02", "no content type", Metadata().without("contentType"), "warning"},
        {"SFM-03", "no file type", Metadata().without("FileType")},
        {"SFM-04", "no session", Metadata().without("SessionId")},
        {"SFM-05", "lower case", Metadata().renamed("FileType", "fileType")},
        {"SFM-05", "upper case", Metadata().renamed("name", "Name")},
        {"SFM-05", "hyphen", Metadata().renamed("SessionId", "session-id")},
        {"SFM-05", "another service's", Metadata().renamed("name", "filename")},
        {"SFM-05", "of browsers", Metadata().renamed("contentType", "type")},
        {"SFM-06", "UTF-16", Metadata().with("SessionId", utf16)},
        {"SFM-06", "Latin-1", Metadata().with("name", "l\xE6ge.pat")},
        {"SFM-07", "a number", Metadata().with("SessionId", "17")},
        {"SFM-07", "a digit less", Metadata().with("SessionId", guid.substr(1))},
        {"SFM-07", "empty", Metadata().with("SessionId", "")},
        {"SFM-07", "brackets", Metadata().with("SessionId", '{' + guid + '}'), "warning"},
        {"SFM-07",
         "without hyphens",
         Metadata().with("SessionId", "1b4e28ba2fa14d3ba3f5ef19b5a7633b"),
         "warning"},
        {"SFM-08", "another word", Metadata().with("FileType", "Patient")},
        {"SFM-08",
         "in British",
         but(organisation, "FileType", "OrganisationFile"),
         "error",
         organisation},
        {"SFM-08", "lower case", Metadata().with("FileType", "patientfile")},
        {"SFM-08", "of no export", Metadata().with("FileType", "Unknown"), "info"},
        {"SFM-09", "zip", Metadata().with("contentType", "application/zip"), "warning"},
        {"SFM-10", "slashes", Metadata().with("name", "Patients0/" + guid + ".pat")},
        {"SFM-10", "backslashes", Metadata().with("name", "Patients0\\" + guid + ".pat")},
        {"SFM-10", "empty", but(organisation, "name", ""), "error", organisation},
        {"SFM-11", "a report's name", Metadata().with("name", guid + ".rpt")},
        {"SFM-11", "the organisation's name", Metadata().with("name", "ExportData.dat")},
        {"SFM-11",
         "a patient's name",
         but(organisation, "name", guid + ".pat"),
         "error",
         organisation},
        {"SFM-11", "a patient's type", but(report, "FileType", "PatientFile"), "error", report},
        {"SFM-12", "a person's name", Metadata().with("name", "Ola Nordmann.pat"), "warning"},
        {"SFM-12",
         "upper case",
         Metadata().with("name", "1B4E28BA-2FA1-4D3B-A3F5-EF19B5A7633B.pat"),
         "warning"},
        {"SFM-12", "a report's", but(report, "name", "report 1.rpt"), "warning", report},
    };
}

TEST(CreationRules, OfEachRow_IsFoundAloneAndNotInTheTwin) {
    std::set<std::string> covered;
    for (const Row& row : rows()) {
        SCOPED_TRACE(row.rule + " " + row.what);
        const auto found = row.broken.findings();
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(found.front().rule, row.rule);
        EXPECT_EQ(findings::name_of(found.front().severity), row.severity);
        EXPECT_FALSE(found.front().expected.empty());
        EXPECT_FALSE(found.front().actual.empty());
        EXPECT_THAT(row.twin.findings(), testing::IsEmpty());
        covered.insert(row.rule);
    }
    for (const auto& rule : creation_rules()) {
        EXPECT_TRUE(covered.contains(std::string(rule.row.id))) << rule.row.id;
    }
    EXPECT_EQ(covered.size(), creation_rules().size());
}

TEST(CreationRules, OfMetadataWithTwoMistakes_AreFoundBoth) {
    const auto found = Metadata().renamed("name", "filename").without("SessionId").findings();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].rule, "SFM-04");
    EXPECT_EQ(found[1].rule, "SFM-05");
}

TEST(CreationRules, OfNames_ShowNoneThatMayBeAPersons) {
    for (const char* name : {"Ola Nordmann.pat", "Nordmann/Ola.pat", "15869310112.rpt"}) {
        for (const auto& finding : Metadata().with("name", name).findings()) {
            const std::string told = finding.message + finding.expected + finding.actual;
            EXPECT_THAT(told, Not(HasSubstr("Ola")));
            EXPECT_THAT(told, Not(HasSubstr("Nordmann")));
            EXPECT_THAT(told, Not(HasSubstr("15869310112")));
        }
    }
}

// docs/mock-server.md lists the rules as they are.
TEST(CreationRules, OnTheirPage_HaveTheirTitlesAndSeverities) {
    const std::string page = test::read_file(test::source_folder() / "docs" / "mock-server.md");
    for (const auto& rule : creation_rules()) {
        const std::string row = fmt::format(
            "| {} | {} | {}", rule.row.id, rule.row.title, findings::name_of(rule.row.strict)
        );
        EXPECT_THAT(page, HasSubstr(row));
    }
}

class Enforced : public testing::Test {
  protected:
    Decision create(const Metadata& metadata, const std::string& concat = {}) {
        wire::RequestHead head;
        head.method = "POST";
        head.target = "/files";
        head.fields.add("Tus-Resumable", "1.0.0");
        head.fields.add("Upload-Length", "5");
        if (!concat.empty()) head.fields.add("Upload-Concat", concat);
        head.fields.add("Upload-Metadata", metadata.header());
        const platform::WallTime now{std::chrono::seconds(1'634'130'720)};
        return decide(rules_, claim(rules_, head), head, {}, std::string(32, 'a'), now);
    }

    Rules rules_{.profile = &strict_spec(), .settings = {}};
};

TEST_F(Enforced, RuleOfEachRow_RefusesByNameAndOnlyIt) {
    std::size_t refused = 0;
    for (const Row& row : rows()) {
        SCOPED_TRACE(row.rule + " " + row.what);
        rules_.settings.enforced = {row.rule};
        const Decision broken = create(row.broken);
        const auto* const answer = std::get_if<Answer>(&broken);
        ASSERT_NE(answer, nullptr);
        EXPECT_EQ(answer->status, 400);
        EXPECT_THAT(answer->text, testing::StartsWith(row.rule + ": "));
        EXPECT_EQ(answer->findings.size(), 1U);
        const Decision twin = create(row.twin);
        EXPECT_TRUE(std::holds_alternative<CreatePlan>(twin));
        rules_.settings.enforced = {"SFM-99"};
        const Decision told = create(row.broken);
        const auto* const plan = std::get_if<CreatePlan>(&told);
        ASSERT_NE(plan, nullptr);
        EXPECT_EQ(plan->findings.size(), 1U);
        ++refused;
    }
    EXPECT_GE(refused, 30U);
}

// Clients that send parts side by side tell the metadata with the whole.
TEST_F(Enforced, OnParts_AsksForNothing) {
    rules_.settings.enforced = {"SFM-01", "SFM-04"};
    const Decision part = create(Metadata().without("name").without("SessionId"), "partial");
    const auto* const plan = std::get_if<CreatePlan>(&part);
    ASSERT_NE(plan, nullptr);
    EXPECT_THAT(plan->findings, testing::IsEmpty());
}

// Oracle: what three builds of the official uploader sent.
TEST(CreationRules, OfTheOfficialUploader_AreKeptButForFilesOfNoExport) {
    const auto file = test::reference_file("wire/official-uploader.json");
    if (!file) SFM_SKIP_OR_FAIL("the recordings of the official uploader are not there");
    const std::string text = nlohmann::json::parse(test::read_file(*file)).dump();
    std::size_t creations = 0;
    constexpr std::string_view label = "Upload-Metadata";
    for (std::size_t at = text.find(label); at != std::string::npos;
         at = text.find(label, at + 1)) {
        const std::size_t begin = text.find("name ", at);
        const std::size_t end = text.find_first_of("\"\\", begin);
        if (begin == std::string::npos || begin - at > label.size() + 8) continue;
        const auto pairs = wire::parse_metadata_strictly(text.substr(begin, end - begin));
        ASSERT_TRUE(pairs.has_value()) << text.substr(begin, end - begin);
        for (const auto& finding : judge_creation({.metadata = *pairs}, "POST /files")) {
            EXPECT_NE(finding.severity, findings::Severity::error) << finding.message;
        }
        ++creations;
    }
    EXPECT_GE(creations, 12U);
}

}  // namespace
}  // namespace sfmkit::mockserver
