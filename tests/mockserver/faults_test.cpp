#include "mockserver/faults/fault_file.hpp"
#include "tests/mockserver/fault_cases.hpp"
#include "tests/mockserver/recording_text.hpp"
#include "tests/mockserver/simulated_site.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

// One fault strikes one upload of two chunks; what the client sees is compared with what the fault
// promises.

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;

constexpr std::uint64_t size = 1000;
constexpr std::uint64_t first_chunk = 400;

std::string creation_lines() {
    return fmt::format(
        "Upload-Length: {}\r\nUpload-Metadata: name YS5wYXQ=,contentType "
        "YXBwbGljYXRpb24vb2N0ZXQtc3RyZWFt,FileType UGF0aWVudEZpbGU=,SessionId "
        "M2E2ODM2NWYtNGRlYy00ZWNmLWIzZTctMDRiZWRiZGQxMDk2\r\n\r\n",
        size
    );
}

/// What a client sees that asks after its first chunk and goes on where it is told.
class Talk {
  public:
    explicit Talk(SimulatedSite& site) : site_(site) {}

    awaitable<void> run() {
        const std::string creation = creation_lines();
        co_await ask("POST", "/files", creation);
        path_ = header_of(last_, "Location");
        if (path_.empty()) co_return;
        const std::string begin = patch_lines(0, stream_slice(0, first_chunk));
        co_await ask("PATCH", path_, begin);
        const platform::Duration pause = std::chrono::milliseconds(100);
        co_await site_.sleep(pause);
        co_await ask("HEAD", path_, "\r\n");
        if (last_.status != 200) co_return;
        const std::uint64_t offset = std::stoull(header_of(last_, "Upload-Offset"));
        const std::string rest = patch_lines(offset, stream_slice(offset, size));
        co_await ask("PATCH", path_, rest);
        co_await ask("HEAD", path_, "\r\n");
    }

    std::string seen() const { return seen_; }
    std::string id() const { return path_.substr(path_.rfind('/') + 1); }

  private:
    awaitable<void> ask(std::string method, std::string path, std::string rest) {
        last_ = co_await site_.ask(method, path, rest);
        seen_ += fmt::format("{}{}", seen_.empty() ? "" : " ", last_.status);
        std::string offset = header_of(last_, "Upload-Offset");
        if (offset.empty()) offset = header_of(last_, "upload-offset");
        if (!offset.empty()) seen_ += "@" + offset;
    }

    SimulatedSite& site_;
    RawAnswer last_;
    std::string path_;
    std::string seen_;
};

mockserver::Fault fault_of(const FaultCase& row) {
    const std::string text = fmt::format("{{\"name\":\"{}\",{}}}", row.name, row.fault);
    auto fault = mockserver::parse_fault(text, row.name);
    if (!fault) throw std::runtime_error(platform::describe(fault.error()));
    return *fault;
}

class Faults : public testing::TestWithParam<FaultCase> {};

TEST_P(Faults, Talk_WhenStruck_GoesAsTheFaultSays) {
    const FaultCase& row = GetParam();
    SimulatedSite::Options options{.rules = {.profile = &row.profile(), .settings = {}}};
    options.faults = {fault_of(row)};
    SimulatedSite world(options);
    std::string seen;
    std::string stored;
    std::uint64_t strikes = 0;
    world.play([&](SimulatedSite& site) -> awaitable<void> {
        Talk talk(site);
        co_await talk.run();
        seen = talk.seen();
        stored = site.stored(talk.id());
        strikes = site.site().faults.strikes();
    });
    EXPECT_EQ(seen, row.seen);
    if (seen.ends_with("200@1000")) {
        EXPECT_EQ(stored == stream_slice(0, size), row.intact);
    }
    const std::vector<std::string> told(strikes, row.name);
    EXPECT_EQ(world.evidence().faults, told);
}

INSTANTIATE_TEST_SUITE_P(
    Rows,
    Faults,
    testing::ValuesIn(fault_cases().begin(), fault_cases().end()),
    [](const auto& row) { return row.param.name; }
);

