#include "platform/bytes.hpp"
#include "tests/mockserver/recording_text.hpp"
#include "tests/mockserver/simulated_site.hpp"
#include "wire/tus_headers.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;
using std::chrono::seconds;

constexpr std::uint64_t size = 1000;

wire::MetadataPair pair(std::string_view key, std::string_view value) {
    const platform::Bytes bytes = platform::as_bytes(value);
    return {.key = std::string(key), .value = {bytes.begin(), bytes.end()}};
}

std::string guid_name(int number, std::string_view extension) {
    return "d14d6dfb-484b-4dc4-8272-1cd85c68f3" + std::to_string(10 + number) +
           std::string(extension);
}

/// Keys in the order of the page's example.
std::string creation_lines(std::string_view name, std::string_view type) {
    const std::string metadata = wire::print_metadata(
        {pair("name", name),
         pair("contentType", "application/octet-stream"),
         pair("FileType", type),
         pair("SessionId", "3a68365f-4dec-4ecf-b3e7-04bedbdd1096")}
    );
    return "Upload-Length: " + std::to_string(size) + "\r\nUpload-Metadata: " + metadata +
           "\r\n\r\n";
}

awaitable<std::string> create(SimulatedSite& site, std::string name, std::string type) {
    const RawAnswer answer = co_await site.ask("POST", "/files", creation_lines(name, type));
    EXPECT_EQ(answer.status, 201);
    co_return header_of(answer, "Location");
}

awaitable<void> fill(SimulatedSite& site, std::string path) {
    const RawAnswer answer =
        co_await site.ask("PATCH", path, patch_lines(0, stream_slice(0, size)));
    EXPECT_EQ(answer.status, 204);
}

awaitable<void> send_organisation(SimulatedSite& site) {
    const std::string path = co_await create(site, "ExportData.dat", "OrganizationFile");
    co_await fill(site, path);
}

/// Each call sends all but its last bytes; only when all stand there the first one ends.
awaitable<void> send_in_parallel(SimulatedSite& site, int calls) {
    std::vector<std::pair<std::shared_ptr<RawConnection>, std::string>> open;
    for (int i = 0; i < calls; ++i) {
        const std::string path = co_await create(site, guid_name(i, ".pat"), "PatientFile");
        const std::string whole = "PATCH " + path +
                                  " HTTP/1.1\r\nHost: mock\r\nTus-Resumable: 1.0.0\r\n" +
                                  patch_lines(0, stream_slice(0, size));
        auto connection = co_await site.connect();
        const std::string begin = whole.substr(0, whole.size() - 100);
        co_await connection->send(begin);
        open.emplace_back(std::move(connection), whole.substr(whole.size() - 100));
    }
    co_await site.sleep(seconds(1));
    for (const auto& [connection, rest] : open) {
        co_await connection->send(rest);
        const auto answer = co_await connection->read_answer("PATCH", seconds(10));
        EXPECT_TRUE(answer && answer->status == 204);
    }
}

SimulatedSite::Options as_the_page_shows() {
    SimulatedSite::Options options;
    options.rules.profile = &mockserver::tusdotnet_2021();
    return options;
}

std::vector<std::string> rules_of(SimulatedSite& site) {
    std::vector<std::string> rules;
    for (const auto& finding : site.evidence().findings) rules.push_back(finding.rule);
    return rules;
}

std::vector<std::string> rules_after_parallel(int calls) {
    SimulatedSite world(as_the_page_shows());
    world.play([calls](SimulatedSite& site) -> awaitable<void> {
        co_await send_organisation(site);
        co_await send_in_parallel(site, calls);
    });
    return rules_of(world);
}

// The page: no more than 5-10 parallel calls at a time.
TEST(MigrationCalls, OfElevenAtATime_GiveOneFinding) {
    EXPECT_EQ(rules_after_parallel(11), std::vector<std::string>{"SFM-16"});
}

TEST(MigrationCalls, OfTenAtATime_AreToldOnly) {
    EXPECT_EQ(rules_after_parallel(10), std::vector<std::string>{"SFM-15"});
}

TEST(MigrationCalls, OfFiveAtATime_AreFine) {
    EXPECT_EQ(rules_after_parallel(5), std::vector<std::string>{});
}

TEST(MigrationCalls, AfterARestart_AreOfTheMigrationThatWasBegun) {
    SimulatedSite world(as_the_page_shows());
    world.play([](SimulatedSite& site) -> awaitable<void> {
        co_await send_organisation(site);
        co_await site.crash(fuzz::MemoryFiles::Loss::nothing);
        const std::string path = co_await create(site, guid_name(0, ".pat"), "PatientFile");
        co_await fill(site, path);
    });
    EXPECT_EQ(rules_of(world), std::vector<std::string>{});
}

TEST(MigrationCalls, AfterARestartWithoutAnOrganisationFile_AreInTheWrongOrder) {
    SimulatedSite world(as_the_page_shows());
    world.play([](SimulatedSite& site) -> awaitable<void> {
        co_await site.crash(fuzz::MemoryFiles::Loss::nothing);
        const std::string path = co_await create(site, guid_name(0, ".pat"), "PatientFile");
        co_await fill(site, path);
    });
    EXPECT_EQ(rules_of(world), std::vector<std::string>{"SFM-13"});
}

TEST(MigrationCalls, WhenAnUploadIsLeft_TellItWhenTheServerEnds) {
    SimulatedSite world(as_the_page_shows());
    world.play([](SimulatedSite& site) -> awaitable<void> {
        co_await send_organisation(site);
        const std::string path = co_await create(site, guid_name(0, ".pat"), "PatientFile");
        EXPECT_EQ(site.evidence().findings.size(), 0U);
    });
    EXPECT_EQ(rules_of(world), std::vector<std::string>{"SFM-17"});
}

