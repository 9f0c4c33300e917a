// What is inflated at once, zlib inflates to the same bytes: zlib is the reader whose findings
// count.
#include "verifier/whole_inflater.hpp"

#include "platform/random.hpp"
#include "tests/support/memory_file.hpp"
#include "verifier/deflate_header.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <libdeflate.h>
#include <memory>
#include <string>
#include <zlib.h>

namespace sfmkit::verifier {
namespace {

Bytef* bytes_of(std::string& text) {
    return reinterpret_cast<Bytef*>(text.data());
}

uInt length_of(const std::string& text) {
    return static_cast<uInt>(text.size());
}

std::string deflated(std::string text, int level, int strategy) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, -MAX_WBITS, 8, strategy) != Z_OK) std::abort();
    std::string result(deflateBound(&stream, text.size()), '\0');
    stream.next_in = bytes_of(text);
    stream.avail_in = length_of(text);
    stream.next_out = bytes_of(result);
    stream.avail_out = length_of(result);
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    result.resize(stream.total_out);
    deflateEnd(&stream);
    return result;
}

/// Nothing unless zlib takes all of it.
std::optional<std::string> inflated_by_zlib(std::string data, std::size_t most_bytes) {
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) std::abort();
    std::string result(most_bytes, '\0');
    stream.next_in = bytes_of(data);
    stream.avail_in = length_of(data);
    stream.next_out = bytes_of(result);
    stream.avail_out = length_of(result);
    const bool whole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
    result.resize(stream.total_out);
    inflateEnd(&stream);
    if (!whole) return std::nullopt;
    return result;
}

/// What libdeflate alone would take, checked or not.
std::optional<std::string> inflated_by_libdeflate(const std::string& data, std::size_t most_bytes) {
    const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> reader(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor
    );
    std::string result(most_bytes, '\0');
    std::size_t used = 0;
    std::size_t made = 0;
    const auto end = libdeflate_deflate_decompress_ex(
        reader.get(), data.data(), data.size(), result.data(), result.size(), &used, &made
    );
    if (end != LIBDEFLATE_SUCCESS || used != data.size()) return std::nullopt;
    result.resize(made);
    return result;
}

/// An entry that declares what whoever wrote the data takes for its content.
ZipEntry entry_of(const std::string& data, const std::string& content) {
    ZipEntry entry{.name = "a.xml", .method = 8};
    entry.crc32 = libdeflate_crc32(0, content.data(), content.size());
    entry.compressed_bytes = data.size();
    entry.expanded_bytes = content.size();
    return entry;
}

std::optional<std::string> inflate_at_once(const std::string& data, const ZipEntry& entry) {
    return WholeInflater().inflate(test::MemoryFile(data), entry);
}

std::string sample(std::size_t bytes) {
    platform::SeededRandom random(7);
    constexpr std::string_view words[] = {
        "<Id>", "</Id>", "Melding", " dn=\"", "1", "2", "ø", "\n"
    };
    std::string text;
    while (text.size() < bytes) text += words[random.pick(std::size(words))];
    return text;
}

TEST(WholeInflater, OfOneUsualBlock_GivesItsContent) {
    const std::string text = sample(5000);
    const std::string data = deflated(text, 6, Z_DEFAULT_STRATEGY);
    const ZipEntry right = entry_of(data, text);
    EXPECT_EQ(inflate_at_once(data, right), text);
    EXPECT_EQ(
        WholeInflater().inflate(
            test::MemoryFile("xx" + data),
            [&] {
                ZipEntry behind = right;
                behind.data_offset = 2;
                return behind;
            }()
        ),
        text
    );
}