TEST(FaultTable, Kinds_InTheCases_AreAllOfThem) {
    std::set<std::string_view> used;
    for (const FaultCase& row : fault_cases()) used.insert(name_of(fault_of(row).action.kind));
    std::set<std::string_view> missing;
    for (const auto& kind : mockserver::fault_kinds()) {
        if (!used.contains(kind.name)) missing.insert(kind.name);
    }
    // Credentials and the end of the process have tests of their own.
    EXPECT_EQ(missing, (std::set<std::string_view>{"expire_tokens", "crash"}));
}

/// A fault that often strikes, over many uploads.
std::string trace_of(std::uint64_t seed, std::uint64_t& strikes) {
    SimulatedSite::Options options{
        .rules = {.profile = &mockserver::tusdotnet_2021(), .settings = {}}, .seed = seed
    };
    const auto fault = mockserver::parse_fault(
        R"({"point":"after_store","times":0,"match":{"probability":0.3},"action":{"do":"reset"}})",
        "test"
    );
    options.faults = {*fault};
    SimulatedSite world(options);
    std::string hash;
    world.play([&](SimulatedSite& site) -> awaitable<void> {
        for (int i = 0; i < 20; ++i) {
            Talk talk(site);
            co_await talk.run();
        }
        hash = site.site().faults.trace_hash();
        strikes = site.site().faults.strikes();
    });
    return hash;
}

TEST(FaultTable, TraceHash_WhenSeedIsEqual_IsEqual) {
    std::uint64_t strikes = 0;
    std::uint64_t again = 0;
    std::uint64_t other = 0;
    const std::string first = trace_of(5, strikes);
    EXPECT_EQ(trace_of(5, again), first);
    EXPECT_EQ(again, strikes);
    EXPECT_GE(strikes, 10U);
    EXPECT_NE(trace_of(6, other), first);
}

TEST(FaultTable, Clear_WhenArmed_LetsRequestsPass) {
    mockserver::FaultTable table(1);
    const std::uint64_t id = table.arm({.name = "reset", .point = mockserver::FaultPoint::head});
    mockserver::MetFaults met = table.meet({.method = "PATCH"});
    EXPECT_FALSE(met.empty());
    const auto fault = met.next(mockserver::FaultPoint::head, 0, 1);
    EXPECT_TRUE(table.clear(id));
    EXPECT_FALSE(table.clear(id));
    // Also for a request that had met it before.
    EXPECT_FALSE(table.strike(met, fault));
    EXPECT_TRUE(table.meet({.method = "PATCH"}).empty());
    EXPECT_EQ(table.strikes(), 0U);
}

TEST(FaultTable, ExpiredTokens_AreRefusedAndOthersAreNot) {
    SimulatedSite::Options options{
        .rules = {.profile = &mockserver::tusdotnet_2021(), .settings = {}}
    };
    options.faults = {*mockserver::parse_fault(
        R"({"point":"after_store","match":{"method":"POST"},"action":{"do":"expire_tokens"}})",
        "test"
    )};
    SimulatedSite world(options);
    std::vector<int> statuses;
    std::string challenge;
    world.play([&](SimulatedSite& site) -> awaitable<void> {
        const std::string creation = "Authorization: Bearer old\r\n" + creation_lines();
        const RawAnswer made = co_await site.ask("POST", "/files", creation);
        statuses.push_back(made.status);
        const std::string path = header_of(made, "Location");
        const std::string lines = patch_lines(0, stream_slice(0, size));
        const std::string old_lines = "Authorization: Bearer old\r\n" + lines;
        const RawAnswer refused = co_await site.ask("PATCH", path, old_lines);
        statuses.push_back(refused.status);
        challenge = header_of(refused, "WWW-Authenticate");
        const std::string new_lines = "Authorization: Bearer new\r\n" + lines;
        const RawAnswer taken = co_await site.ask("PATCH", path, new_lines);
        statuses.push_back(taken.status);
    });
    EXPECT_EQ(statuses, (std::vector<int>{201, 401, 204}));
    EXPECT_NE(challenge.find("invalid_token"), std::string::npos);
}

}  // namespace
}  // namespace sfmkit::test
