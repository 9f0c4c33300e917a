#include "client/encoder/key_encoding.hpp"
#include "client/upload/credentials.hpp"
#include "tests/client/upload_world.hpp"
#include "wire/jose/jws.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

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
    bool has_more() const override { return changes; }

    bool changes = true;
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

// A server that takes no token would refuse every file alike; none of them is refused for good.
TEST(UploadToken, F30_WhenNoneIsTaken_TheRunEndsForAnotherAndNoFileIsRefused) {
    for (const bool may_change : {true, false}) {
        World world;
        Tokens tokens(world.clock);
        tokens.changes = may_change;
        world.settings.tokens = &tokens;
        world.add_export(100, 30, 3000);
        for (unsigned nth = 2; nth <= 40; ++nth) {
            world.server.on("POST", nth, {.instead = token_ran_out()});
        }
        const MigrationResult first = world.run();
        EXPECT_EQ(first.count(FileResult::refused), 0U);
        EXPECT_GE(first.count(FileResult::run_again), 1U);
        EXPECT_GE(first.count(FileResult::not_started), 25U);
        EXPECT_EQ(first.orphans, 0U);
        EXPECT_LE(world.server.requests().size(), 2U + 5U * 3U);
        for (unsigned nth = 2; nth <= 40; ++nth) world.server.on("POST", nth, {});
        EXPECT_EQ(world.run().count(FileResult::completed), 30U);
    }
}

