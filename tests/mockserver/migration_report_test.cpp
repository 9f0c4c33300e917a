#include "mockserver/sfm/migration_report.hpp"

#include "platform/bytes.hpp"
#include "tests/mockserver/simulated_site.hpp"
#include "wire/base64.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sfmkit::mockserver {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::sys_days;

constexpr platform::WallTime first_of_november = sys_days(std::chrono::year(2026) / 11 / 1);

std::string target(const std::string& parameters) {
    return "/Basic?_query=MIGRATION_REPORT_01" + parameters;
}

TEST(MigrationReportQuery, WithDates_HasTheirFirstAndLastMoment) {
    const auto query = read_report_query(target("&date=ge2026-11-01&date=le2026-11-01"));
    ASSERT_TRUE(query);
    EXPECT_EQ(query->from, first_of_november);
    EXPECT_EQ(query->until, first_of_november + hours(24) - milliseconds(1));
}

TEST(MigrationReportQuery, WithTimes_CountsTheirZone) {
    const platform::WallTime six = first_of_november + hours(6);
    for (const char* text :
         {"2026-11-01T06:00:00Z",
          "2026-11-01T07:00:00+01:00",
          "2026-11-01T07:00:00%2B01:00",
          "2026-11-01T04:30:00.123-01:30",
          "2026-11-01T06%3A00%3a00Z"}) {
        const auto query = read_report_query(target(std::string("&date=ge") + text));
        ASSERT_TRUE(query) << text;
        EXPECT_EQ(query->from, six) << text;
        EXPECT_FALSE(query->until);
    }
}

TEST(MigrationReportQuery, WithoutDates_AsksForAll) {
    const auto query = read_report_query(target("&patientLogLevel=Warning"));
    ASSERT_TRUE(query);
    EXPECT_FALSE(query->from || query->until);
}

/// Each beside one that differs in one thing and is read.
TEST(MigrationReportQuery, ThatAsksForSomethingElse_IsNone) {
    const std::pair<const char*, const char*> refused_and_read[] = {
        {"/Basic", "/Basic?_query=MIGRATION_REPORT_01"},
        {"/Basic?_query=MIGRATION_REPORT_02", "/Basic?_query=MIGRATION_REPORT_01"},
        {"/Basic?query=MIGRATION_REPORT_01", "/Basic?_query=MIGRATION_REPORT_01"},
        {"/Basic?_query=MIGRATION_REPORT_01&patientLogLevel=Debug",
         "/Basic?_query=MIGRATION_REPORT_01&patientLogLevel=Error"},
        {"/Basic?_query=MIGRATION_REPORT_01&date=2026-11-01",
         "/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-01"},
        {"/Basic?_query=MIGRATION_REPORT_01&date=gt2026-11-01",
         "/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-01"},
        {"/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-31",
         "/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-30"},
        {"/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-1",
         "/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-01"},
        {"/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-01T06:00:00",
         "/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-01T06:00:00Z"},
        {"/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-01T24:00:00Z",
         "/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-01T23:00:00Z"},
        {"/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-01T06:00:00Zx",
         "/Basic?_query=MIGRATION_REPORT_01&date=ge2026-11-01T06:00:00Z"},
        {"/Basic?_query=MIGRATION_REPORT_01&date=ge", "/Basic?_query=MIGRATION_REPORT_01&other=ge"},
    };
    for (const auto& [refused, read] : refused_and_read) {
        EXPECT_FALSE(read_report_query(refused)) << refused;
        EXPECT_TRUE(read_report_query(read)) << read;
    }
}

TEST(MigrationReportQuery, OfAnyBytes_IsReadWithoutHarm) {
    const std::string whole = target("&date=ge2026-11-01T06:00:00.5+01:00&patientLogLevel=Error%2");
    std::size_t read = 0;
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        if (read_report_query(whole.substr(0, length))) ++read;
    }
    EXPECT_GE(read, 3U);
}

TEST(MigrationReportQuery, OfATime_TakesMigrationsThatBeganInIt) {
    const MigrationReportQuery query{.from = first_of_november, .until = first_of_november};
    const auto began = [](platform::WallTime time) {
        return MigrationSummary{.session_id = "s", .started = time, .ended = {}};
    };
    EXPECT_TRUE(is_asked_for(query, began(first_of_november)));
    EXPECT_FALSE(is_asked_for(query, began(first_of_november - milliseconds(1))));
    EXPECT_FALSE(is_asked_for(query, began(first_of_november + milliseconds(1))));
    EXPECT_TRUE(is_asked_for({}, began(first_of_november + milliseconds(1))));
}

json report_in(const json& entry) {
    const std::string text = entry.at("resource").at("extension").at(0).at("valueBase64Binary");
    const auto bytes = wire::decode_base64(text);
    return json::parse(platform::as_text(*bytes));
}

