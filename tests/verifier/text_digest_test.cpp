#include "verifier/text_digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

namespace sfmkit::verifier {
namespace {

TEST(TextDigest, OfEqualTexts_IsEqual) {
    EXPECT_EQ(digest_of_text("12345678901"), digest_of_text(std::string("12345678901")));
    EXPECT_NE(digest_of_text("12345678901"), digest_of_text("12345678902"));
    EXPECT_NE(digest_of_text("a"), digest_of_text(std::string_view("a\0", 2)));
}

TEST(TextDigest, OfIdentifiers_KnowsNoCase) {
    const std::string small = "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672-and-more";
    const std::string large = "0E7BFD89-FF43-4C5A-A9E2-1AF46AE33672-AND-MORE";
    EXPECT_EQ(digest_of_identifier(small), digest_of_identifier(large));
    EXPECT_NE(digest_of_text(small), digest_of_text(large));
}

TEST(TextDigest, OfPieces_DependsOnWhereTheyEnd) {
    const auto of = [](std::string_view first, std::string_view second) {
        return TextDigester().add(first).add(second).finish();
    };
    EXPECT_NE(of("TypeId", "FNR"), of("TypeIdF", "NR"));
    EXPECT_NE(of("", "FNR"), of("FNR", ""));
}

// Oracle: the birthday bound. Of 200 000 values of 64 bits, two are equal once in a billion runs.
TEST(TextDigest, OfConsecutiveNumbers_DiffersInEitherHalf) {
    constexpr std::size_t count = 200'000;
    std::vector<std::uint64_t> high;
    std::vector<std::uint64_t> low;
    std::uint64_t ones = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const TextDigest digest = digest_of_text(std::to_string(10'000'000'000 + i));
        high.push_back(digest.high);
        low.push_back(digest.low);
        ones += static_cast<std::uint64_t>(std::popcount(digest.high ^ digest.low));
    }
    for (auto* half : {&high, &low}) {
        std::ranges::sort(*half);
        EXPECT_EQ(std::ranges::adjacent_find(*half), half->end());
    }
    EXPECT_NEAR(static_cast<double>(ones) / count, 32.0, 0.1);
}

}  // namespace
}  // namespace sfmkit::verifier
