#include "findings/wrapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit::findings {
namespace {

using testing::ElementsAre;

TEST(ColumnsOf, TextBeyondAscii_CountsLetters) {
    EXPECT_EQ(columns_of("abc"), 3u);
    EXPECT_EQ(columns_of("blå…"), 4u);
    EXPECT_EQ(first_columns("blå…x", 4), "blå…");
    EXPECT_EQ(first_columns("ab", 4), "ab");
}

TEST(Wrapped, AtBlanks_FillsLinesToTheLastColumn) {
    EXPECT_THAT(wrapped("one two", 7, ""), ElementsAre("one two"));
    EXPECT_THAT(wrapped("one two three", 7, ""), ElementsAre("one two", "three"));
    EXPECT_THAT(wrapped("one two three", 8, ""), ElementsAre("one two", "three"));
    EXPECT_THAT(wrapped("blå øre ære", 7, ""), ElementsAre("blå øre", "ære"));
}

TEST(Wrapped, WithIndent_BeginsFurtherLinesWithIt) {
    EXPECT_THAT(wrapped("a: one two three", 8, "   "), ElementsAre("a: one", "   two", "   three"));
}

TEST(Wrapped, OfAWordThatIsTooLong_CutsIt) {
    EXPECT_THAT(wrapped("abcdefgh", 3, ""), ElementsAre("abc", "def", "gh"));
    EXPECT_THAT(wrapped("abcdefgh", 4, " "), ElementsAre("abcd", " efg", " h"));
}

TEST(Wrapped, BeyondTheLastLineAllowed_TellsThatThereIsMore) {
    EXPECT_THAT(wrapped("one two three four", 7, "", 2), ElementsAre("one two", "three …"));
    EXPECT_THAT(wrapped("one two three", 7, "", 2), ElementsAre("one two", "three"));
}

}  // namespace
}  // namespace sfmkit::findings
