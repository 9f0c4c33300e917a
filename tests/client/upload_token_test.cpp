#include "client/upload/access_token.hpp"
#include "tests/client/upload_world.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace sfmkit::client {
namespace {

using platform::Duration;
using platform::Errc;
using platform::Result;
using test::FakeAnswer;
using World = test::UploadWorldInMemory;

/// Gives token1, token2 and so on, each after a second.
class Tokens final : public TokenSource {
  public:
    explicit Tokens(platform::Clock& clock) : clock_(clock) {}

    boost::asio::awaitable<Result<std::string>> fetch() override {
        co_await clock_.sleep_for(std::chrono::seconds(1));
        ++fetched;
        if (fetched > most)
            co_return platform::fail({.code = Errc::unreachable, .what = "no more"});
        co_return same_again ? "token" : "token" + std::to_string(fetched);
    }
    bool has_more() const override { return true; }

    unsigned fetched = 0;
    unsigned most = 1000;
    bool same_again = false;

  private:
    platform::Clock& clock_;
};

FakeAnswer token_ran_out() {
    return {401, {{"WWW-Authenticate", "Bearer error=\"invalid_token\""}}, "", ""};
}

/// What the requests of that method carried, in their order.
std::vector<std::string> tokens_of(const World& world) {
    std::vector<std::string> tokens;
    for (const auto& request : world.server.requests()) {
        tokens.emplace_back(request.fields.first("Authorization").value_or("none"));
    }
    return tokens;
}

TEST(UploadToken, F31_EveryRequest_CarriesIt) {
    World world;
    Tokens tokens(world.clock);
    world.settings.tokens = &tokens;
    world.add_export(2500, 0, 0);
    world.server.on("PATCH", 2, {.instead = FakeAnswer{409}});
    EXPECT_EQ(world.run().count(FileResult::completed), 1U);
    EXPECT_EQ(tokens_of(world), std::vector<std::string>(6, "Bearer token1"));
    EXPECT_EQ(tokens.fetched, 1U);
}

TEST(UploadToken, WithoutASource_NoneIsSent) {
    World world;
    world.add_export(500, 0, 0);
    world.run();
    EXPECT_EQ(tokens_of(world), std::vector<std::string>(2, "none"));
}

TEST(UploadToken, F30_WhenItRanOut_IsRenewedAndTheSameUploadGoesOn) {
    World world;
    Tokens tokens(world.clock);
    world.settings.tokens = &tokens;
    world.add_export(2500, 0, 0);
    world.server.on("PATCH", 2, {.instead = token_ran_out()});
    EXPECT_EQ(world.run().count(FileResult::completed), 1U);
    EXPECT_EQ(
        world.server.trace(),
        "POST 201, PATCH@0+1000 204, PATCH@1000+1000 401, HEAD 200, PATCH@1000+1000 204, "
        "PATCH@2000+500 204"
    );
    EXPECT_EQ(
        tokens_of(world),
        (std::vector<std::string>{
            "Bearer token1",
            "Bearer token1",
            "Bearer token1",
            "Bearer token2",
            "Bearer token2",
            "Bearer token2"
        })
    );
    world.expect_everything_arrived_once();
}

TEST(UploadToken, WhenItRanOutForFiveAtOnce_IsRenewedOnce) {
    World world;
    Tokens tokens(world.clock);
    world.settings.tokens = &tokens;
    world.add_export(100, 5, 3000);
    world.network.set_faults([](std::uint64_t) { return fuzz::LinkFaults{.latency = Duration(10)}; }
    );
    for (unsigned nth = 2; nth <= 6; ++nth) {
        world.server.on("PATCH", nth, {.instead = token_ran_out()});
    }
    EXPECT_EQ(world.run().count(FileResult::completed), 6U);
    EXPECT_EQ(tokens.fetched, 2U);
    EXPECT_EQ(world.server.uploads().size(), 6U);
    world.expect_everything_arrived_once();
}

TEST(UploadToken, WhenNoOtherIsToBeHad_TheRunEndsForAnother) {
    for (const bool same_again : {true, false}) {
        World world;
        Tokens tokens(world.clock);
        tokens.same_again = same_again;
        tokens.most = same_again ? 1000 : 1;
        world.settings.tokens = &tokens;
        world.settings.parallel = 1;
        world.add_export(100, 5, 3000);
        world.server.on("PATCH", 3, {.instead = token_ran_out()});
        const MigrationResult first = world.run();
        EXPECT_EQ(first.count(FileResult::run_again), 1U);
        EXPECT_EQ(first.count(FileResult::not_started), 4U);
        EXPECT_EQ(tokens.fetched, 2U);
        tokens.most = 1000;
        EXPECT_EQ(world.run().count(FileResult::completed), 5U);
        EXPECT_EQ(world.server.uploads().size(), 6U);
    }
}

TEST(UploadToken, ServerThatRepeatsIt_DoesNotBringItIntoTheReport) {
    for (const bool repeats : {true, false}) {
        World world;
        Tokens tokens(world.clock);
        world.settings.tokens = &tokens;
        world.add_export(100, 0, 0);
        const std::string text = repeats ? "no: Bearer token1" : "no: Bearer";
        world.server.on(
            "POST", 1, {.instead = FakeAnswer{403, {{"Content-Type", "text/plain"}}, text, ""}}
        );
        const MigrationResult result = world.run();
        ASSERT_EQ(result.count(FileResult::refused), 1U);
        const std::string told = platform::describe(*result.files.front().error);
        EXPECT_EQ(told.find("token1"), std::string::npos) << told;
        EXPECT_EQ(told.find("no: Bearer") == std::string::npos, repeats) << told;
    }
}

TEST(UploadToken, Letters_AreThoseOfRfc6750) {
    for (const char* good : {"a", "mF_9.B5f-4.1JqM", "abc==", "a+b/c~d"}) {
        EXPECT_TRUE(is_access_token(good)) << good;
    }
    for (const char* bad : {"", "=", "a b", "a\r\nX: y", "Bearer x", "\"x\"", "a=b", "\xc3\xa6"}) {
        EXPECT_FALSE(is_access_token(bad)) << bad;
    }
}

}  // namespace
}  // namespace sfmkit::client
