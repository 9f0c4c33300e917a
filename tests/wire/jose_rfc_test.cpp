#include "tests/wire/jose_keys.hpp"
#include "tests/wire/jose_vectors.hpp"
#include "wire/jose/base64url.hpp"
#include "wire/jose/jwk_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace sfmkit::wire {
namespace {

using platform::as_bytes;
using platform::as_text;

std::string public_part(std::string_view private_json) {
    auto key = parse_json(private_json);
    key->remove("d");
    return print_json(*key);
}

// RFC 7515 appendix C gives the bytes and their text; the rest is RFC 4648 section 10 unpadded.
TEST(Base64url, OfPublishedVectors_IsReadAndWritten) {
    const std::array<std::byte, 5> bytes = {
        std::byte{3}, std::byte{236}, std::byte{255}, std::byte{224}, std::byte{193}
    };
    EXPECT_EQ(encode_base64url(bytes), "A-z_4ME");
    EXPECT_EQ(decode_base64url("A-z_4ME"), platform::to_buffer(platform::Bytes(bytes)));
    const std::vector<std::pair<std::string_view, std::string_view>> rows = {
        {"", ""},
        {"f", "Zg"},
        {"fo", "Zm8"},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg"},
        {"fooba", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy"}
    };
    for (const auto& [plain, text] : rows) {
        EXPECT_EQ(encode_base64url(as_bytes(plain)), text);
        EXPECT_EQ(decode_base64url(text), platform::to_buffer(plain)) << text;
    }
}

TEST(Base64url, OfOtherForms_IsRefusedByName) {
    const std::vector<std::pair<std::string_view, JoseFault>> rows = {
        {"Zg==", JoseFault::not_base64url},
        {"Zm8=", JoseFault::not_base64url},
        {"Z", JoseFault::not_base64url},
        {"Zm9vY", JoseFault::not_base64url},
        {"A+z_4ME", JoseFault::not_base64url},
        {"A-z/4ME", JoseFault::not_base64url},
        {"Zm9v\n", JoseFault::not_base64url},
        {" Zm9v", JoseFault::not_base64url},
        {"Zm9\xc3", JoseFault::not_base64url},
        {"Zh", JoseFault::not_canonical},
        {"Zm9", JoseFault::not_canonical},
        {"A-z_4MF", JoseFault::not_canonical},
    };
    for (const auto& [text, fault] : rows) {
        const auto bytes = decode_base64url(text);
        ASSERT_FALSE(bytes) << text;
        EXPECT_EQ(name_of(bytes.error().fault), name_of(fault)) << text;
    }
}

TEST(Jws, OfPublishedVectors_Verifies) {
    struct Row {
        std::string_view token;
        std::string key;
        SignatureAlgorithm algorithm;
        std::string_view payload_begins;
    };
    const std::vector<Row> rows = {
        {vectors::rfc7515_a2, rsa_example(), SignatureAlgorithm::rs256, "{\"iss\":\"joe\",\r\n"},
        {vectors::rfc7515_a3,
         public_part(vectors::rfc7515_a3_key),
         SignatureAlgorithm::es256,
         "{\"iss\":\"joe\",\r\n"},
        {vectors::rfc7515_a4,
         public_part(vectors::rfc7515_a4_key),
         SignatureAlgorithm::es512,
         "Payload"},
        {vectors::rfc7520_4_1,
         std::string(vectors::rfc7520_rsa),
         SignatureAlgorithm::rs256,
         "It\xe2\x80\x99s a dangerous business, Frodo"},
        {vectors::rfc7520_4_2,
         std::string(vectors::rfc7520_rsa),
         SignatureAlgorithm::ps384,
         "It\xe2\x80\x99s a dangerous business, Frodo"},
        {vectors::rfc7520_4_3,
         std::string(vectors::rfc7520_ec),
         SignatureAlgorithm::es512,
         "It\xe2\x80\x99s a dangerous business, Frodo"},
    };
    for (const Row& row : rows) {
        const auto jws = parse_jws(row.token);
        ASSERT_TRUE(jws) << row.token;
        EXPECT_EQ(algorithm_of(*jws), row.algorithm);
        EXPECT_THAT(std::string(as_text(jws->payload)), testing::StartsWith(row.payload_begins));
        const Jwk key = public_key(row.key);
        EXPECT_TRUE(verify(*jws, row.algorithm, key)) << row.token;
        Jws changed = *jws;
        changed.signature[5] ^= std::byte{1};
        const auto refused = verify(changed, row.algorithm, key);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().fault, JoseFault::signature_wrong);
        changed = *jws;
        changed.signing_input.back() ^= 1;
        EXPECT_FALSE(verify(changed, row.algorithm, key));
    }
}

// RSASSA-PKCS1-v1_5 gives the same signature every time.
TEST(Jws, SignedAsInRfc7515AppendixA2_IsThatToken) {
    const Jwk key = private_key(rsa_example(true));
    const auto parsed = parse_jws(vectors::rfc7515_a2);
    const auto token =
        sign(R"({"alg":"RS256"})", as_text(parsed->payload), SignatureAlgorithm::rs256, *key.get());
    EXPECT_EQ(token, vectors::rfc7515_a2);
}

TEST(Jws, OfRfc7515WithoutAsymmetricSignature_IsRefusedByName) {
    const Jwk key = public_key(rsa_example());
    EXPECT_EQ(judged(vectors::rfc7515_a1, key), "algorithm-symmetric");
    EXPECT_EQ(judged(vectors::rfc7515_a5, key), "algorithm-none");
    EXPECT_EQ(judged(vectors::rfc7515_a2, key), "accepted");
}

TEST(JwkSet, OfRfc7517AppendixA1_GivesTheKeyOfTheKidForItsUse) {
    const auto set = parse_jwk_set(vectors::rfc7517_a1);
    ASSERT_TRUE(set);
    EXPECT_EQ(set->keys.size(), 2u);
    EXPECT_TRUE(set->left_out.empty());
    const auto rsa = set->find("2011-04-29", SignatureAlgorithm::rs256);
    ASSERT_TRUE(rsa);
    EXPECT_TRUE((*rsa)->is_rsa());
    const auto fault_of = [&](std::string_view kid, SignatureAlgorithm algorithm) {
        const auto found = set->find(kid, algorithm);
        return found ? std::string_view("found") : name_of(found.error().fault);
    };
    EXPECT_EQ(fault_of("2011-04-29", SignatureAlgorithm::rs256), "found");
    EXPECT_EQ(fault_of("2011-04-29", SignatureAlgorithm::rs512), "key-algorithm");
    EXPECT_EQ(fault_of("1", SignatureAlgorithm::es256), "key-use");
    EXPECT_EQ(fault_of("1", SignatureAlgorithm::rs256), "key-algorithm");
    EXPECT_EQ(fault_of("2011-04-29 ", SignatureAlgorithm::rs256), "kid-unknown");
    EXPECT_EQ(fault_of("../../etc/passwd", SignatureAlgorithm::rs256), "kid-unknown");
}

TEST(JwkSet, WithKeysOfOtherKinds_LeavesThemOutAndRefusesPrivateOnes) {
    const std::string good = rsa_example();
    const std::string other = R"({"kty":"OKP","crv":"Ed25519","x":"AA"})";
    const auto set = parse_jwk_set(R"({"keys":[)" + other + "," + good + R"(],"more":1})");
    ASSERT_TRUE(set);
    EXPECT_EQ(set->keys.size(), 1u);
    ASSERT_EQ(set->left_out.size(), 1u);
    EXPECT_EQ(set->left_out[0].fault, JoseFault::key_type);
    const auto fault_of = [](const std::string& text) {
        const auto parsed = parse_jwk_set(text);
        return parsed ? std::string_view("accepted") : name_of(parsed.error().fault);
    };
    EXPECT_EQ(fault_of(R"({"keys":[)" + rsa_example(true) + "]}"), "key-is-private");
    EXPECT_EQ(fault_of(R"({"keys":[{"kty":"oct","k":"AAAA"}]})"), "key-is-private");
    EXPECT_EQ(fault_of(R"({"keys":{}})"), "member-type");
    EXPECT_EQ(fault_of(R"({"keyz":[]})"), "member-missing");
    EXPECT_EQ(fault_of(R"([])"), "not-an-object");
    EXPECT_EQ(fault_of(R"({"keys":[],"keys":[]})"), "duplicate-member");
    EXPECT_EQ(fault_of(R"({"keys":[]})"), "accepted");
}

TEST(Thumbprint, OfPublishedKeys_IsThePublishedOne) {
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    // RFC 7638 section 3.1; the key has alg and kid beside its required members.
    const auto set = parse_jwk_set(vectors::rfc7517_a1);
    ASSERT_TRUE(set);
    EXPECT_EQ(
        thumbprint(set->keys[1], *algorithms.sha256), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    );
    // RFC 9449 section 6.1, of the key in the proofs of section 5.
    const auto proof = parse_jws(vectors::rfc9449_token_request);
    const auto key = Jwk::parse_public(*proof->header.find("jwk"));
    ASSERT_TRUE(key);
    EXPECT_EQ(thumbprint(*key, *algorithms.sha256), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
}

TEST(Jws, OfTheProofsInRfc9449_VerifiesWithTheKeyInTheHeader) {
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    for (const std::string_view token :
         {vectors::rfc9449_token_request, vectors::rfc9449_refresh, vectors::rfc9449_resource}) {
        const auto jws = parse_jws(token);
        ASSERT_TRUE(jws);
        const auto key = Jwk::parse_public(*jws->header.find("jwk"));
        ASSERT_TRUE(key);
        EXPECT_EQ(judged(token, *key), "accepted");
    }
    // Section 7.1 tells the token and its hash.
    const auto hash = platform::digest_of(
        *algorithms.sha256, as_bytes("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU")
    );
    const auto claims = claims_of(*parse_jws(vectors::rfc9449_resource));
    ASSERT_TRUE(claims);
    EXPECT_EQ(text_member(*claims, "ath"), encode_base64url(hash));
}

// RFC 7518 section 3.1: the names, and no others.
TEST(Algorithms, OfRfc7518_AreFoundByTheirNamesOnly) {
    for (const std::string_view name :
         {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}) {
        const auto algorithm = algorithm_named(name);
        ASSERT_TRUE(algorithm) << name;
        EXPECT_EQ(name_of(*algorithm), name);
    }
    EXPECT_EQ(all_algorithms().size(), 9u);
    const auto fault_of = [](std::string_view name) {
        const auto algorithm = algorithm_named(name);
        return algorithm ? std::string_view("found") : name_of(algorithm.error().fault);
    };
    for (const std::string_view name : {"none", "None", "NONE", "nOnE"}) {
        EXPECT_EQ(fault_of(name), "algorithm-none");
    }
    for (const std::string_view name : {"HS256", "HS384", "HS512", "hs256"}) {
        EXPECT_EQ(fault_of(name), "algorithm-symmetric");
    }
    for (const std::string_view name :
         {"rs256", "Es256", "EdDSA", "ES256K", "RSA-OAEP", "RS256 ", "RS25", "", "dir"}) {
        EXPECT_EQ(fault_of(name), "algorithm-unknown") << name;
    }
    constexpr std::array only = {SignatureAlgorithm::rs256};
    EXPECT_TRUE(algorithm_named("RS256", only));
    EXPECT_EQ(algorithm_named("PS256", only).error().fault, JoseFault::algorithm_not_listed);
}

}  // namespace
}  // namespace sfmkit::wire
