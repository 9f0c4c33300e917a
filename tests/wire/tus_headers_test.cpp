#include "wire/tus_headers.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

namespace sfmkit::wire {
namespace {

using platform::to_buffer;
using Kind = MetadataFault::Kind;

struct NumberRow {
    std::string_view text;
    std::optional<std::uint64_t> number;
    NumberFault fault = NumberFault::not_a_number;
};

void expect_number(const NumberRow& row, std::expected<std::uint64_t, NumberFault> actual) {
    SCOPED_TRACE(testing::Message() << "text '" << row.text << "'");
    ASSERT_EQ(actual.has_value(), row.number.has_value());
    if (row.number) {
        EXPECT_EQ(*actual, *row.number);
    } else {
        EXPECT_EQ(actual.error(), row.fault);
    }
}

// Int64.TryParse with NumberStyles.Integer and the invariant culture, asked on .NET 10; the same
// verdicts are recorded of tusdotnet 2.5.0 for Upload-Length and Upload-Offset.
TEST(Number, AsDotnet_OfRecordedTexts_IsTakenOrRefusedAsThere) {
    for (const NumberRow& row : {
             NumberRow{"0", 0},
             NumberRow{"5", 5},
             NumberRow{"+5", 5},
             NumberRow{"-0", 0},
             NumberRow{"+0", 0},
             NumberRow{"000", 0},
             NumberRow{"00005", 5},
             NumberRow{"\t5", 5},
             NumberRow{"  5  ", 5},
             NumberRow{" \v\f\r\n-0 \t", 0},
             NumberRow{std::string_view("5\0\0", 3), 5},
             NumberRow{std::string_view("5 \0", 3), 5},
             NumberRow{"9223372036854775807", 9223372036854775807u},
             NumberRow{"00000000000000000000000000000000007", 7},
             NumberRow{"9223372036854775808", {}, NumberFault::too_large},
             NumberRow{"999999999999999999999999999999", {}, NumberFault::too_large},
             NumberRow{"-9999999999999999999999", {}, NumberFault::too_large},
             NumberRow{"-9223372036854775808", {}, NumberFault::negative},
             NumberRow{"-9223372036854775809", {}, NumberFault::too_large},
             NumberRow{"-1", {}, NumberFault::negative},
             NumberRow{"", {}},
             NumberRow{" ", {}},
             NumberRow{"+", {}},
             NumberRow{"-", {}},
             NumberRow{"--5", {}},
             NumberRow{"+-5", {}},
             NumberRow{"+ 5", {}},
             NumberRow{"5-", {}},
             NumberRow{"abc", {}},
             NumberRow{"1.5", {}},
             NumberRow{"1e3", {}},
             NumberRow{"10E0", {}},
             NumberRow{"0x10", {}},
             NumberRow{"1,000", {}},
             NumberRow{"5 5", {}},
             NumberRow{"5;x", {}},
             NumberRow{"5\\0", {}},
             NumberRow{std::string_view("5\0 ", 3), {}},
             NumberRow{std::string_view("\0005", 2), {}},
         }) {
        expect_number(row, parse_number_as_dotnet(row.text));
    }
}

// tus 1.0.0: Upload-Offset and Upload-Length are non-negative integers.
TEST(Number, Strictly_OfAnythingButDigits_IsRefused) {
    for (const NumberRow& row : {
             NumberRow{"0", 0},
             NumberRow{"100", 100},
             NumberRow{"007", 7},
             NumberRow{"9223372036854775807", 9223372036854775807u},
             NumberRow{"9223372036854775808", {}, NumberFault::too_large},
             NumberRow{"18446744073709551616", {}, NumberFault::too_large},
             NumberRow{"-1", {}, NumberFault::negative},
             NumberRow{"-0", {}, NumberFault::negative},
             NumberRow{"", {}},
             NumberRow{"+5", {}},
             NumberRow{" 5", {}},
             NumberRow{"5 ", {}},
             NumberRow{"-", {}},
             NumberRow{"-x", {}},
             NumberRow{"5,5", {}},
         }) {
        expect_number(row, parse_number_strictly(row.text));
    }
}

// The header printed in the captured exchange of the NHN page on the DataImporter.
constexpr std::string_view captured_metadata =
    "name ZDE0ZDZkZmItNDg0Yi00ZGM0LTgyNzItMWNkODVjNjhmM2Y5LnBhdA==,"
    "contentType YXBwbGljYXRpb24vb2N0ZXQtc3RyZWFt,"
    "FileType UGF0aWVudEZpbGU=,"
    "SessionId M2E2ODM2NWYtNGRlYy00ZWNmLWIzZTctMDRiZWRiZGQxMDk2";

TEST(Metadata, OfCapturedExchange_BothWays_HasTheFourPairs) {
    const std::vector<MetadataPair> pairs = {
        {"name", to_buffer("d14d6dfb-484b-4dc4-8272-1cd85c68f3f9.pat")},
        {"contentType", to_buffer("application/octet-stream")},
        {"FileType", to_buffer("PatientFile")},
        {"SessionId", to_buffer("3a68365f-4dec-4ecf-b3e7-04bedbdd1096")},
    };
    EXPECT_EQ(parse_metadata_strictly(captured_metadata), pairs);
    EXPECT_EQ(parse_metadata_as_tusdotnet(captured_metadata), pairs);
    EXPECT_EQ(print_metadata(pairs), captured_metadata);
}

// The example of the tus 1.0.0 specification, extension Creation.
TEST(Metadata, OfTusExample_BothWays_HasKeyWithoutValue) {
    constexpr std::string_view text =
        "filename d29ybGRfZG9taW5hdGlvbl9wbGFuLnBkZg==,is_confidential";
    const std::vector<MetadataPair> pairs = {
        {"filename", to_buffer("world_domination_plan.pdf")},
        {"is_confidential", {}},
    };
    EXPECT_EQ(parse_metadata_strictly(text), pairs);
    EXPECT_EQ(parse_metadata_as_tusdotnet(text), pairs);
    EXPECT_EQ(print_metadata(pairs), text);
}

struct MetadataRow {
    std::string_view text;
    std::optional<Kind> strict;  ///< nothing: taken
    std::optional<Kind> tusdotnet;
    std::size_t pair = 0;  ///< where a fault is
    std::string_view key = {};
};

// The column tusdotnet is the recorded behaviour of tusdotnet 2.5.0, and for the tab inside base64
// that of .NET's decoder; the strict one is the grammar of the specification with canonical base64.
constexpr std::array metadata_rows = {
    MetadataRow{"flag ,name YQ==", {}, {}},
    MetadataRow{"flag,other", {}, {}},
    MetadataRow{"a YQ==,A YQ==", {}, {}},
    MetadataRow{"a=YQ==", {}, {}},
    MetadataRow{"", Kind::empty_header, {}},
    MetadataRow{"   ", Kind::not_one_blank, {}},
    MetadataRow{"a YQ==,", Kind::empty_key, {}, 1},
    MetadataRow{"a YR==", Kind::bad_base64, {}, 0, "a"},
    MetadataRow{"a Y\tQ==", Kind::bad_base64, {}, 0, "a"},
    MetadataRow{"a\tYQ==", Kind::bad_key, {}, 0, "a\tYQ=="},
    MetadataRow{"n\xc3\xa6vn YQ==", Kind::bad_key, {}, 0, "n\xc3\xa6vn"},
    MetadataRow{"name !!!", Kind::bad_base64, Kind::bad_base64, 0, "name"},
    MetadataRow{"name YWJjZ", Kind::bad_base64, Kind::bad_base64, 0, "name"},
    MetadataRow{"a YQ", Kind::bad_base64, Kind::bad_base64, 0, "a"},
    MetadataRow{"a -_8=", Kind::bad_base64, Kind::bad_base64, 0, "a"},
    MetadataRow{"a YQ===", Kind::bad_base64, Kind::bad_base64, 0, "a"},
    MetadataRow{"a YQ==,a Yg==", Kind::duplicate_key, Kind::duplicate_key, 1, "a"},
    MetadataRow{"a YQ==, b Yg==", Kind::not_one_blank, Kind::not_one_blank, 1},
    MetadataRow{"a  YQ==", Kind::not_one_blank, Kind::not_one_blank, 0, "a"},
    MetadataRow{"a YQ== Yg==", Kind::not_one_blank, Kind::not_one_blank, 0, "a"},
    MetadataRow{",a YQ==", Kind::empty_key, Kind::empty_key, 0},
    MetadataRow{"a YQ==,,b Yg==", Kind::empty_key, Kind::empty_key, 1},
    MetadataRow{",,,", Kind::empty_key, Kind::empty_key, 0},
};

void expect_verdict(
    const MetadataRow& row,
    std::optional<Kind> expected,
    const std::expected<std::vector<MetadataPair>, MetadataFault>& actual
) {
    ASSERT_EQ(actual.has_value(), !expected.has_value()) << row.text;
    if (actual) return;
    EXPECT_EQ(actual.error().kind, *expected) << row.text;
    EXPECT_EQ(actual.error().pair, row.pair) << row.text;
    EXPECT_EQ(actual.error().key, row.key) << row.text;
}

TEST(Metadata, OfRecordedTexts_IsTakenOrRefusedAsRecorded) {
    for (const MetadataRow& row : metadata_rows) {
        expect_verdict(row, row.strict, parse_metadata_strictly(row.text));
        expect_verdict(row, row.tusdotnet, parse_metadata_as_tusdotnet(row.text));
    }
}

TEST(Metadata, AsTusdotnet_WithTrailingComma_HasNoEmptyPair) {
    const std::vector<MetadataPair> pairs = {{"a", to_buffer("a")}};
    EXPECT_EQ(parse_metadata_as_tusdotnet("a YQ==,"), pairs);
    EXPECT_EQ(parse_metadata_as_tusdotnet(""), std::vector<MetadataPair>{});
}

RC_GTEST_PROP(Metadata, Parse_OfPrinted_GivesPairsBack, ()) {
    const auto letter =
        rc::gen::suchThat(rc::gen::inRange('!', '\x7f'), [](char value) { return value != ','; });
    const auto keys = *rc::gen::unique<std::vector<std::string>>(
        rc::gen::nonEmpty(rc::gen::container<std::string>(letter))
    );
    RC_PRE(!keys.empty());
    std::vector<MetadataPair> pairs;
    for (const std::string& key : keys) {
        pairs.push_back({key, to_buffer(*rc::gen::arbitrary<std::string>())});
    }
    RC_ASSERT((parse_metadata_strictly(print_metadata(pairs)) == pairs));
    RC_ASSERT((parse_metadata_as_tusdotnet(print_metadata(pairs)) == pairs));
}

// The example of the tus 1.0.0 specification, extension Checksum: the sha1 of `hello world`,
// as `printf 'hello world' | sha1sum` gives it.
TEST(Checksum, OfTusExample_BothWays_IsTheDigestInHex) {
    constexpr std::string_view text = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=";
    const auto checksum = parse_checksum_strictly(text);
    ASSERT_TRUE(checksum);
    EXPECT_EQ(checksum->algorithm, "sha1");
    EXPECT_EQ(platform::to_hex(checksum->digest), "2aae6c35c94fcfb415dbe95f408b9ce91ee846ed");
    EXPECT_EQ(parse_checksum_as_tusdotnet(text), checksum);
    EXPECT_EQ(print_checksum(*checksum), text);
}

struct ChecksumRow {
    std::string_view text;
    bool strict;
    bool tusdotnet;
};

// The column tusdotnet is the recorded behaviour of tusdotnet 2.5.0: false where it answers
// `Could not parse Upload-Checksum header`; for the two parts without padding .NET's decoder.
TEST(Checksum, OfRecordedTexts_IsTakenOrRefusedAsRecorded) {
    for (const ChecksumRow& row : {
             ChecksumRow{"crc32 AAAAAA==", true, true},
             ChecksumRow{"SHA1 3q2+78r+ur7erb7vyv66vt6tvu8=", true, true},
             ChecksumRow{"sha1  3q2+78r+ur7erb7vyv66vt6tvu8=", false, true},
             ChecksumRow{"sha1 3q2+78r+ur7erb7vyv66vt6tvu9=", false, true},
             ChecksumRow{"sha1 YWJj YWJj", false, true},
             ChecksumRow{"", false, false},
             ChecksumRow{"sha1", false, false},
             ChecksumRow{"sha1 ", false, false},
             ChecksumRow{" 3q2+78r+ur7erb7vyv66vt6tvu8=", false, false},
             ChecksumRow{"sha1:3q2+78r+ur7erb7vyv66vt6tvu8=", false, false},
             ChecksumRow{"sha1\t3q2+78r+ur7erb7vyv66vt6tvu8=", false, false},
             ChecksumRow{"sha1 3q2+78r+ur7erb7vyv66vt6tvu8= x", false, false},
             ChecksumRow{"sha1 3q2+78r+ur7erb7vyv66vt6tvu8", false, false},
             ChecksumRow{"sha1 3q2-78r-ur7erb7vyv66vt6tvu8=", false, false},
             ChecksumRow{"sha1 !!!!", false, false},
         }) {
        EXPECT_EQ(parse_checksum_strictly(row.text).has_value(), row.strict) << row.text;
        EXPECT_EQ(parse_checksum_as_tusdotnet(row.text).has_value(), row.tusdotnet) << row.text;
    }
}

RC_GTEST_PROP(Checksum, Parse_OfPrinted_GivesItBack, ()) {
    const auto bytes = *rc::gen::nonEmpty(rc::gen::arbitrary<std::string>());
    const Checksum checksum = {"sha1", to_buffer(bytes)};
    RC_ASSERT(parse_checksum_strictly(print_checksum(checksum)) == checksum);
    RC_ASSERT(parse_checksum_as_tusdotnet(print_checksum(checksum)) == checksum);
}

}  // namespace
}  // namespace sfmkit::wire
