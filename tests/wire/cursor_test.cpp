#include "wire/cursor.hpp"

#include <gtest/gtest.h>

#include <array>

namespace sfmkit::wire {
namespace {

// The signature of a local file header of zip, 0x04034b50, stands on disk as `PK\3\4`
// (PKWARE APPNOTE.TXT section 4.3.7): little-endian, seen from outside.
TEST(Cursor, U32_OfZipSignature_IsLittleEndian) {
    Cursor cursor(platform::as_bytes("PK\3\4"));
    EXPECT_EQ(cursor.u32_le(), 0x04034b50u);
    EXPECT_EQ(cursor.offset(), 4u);
    EXPECT_EQ(cursor.remaining(), 0u);
    EXPECT_FALSE(cursor.failed());
}

TEST(Cursor, U16_OfHighBytes_IsNotNegative) {
    constexpr std::array bytes = {std::byte{0xfe}, std::byte{0xff}};
    Cursor cursor(bytes);
    EXPECT_EQ(cursor.u16_le(), 0xfffeu);
}

TEST(Cursor, Take_OfAllThatIsLeft_Succeeds) {
    Cursor cursor(platform::as_bytes("abcdef"));
    ASSERT_TRUE(cursor.skip(2));
    const auto rest = cursor.take(4);
    ASSERT_TRUE(rest);
    EXPECT_EQ(platform::as_text(*rest), "cdef");
}

TEST(Cursor, Read_PastTheEnd_FailsForGood) {
    Cursor cursor(platform::as_bytes("abc"));
    EXPECT_FALSE(cursor.u32_le());
    EXPECT_TRUE(cursor.failed());
    EXPECT_EQ(cursor.offset(), 0u);
    EXPECT_EQ(cursor.remaining(), 0u);
    EXPECT_FALSE(cursor.u16_le());
    EXPECT_FALSE(cursor.take(0));
}

TEST(Cursor, Take_OfLargestCount_DoesNotOverflow) {
    Cursor cursor(platform::as_bytes("abc"));
    ASSERT_TRUE(cursor.skip(1));
    EXPECT_FALSE(cursor.take(static_cast<std::size_t>(-1)));
}

}  // namespace
}  // namespace sfmkit::wire
