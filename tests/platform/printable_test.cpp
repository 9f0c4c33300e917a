#include "platform/printable.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sfmkit::platform {
namespace {

// RFC 3629 section 3 and 10: overlong forms, surrogates and values beyond U+10FFFF are no UTF-8.
TEST(Printable, OfHostileText_HasNothingThatATerminalObeys) {
    EXPECT_EQ(printable("bl\xC3\xA5 \xE2\x82\xAC"), "bl\xC3\xA5 \xE2\x82\xAC");
    EXPECT_EQ(printable("a\x1B[2Jb\n"), "a\\x1b[2Jb\\x0a");
    EXPECT_EQ(printable("\xC2\x9B"), "\\xc2\\x9b");
    EXPECT_EQ(printable("\xE5"), "\\xe5");
    EXPECT_EQ(printable("\xC0\xAF"), "\\xc0\\xaf");
    EXPECT_EQ(printable(std::string(500, 'x'), 10), "xxxxxxxxxx…");
    EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));
    EXPECT_TRUE(is_utf8("\xF0\x9F\x98\x80"));
}

TEST(Printable, CutToColumns_CountsCharactersAndWideOnesTwice) {
    EXPECT_EQ(columns_of("R\xC3\xB8mme"), 5U);
    EXPECT_EQ(columns_of("\xE6\xBC\xA2\xE5\xAD\x97"), 4U);
    EXPECT_EQ(cut_to_columns("R\xC3\xB8mme", 5), "R\xC3\xB8mme");
    EXPECT_EQ(cut_to_columns("R\xC3\xB8mmegr", 3), "R\xC3\xB8…");
    EXPECT_EQ(cut_to_columns("\xE6\xBC\xA2\xE5\xAD\x97", 3), "\xE6\xBC\xA2…");
    EXPECT_EQ(cut_to_columns("abc", 1), "…");
    EXPECT_EQ(cut_to_columns("abc", 0), "");
    EXPECT_EQ(keep_end_in_columns("Patients0/p.pat", 6), "…p.pat");
    EXPECT_EQ(keep_end_in_columns("p.pat", 5), "p.pat");
    EXPECT_EQ(keep_end_in_columns("p.pat", 0), "");
}

}  // namespace
}  // namespace sfmkit::platform
