#include "mockserver/storage/retention.hpp"
#include "platform/bytes.hpp"
#include "tests/mockserver/recording_text.hpp"
#include "tests/mockserver/simulated_site.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;
using mockserver::is_due;
using mockserver::Retention;
using mockserver::Upload;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr platform::WallTime noon =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + hours(12);

Upload unfinished() {
    Upload upload;
    upload.length_bytes = 10;
    upload.offset_bytes = 9;
    upload.expires = noon;
    return upload;
}

Upload finished() {
    Upload upload = unfinished();
    upload.offset_bytes = 10;
    return upload;
}

TEST(Retention, OfAnUnfinishedUpload_CountsFromItsExpiry) {
    const Retention a_day{.expired = hours(24), .finished = milliseconds(1)};
    EXPECT_FALSE(is_due(a_day, unfinished(), {}, noon + hours(24) - milliseconds(1)));
    EXPECT_TRUE(is_due(a_day, unfinished(), {}, noon + hours(24)));
    Upload without_expiry = unfinished();
    without_expiry.expires.reset();
    EXPECT_FALSE(is_due(a_day, without_expiry, {}, noon + hours(24'000)));
    EXPECT_FALSE(is_due({.expired = {}, .finished = hours(1)}, unfinished(), {}, noon + hours(99)));
}

TEST(Retention, OfAFinishedUpload_CountsFromItsLastByte) {
    const Retention an_hour{.expired = milliseconds(1), .finished = hours(1)};
    EXPECT_FALSE(is_due(an_hour, finished(), noon, noon + hours(1) - milliseconds(1)));
    EXPECT_TRUE(is_due(an_hour, finished(), noon, noon + hours(1)));
    EXPECT_FALSE(is_due({.expired = hours(1), .finished = {}}, finished(), noon, noon + hours(99)));
}

/// Uploads expire after an hour.
SimulatedSite::Options options(const Retention& retention) {
    SimulatedSite::Options options;
    options.rules.profile = &mockserver::strict_spec();
    options.rules.settings.expire_after = hours(1);
    options.limits.retention = retention;
    return options;
}

awaitable<std::string> create(SimulatedSite& site) {
    // {name, FileType, SessionId} = {a.pat, PatientFile, s1}
    const std::string lines =
        "Upload-Length: 1000\r\nUpload-Metadata: name YS5wYXQ=,FileType UGF0aWVudEZpbGU=,"
        "SessionId czE=\r\n\r\n";
    const RawAnswer created = co_await site.ask("POST", "/files", lines);
    co_return header_of(created, "Location");
}

awaitable<int> status_of(SimulatedSite& site, std::string path) {
    const RawAnswer answer = co_await site.ask("HEAD", path, "\r\n");
    co_return answer.status;
}

awaitable<void> send(SimulatedSite& site, std::string path, std::uint64_t bytes) {
    const std::string lines = patch_lines(0, stream_slice(0, bytes));
    const RawAnswer answer = co_await site.ask("PATCH", path, lines);
    EXPECT_EQ(answer.status, 204);
}

std::size_t files_left(SimulatedSite& site) {
    const auto entries = site.files().list("data/uploads");
    return entries ? entries->size() : 0;
}

constexpr Retention a_day{.expired = hours(24), .finished = {}};

TEST(Sweep, OfAnExpiredUpload_LeavesNothingOnDisk) {
    SimulatedSite world(options(a_day));
    world.play([](SimulatedSite& site) -> awaitable<void> {
        const std::string left = co_await create(site);
        co_await send(site, left, 500);
        const std::string whole = co_await create(site);
        co_await send(site, whole, 1000);
        EXPECT_EQ(files_left(site), 4U);
        co_await site.sleep(hours(24));
        const int expired = co_await status_of(site, left);
        EXPECT_EQ(expired, 410);
        EXPECT_EQ(files_left(site), 4U);
        co_await site.sleep(hours(1) + minutes(1));
        const int gone = co_await status_of(site, left);
        EXPECT_EQ(gone, 404);
        EXPECT_EQ(files_left(site), 2U);
    });
    std::vector<std::string> rules;
    for (const auto& finding : world.evidence().findings) rules.push_back(finding.rule);
    EXPECT_EQ(std::ranges::count(rules, "SFM-17"), 1);
}

TEST(Sweep, AfterARestart_FindsWhatAnEarlierRunLeft) {
    SimulatedSite world(options(a_day));
    world.play([](SimulatedSite& site) -> awaitable<void> {
        const std::string left = co_await create(site);
        co_await send(site, left, 500);
        co_await site.sleep(hours(30));
        co_await site.crash(fuzz::MemoryFiles::Loss::nothing);
        co_await site.sleep(minutes(1));
        EXPECT_EQ(files_left(site), 0U);
    });
}

TEST(Sweep, WithoutRetention_RemovesNothing) {
    SimulatedSite world(options({}));
    world.play([](SimulatedSite& site) -> awaitable<void> {
        const std::string left = co_await create(site);
        co_await send(site, left, 500);
        co_await site.sleep(hours(30));
        EXPECT_EQ(files_left(site), 2U);
    });
}

TEST(Sweep, OfFinishedUploads_WaitsForTheirTime) {
    SimulatedSite world(options({.expired = {}, .finished = hours(2)}));
    world.play([](SimulatedSite& site) -> awaitable<void> {
        const std::string left = co_await create(site);
        co_await send(site, left, 500);
        const std::string whole = co_await create(site);
        co_await send(site, whole, 1000);
        co_await site.sleep(hours(2) - minutes(1));
        EXPECT_EQ(files_left(site), 4U);
        co_await site.sleep(minutes(2));
        EXPECT_EQ(files_left(site), 2U);
        const int gone = co_await status_of(site, whole);
        EXPECT_EQ(gone, 404);
    });
}

// A PATCH that began in time may end behind the expiry, as with the real library.
TEST(Sweep, WhileARequestWrites_LeavesTheUpload) {
    SimulatedSite::Options settings = options({.expired = milliseconds(1), .finished = {}});
    settings.limits.body_rate = 1;
    SimulatedSite world(settings);
    world.play([](SimulatedSite& site) -> awaitable<void> {
        const std::string path = co_await create(site);
        co_await site.sleep(minutes(59));
        auto connection = co_await site.connect();
        const std::string bytes = "PATCH " + path +
                                  " HTTP/1.1\r\nHost: mock\r\nTus-Resumable: 1.0.0\r\n" +
                                  patch_lines(0, stream_slice(0, 1000));
        const std::string most = bytes.substr(0, bytes.size() - 1);
        co_await connection->send(most);
        co_await site.sleep(std::chrono::seconds(100));
        EXPECT_GE(files_left(site), 1U);
        const std::string last = bytes.substr(bytes.size() - 1);
        co_await connection->send(last);
        const platform::Duration patience = minutes(1);
        const auto answer = co_await connection->read_answer("PATCH", patience);
        EXPECT_TRUE(answer && answer->status == 204);
    });
}

TEST(Sweep, OfManyUploads_GoesOnWhereItStopped) {
    SimulatedSite world(options({.expired = minutes(1), .finished = {}}));
    world.play([](SimulatedSite& site) -> awaitable<void> {
        for (int i = 0; i < 1500; ++i) co_await create(site);
        EXPECT_EQ(files_left(site), 1500U);
        co_await site.sleep(hours(1) + minutes(5));
        EXPECT_EQ(files_left(site), 0U);
    });
}

}  // namespace
}  // namespace sfmkit::test
