#include "mockserver/sfm/migrations.hpp"

#include "platform/bytes.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "wire/tus_headers.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cctype>
#include <map>

namespace sfmkit::mockserver {
namespace {

constexpr const char* this_session = "3a68365f-4dec-4ecf-b3e7-04bedbdd1096";
constexpr const char* other_session = "1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b";
constexpr const char* file = "POST /files";

wire::MetadataPair pair(std::string_view key, std::string_view value) {
    const platform::Bytes bytes = platform::as_bytes(value);
    return {.key = std::string(key), .value = {bytes.begin(), bytes.end()}};
}

/// One server and what a client does on it. Ids are made of what they name.
class MigrationWorld : public testing::Test {
  protected:
    Upload upload(const std::string& session, const std::string& name, const std::string& type) {
        Upload made;
        made.id = std::to_string(++last_id_);
        made.length_bytes = 10;
        made.metadata = wire::print_metadata(
            {pair("name", name), pair("FileType", type), pair("SessionId", session)}
        );
        return made;
    }
    /// Returns the id.
    std::string send(
        const std::string& name, const std::string& type, const std::string& session = this_session
    ) {
        const Upload made = upload(session, name, type);
        note(migrations_.created(made, file, moment_));
        return made.id;
    }
    std::string send_organisation(const std::string& session = this_session) {
        return send("ExportData.dat", "OrganizationFile", session);
    }
    std::string send_patient(
        const std::string& name = "a.pat", const std::string& session = this_session
    ) {
        return send(name, "PatientFile", session);
    }
    void finish(const std::string& id) { migrations_.finished(id, moment_); }
    /// So many files get data at the same time.
    void send_in_parallel(std::size_t calls) {
        finish(send_organisation());
        std::vector<std::string> open;
        for (std::size_t i = 0; i < calls; ++i) {
            open.push_back(migrations_.call_began(send_patient(std::to_string(i) + ".pat")));
        }
        for (const std::string& migration : open) note(migrations_.call_ended(migration, file));
    }
    void note(const Migrations::Findings& found) {
        for (const findings::Finding& finding : found) {
            rules_.push_back(finding.rule + " " + std::string(name_of(finding.severity)));
        }
    }

    Migrations migrations_;
    /// Moves when a test says so.
    platform::WallTime moment_ = std::chrono::sys_days(std::chrono::year(2026) / 11 / 22);
    std::vector<std::string> rules_;

