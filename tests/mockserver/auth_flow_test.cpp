#include "mockserver/auth/sfm_claims.hpp"
#include "tests/mockserver/auth_bench.hpp"
#include "wire/jose/base64url.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

namespace sfmkit::mockserver {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const std::string upload_path = "/v2/files/0123456789abcdef0123456789abcdef";
const std::string journal_of_others = "11111111-2222-4333-8444-555555555555";

class AuthFlow : public testing::Test {
  protected:
    std::string judged(const Order& order) { return bench_.judge(order).outcome.name; }

    AuthBench bench_;
};

TEST_F(AuthFlow, OneProofUsedTenTimes_IsAcceptedOnce) {
    const Order order;
    const wire::RequestHead head = bench_.head_of(order);
    int accepted = 0;
    for (int i = 0; i < 10; ++i) {
        const AuthVerdict verdict = bench_.judge(order, head);
        accepted += verdict.accepted() ? 1 : 0;
        if (!verdict.accepted()) {
            EXPECT_EQ(verdict.outcome.name, "proof.replayed");
        }
    }
    EXPECT_EQ(accepted, 1);
    // Ten requests with proofs of their own pass.
    for (int i = 0; i < 10; ++i) EXPECT_EQ(judged(order), "accepted");
}

TEST_F(AuthFlow, OneIdInTwoProofs_IsRefusedForAnotherUrlToo) {
    const auto set_id = [](TokenParts& parts) { parts.claims.set("jti", "the-same"); };
    EXPECT_EQ(judged({.proof_change = set_id}), "accepted");
    const Order patch = {.method = "PATCH", .path = upload_path, .proof_change = set_id};
    EXPECT_EQ(judged(patch), "proof.replayed");
    EXPECT_EQ(judged({.method = "PATCH", .path = upload_path}), "accepted");
    // Another client may use it.
    EXPECT_EQ(judged({.proof_change = set_id, .proof_key = shared_rsa_key(5).get()}), "accepted");
}

TEST_F(AuthFlow, AProofThatWasRefused_DoesNotUseUpItsId) {
    const auto set_id = [](TokenParts& parts) { parts.claims.set("jti", "the-same"); };
    EXPECT_EQ(judged({.proof_variant = "prf-htm", .proof_change = set_id}), "proof.htm");
    EXPECT_EQ(judged({.proof_change = set_id}), "accepted");
}

// 10 s back and 5 s ahead: a proof from the future is good until 15 s after it came.
TEST_F(AuthFlow, UsedProofs_AreForgottenWhenTheyAreTooOldAnyway) {
    const auto from_the_future = [](TokenParts& parts) {
        parts.claims.set("iat", wire::JsonValue(parts.now.time_since_epoch().count() + 5));
    };
    const Order order = {.proof_change = from_the_future};
    const wire::RequestHead head = bench_.head_of(order);
    EXPECT_TRUE(bench_.judge(order, head).accepted());
    bench_.pass(seconds(15));
    EXPECT_EQ(bench_.judge(order, head).outcome.name, "proof.replayed");
    EXPECT_EQ(bench_.guard().remembered_proofs(), 1u);
    bench_.pass(seconds(1));
    EXPECT_EQ(bench_.judge(order, head).outcome.name, "proof.iat-old");
    EXPECT_EQ(judged({}), "accepted");
    EXPECT_EQ(bench_.guard().remembered_proofs(), 1u);
}

TEST_F(AuthFlow, MoreProofsThanTheCacheHolds_AreAskedToWait) {
    AuthSettings settings = bench_.settings();
    EXPECT_EQ(settings.most_proofs, 20'000u);
    settings.most_proofs = 3;
    bench_.restart(settings);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(judged({}), "accepted");
    const AuthVerdict verdict = bench_.judge({});
    EXPECT_EQ(verdict.outcome.name, "proof.too-many");
    const Answer answer = challenge(verdict, AuthRoute::dpop, ChallengeStyle::rfc);
    EXPECT_EQ(answer.status, 503);
    EXPECT_FALSE(answer.fields.has("WWW-Authenticate"));
    EXPECT_EQ(answer.fields.first("Retry-After"), "5");
    bench_.pass(seconds(16));
    EXPECT_EQ(judged({}), "accepted");
    EXPECT_EQ(bench_.guard().remembered_proofs(), 1u);
}

TEST(ReplayCache, OfItsFullSize_KnowsEachProofAndTakesNoMore) {
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    ReplayCache cache(20'000, seconds(16));
    const platform::SteadyTime now{};
    const auto add = [&](int number, platform::SteadyTime at) {
        return cache.add("jkt", std::to_string(number), *algorithms.sha256, at);
    };
    for (int i = 0; i < 20'000; ++i) ASSERT_EQ(add(i, now), ReplayCache::Entry::added);
    for (int i = 0; i < 20'000; ++i) ASSERT_EQ(add(i, now), ReplayCache::Entry::known);
    EXPECT_EQ(add(20'000, now), ReplayCache::Entry::full);
    EXPECT_EQ(add(0, now + seconds(16)), ReplayCache::Entry::added);
    EXPECT_EQ(cache.size(), 1u);
}

TEST_F(AuthFlow, WithNonceWanted_TellsItAndTakesTheLastTwo) {
    AuthSettings settings = bench_.settings();
    settings.wants_nonce = true;
    bench_.restart(settings);
    const AuthVerdict first = bench_.judge({});
    EXPECT_EQ(first.outcome.name, "proof.nonce-missing");
    ASSERT_THAT(first.nonce, SizeIs(22));
    const Answer answer = challenge(first, AuthRoute::dpop, ChallengeStyle::rfc);
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.fields.first("DPoP-Nonce"), first.nonce);
    EXPECT_EQ(
        answer.fields.first("WWW-Authenticate"),
        "DPoP error=\"use_dpop_nonce\", error_description=\"Resource server requires nonce in DPoP "
        "proof\", algs=\"PS256 PS384 PS512 ES256 ES384 ES512 RS256 RS384 RS512\""
    );
    EXPECT_EQ(judged({.proof_variant = "prf-nonce-old"}), "proof.nonce-unknown");
    EXPECT_EQ(judged({.nonce = first.nonce}), "accepted");
    EXPECT_EQ(judged({.nonce = first.nonce}), "accepted");
    bench_.pass(seconds(301));
    const AuthVerdict later = bench_.judge({.nonce = first.nonce});
    EXPECT_EQ(later.outcome.name, "accepted");
    EXPECT_THAT(later.nonce, SizeIs(22));
    EXPECT_NE(later.nonce, first.nonce);
    EXPECT_EQ(judged({.nonce = later.nonce}), "accepted");
    bench_.pass(seconds(301));
    EXPECT_EQ(judged({.nonce = first.nonce}), "proof.nonce-unknown");
    EXPECT_EQ(judged({.nonce = later.nonce}), "accepted");
    EXPECT_EQ(judged({.route = AuthRoute::bearer}), "accepted");
}

/// A token of an hour ago, at the end of its life or behind it.
Order with_old_token(AuthBench& bench, seconds ago, std::string method, std::string session) {
    Order order = {
        .method = method, .path = method == "POST" ? "" : upload_path, .session_id = session
    };
    order.token.now = bench.now() - hours(1) - ago;
    return order;
}

TEST_F(AuthFlow, WithAnExpiredToken_GoesOnAsThePolicySays) {
    struct Row {
        ExpiryPolicy policy;
        std::string post_known;
        std::string post_new;
        std::string patch;
        std::string patch_late;
    };
    const std::string graced = "token.expired-in-grace";
    const std::string refused = "token.expired";
    const std::vector<Row> rows = {
        {ExpiryPolicy::session_grace, graced, refused, graced, refused},
        {ExpiryPolicy::create_grace, refused, refused, graced, refused},
        {ExpiryPolicy::skew, graced, graced, graced, refused},
        {ExpiryPolicy::strict, refused, refused, refused, refused},
    };
    for (const Row& row : rows) {
        AuthSettings settings = bench_.settings();
        settings.expiry = row.policy;
        bench_.restart(settings);
        EXPECT_EQ(judged({.session_id = "began"}), "accepted");
        const auto told = [&](seconds ago, const std::string& method, const std::string& session) {
            const AuthVerdict verdict = bench_.judge(with_old_token(bench_, ago, method, session));
            if (!verdict.accepted()) return verdict.outcome.name;
            return verdict.remarks.size() == 1 ? verdict.remarks[0].name : "without a remark";
        };
        const seconds within = hours(5) - seconds(1);
        const seconds after = hours(5);
        EXPECT_EQ(told(within, "POST", "began"), row.post_known);
        EXPECT_EQ(told(within, "POST", "new"), row.post_new);
        EXPECT_EQ(told(within, "PATCH", "began"), row.patch);
        EXPECT_EQ(told(after, "PATCH", "began"), row.patch_late);
        EXPECT_EQ(told(after, "POST", "began"), row.patch_late);
    }
}

TEST_F(AuthFlow, WithAnExpiredTokenOfAnotherJournal_GetsNoGrace) {
    EXPECT_EQ(judged({.session_id = "began"}), "accepted");
    Order order = with_old_token(bench_, seconds(60), "PATCH", "began");
    EXPECT_EQ(judged(order), "accepted");
    order.token.journal_id = journal_of_others;
    EXPECT_EQ(judged(order), "token.expired");
}

TEST_F(AuthFlow, OnTheUploadOfAnother_IsForbidden) {
    const Order create;
    bench_.guard().upload_created("abc", bench_.judge(create));
    Order patch = {.method = "PATCH", .path = upload_path, .upload_id = "abc"};
    EXPECT_EQ(judged(patch), "accepted");
    patch.proof_key = shared_rsa_key(5).get();
    EXPECT_EQ(judged(patch), "accepted") << "a new key of the same client is right";
    Order other_journal = patch;
    other_journal.token.journal_id = journal_of_others;
    const AuthVerdict verdict = bench_.judge(other_journal);
    EXPECT_EQ(verdict.outcome.name, "token.other-owner");
    EXPECT_EQ(verdict.outcome.field, "claim nhn:sfm:journal-id");
    const Answer answer = challenge(verdict, AuthRoute::dpop, ChallengeStyle::rfc);
    EXPECT_EQ(answer.status, 403);
    EXPECT_FALSE(answer.fields.has("WWW-Authenticate"));
    Order other_client = patch;
    other_client.token.client_id = journal_of_others;
    EXPECT_EQ(judged(other_client), "token.other-owner");
    bench_.guard().upload_ended("abc");
    EXPECT_EQ(judged(other_journal), "accepted");
}

TEST_F(AuthFlow, WithASignatureOfZeros_IsRefusedByAnIssuerOfEllipticCurves) {
    const platform::Openssl<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "prime256v1"));
    auto members = *wire::public_members(*key);
    members.set("kid", "ec");
    AuthSettings settings = bench_.settings();
    settings.token_algorithms.push_back(wire::SignatureAlgorithm::es256);
    settings.issuers[0].keys.keys.push_back(*wire::Jwk::parse_public(members));
    bench_.restart(settings);
    Order order = {.token_change = [&key](TokenParts& parts) {
        parts.header.set("alg", "ES256");
        parts.header.set("kid", "ec");
        parts.algorithm = wire::SignatureAlgorithm::es256;
        parts.key = key.get();
    }};
    EXPECT_EQ(judged(order), "accepted");
    const auto good = order.token_change;
    order.token_change = [&good](TokenParts& parts) {
        good(parts);
        parts.signer = [](std::string_view) { return platform::ByteBuffer(64); };
    };
    EXPECT_EQ(judged(order), "token.signature-wrong");
}

// RFC 7638 section 3: members that are not required do not count.
TEST_F(AuthFlow, WithAThumbprintOverAlgToo_IsBoundToNoKeyOfTheClient) {
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    const auto members = *wire::public_members(bench_.client_key());
    wire::JsonValue wrong;
    wrong.set("alg", "PS256");
    for (const char* name : {"e", "kty", "n"}) wrong.set(name, *members.find(name));
    const std::string text = print_json(wrong);
    Order order;
    order.token.jkt =
        wire::encode_base64url(platform::digest_of(*algorithms.sha256, platform::as_bytes(text)));
    EXPECT_EQ(judged(order), "token.key-binding");
    order.token.jkt.clear();
    EXPECT_EQ(judged(order), "accepted");
}

TEST_F(AuthFlow, WithPresenceOnly_LooksAtFormAndNotAtContent) {
    AuthSettings settings = bench_.settings();
    settings.mode = AuthMode::presence;
    bench_.restart(settings);
    const auto set = [](std::string_view name, std::optional<std::string> value) {
        return [name, value](wire::RequestHead& head) { set_field(head, name, value); };
    };
    EXPECT_EQ(judged({.token_variant = "tok-sigflip", .proof_variant = "prf-sig"}), "accepted");
    EXPECT_EQ(judged({.head_change = set("Authorization", "DPoP abc")}), "accepted");
    EXPECT_EQ(
        judged({.head_change = set("Authorization", "Bearer abc")}),
        "credential.scheme-of-other-route"
    );
    EXPECT_EQ(judged({.head_change = set("DPoP", std::nullopt)}), "proof.missing");
    EXPECT_EQ(judged({.head_change = set("DPoP", "anything")}), "accepted");
    EXPECT_EQ(judged({.head_change = set("Authorization", std::nullopt)}), "credential.missing");
    const Order bearer = {
        .route = AuthRoute::bearer, .head_change = set("Authorization", "Bearer abc")
    };
    EXPECT_EQ(judged(bearer), "accepted");
}

TEST_F(AuthFlow, WithValidateOnly_TellsWhatIsWrongWithTheProof) {
    AuthSettings settings = bench_.settings();
    settings.mode = AuthMode::validate;
    bench_.restart(settings);
    for (const BrokenVariant& variant : broken_proofs()) {
        const AuthVerdict verdict = bench_.judge({.proof_variant = std::string(variant.name)});
        EXPECT_TRUE(verdict.accepted()) << variant.name;
        const bool good_here = variant.name == "prf-nonce-old";
        EXPECT_EQ(verdict.remarks.size(), good_here ? 0u : 1u) << variant.name;
    }
    EXPECT_EQ(judged({.token_variant = "tok-sigflip"}), "token.signature-wrong");
    EXPECT_EQ(judged({.token_variant = "bnd-cnf-none"}), "token.cnf");
}

TEST_F(AuthFlow, Evidence_KeepsClaimsAndHashButNoSecret) {
    const Order order;
    const wire::RequestHead head = bench_.head_of(order);
    const AuthVerdict verdict = bench_.judge(order, head);
    ASSERT_TRUE(verdict.accepted());
    const std::string token(head.fields.first("Authorization")->substr(5));
    EXPECT_THAT(verdict.token_sha256, SizeIs(64));
    EXPECT_THAT(verdict.claims, HasSubstr("\"iss\":\"https://sts.sfmkit.test\""));
    EXPECT_THAT(verdict.claims, HasSubstr("\"helseid://claims/identity/pid\":\"(masked)\""));
    EXPECT_THAT(verdict.claims, Not(HasSubstr("01817090067")));
    EXPECT_THAT(verdict.claims, Not(HasSubstr(token.substr(token.rfind('.') + 1, 40))));
    const auto numbers = wire::parse_json(R"({"a":"x 01817090067","pid2":1817090067000,"b":1})");
    EXPECT_EQ(masked_claims(*numbers), R"json({"a":"(masked)","pid2":1817090067000,"b":1})json");
    EXPECT_EQ(shown("http://a/01817090067/b?access_token=x"), "http://a/***********/b?...");
}

/// Whatever is refused, none of the texts of the verdict has a part of token or proof in it.
TEST_F(AuthFlow, Refusals_NeverRepeatTokenProofOrIdentityNumber) {
    int looked_at = 0;
    const auto look = [&](const Order& order, std::string_view name) {
        const wire::RequestHead head = bench_.head_of(order);
        const AuthVerdict verdict = bench_.judge(order, head);
        const AuthProblem& told = verdict.outcome;
        const std::string all = told.name + told.field + told.expected + told.came + told.next;
        for (const char* field : {"Authorization", "DPoP"}) {
            const std::string value(head.fields.first(field).value_or(""));
            for (std::size_t at = 0; at + 24 <= value.size(); at += 8) {
                EXPECT_THAT(all, Not(HasSubstr(value.substr(at, 24)))) << name;
            }
        }
        EXPECT_THAT(all + verdict.claims, Not(HasSubstr("01817090067"))) << name;
        ++looked_at;
    };
    for (const BrokenVariant& variant : broken_tokens()) {
        look({.token_variant = std::string(variant.name)}, variant.name);
    }
    for (const BrokenVariant& variant : broken_proofs()) {
        look({.proof_variant = std::string(variant.name)}, variant.name);
    }
    EXPECT_GT(looked_at, 90);
}

}  // namespace
}  // namespace sfmkit::mockserver
