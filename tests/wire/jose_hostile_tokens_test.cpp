#include "tests/wire/jose_keys.hpp"
#include "tests/wire/jose_vectors.hpp"
#include "wire/jose/base64url.hpp"
#include "wire/jose/ecdsa_form.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

namespace sfmkit::wire {
namespace {

using platform::as_bytes;
using platform::ByteBuffer;

/// A token that has to be refused, and one that differs in that one thing and has to pass.
struct Row {
    std::string what;
    std::string token;
    std::string fault;
    std::string twin;
};

class HostileTokens : public testing::Test {
  protected:
    std::string rsa(std::string_view header, std::string_view payload = "{}") const {
        return *sign(header, payload, SignatureAlgorithm::rs256, *rsa_.get());
    }
    std::string ec(std::string_view payload) const {
        return *sign(R"({"alg":"ES256"})", payload, SignatureAlgorithm::es256, *ec_.get());
    }

    static void try_all(const std::vector<Row>& rows, const Jwk& key, std::size_t at_least) {
        std::map<std::string, int> refused;
        for (const Row& row : rows) {
            EXPECT_EQ(judged(row.token, key), row.fault) << row.what;
            EXPECT_EQ(judged(row.twin, key), "accepted") << "twin of: " << row.what;
            EXPECT_NE(row.token, row.twin) << row.what;
            ++refused[row.fault];
        }
        for (const auto& [fault, count] : refused) std::cout << count << "x " << fault << '\n';
        EXPECT_GE(rows.size(), at_least);
    }