  private:
    int last_id_ = 0;
};

using Rules = std::vector<std::string>;
using Migration = MigrationWorld;

TEST_F(Migration, WhenTheOrganisationFileIsFinishedFirst_HasNoFinding) {
    finish(send_organisation());
    send_patient();
    send("b.rpt", "ReportFile");
    EXPECT_EQ(rules_, Rules{});
}

TEST_F(Migration, WhenTheOrganisationFileIsOnlyBegun_TellsTheOrderOnce) {
    send_organisation();
    send_patient();
    send("b.rpt", "ReportFile");
    EXPECT_EQ(rules_, Rules{"SFM-13 warning"});
}

TEST_F(Migration, WhenThereIsNoOrganisationFile_TellsTheOrder) {
    send_patient();
    EXPECT_EQ(rules_, Rules{"SFM-13 warning"});
}

// The official uploader starts a new session and never sends the organisation file again (observed
// behaviour of the published builds).
TEST_F(Migration, WhenItContinuesAnEarlierSession_HasNoFinding) {
    finish(send_organisation(other_session));
    send_patient("a.pat", other_session);
    send_patient("b.pat");
    send_patient("a.pat");
    EXPECT_EQ(rules_, Rules{});
}

TEST_F(Migration, WhenTheEarlierSessionHasNoWholeOrganisationFile_TellsTheOrder) {
    send_organisation(other_session);
    send_patient("b.pat");
    EXPECT_EQ(rules_, Rules{"SFM-13 warning"});
}

TEST_F(Migration, WhenItHasBegunAnOrganisationFileOfItsOwn_DoesNotCountAsContinued) {
    finish(send_organisation(other_session));
    send_organisation();
    send_patient("b.pat");
    EXPECT_EQ(rules_, Rules{"SFM-13 warning"});
}

TEST_F(Migration, WhenTheServerWasRestarted_GoesOn) {
    Upload stored = upload(other_session, "ExportData.dat", "OrganizationFile");
    stored.offset_bytes = 10;
    migrations_.restore(stored, moment_);
    send_patient("b.pat");
    EXPECT_EQ(rules_, Rules{});
}

TEST_F(Migration, WhenTheStoredOrganisationFileLacksAByte_IsNotContinued) {
    Upload stored = upload(other_session, "ExportData.dat", "OrganizationFile");
    stored.offset_bytes = 9;
    migrations_.restore(stored, moment_);
    send_patient("b.pat");
    EXPECT_EQ(rules_, Rules{"SFM-13 warning"});
}

TEST_F(Migration, WhenAFinishedFileComesAgain_IsAnError) {
    finish(send_organisation());
    finish(send_patient("a.pat"));
    send_patient("a.pat");
    EXPECT_EQ(rules_, Rules{"SFM-14 error"});
}

TEST_F(Migration, WhenAnUnfinishedFileIsBegunAnew_IsAWarning) {
    finish(send_organisation());
    send_patient("a.pat");
    send_patient("a.pat");
    EXPECT_EQ(rules_, Rules{"SFM-14 warning"});
}

TEST_F(Migration, WhenTheFirstUploadWasDeleted_TakesTheFileAgain) {
    finish(send_organisation());
    migrations_.removed(send_patient("a.pat"));
    send_patient("a.pat");
    EXPECT_EQ(rules_, Rules{});
}

TEST_F(Migration, WhenTheSessionIsSpeltInCapitals_IsTheSame) {
    finish(send_organisation());
    finish(send_patient("a.pat"));
    send_patient("a.pat", "3A68365F-4DEC-4ECF-B3E7-04BEDBDD1096");
    EXPECT_EQ(rules_, Rules{"SFM-14 error"});
}

TEST_F(Migration, WithoutASession_IsJudgedByOtherRules) {
    send_patient("a.pat", "");
    send_patient("a.pat", "");
    EXPECT_EQ(rules_, Rules{});
}

// The page: no more than 5-10 parallel calls at a time.
TEST_F(Migration, WithFiveParallelCalls_HasNoFinding) {
    send_in_parallel(5);
    EXPECT_EQ(rules_, Rules{});
}

TEST_F(Migration, WithSixParallelCalls_IsToldSo) {
    send_in_parallel(6);
    EXPECT_EQ(rules_, Rules{"SFM-15 info"});
}

TEST_F(Migration, WithTenParallelCalls_IsToldSo) {
    send_in_parallel(10);
    EXPECT_EQ(rules_, Rules{"SFM-15 info"});
}

TEST_F(Migration, WithElevenParallelCalls_IsAnError) {
    send_in_parallel(11);
    EXPECT_EQ(rules_, Rules{"SFM-16 error"});
}

TEST_F(Migration, WithElevenCallsInTurn_HasNoFinding) {
    finish(send_organisation());
    for (int i = 0; i < 11; ++i) {
        const std::string id = send_patient(std::to_string(i) + ".pat");
        note(migrations_.call_ended(migrations_.call_began(id), file));
    }
    EXPECT_EQ(rules_, Rules{});
}

TEST_F(Migration, WithElevenCallsInTwoSessions_HasNoError) {
    finish(send_organisation());
    std::vector<std::string> open;
    for (int i = 0; i < 11; ++i) {
        const std::string session = i < 5 ? this_session : other_session;
        const std::string id = send_patient(std::to_string(i) + ".pat", session);
        open.push_back(migrations_.call_began(id));
    }
    for (const std::string& migration : open) note(migrations_.call_ended(migration, file));
    EXPECT_EQ(rules_, Rules{"SFM-15 info"});
}

TEST_F(Migration, AtTheEnd_KnowsWhatIsUnfinished) {
    finish(send_organisation());
    const std::string begun = send_patient("a.pat");
    finish(send_patient("b.pat"));
    migrations_.removed(send_patient("c.pat"));
    EXPECT_EQ(migrations_.unfinished(), std::vector<std::string>{begun});
}

TEST_F(Migration, OfAnUploadThatLacksAByte_TellsItAtTheEnd) {
    Upload left = upload(this_session, "a.pat", "PatientFile");
    left.offset_bytes = 9;
    note(judge_end(left, file));
    EXPECT_EQ(rules_, Rules{"SFM-17 warning"});
}

TEST_F(Migration, OfAWholeUpload_TellsNothingAtTheEnd) {
    Upload whole = upload(this_session, "a.pat", "PatientFile");
    whole.offset_bytes = 10;
    note(judge_end(whole, file));
    EXPECT_EQ(rules_, Rules{});
}

template <class Rows>
void expect_on_page(const std::string& page, const Rows& rows) {
    for (const auto& rule : rows) {
        const std::string row = fmt::format(
            "| {} | {} | {}", rule.row.id, rule.row.title, findings::name_of(rule.row.strict)
        );
        EXPECT_NE(page.find(row), std::string::npos) << row;
    }
}

// docs/mock-server.md lists the rules as they are.
TEST(MigrationRules, OnTheirPage_HaveTheirTitlesAndSeverities) {
    const std::string page = test::read_file(test::source_folder() / "docs" / "mock-server.md");
    expect_on_page(page, arrival_rules());
    expect_on_page(page, parallel_rules());
    expect_on_page(page, end_rules());
}

using Outcomes = std::map<std::string, ImportOutcome>;

Migrations::OutcomeOf told_by(const Outcomes& outcomes) {
    return [&outcomes](const std::string& id) -> std::optional<ImportOutcome> {
        const auto known = outcomes.find(id);
        if (known == outcomes.end()) return std::nullopt;
        return known->second;
    };
}

TEST_F(Migration, InASummary_CountsFilesByKindAndOutcome) {
    using enum ImportOutcome;
    Outcomes outcomes;
    const auto import = [&](const std::string& id, ImportOutcome outcome) {
        finish(id);
        outcomes[id] = outcome;
    };
    const platform::WallTime began = moment_;
    import(send_organisation(), with_warnings);
    for (const char* name : {"a.pat", "b.pat", "c.pat"})
        import(send_patient(name), without_warnings);
    import(send_patient("d.pat"), failed);
    import(send("e.rpt", "ReportFile"), failed);
    moment_ += std::chrono::minutes(5);
    import(send("f.rpt", "ReportFile"), without_warnings);

    const auto summaries = migrations_.summaries(told_by(outcomes));
    ASSERT_EQ(summaries.size(), 1U);
    const MigrationSummary& summary = summaries.front();
    EXPECT_EQ(summary.session_id, this_session);
    EXPECT_EQ(summary.started, began);
    EXPECT_EQ(summary.ended, moment_);
    EXPECT_EQ(summary.organisations, (ImportCounts{0, 1, 0}));
    EXPECT_EQ(summary.patients, (ImportCounts{3, 0, 1}));
    EXPECT_EQ(summary.reports, (ImportCounts{1, 0, 1}));
}

TEST_F(Migration, WhileAFileIsOnItsWayOrImported_HasNoEnd) {
    Outcomes outcomes;
    const std::string id = send_organisation();
    const auto ended = [&] {
        return migrations_.summaries(told_by(outcomes)).front().ended.has_value();
    };
    EXPECT_FALSE(ended());
    finish(id);
    EXPECT_FALSE(ended());
    outcomes[id] = ImportOutcome::failed;
    EXPECT_TRUE(ended());
}

TEST_F(Migration, OfEachSession_HasASummaryOfItsOwn) {
    finish(send_organisation());
    finish(send_patient("a.pat", other_session));
    std::string capitals = this_session;
    for (char& c : capitals) c = static_cast<char>(std::toupper(c));
    finish(send_patient("a.pat", capitals));
    Outcomes outcomes;
    const auto summaries = migrations_.summaries(told_by(outcomes));
    ASSERT_EQ(summaries.size(), 2U);
    EXPECT_EQ(summaries[0].session_id, other_session);
    EXPECT_EQ(summaries[1].session_id, this_session);
}

}  // namespace
}  // namespace sfmkit::mockserver