TEST(WholeInflater, WhereAnythingDiffers_LeavesItToLibzip) {
    const std::string text = sample(5000);
    const std::string data = deflated(text, 6, Z_DEFAULT_STRATEGY);
    const auto changed = [&](auto change) {
        ZipEntry entry = entry_of(data, text);
        change(entry);
        return inflate_at_once(data, entry);
    };
    EXPECT_EQ(changed([](ZipEntry&) {}), text);
    EXPECT_FALSE(changed([](ZipEntry& entry) { entry.crc32 ^= 1U; }));
    EXPECT_FALSE(changed([](ZipEntry& entry) { ++entry.expanded_bytes; }));
    EXPECT_FALSE(changed([](ZipEntry& entry) { --entry.expanded_bytes; }));
    EXPECT_FALSE(changed([](ZipEntry& entry) { --entry.compressed_bytes; }));
    EXPECT_FALSE(changed([](ZipEntry& entry) { ++entry.compressed_bytes; }));
    EXPECT_FALSE(changed([](ZipEntry& entry) { entry.data_offset = 1; }));
    EXPECT_FALSE(changed([](ZipEntry& entry) { entry.method = 0; }));
    EXPECT_FALSE(changed([](ZipEntry& entry) { entry.flags = 1; }));
    // One byte behind the end of the data that counts as theirs.
    EXPECT_FALSE(inflate_at_once(data + "x", entry_of(data + "x", text)));
}

TEST(IsSingleBlock, OfOtherKindsOfBlocks_IsFalse) {
    const std::string text = sample(5000);
    const auto is_single = [](const std::string& data) {
        return is_single_block(platform::as_bytes(data));
    };
    EXPECT_TRUE(is_single(deflated(text, 6, Z_DEFAULT_STRATEGY)));
    EXPECT_TRUE(is_single(deflated(text, 9, Z_HUFFMAN_ONLY)));
    EXPECT_FALSE(is_single(deflated(text, 6, Z_FIXED)));
    EXPECT_FALSE(is_single(deflated(text, 0, Z_DEFAULT_STRATEGY)));
    EXPECT_FALSE(is_single(deflated(sample(2'000'000), 6, Z_DEFAULT_STRATEGY)));
    EXPECT_FALSE(is_single(""));
    // Cut off in the description of its codes.
    EXPECT_FALSE(is_single(deflated(text, 6, Z_DEFAULT_STRATEGY).substr(0, 20)));
}

// `a`, then the code 286 that RFC 1951 reserves, written with its fixed codes: libdeflate takes it
// for the longest match, zlib and .NET refuse it.
TEST(WholeInflater, OfReservedCodes_LeavesThemToLibzip) {
    const std::string data("\x4B\x1C\x03\x00", 4);
    const auto by_libdeflate = inflated_by_libdeflate(data, 1000);
    ASSERT_TRUE(by_libdeflate);
    EXPECT_FALSE(inflated_by_zlib(data, 1000));
    EXPECT_FALSE(inflate_at_once(data, entry_of(data, *by_libdeflate)));
}

// Sizes and checksum are always those that libdeflate comes to, so only the data can be at fault.
TEST(WholeInflater, OfDataWithChangedBits_TakesNothingThatZlibRefuses) {
    platform::SeededRandom random(20261123);
    int at_once = 0;
    int by_libdeflate_only = 0;
    for (int round = 0; round < 60'000; ++round) {
        const std::string text = sample(20 + random.pick(400));
        std::string data = deflated(text, 9, Z_DEFAULT_STRATEGY);
        if (!is_single_block(platform::as_bytes(data))) continue;
        // Mostly in the description of the codes, where decoders differ.
        const std::size_t range = random.pick(4) == 0 ? data.size() : 12;
        for (std::uint64_t changes = 1 + random.pick(3); changes > 0; --changes) {
            data[random.pick(range)] ^= static_cast<char>(1U << random.pick(8));
        }
        constexpr std::size_t most_bytes = 200'000;
        const auto lenient = inflated_by_libdeflate(data, most_bytes);
        if (!lenient) continue;
        const auto exact = inflated_by_zlib(data, most_bytes);
        if (!exact) ++by_libdeflate_only;
        const auto taken = inflate_at_once(data, entry_of(data, *lenient));
        if (!taken) continue;
        ++at_once;
        ASSERT_EQ(taken, exact) << round;
    }
    std::cout << at_once << " changed entries inflated at once; " << by_libdeflate_only
              << " that zlib refuses and libdeflate alone takes\n";
    EXPECT_GT(at_once, 100);
    EXPECT_GT(by_libdeflate_only, 5);
}

}  // namespace
}  // namespace sfmkit::verifier