    Jwk rsa_ = private_key(rsa_example(true));
    Jwk ec_ = private_key(vectors::rfc7515_a3_key);
    const std::string header_ = R"({"alg":"RS256"})";
};

std::string levels(std::size_t count) {
    // The object around is a level, too.
    return R"({"a":)" + std::string(count - 1, '[') + std::string(count - 1, ']') + "}";
}

/// The last letter replaced by the one behind it in the alphabet: it differs in unused bits only.
std::string with_bit_behind_the_end(std::string token) {
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    token.back() = alphabet[alphabet.find(token.back()) + 1];
    return token;
}

std::string replaced(std::string text, char from, char to) {
    std::ranges::replace(text, from, to);
    return text;
}

TEST_F(HostileTokens, InTheirForm_AreRefusedByNameBesideATwin) {
    // Its parts have letters of both alphabets: the payload spells `-` and `_`.
    const std::string good = rsa(header_, R"({"a":"~?~?>>>???"})");
    ASSERT_NE(good.find('-'), std::string::npos);
    ASSERT_NE(good.find('_'), std::string::npos);
    const std::string long_word(20'000, 'a');
    const std::string very_long_word(80'000, 'a');
    const std::string fitting_word(16'000, 'a');
    const auto payload = [](const std::string& word) { return R"({"a":")" + word + R"("})"; };
    const std::vector<Row> rows = {
        {"no dot", replaced(good, '.', '-'), "segment-count", good},
        {"two parts", good.substr(0, good.rfind('.')), "segment-count", good},
        {"four parts", good + ".", "segment-count", good},
        {"five parts, as JWE has", good + ".AA.AA", "segment-count", good},
        {"nothing", "", "segment-count", good},
        {"padding", good + "==", "not-base64url", good},
        {"plus", replaced(good, '-', '+'), "not-base64url", good},
        {"slash", replaced(good, '_', '/'), "not-base64url", good},
        {"line break", good + "\n", "not-base64url", good},
        {"blank before", " " + good, "not-base64url", good},
        {"impossible length", good + "AAA", "not-base64url", good},
        {"bits behind the end", with_bit_behind_the_end(good), "not-canonical", good},
        {"100 KB",
         rsa(header_, payload(very_long_word)),
         "token-too-long",
         rsa(header_, payload(fitting_word))},
        {"payload of 20 KB",
         rsa(header_, payload(long_word)),
         "json-too-long",
         rsa(header_, payload(fitting_word))},
        {"header of 20 KB",
         rsa(R"({"alg":"RS256","x":")" + long_word + R"("})"),
         "json-too-long",
         rsa(R"({"alg":"RS256","x":")" + fitting_word + R"("})")},
        {"payload cut off", rsa(header_, R"({"a":1)"), "not-json", rsa(header_, R"({"a":1})")},
        {"comment", rsa(header_, "{}//"), "trailing-data", rsa(header_, "{}")},
        {"trailing letter", rsa(header_, "{}x"), "trailing-data", rsa(header_, "{}  ")},
        {"second value", rsa(header_, "{}{}"), "trailing-data", rsa(header_, "{}")},
        {"trailing comma", rsa(header_, R"({"a":1,})"), "not-json", rsa(header_, R"({"a":1 })")},
        {"zero byte", rsa(header_, std::string("{}\0x", 4)), "not-json", rsa(header_, "{}")},
        {"byte order mark", rsa(header_, "\xef\xbb\xbf{}"), "not-json", rsa(header_, " {}")},
        {"bad UTF-8",
         rsa(header_, "{\"a\":\"\xc3\x28\"}"),
         "not-json",
         rsa(header_, "{\"a\":\"\xc3\xa6\"}")},
        {"overlong UTF-8",
         rsa(header_, "{\"a\":\"\xc0\xaf\"}"),
         "not-json",
         rsa(header_, "{\"a\":\"\xc3\xaf\"}")},
        {"half a surrogate",
         rsa(header_, R"({"a":"\ud83d"})"),
         "not-json",
         rsa(header_, R"({"a":"\ud83d\ude00"})")},
        {"number out of range",
         rsa(header_, R"({"a":1e400})"),
         "not-json",
         rsa(header_, R"({"a":1e300})")},
        {"NaN", rsa(header_, R"({"a":NaN})"), "not-json", rsa(header_, R"({"a":null})")},
        {"payload an array", rsa(header_, "[]"), "not-an-object", rsa(header_, "{}")},
        {"payload a text", rsa(header_, R"("a")"), "not-an-object", rsa(header_, "{}")},
        {"header an array", rsa(R"(["alg","RS256"])"), "not-an-object", rsa(header_)},
        {"header empty", rsa(""), "not-json", rsa(header_)},
        {"nested deep", rsa(header_, levels(17)), "nested-too-deep", rsa(header_, levels(16))},
        {"header nested deep",
         rsa(R"({"alg":"RS256","x":)" + levels(16) + "}"),
         "nested-too-deep",
         rsa(R"({"alg":"RS256","x":)" + levels(15) + "}")},
        {"nested very deep", rsa(header_, levels(7000)), "nested-too-deep", rsa(header_, levels(9))
        },
        {"duplicate in header",
         rsa(R"({"alg":"none","alg":"RS256"})"),
         "duplicate-member",
         rsa(R"({"alf":"none","alg":"RS256"})")},
        {"the same value twice",
         rsa(R"({"alg":"RS256","alg":"RS256"})"),
         "duplicate-member",
         rsa(R"({"alg":"RS256","alG":"RS256"})")},
        {"duplicate in escapes",
         rsa(R"({"alg":"RS256","\u0061lg":"none"})"),
         "duplicate-member",
         rsa(R"({"alg":"RS256","\u0062lg":"none"})")},
        {"duplicate in payload",
         rsa(header_, R"({"iss":"a","iss":"b"})"),
         "duplicate-member",
         rsa(header_, R"({"iss":"a","isS":"b"})")},
        {"duplicate further inside",
         rsa(header_, R"({"cnf":{"jkt":"a","jkt":"b"}})"),
         "duplicate-member",
         rsa(header_, R"({"cnf":{"jkt":"a","jku":"b"}})")},
        {"duplicate in an array",
         rsa(header_, R"({"a":[{"b":1,"b":1}]})"),
         "duplicate-member",
         rsa(header_, R"({"a":[{"b":1},{"b":1}]})")},
    };
    try_all(rows, rsa_, 38);
}

TEST_F(HostileTokens, InTheirHeader_AreRefusedByNameBesideATwin) {
    const std::string good = rsa(header_);
    const std::vector<Row> rows = {
        {"crit",
         rsa(R"({"alg":"RS256","crit":["exp"],"exp":1})"),
         "critical-header",
         rsa(R"({"alg":"RS256","crat":["exp"],"exp":1})")},
        {"empty crit", rsa(R"({"alg":"RS256","crit":[]})"), "critical-header", good},
        {"b64",
         rsa(R"({"alg":"RS256","b64":false})"),
         "unencoded-payload",
         rsa(R"({"alg":"RS256","b65":false})")},
        {"no alg", rsa(R"({"typ":"JWT"})"), "member-missing", rsa(R"({"typ":"JWT","alg":"RS256"})")
        },
        {"alg a number", rsa(R"({"alg":256})"), "member-type", good},
        {"alg null", rsa(R"({"alg":null})"), "member-type", good},
        {"alg an array", rsa(R"({"alg":["RS256"]})"), "member-type", good},
        {"alg empty", rsa(R"({"alg":""})"), "member-type", good},
        {"alg none with a signature", rsa(R"({"alg":"none"})"), "algorithm-none", good},
        {"alg None", rsa(R"({"alg":"None"})"), "algorithm-none", good},
        {"alg none, unsigned", with_signature(rsa(R"({"alg":"none"})"), {}), "algorithm-none", good
        },
        {"alg HS256", rsa(R"({"alg":"HS256"})"), "algorithm-symmetric", good},
        {"alg rs256", rsa(R"({"alg":"rs256"})"), "algorithm-unknown", good},
        {"alg EdDSA", rsa(R"({"alg":"EdDSA"})"), "algorithm-unknown", good},
        {"alg ES256K", rsa(R"({"alg":"ES256K"})"), "algorithm-unknown", good},
        {"alg with a zero byte", rsa(R"({"alg":"RS256\u0000"})"), "algorithm-unknown", good},
        {"alg of another family", rsa(R"({"alg":"PS256"})"), "signature-wrong", good},
        {"alg with another hash", rsa(R"({"alg":"RS512"})"), "signature-wrong", good},
        {"alg of another key type", rsa(R"({"alg":"ES256"})"), "key-algorithm", good},
        {"alg spelt with escapes is alg",
         rsa(R"({"alg":"\u006eone"})"),
         "algorithm-none",
         rsa(R"({"alg":"\u0052S256"})")},
    };
    try_all(rows, rsa_, 20);
}

ByteBuffer signature_of(std::string_view token) {
    return *decode_base64url(token.substr(token.rfind('.') + 1));
}

/// A PS256 signature whose salt has another length than RFC 7518 section 3.5 asks for.
std::string with_salt(const Jwk& key, int salt) {
    const std::string text = encode_base64url(as_bytes(R"({"alg":"PS256"})")) + ".e30";
    const platform::Openssl<EVP_MD_CTX> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    EVP_DigestSignInit_ex(
        context.get(), &parameters, "SHA256", nullptr, nullptr, key.get(), nullptr
    );
    EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, salt);
    ByteBuffer signature(256);
    std::size_t size = signature.size();
    const int done = EVP_DigestSign(
        context.get(),
        reinterpret_cast<unsigned char*>(signature.data()),
        &size,
        reinterpret_cast<const unsigned char*>(text.data()),
        text.size()
    );
    return done == 1 ? text + "." + encode_base64url(signature) : "not signed";
}

TEST_F(HostileTokens, InTheirRsaSignature_AreRefusedByNameBesideATwin) {
    const std::string good = rsa(header_);
    const ByteBuffer signature = signature_of(good);
    ByteBuffer flipped = signature;
    flipped[100] ^= std::byte{4};
    ByteBuffer longer = signature;
    longer.push_back(std::byte{0});
    ByteBuffer led_by_zero = signature;
    led_by_zero.insert(led_by_zero.begin(), std::byte{0});
    const platform::Bytes shorter(signature.data(), signature.size() - 1);
    const std::string other_payload =
        good.substr(0, good.find('.')) + ".eyJhIjoxfQ" + good.substr(good.rfind('.'));
    const auto other = new_rsa_key(2048);
    const std::vector<Row> rows = {
        {"none", with_signature(good, {}), "signature-missing", good},
        {"one byte short", with_signature(good, shorter), "signature-length", good},
        {"one byte more", with_signature(good, longer), "signature-length", good},
        {"a zero before", with_signature(good, led_by_zero), "signature-length", good},
        {"a bit flipped", with_signature(good, flipped), "signature-wrong", good},
        {"all zero", with_signature(good, ByteBuffer(256)), "signature-wrong", good},
        {"above the modulus",
         with_signature(good, ByteBuffer(256, std::byte{0xff})),
         "signature-wrong",
         good},
        {"payload changed", other_payload, "signature-wrong", good},
        {"by another key",
         *sign(header_, "{}", SignatureAlgorithm::rs256, *other),
         "signature-wrong",
         good},
        {"longest salt",
         with_salt(rsa_, RSA_PSS_SALTLEN_MAX),
         "signature-wrong",
         with_salt(rsa_, RSA_PSS_SALTLEN_DIGEST)},
        {"no salt", with_salt(rsa_, 0), "signature-wrong", with_salt(rsa_, 32)},
    };
    try_all(rows, rsa_, 11);
}

TEST_F(HostileTokens, InTheirEcdsaSignature_AreRefusedByNameBesideATwin) {
    const std::string good = ec("{}");
    const ByteBuffer signature = signature_of(good);
    const platform::Bytes r(signature.data(), 32);
    const platform::Bytes s(signature.data() + 32, 32);
    ByteBuffer exchanged = platform::to_buffer(s);
    platform::append(exchanged, r);
    ByteBuffer r_zero(32);
    platform::append(r_zero, s);
    ByteBuffer s_zero = platform::to_buffer(r);
    s_zero.resize(64);
    ByteBuffer led_by_zeros = {std::byte{0}};
    platform::append(led_by_zeros, r);
    led_by_zeros.push_back(std::byte{0});
    platform::append(led_by_zeros, s);
    const std::vector<Row> rows = {
        {"none", with_signature(good, {}), "signature-missing", good},
        {"ASN.1", with_signature(good, der_of_raw(signature)), "signature-der", good},
        {"r and s exchanged", with_signature(good, exchanged), "signature-wrong", good},
        {"r and s zero", with_signature(good, ByteBuffer(64)), "signature-wrong", good},
        {"r zero", with_signature(good, r_zero), "signature-wrong", good},
        {"s zero", with_signature(good, s_zero), "signature-wrong", good},
        {"33 bytes each", with_signature(good, led_by_zeros), "signature-length", good},
        {"r only", with_signature(good, r), "signature-length", good},
        {"length of ES384", with_signature(good, ByteBuffer(96)), "signature-length", good},
    };
    try_all(rows, ec_, 9);
}

/// Whatever single letter of a token is changed, it is not accepted: the text of a token is
/// unambiguous.
RC_GTEST_PROP(HostileTokensProperty, WithAnyOneLetterChanged_IsNeverAccepted, ()) {
    static const Jwk key = private_key(vectors::rfc7515_a3_key);
    static const std::string good =
        *sign(R"({"alg":"ES256"})", R"({"a":1})", SignatureAlgorithm::es256, *key.get());
    const auto place = *rc::gen::inRange<std::size_t>(0, good.size());
    const auto letter = static_cast<char>(*rc::gen::inRange(1, 256));
    RC_PRE(good[place] != letter);
    std::string changed = good;
    changed[place] = letter;
    RC_ASSERT(judged(good, key) == "accepted");
    RC_ASSERT(judged(changed, key) != "accepted");
}

TEST(JoseFaults, EachOfThem_HasANameOfItsOwn) {
    std::map<std::string_view, int> names;
    for (int i = 0; i <= static_cast<int>(JoseFault::signature_wrong); ++i) {
        ++names[name_of(static_cast<JoseFault>(i))];
    }
    for (const auto& [name, count] : names) EXPECT_EQ(count, 1) << name;
    EXPECT_EQ(names.size(), static_cast<std::size_t>(JoseFault::signature_wrong) + 1);
}

// What comes from the token is never told, only the names of its members, if they are plain words.
TEST(JoseErrors, OfDuplicates_NameThemOnlyWhenTheyAreWords) {
    const auto error_of = [](std::string_view json) { return parse_json(json).error(); };
    EXPECT_EQ(error_of(R"({"htu":1,"htu":2})").member, "htu");
    EXPECT_EQ(error_of(R"({"01817090067":1,"01817090067":2})").member, "");
    EXPECT_EQ(
        describe(error_of(R"({"htu":1,"htu":2})")), "a member stands twice in one object: htu"
    );
}

}  // namespace
}  // namespace sfmkit::wire
