#include "wire/base64.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

namespace sfmkit::wire {
namespace {

using platform::as_bytes;
using platform::to_buffer;

struct Vector {
    std::string_view plain;
    std::string_view encoded;
};

// RFC 4648 section 10.
constexpr std::array rfc_vectors = {
    Vector{"", ""},
    Vector{"f", "Zg=="},
    Vector{"fo", "Zm8="},
    Vector{"foo", "Zm9v"},
    Vector{"foob", "Zm9vYg=="},
    Vector{"fooba", "Zm9vYmE="},
    Vector{"foobar", "Zm9vYmFy"},
};

TEST(Base64, Encode_OfRfcVectors_GivesRfcText) {
    for (const Vector& vector : rfc_vectors) {
        EXPECT_EQ(encode_base64(as_bytes(vector.plain)), vector.encoded);
    }
}

TEST(Base64, Decode_OfRfcVectors_GivesRfcBytes) {
    for (const Vector& vector : rfc_vectors) {
        EXPECT_EQ(decode_base64(vector.encoded), to_buffer(vector.plain)) << vector.encoded;
    }
}

// RFC 4648 section 4, table 1: the 64 letters in the order of their values.
TEST(Base64, Decode_OfWholeAlphabet_GivesEachValueInTurn) {
    const auto bytes =
        decode_base64("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    ASSERT_TRUE(bytes);
    EXPECT_EQ(
        platform::to_hex(*bytes),
        "00108310518720928b30d38f41149351559761969b71d79f8218a39259a7a29aabb2dbafc31cb3d35db7e39ebb"
        "f3dfbf"
    );
}

TEST(Base64, Decode_OfTextOutsideSection4_GivesNothing) {
    for (const std::string_view text :
         {"Z",
          "Zg",
          "Zg=",
          "Zm8",
          "Zg===",
          "Zg==Zg==",
          "=Zg=",
          "====",
          "Zm9v\n",
          "Zm 9",
          "Zm9v    ",
          "Zm-_",
          "Zm9\xc3"}) {
        EXPECT_FALSE(decode_base64(text, Base64Rule::strict)) << text;
        EXPECT_FALSE(decode_base64(text, Base64Rule::unused_bits)) << text;
    }
}

// RFC 4648 section 3.5: a decoder may refuse set unused bits. .NET does not, as recorded of
// tusdotnet 2.5.0 for the metadata `a YR==`.
TEST(Base64, Decode_WithUnusedBitsSet_IsRefusedOnlyStrictly) {
    EXPECT_FALSE(decode_base64("YR=="));
    EXPECT_EQ(decode_base64("YR==", Base64Rule::unused_bits), to_buffer("a"));
    EXPECT_FALSE(decode_base64("YWJ="));
    EXPECT_EQ(decode_base64("YWJ=", Base64Rule::unused_bits), to_buffer("ab"));
}

RC_GTEST_PROP(Base64, Decode_OfEncoded_GivesBytesBack, (const std::vector<std::uint8_t>& values)) {
    const platform::Bytes bytes = std::as_bytes(std::span(values));
    const auto decoded = decode_base64(encode_base64(bytes));
    RC_ASSERT(decoded == platform::to_buffer(bytes));
}

}  // namespace
}  // namespace sfmkit::wire
