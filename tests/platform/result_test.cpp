#include "platform/result.hpp"

#include <gtest/gtest.h>

namespace sfmkit::platform {
namespace {

TEST(Error, Describe_WithAllFields_NamesEachOnItsLineAndEndsWithTheId) {
    const Error error{
        .code = Errc::wrong_key,
        .what = "the key does not fit",
        .where = "a.pat",
        .expected = "a key of 256 bytes",
        .actual = "384 bytes",
        .next = "sfmkit verify a.pat --key other.pem",
    };
    EXPECT_EQ(
        describe(error),
        "the key does not fit: a.pat\n"
        "  expected: a key of 256 bytes\n"
        "  found:    384 bytes\n"
        "  next:     sfmkit verify a.pat --key other.pem [ERR-wrong-key]"
    );
}

TEST(Error, Describe_WithOnlyWhat_LeavesTheRestOut) {
    EXPECT_EQ(describe({.code = Errc::timeout, .what = "too slow"}), "too slow [ERR-timeout]");
}

// Names come from folders under test: nothing in them may move the cursor or forge a line.
TEST(Error, Describe_WithHostileNames_PrintsNoControlCharacter) {
    EXPECT_EQ(
        describe(
            {.code = Errc::malformed,
             .what = "no such file",
             .where = "a\x1B[2J.pat\nverdict: conforms",
             .actual = "\x07"}
        ),
        "no such file: a\\x1b[2J.pat\\x0averdict: conforms\n"
        "  found:    \\x07 [ERR-malformed]"
    );
}

// Design section 4: 1 does not conform, 2 usage, 3 inconclusive, 4 harness, 130 interrupted.
TEST(Error, ExitCodeFor_EachClassOfCause_IsTheOneOfTheCommandLine) {
    EXPECT_EQ(exit_code_for(Errc::malformed), 1);
    EXPECT_EQ(exit_code_for(Errc::truncated), 1);
    EXPECT_EQ(exit_code_for(Errc::usage), 2);
    EXPECT_EQ(exit_code_for(Errc::unusable_key), 2);
    EXPECT_EQ(exit_code_for(Errc::address_in_use), 2);
    EXPECT_EQ(exit_code_for(Errc::wrong_key), 3);
    EXPECT_EQ(exit_code_for(Errc::unreachable), 3);
    EXPECT_EQ(exit_code_for(Errc::disk_full), 3);
    EXPECT_EQ(exit_code_for(Errc::internal), 4);
    EXPECT_EQ(exit_code_for(Errc::cancelled), 130);
}

}  // namespace
}  // namespace sfmkit::platform