TEST(UploadToken, CommandThatFails_IsRunOnceForAllThatWait) {
    World world;
    Tokens tokens(world.clock);
    tokens.most = 1;
    world.settings.tokens = &tokens;
    world.add_export(100, 5, 3000);
    world.network.set_faults([](std::uint64_t) { return fuzz::LinkFaults{.latency = Duration(10)}; }
    );
    for (unsigned nth = 2; nth <= 6; ++nth) {
        world.server.on("POST", nth, {.instead = token_ran_out()});
    }
    const MigrationResult result = world.run();
    EXPECT_EQ(tokens.fetched, 2U);
    EXPECT_EQ(result.count(FileResult::run_again), 5U);
    EXPECT_EQ(result.orphans, 0U);
    EXPECT_EQ(world.server.requests().size(), 7U);
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

TEST(UploadToken, RedirectWithItsLocationTakenOut_SaysSo) {
    for (const bool shown : {true, false}) {
        World world;
        world.add_export(100, 0, 0);
        FakeAnswer redirect{307};
        if (shown) redirect.headers = {{"Location", "/login"}};
        world.server.on("POST", 1, {.instead = redirect});
        const MigrationResult result = world.run();
        ASSERT_EQ(result.count(FileResult::refused), 1U);
        const std::string told = result.files.front().error->actual;
        EXPECT_EQ(told.find("  "), std::string::npos) << told;
        EXPECT_TRUE(told.ends_with(shown ? " to /login" : ", no Location to show")) << told;
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

ProofKey new_ec_key() {
    const platform::Openssl<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    const auto pem = private_key_pem(*key);
    return ProofKey::parse(pem.view(), "key").value();
}

FakeAnswer wants_nonce(const std::string& nonce) {
    return {
        401,
        {{"WWW-Authenticate", "Bearer, DPoP algs=\"ES256\", error=\"use_dpop_nonce\""},
         {"DPoP-Nonce", nonce}},
        "",
        ""
    };
}

/// What the proof of a request claims; checked with the key that it shows.
wire::JsonValue claims_of_proof(const test::SeenRequest& request) {
    const auto proof = wire::parse_jws(request.fields.first("DPoP").value_or("none"));
    if (!proof) return {};
    const auto key = wire::Jwk::parse_public(*proof->header.find("jwk"));
    EXPECT_TRUE(wire::verify(*proof, wire::SignatureAlgorithm::es256, key.value()).has_value());
    return wire::claims_of(*proof).value();
}

std::string claim(const test::SeenRequest& request, std::string_view name) {
    const wire::JsonValue claims = claims_of_proof(request);
    const wire::JsonValue* const value = claims.find(name);
    return value == nullptr || value->text() == nullptr ? "" : *value->text();
}

TEST(UploadProof, NonceThatIsWanted_ComesAtOnceWithTheSameRequestAndStays) {
    World world;
    Tokens tokens(world.clock);
    const ProofKey key = new_ec_key();
    world.settings.tokens = &tokens;
    world.settings.proof_key = &key;
    world.add_export(2500, 0, 0);
    world.server.on("PATCH", 2, {.instead = wants_nonce("n1")});
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::completed), 1U);
    EXPECT_EQ(result.retries(), 0U);
    EXPECT_EQ(tokens.fetched, 1U);
    EXPECT_EQ(
        world.server.trace(),
        "POST 201, PATCH@0+1000 204, PATCH@1000+1000 401, PATCH@1000+1000 204, "
        "PATCH@2000+500 204"
    );
    std::set<std::string> ids;
    std::string nonces;
    for (const auto& request : world.server.requests()) {
        EXPECT_EQ(request.fields.first("Authorization"), "DPoP token1");
        EXPECT_EQ(claim(request, "htm"), request.method);
        EXPECT_TRUE(claim(request, "htu").ends_with(request.target));
        ids.insert(claim(request, "jti"));
        nonces += claim(request, "nonce") + ",";
    }
    EXPECT_EQ(ids.size(), 5U);
    EXPECT_EQ(nonces, ",,,n1,n1,");
    world.expect_everything_arrived_once();
}

TEST(UploadProof, NonceThatIsWantedAgainAndAgain_EndsAsARefusedToken) {
    World world;
    Tokens tokens(world.clock);
    const ProofKey key = new_ec_key();
    world.settings.tokens = &tokens;
    world.settings.proof_key = &key;
    world.add_export(100, 0, 0);
    world.server.on("POST", 0, {.instead = wants_nonce("n")});
    EXPECT_EQ(world.run().count(FileResult::run_again), 1U);
    // Three tokens, each with the request and two repetitions.
    EXPECT_EQ(tokens.fetched, 3U);
    EXPECT_EQ(world.server.requests().size(), 9U);
}

TEST(UploadProof, Without401OrItsError_NoRequestIsRepeatedAtOnce) {
    EXPECT_TRUE(asks_for_nonce("DPoP error=\"use_dpop_nonce\""));
    EXPECT_TRUE(asks_for_nonce("dpop algs=\"a, b\", Error=use_dpop_nonce"));
    EXPECT_TRUE(asks_for_nonce("Bearer error=\"x\", DPoP error=\"use_dpop_nonce\""));
    EXPECT_FALSE(asks_for_nonce("DPoP error=\"invalid_dpop_proof\""));
    EXPECT_FALSE(asks_for_nonce("Bearer error=\"use_dpop_nonce\""));
    EXPECT_FALSE(asks_for_nonce("DPoP error_description=\"a, error=use_dpop_nonce\""));
    EXPECT_FALSE(asks_for_nonce(""));
    EXPECT_FALSE(asks_for_nonce("\", ="));
}

TEST(UploadProof, ServerThatRepeatsCredentials_BringsNoPieceIntoTheReport) {
    const std::string token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl";
    HttpRequest request;
    request.fields.add("Authorization", "DPoP " + token);
    request.fields.add("DPoP", "the-proof-is-as-long-as-it-is");
    for (const std::string& piece : {token.substr(21, 16), std::string("proof-is-as-long-as")}) {
        HttpExchange exchange;
        exchange.answer = wire::ResponseHead{.status = 307, .reason = "No " + piece};
        exchange.answer->fields.add("Location", "/login?" + piece);
        exchange.answer->fields.add("Retry-After", "7");
        exchange.text = "you sent " + piece;
        hide_credentials(request, exchange);
        EXPECT_EQ(exchange.text + exchange.answer->reason, "");
        EXPECT_EQ(exchange.answer->fields.all().size(), 1U);
    }
    // The URL of an upload may hold another token of the same issuer, but not this one.
    for (const auto& [url, kept] :
         {std::pair("/files/1?t=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJub2JvZHkiLCJ4IjoxfQ.b3RoZXI", true),
          std::pair("/files/1?t=eyJzdWIiOiJub2JvZHkifQ", false)}) {
        HttpExchange created;
        created.answer = wire::ResponseHead{.status = 201, .reason = "Created"};
        created.answer->fields.add("Location", url);
        hide_credentials(request, created);
        EXPECT_EQ(created.answer->fields.first("Location").has_value(), kept) << url;
    }
    HttpExchange harmless;
    harmless.answer = wire::ResponseHead{.status = 403, .reason = "Forbidden"};
    harmless.text = "DPoP token is not for this journal";
    hide_credentials(request, harmless);
    EXPECT_EQ(harmless.text, "DPoP token is not for this journal");
    EXPECT_EQ(harmless.answer->reason, "Forbidden");
}

TEST(UploadProof, KeyThatCannotSign_IsRefused) {
    const auto refused = [](std::string_view text) {
        const auto key = ProofKey::parse(platform::as_bytes(text), "the-file");
        return !key && key.error().code == Errc::unusable_key && key.error().where == "the-file";
    };
    EXPECT_TRUE(refused(""));
    EXPECT_TRUE(refused("{}"));
    EXPECT_TRUE(refused("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"));
    // RFC 7517 appendix A.2, and the public half alone.
    const std::string half = R"({"kty":"EC","crv":"P-256",)"
                             R"("x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
                             R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM")";
    const std::string whole = half + R"(,"d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE")";
    EXPECT_TRUE(refused(half + "}"));
    EXPECT_TRUE(refused(whole + R"(,"alg":"PS256"})"));
    EXPECT_TRUE(refused(whole + R"(,"use":"enc"})"));
    const auto good = ProofKey::parse(platform::as_bytes(whole + "}"), "jwk");
    ASSERT_TRUE(good.has_value());
    EXPECT_EQ(good->algorithm(), wire::SignatureAlgorithm::es256);
}

}  // namespace
}  // namespace sfmkit::client
