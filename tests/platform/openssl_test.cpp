#include "platform/openssl.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace sfmkit::platform {
namespace {

// FIPS 180-2 appendix examples for "abc".
TEST(Digest, Finish_OfAbc_GivesThePublishedDigests) {
    const CryptoAlgorithms algorithms = CryptoAlgorithms::fetch();
    EXPECT_EQ(
        to_hex(digest_of(*algorithms.sha1, as_bytes("abc"))),
        "a9993e364706816aba3e25717850c26c9cd0d89d"
    );
    EXPECT_EQ(
        to_hex(digest_of(*algorithms.sha256, as_bytes("abc"))),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

TEST(Digest, Finish_Twice_StartsAnewAfterTheFirst) {
    const CryptoAlgorithms algorithms = CryptoAlgorithms::fetch();
    Digest digest(*algorithms.sha1);
    digest.update(as_bytes("something else"));
    (void)digest.finish();
    digest.update(as_bytes("a"));
    digest.update(as_bytes("bc"));
    EXPECT_EQ(to_hex(digest.finish()), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST(SecretBytes, Shrink_KeepsTheFirstBytesOnly) {
    SecretBytes secret(to_buffer("key and rest"));
    secret.shrink(3);
    EXPECT_EQ(as_text(secret.view()), "key");
    secret.shrink(10);
    EXPECT_EQ(as_text(secret.view()), "key");
}

}  // namespace
}  // namespace sfmkit::platform
