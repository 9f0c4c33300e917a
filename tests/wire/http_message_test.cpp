#include "wire/http_message.hpp"

#include <gtest/gtest.h>

namespace sfmkit::wire {
namespace {

// RFC 9110 section 5.1: field names are compared without case; section 5.3: order is kept.
TEST(HeaderFields, First_InOtherCase_FindsTheFirstOfThatName) {
    HeaderFields fields;
    fields.add("Upload-Offset", "1");
    fields.add("upload-offset", "2");
    EXPECT_EQ(fields.first("UPLOAD-OFFSET"), "1");
    EXPECT_EQ(fields.count("Upload-Offset"), 2u);
    EXPECT_FALSE(fields.first("Upload-Length"));
    EXPECT_FALSE(fields.has("Upload"));
    EXPECT_EQ(fields.all()[1], (HeaderField{"upload-offset", "2"}));
}

// RFC 9110 section 5.6.1: lists with blanks, tabs and empty members around commas.
TEST(HeaderFields, HasToken_InListsOverTwoFields_LooksAtEveryMember) {
    HeaderFields fields;
    fields.add("Connection", "Upgrade,\t HTTP2-Settings ,,");
    fields.add("connection", "Close");
    EXPECT_TRUE(fields.has_token("Connection", "http2-settings"));
    EXPECT_TRUE(fields.has_token("Connection", "close"));
    EXPECT_FALSE(fields.has_token("Connection", "keep-alive"));
    EXPECT_FALSE(fields.has_token("Connection", "Settings"));
}

TEST(EqualIgnoringCase, OfAsciiOnly_LeavesOtherLettersAlone) {
    EXPECT_TRUE(equal_ignoring_case("Tus-Resumable", "tUS-rESUMABLE"));
    EXPECT_FALSE(equal_ignoring_case("\xc6", "\xe6"));  // Latin-1 letters AE and ae
    EXPECT_FALSE(equal_ignoring_case("@[", "`{"));      // 32 apart, yet no letters
    EXPECT_FALSE(equal_ignoring_case("a", "ab"));
}

}  // namespace
}  // namespace sfmkit::wire
