#include "platform/bytes.hpp"

#include <gtest/gtest.h>

namespace sfmkit::platform {
namespace {

TEST(Bytes, ToHex_OfAllNibbles_IsLowerCaseWithoutSeparators) {
    EXPECT_EQ(to_hex(as_bytes("\x01\x23\xab\xff")), "0123abff");
    EXPECT_EQ(to_hex({}), "");
}

TEST(Bytes, AsText_OfAsBytes_IsTheSameText) {
    constexpr std::string_view text = "Blåbær";
    EXPECT_EQ(as_text(as_bytes(text)), text);
}

}  // namespace
}  // namespace sfmkit::platform