TEST(MigrationReports, WhenPrinted_HaveTheMembersOfThePage) {
    const MigrationSummary migration{
        .session_id = "3a68365f-4dec-4ecf-b3e7-04bedbdd1096",
        .started = first_of_november,
        .ended = first_of_november + hours(1),
        .organisations = {1, 0, 0},
        .patients = {2, 3, 4},
        .reports = {5, 6, 7},
    };
    const json bundle = json::parse(print_migration_reports({migration}));
    EXPECT_EQ(bundle.at("resourceType"), "Bundle");
    EXPECT_EQ(bundle.at("total"), 1);
    const json report = report_in(bundle.at("entry").at(0));
    EXPECT_EQ(report.at("SessionId"), migration.session_id);
    EXPECT_EQ(report.at("SessionStart"), "2026-11-01T00:00:00.000Z");
    EXPECT_EQ(report.at("SessionEnd"), "2026-11-01T01:00:00.000Z");
    const json& summary = report.at("MigrationReportSummary");
    EXPECT_EQ(summary.at("Organizations").at("ImportedWithoutWarnings"), 1);
    EXPECT_EQ(summary.at("Patients").at("ImportedWithWarnings"), 3);
    EXPECT_EQ(summary.at("Reports").at("Failed"), 7);
    EXPECT_EQ(report.size(), 4U);
}

boost::asio::awaitable<test::RawAnswer> send_patient(test::SimulatedSite& site) {
    // {name, FileType, SessionId} = {a.pat, PatientFile, s1}
    const std::string lines =
        "Upload-Length: 0\r\nUpload-Metadata: name YS5wYXQ=,FileType UGF0aWVudEZpbGU=,"
        "SessionId czE=\r\n\r\n";
    co_return co_await site.ask("POST", "/files", lines);
}

test::SimulatedSite::Options options(bool with_auth) {
    test::SimulatedSite::Options options;
    options.rules.profile = &tusdotnet_2021();
    options.rules.settings.require_authorization = with_auth;
    return options;
}

TEST(MigrationReports, WhenAsked_TellWhatCameIn) {
    test::SimulatedSite world(options(false));
    world.play([](test::SimulatedSite& site) -> boost::asio::awaitable<void> {
        co_await send_patient(site);
        for (const char* place : {"/Basic", "/api/Basic", "/sfm/fhir/Basic"}) {
            const std::string asked = place + target("").substr(6);
            const test::RawAnswer answer = co_await site.ask("GET", asked, "\r\n");
            EXPECT_EQ(answer.status, 200) << asked;
            EXPECT_EQ(test::header_of(answer, "Content-Type"), "application/fhir+json");
            const json report = report_in(json::parse(answer.body).at("entry").at(0));
            const json& patients = report.at("MigrationReportSummary").at("Patients");
            EXPECT_EQ(patients.at("ImportedWithoutWarnings"), 1);
        }
        const std::string past = target("&date=le2000-01-01");
        const test::RawAnswer none = co_await site.ask("GET", past, "\r\n");
        EXPECT_EQ(json::parse(none.body).at("total"), 0);
    });
}

TEST(MigrationReports, AfterARestart_CountWhatIsStored) {
    test::SimulatedSite world(options(false));
    world.play([](test::SimulatedSite& site) -> boost::asio::awaitable<void> {
        co_await send_patient(site);
        co_await site.crash(fuzz::MemoryFiles::Loss::nothing);
        const std::string asked = target("");
        const test::RawAnswer answer = co_await site.ask("GET", asked, "\r\n");
        EXPECT_EQ(json::parse(answer.body).at("total"), 1);
    });
}

TEST(MigrationReports, WhenAskedInAnotherWay_AreRefused) {
    test::SimulatedSite world(options(true));
    world.play([](test::SimulatedSite& site) -> boost::asio::awaitable<void> {
        const std::string credential = "Authorization: Bearer x\r\n\r\n";
        const auto status = [&site](
                                std::string method, std::string path, std::string rest
                            ) -> boost::asio::awaitable<int> {
            const test::RawAnswer answer = co_await site.ask(method, path, rest);
            co_return answer.status;
        };
        const std::string asked = target("");
        const int good = co_await status("GET", asked, credential);
        EXPECT_EQ(good, 200);
        const int nobody = co_await status("GET", asked, "\r\n");
        EXPECT_EQ(nobody, 401);
        const int posted = co_await status("POST", asked, "Content-Length: 0\r\n" + credential);
        EXPECT_EQ(posted, 404);
        const int without_query = co_await status("GET", "/Basic", credential);
        EXPECT_EQ(without_query, 400);
        const int below = co_await status("GET", "/files" + asked, credential);
        EXPECT_EQ(below, 404);
    });
}

}  // namespace
}  // namespace sfmkit::mockserver