SimulatedSite::Options enforcing(const std::string& rule) {
    SimulatedSite::Options options = as_the_page_shows();
    options.rules.settings.enforced = {rule};
    return options;
}

/// What the server says to one creation, in a world where this came before.
RawAnswer answer_to_creation(
    const std::string& enforced,
    std::string name,
    std::string type,
    std::function<awaitable<void>(SimulatedSite&)> before
) {
    SimulatedSite world(enforcing(enforced));
    RawAnswer answer;
    world.play([&](SimulatedSite& site) -> awaitable<void> {
        co_await before(site);
        const std::string lines = creation_lines(name, type);
        answer = co_await site.ask("POST", "/files", lines);
    });
    return answer;
}

awaitable<void> nothing(SimulatedSite& /*site*/) {
    co_return;
}

awaitable<void> one_patient(SimulatedSite& site) {
    const std::string name = guid_name(0, ".pat");
    const std::string path = co_await create(site, name, "PatientFile");
    co_await fill(site, path);
}

TEST(MigrationRefusal, OfAPatientBeforeTheOrganisationFile_NamesTheRule) {
    const auto patient_first = [](const std::string& enforced) {
        return answer_to_creation(enforced, guid_name(0, ".pat"), "PatientFile", nothing);
    };
    const RawAnswer refused = patient_first("SFM-13");
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.body.rfind("SFM-13: ", 0), 0U) << refused.body;
    EXPECT_EQ(patient_first("SFM-14").status, 201);
    const RawAnswer in_order =
        answer_to_creation("SFM-13", guid_name(0, ".pat"), "PatientFile", send_organisation);
    EXPECT_EQ(in_order.status, 201);
}

TEST(MigrationRefusal, OfAFileThatIsThere_NamesTheRule) {
    const auto patient_again = [](const std::string& enforced, int number) {
        return answer_to_creation(enforced, guid_name(number, ".pat"), "PatientFile", one_patient);
    };
    const RawAnswer refused = patient_again("SFM-14", 0);
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.body.rfind("SFM-14: ", 0), 0U) << refused.body;
    EXPECT_EQ(patient_again("SFM-14", 1).status, 201);
    EXPECT_EQ(patient_again("SFM-16", 0).status, 201);
}

TEST(MigrationRefusal, AfterARestart_KnowsWhatIsThere) {
    const RawAnswer again = answer_to_creation(
        "SFM-14",
        guid_name(0, ".pat"),
        "PatientFile",
        [](SimulatedSite& site) -> awaitable<void> {
            co_await one_patient(site);
            co_await site.crash(fuzz::MemoryFiles::Loss::nothing);
        }
    );
    EXPECT_EQ(again.status, 400);
}

TEST(MigrationRefusal, OfWhatIsRefused_LeavesNothing) {
    SimulatedSite world(enforcing("SFM-13"));
    world.play([](SimulatedSite& site) -> awaitable<void> {
        const std::string lines = creation_lines(guid_name(0, ".pat"), "PatientFile");
        for (int i = 0; i < 2; ++i) {
            const RawAnswer refused = co_await site.ask("POST", "/files", lines);
            EXPECT_EQ(refused.status, 400);
        }
        // Not in the migration either: it is no second one, and none that lacks bytes.
        co_await send_organisation(site);
        co_await one_patient(site);
    });
    EXPECT_EQ(rules_of(world), (std::vector<std::string>{"SFM-13", "SFM-13"}));
}

/// Answers to one call more than this many, which all stand still inside their bodies, and to the
/// same call when one of them has ended.
std::pair<RawAnswer, RawAnswer> answers_to_one_more(const std::string& enforced, int open_calls) {
    SimulatedSite world(enforcing(enforced));
    std::pair<RawAnswer, RawAnswer> answers;
    world.play([&](SimulatedSite& site) -> awaitable<void> {
        co_await send_organisation(site);
        std::vector<std::shared_ptr<RawConnection>> open;
        for (int i = 0; i < open_calls; ++i) {
            const std::string path = co_await create(site, guid_name(i, ".pat"), "PatientFile");
            auto connection = co_await site.connect();
            const std::string begin = "PATCH " + path +
                                      " HTTP/1.1\r\nHost: mock\r\nTus-Resumable: 1.0.0\r\n" +
                                      patch_lines(0, stream_slice(0, size));
            const std::string most = begin.substr(0, begin.size() - 1);
            co_await connection->send(most);
            open.push_back(std::move(connection));
        }
        co_await site.sleep(seconds(1));
        const std::string path =
            co_await create(site, guid_name(open_calls, ".pat"), "PatientFile");
        const std::string lines = patch_lines(0, stream_slice(0, size));
        answers.first = co_await site.ask("PATCH", path, lines);
        open.pop_back();
        co_await site.sleep(seconds(1));
        answers.second = co_await site.ask("PATCH", path, lines);
    });
    return answers;
}

TEST(MigrationRefusal, OfTheEleventhCall_IsTakenBackWhenOneHasEnded) {
    const auto [refused, later] = answers_to_one_more("SFM-16", 10);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header_of(refused, "Retry-After"), "1");
    EXPECT_EQ(refused.body.rfind("SFM-16: ", 0), 0U) << refused.body;
    EXPECT_EQ(later.status, 204);
}

TEST(MigrationRefusal, OfTheTenthCall_IsForWhoEnforcesFive) {
    EXPECT_EQ(answers_to_one_more("SFM-16", 9).first.status, 204);
    EXPECT_EQ(answers_to_one_more("SFM-15", 9).first.status, 429);
    EXPECT_EQ(answers_to_one_more("SFM-15", 4).first.status, 204);
}

}  // namespace
}  // namespace sfmkit::test
