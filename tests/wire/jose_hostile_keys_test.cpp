#include "tests/wire/jose_keys.hpp"
#include "tests/wire/jose_vectors.hpp"
#include "wire/jose/base64url.hpp"
#include "wire/jose/key_numbers.hpp"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <functional>
#include <iostream>
#include <map>

namespace sfmkit::wire {
namespace {

using platform::ByteBuffer;

std::string fault_of_public(const JsonValue& key) {
    const auto parsed = Jwk::parse_public(key);
    return parsed ? "accepted" : std::string(name_of(parsed.error().fault));
}

std::string fault_of_private(const JsonValue& key) {
    const auto parsed = Jwk::parse_private(key);
    return parsed ? "accepted" : std::string(name_of(parsed.error().fault));
}

JsonValue rsa_key() {
    return *parse_json(rsa_example());
}

JsonValue ec_key() {
    JsonValue key = *parse_json(vectors::rfc7515_a3_key);
    key.remove("d");
    return key;
}

/// A change of a good key, and what it is refused as.
struct Row {
    std::string what;
    JsonValue key;
    std::string fault;
};

JsonValue with(JsonValue key, std::string_view member, JsonValue value) {
    key.set(member, std::move(value));
    return key;
}

JsonValue without(JsonValue key, std::string_view member) {
    key.remove(member);
    return key;
}

/// The number with its bytes changed.
JsonValue changed(
    JsonValue key, std::string_view member, const std::function<void(ByteBuffer&)>& change
) {
    ByteBuffer bytes = *decode_base64url(*key.find(member)->text());
    change(bytes);
    key.set(member, encode_base64url(bytes));
    return key;
}

void add_zero_before(ByteBuffer& bytes) {
    bytes.insert(bytes.begin(), std::byte{0});
}

void drop_first(ByteBuffer& bytes) {
    bytes.erase(bytes.begin());
}

void flip_last_bit(ByteBuffer& bytes) {
    bytes.back() ^= std::byte{1};
}

/// What a hostile client would make of a key that OpenSSL has.
JsonValue exported(const platform::Openssl<EVP_PKEY>& key) {
    return *public_members(*key);
}

TEST(HostileKeys, InAHeader_AreRefusedByNameBesideTheGoodKey) {
    const JsonValue rsa = rsa_key();
    const JsonValue ec = ec_key();
    ASSERT_EQ(fault_of_public(rsa), "accepted");
    ASSERT_EQ(fault_of_public(ec), "accepted");
    ASSERT_EQ(fault_of_public(with(rsa, "more", true)), "accepted");
    const std::string zeros = encode_base64url(ByteBuffer(32));
    const std::vector<Row> rows = {
        {"private RSA", *parse_json(rsa_example(true)), "key-is-private"},
        {"private EC", *parse_json(vectors::rfc7515_a3_key), "key-is-private"},
        {"d that is null", with(rsa, "d", JsonValue()), "key-is-private"},
        {"only p", with(rsa, "p", "AQ"), "key-is-private"},
        {"only qi", with(rsa, "qi", "AQ"), "key-is-private"},
        {"oth", with(rsa, "oth", JsonValue::Array()), "key-is-private"},
        {"symmetric", *parse_json(R"({"kty":"oct","k":"AAAA"})"), "key-is-private"},
        {"symmetric without k", *parse_json(R"({"kty":"oct"})"), "key-type"},
        {"no kty", without(rsa, "kty"), "member-missing"},
        {"kty in other letters", with(rsa, "kty", "rsa"), "key-type"},
        {"kty a number", with(rsa, "kty", std::int64_t{3}), "member-type"},
        {"OKP", with(ec, "kty", "OKP"), "key-type"},
        {"no object", JsonValue("key"), "not-an-object"},
        {"no n", without(rsa, "n"), "member-missing"},
        {"no e", without(rsa, "e"), "member-missing"},
        {"n an array", with(rsa, "n", JsonValue::Array()), "member-type"},
        {"n in base64", with(rsa, "n", "AQ=="), "not-base64url"},
        {"e not canonical", with(rsa, "e", "AQAC"), "key-exponent"},
        {"n begins with zero", changed(rsa, "n", add_zero_before), "key-not-minimal"},
        {"e begins with zero", with(rsa, "e", "AAEAAQ"), "key-not-minimal"},
        {"n even", changed(rsa, "n", flip_last_bit), "key-modulus"},
        {"n of 2040 bits", changed(rsa, "n", drop_first), "key-too-small"},
        {"n of 1024 bits", exported(new_rsa_key(1024)), "key-too-small"},
        {"n of 9000 bits",
         with(rsa, "n", encode_base64url(ByteBuffer(1125, std::byte{0xff}))),
         "key-too-large"},
        {"e one", with(rsa, "e", "AQ"), "key-exponent"},
        {"e two", with(rsa, "e", "Ag"), "key-exponent"},
        {"e of 72 bits",
         with(rsa, "e", encode_base64url(ByteBuffer(9, std::byte{0xff}))),
         "key-too-large"},
        {"kid a number", with(rsa, "kid", std::int64_t{1}), "member-type"},
        {"no crv", without(ec, "crv"), "member-missing"},
        {"crv secp256k1", with(ec, "crv", "secp256k1"), "key-curve"},
        {"crv P-224", with(ec, "crv", "P-224"), "key-curve"},
        {"crv p-256", with(ec, "crv", "p-256"), "key-curve"},
        {"crv of another length", with(ec, "crv", "P-384"), "coordinate-length"},
        {"no y", without(ec, "y"), "member-missing"},
        {"x begins with a zero too many", changed(ec, "x", add_zero_before), "coordinate-length"},
        {"x one byte short", changed(ec, "x", drop_first), "coordinate-length"},
        {"y one byte short", changed(ec, "y", drop_first), "coordinate-length"},
        {"y one bit off", changed(ec, "y", flip_last_bit), "point-off-curve"},
        {"x and y exchanged",
         with(with(ec, "x", *ec.find("y")), "y", *ec.find("x")),
         "point-off-curve"},
        {"x and y zero", with(with(ec, "x", zeros), "y", zeros), "point-off-curve"},
        {"x above the field",
         with(ec, "x", encode_base64url(ByteBuffer(32, std::byte{0xff}))),
         "point-off-curve"},
    };
    std::map<std::string, int> refused;
    for (const Row& row : rows) {
        EXPECT_EQ(fault_of_public(row.key), row.fault) << row.what;
        ++refused[row.fault];
    }
    for (const auto& [fault, count] : refused) std::cout << count << "x " << fault << '\n';
    EXPECT_GE(refused.size(), 13u);
}

// RFC 7518 section 6.2.1.2: a coordinate keeps its leading zeros. One key in 256 begins with one.
TEST(HostileKeys, WithALeadingZeroInACoordinate_AreGoodOnlyInFullLength) {
    JsonValue key;
    for (int tries = 0; tries < 20'000; ++tries) {
        key = exported(new_ec_key(Curve::p256));
        if (decode_base64url(*key.find("x")->text())->front() == std::byte{0}) break;
    }
    ASSERT_EQ(decode_base64url(*key.find("x")->text())->front(), std::byte{0});
    EXPECT_EQ(fault_of_public(key), "accepted");
    EXPECT_EQ(fault_of_public(changed(key, "x", drop_first)), "coordinate-length");
}

TEST(HostileKeys, ForSigning_HaveToBeWholeAndBelongTogether) {
    const JsonValue rsa = *parse_json(rsa_example(true));
    const JsonValue ec = *parse_json(vectors::rfc7515_a3_key);
    const JsonValue other = *parse_json(vectors::rfc7515_a4_key);
    ASSERT_EQ(fault_of_private(rsa), "accepted");
    ASSERT_EQ(fault_of_private(ec), "accepted");
    ASSERT_EQ(fault_of_private(other), "accepted");
    const std::vector<Row> rows = {
        {"public RSA", rsa_key(), "member-missing"},
        {"public EC", ec_key(), "member-missing"},
        {"no p", without(rsa, "p"), "member-missing"},
        {"no qi", without(rsa, "qi"), "member-missing"},
        {"p of another key", changed(rsa, "p", flip_last_bit), "key-modulus"},
        {"d of another key", changed(rsa, "d", flip_last_bit), "key-pair"},
        {"EC d of another key", changed(ec, "d", flip_last_bit), "key-pair"},
        {"EC d zero", with(ec, "d", encode_base64url(ByteBuffer(32))), "key-pair"},
        {"EC d short", changed(ec, "d", drop_first), "coordinate-length"},
        {"symmetric", *parse_json(R"({"kty":"oct","k":"AAAA"})"), "key-type"},
    };
    for (const Row& row : rows) EXPECT_EQ(fault_of_private(row.key), row.fault) << row.what;
}

/// Which keys an algorithm takes: RFC 7518 sections 3.1 and 3.4.
TEST(HostileKeys, OfAnotherTypeOrCurve_AreRefusedByEveryAlgorithm) {
    std::map<SignatureFamily, int> fitting;
    int refused = 0;
    std::vector<platform::Openssl<EVP_PKEY>> keys;
    keys.push_back(new_rsa_key(2048));
    for (const Curve curve : {Curve::p256, Curve::p384, Curve::p521}) {
        keys.push_back(new_ec_key(curve));
    }
    for (const SignatureAlgorithm algorithm : all_algorithms()) {
        for (const auto& key : keys) {
            const Jwk half = public_half(*key);
            const auto token = sign("{}", "{}", algorithm, *key);
            const auto fits = half.fits(algorithm);
            EXPECT_EQ(token.has_value(), fits.has_value()) << name_of(algorithm);
            if (fits) {
                ++fitting[row_of(algorithm).family];
                EXPECT_TRUE(verify(*parse_jws(*token), algorithm, half)) << name_of(algorithm);
                continue;
            }
            ++refused;
            EXPECT_EQ(fits.error().fault, JoseFault::key_algorithm);
            EXPECT_EQ(token.error().fault, JoseFault::key_algorithm);
        }
    }
    EXPECT_EQ(fitting[SignatureFamily::rsa_pkcs1], 3);
    EXPECT_EQ(fitting[SignatureFamily::rsa_pss], 3);
    EXPECT_EQ(fitting[SignatureFamily::ecdsa], 3);
    EXPECT_EQ(refused, 27);
}

TEST(HostileKeys, MeantForSomethingElse_AreRefusedWhenUsed) {
    const auto fault_of = [](const JsonValue& key) {
        const auto fits = Jwk::parse_public(key)->fits(SignatureAlgorithm::rs256);
        return fits ? std::string_view("fits") : name_of(fits.error().fault);
    };
    EXPECT_EQ(fault_of(rsa_key()), "fits");
    EXPECT_EQ(fault_of(with(rsa_key(), "use", "sig")), "fits");
    EXPECT_EQ(fault_of(with(rsa_key(), "use", "enc")), "key-use");
    EXPECT_EQ(fault_of(with(rsa_key(), "alg", "RS256")), "fits");
    EXPECT_EQ(fault_of(with(rsa_key(), "alg", "PS256")), "key-algorithm");
}

}  // namespace
}  // namespace sfmkit::wire
