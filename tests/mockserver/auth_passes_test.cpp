#include "mockserver/auth/proof_url.hpp"
#include "tests/mockserver/auth_bench.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include <iostream>

namespace sfmkit::mockserver {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using wire::SignatureAlgorithm;

struct Pass {
    std::string what;
    Order order;
};

class AuthPasses : public testing::Test {
  protected:
    void expect_passes(const std::vector<Pass>& passes) {
        for (const Pass& pass : passes) {
            const AuthVerdict verdict = bench_.judge(pass.order);
            EXPECT_TRUE(verdict.accepted()) << pass.what << ": " << verdict.outcome.name;
            EXPECT_THAT(verdict.remarks, IsEmpty()) << pass.what;
        }
        std::cout << passes.size() << " passed\n";
    }

    AuthBench bench_;
};

void spell_scheme_in_small_letters(wire::RequestHead& head) {
    const std::string value(*head.fields.first("Authorization"));
    const std::size_t blank = value.find(' ');
    const std::string scheme = value.starts_with('B') ? "bearer" : "dpop";
    set_field(head, "Authorization", scheme + value.substr(blank));
}

void spell_proof_header_in_small_letters(wire::RequestHead& head) {
    const std::string proof(*head.fields.first("DPoP"));
    set_field(head, "DPoP", std::nullopt);
    head.fields.add("dpop", proof);
}

TEST_F(AuthPasses, InEverySpellingThatIsRight_AreAcceptedWithoutAWord) {
    std::vector<Pass> passes;
    for (const AuthRoute route : {AuthRoute::bearer, AuthRoute::dpop}) {
        const Order plain = {.route = route};
        passes.push_back({"plain", plain});
        passes.push_back({"scheme in small letters", plain});
        passes.back().order.head_change = spell_scheme_in_small_letters;
        passes.push_back({"typ at+jwt", plain});
        passes.back().order.token_change = [](TokenParts& p) { p.header.set("typ", "at+jwt"); };
        passes.push_back({"typ application/at+jwt", plain});
        passes.back().order.token_change = [](TokenParts& p) {
            p.header.set("typ", "application/at+jwt");
        };
        passes.push_back({"scope as text", plain});
        passes.back().order.token_change = [route](TokenParts& p) {
            p.claims.set("scope", "openid " + std::string(scope_of(route)));
        };
        passes.push_back({"one audience as array", plain});
        passes.back().order.token_change = [](TokenParts& p) {
            p.claims.set("aud", wire::JsonValue::Array{"e-helse:sfm.api"});
        };
        passes.push_back({"SFM id instead of journal", plain});
        passes.back().order.token_change = [](TokenParts& p) {
            p.claims.remove("nhn:sfm:journal-id");
            p.claims.set(
                "e-helse:sfm.api/client/claims/sfm-id", "7c0f5d3e-1a2b-4c3d-8e4f-5a6b7c8d9e0f"
            );
        };
        passes.push_back({"no iat and no nbf", plain});
        passes.back().order.token_change = [](TokenParts& p) {
            p.claims.remove("iat");
            p.claims.remove("nbf");
        };
        passes.push_back({"expired within the leeway", plain});
        passes.back().order.token_change = [](TokenParts& p) {
            p.claims.set("exp", wire::JsonValue(p.now.time_since_epoch().count() - 4));
        };
    }
    passes.push_back({"dpop header in small letters", {}});
    passes.back().order.head_change = spell_proof_header_in_small_letters;
    passes.push_back({"typ with an escape, as NHN's example has it", {}});
    passes.back().order.proof_change = [](TokenParts& p) {
        p.header_text = print_json(p.header);
        p.header_text->replace(p.header_text->find("dpop+jwt"), 8, "dpop\\u002Bjwt");
    };
    passes.push_back({"a nonce that nobody asked for", {}});
    passes.back().order.nonce = "abc";
    for (const int seconds : {-10, -9, 0, 5}) {
        passes.push_back({"iat " + std::to_string(seconds), {}});
        passes.back().order.proof_change = [seconds](TokenParts& p) {
            p.claims.set("iat", wire::JsonValue(p.now.time_since_epoch().count() + seconds));
        };
    }
    passes.push_back({"jwk with alg, use and kid", {}});
    passes.back().order.proof_change = [](TokenParts& p) {
        wire::JsonValue key = *p.header.find("jwk");
        key.set("use", "sig");
        key.set("kid", "client-key");
        p.header.set("jwk", std::move(key));
        p.header.set("kid", "client-key");
    };
    passes.push_back({"a jti of 256 bytes", {}});
    passes.back().order.proof_change = [](TokenParts& p) {
        p.claims.set("jti", std::string(256, 'a'));
    };
    passes.push_back({"over TLS", {.tls = true}});
    for (const std::string method : {"HEAD", "PATCH", "DELETE"}) {
        const std::string path = "/v2/files/0123456789abcdef0123456789abcdef";
        passes.push_back({method, {.method = method, .path = path}});
    }
    expect_passes(passes);
    EXPECT_THAT(passes, SizeIs(31));
}

TEST_F(AuthPasses, WithEachAlgorithmAndKeySize_AreAccepted) {
    struct Key {
        std::shared_ptr<EVP_PKEY> key;
        std::vector<SignatureAlgorithm> algorithms;
    };
    const std::vector<SignatureAlgorithm> rsa = {
        SignatureAlgorithm::rs256,
        SignatureAlgorithm::rs384,
        SignatureAlgorithm::rs512,
        SignatureAlgorithm::ps256,
        SignatureAlgorithm::ps384,
        SignatureAlgorithm::ps512
    };
    const auto ec = [](const char* group) {
        return platform::Openssl<EVP_PKEY>(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", group));
    };
    const std::vector<Key> keys = {
        {shared_rsa_key(3, 2048), rsa},
        {shared_rsa_key(3, 3072), rsa},
        {shared_rsa_key(3, 4096), rsa},
        {ec("prime256v1"), {SignatureAlgorithm::es256}},
        {ec("secp384r1"), {SignatureAlgorithm::es384}},
        {ec("secp521r1"), {SignatureAlgorithm::es512}},
    };
    std::vector<Pass> passes;
    for (const Key& key : keys) {
        for (const SignatureAlgorithm algorithm : key.algorithms) {
            passes.push_back(
                {std::string(name_of(algorithm)),
                 {.proof_key = key.key.get(), .proof_algorithm = algorithm}}
            );
        }
    }
    expect_passes(passes);
    EXPECT_THAT(passes, SizeIs(21));
}

TEST_F(AuthPasses, WithoutCredentialWhereNoneIsNeeded_AreNotAsked) {
    int passed = 0;
    for (const std::string method : {"PATCH", "HEAD", "DELETE"}) {
        const Order order = {
            .route = AuthRoute::bearer,
            .method = method,
            .path = "/files/0123456789abcdef0123456789abcdef",
            .head_change = [](auto& head) { set_field(head, "Authorization", std::nullopt); }
        };
        const AuthVerdict verdict = bench_.judge(order);
        EXPECT_EQ(verdict.outcome.name, "not-needed") << method;
        passed += verdict.accepted() ? 1 : 0;
        Order bad = order;
        bad.head_change = nullptr;
        bad.token_variant = "tok-sigflip";
        EXPECT_EQ(bench_.judge(bad).outcome.name, "token.signature-wrong") << method;
        Order dpop = order;
        dpop.route = AuthRoute::dpop;
        dpop.path = "/v2" + order.path;
        EXPECT_EQ(bench_.judge(dpop).outcome.name, "credential.missing") << method;
    }
    EXPECT_EQ(passed, 3);
}

TEST_F(AuthPasses, AfterAChangeOfIssuerKeys_TakeBothUntilTheOldOneIsGone) {
    AuthSettings settings = bench_.settings();
    const TrustedIssuer old = settings.issuers[0];
    settings.issuers[0].keys.keys.push_back(
        *wire::Jwk::parse_public(*wire::public_members(*shared_rsa_key(4)))
    );
    bench_.restart(settings);
    EXPECT_TRUE(bench_.judge({}).accepted());
    settings.issuers[0].keys.keys.erase(settings.issuers[0].keys.keys.begin());
    bench_.restart(settings);
    EXPECT_EQ(bench_.judge({}).outcome.name, "token.kid-unknown");
}

// RFC 3986 sections 6.2.2 and 6.2.3, and what RFC 9449 section 4.3 lets pass; NHN's sample code
// compares byte for byte.
TEST_F(AuthPasses, WithTheUrlInAnotherForm_AreAcceptedWithARemark) {
    struct Row {
        std::string htu;
        bool accepted;
    };
    const std::vector<Row> rows = {
        {"HTTP://LOCALHOST:5140/v2/files", true},
        {"http://localhost:5140/v2/%66iles", true},
        {"http://localhost:5140/v2/./files", true},
        {"http://localhost:5140/x/../v2/files", true},
        {"http://localhost:5140/v2/files?x=1", true},
        {"http://localhost:5140/v2/files#f", true},
        {"http://localhost:5140/v2/files/", false},
        {"http://localhost:5140/v2/Files", false},
        {"http://localhost:5140/v2//files", false},
        {"http://localhost:5140/v2%2Ffiles", false},
        {"http://127.0.0.1:5140/v2/files", false},
        {"http://user@localhost:5140/v2/files", false},
        {"http://localhost/v2/files", false},
        {"https://localhost:5140/v2/files", false},
        {"/v2/files", false},
        {"localhost:5140/v2/files", false},
    };
    AuthSettings exact = bench_.settings();
    exact.exact_htu = true;
    int accepted = 0;
    for (const Row& row : rows) {
        const Order order = {.proof_change = [&row](TokenParts& p) {
            p.claims.set("htu", row.htu);
        }};
        bench_.restart(bench_.settings());
        const AuthVerdict verdict = bench_.judge(order);
        EXPECT_EQ(verdict.accepted(), row.accepted) << row.htu;
        if (verdict.accepted()) {
            ++accepted;
            ASSERT_THAT(verdict.remarks, SizeIs(1)) << row.htu;
            EXPECT_EQ(verdict.remarks[0].name, "proof.htu-form");
        }
        bench_.restart(exact);
        EXPECT_EQ(bench_.judge(order).outcome.name, "proof.htu") << row.htu;
        EXPECT_TRUE(bench_.judge({}).accepted());
    }
    EXPECT_EQ(accepted, 6);
    // Scheme-based normalisation.
    EXPECT_EQ(normalise_url("https://sfm.test:443/v2/files"), "https://sfm.test/v2/files");
    EXPECT_EQ(normalise_url("http://sfm.test:80"), "http://sfm.test/");
    EXPECT_EQ(normalise_url("http://sfm.test:/a%2f%7e%zz"), "http://sfm.test/a%2F~%zz");
    EXPECT_EQ(normalise_url("http://[::1]:5140/a"), "http://[::1]:5140/a");
    EXPECT_EQ(normalise_url("ftp://sfm.test/"), std::nullopt);
}

TEST_F(AuthPasses, WithAPublicUrl_NeedThatUrlInTheProof) {
    AuthSettings settings = bench_.settings();
    settings.public_url = "https://sfm.test/";
    bench_.restart(settings);
    Order order;
    EXPECT_EQ(bench_.judge(order).outcome.name, "proof.htu");
    order.proof_change = [](TokenParts& p) { p.claims.set("htu", "https://sfm.test/v2/files"); };
    EXPECT_TRUE(bench_.judge(order).accepted());
}

// The recording tells header and payload of all 17 proofs, and three of them whole. Its token is
// no JWT, so token and proof cannot be judged together.
TEST_F(AuthPasses, OfTheOfficialUploader_AreGoodProofs) {
    const auto file = test::reference_file("wire/official-uploader.json");
    if (!file) SFM_SKIP_OR_FAIL("no recording of the official uploader");
    const auto vectors = nlohmann::json::parse(test::read_file(*file))["proof_vectors"];
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    const std::string token = vectors["token"];
    int good = 0;
    for (const std::string proof : vectors["proofs"]) {
        const auto claims = claims_of(*wire::parse_jws(proof));
        const std::string method = *claims->find("htm")->text();
        const ProofContext context = {
            .method = method,
            .url = *claims->find("htu")->text(),
            .token = token,
            .jkt = {},
            .now = std::chrono::sys_seconds(std::chrono::seconds(1795360857))
        };
        ProofFacts facts;
        AuthSettings settings;
        settings.exact_htu = true;
        const auto found = judge_proof(settings, proof, context, *algorithms.sha256, facts);
        EXPECT_FALSE(found) << found->name;
        EXPECT_FALSE(facts.nonce);
        good += found ? 0 : 1;
        ProofContext other = context;
        other.token = "another-token";
        const auto refused = judge_proof(settings, proof, other, *algorithms.sha256, facts);
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->name, "proof.ath");
    }
    EXPECT_EQ(good, 3);
}

}  // namespace
}  // namespace sfmkit::mockserver
