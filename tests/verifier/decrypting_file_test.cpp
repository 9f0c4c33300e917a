#include "verifier/decrypting_file.hpp"

#include "fixtures/envelope_recipe.hpp"
#include "tests/support/memory_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t window = 65536;

const platform::CryptoAlgorithms& algorithms() {
    static const auto fetched = platform::CryptoAlgorithms::fetch();
    return fetched;
}

/// Bytes that count, so that every place looks different from its neighbours.
std::string counting(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>((i * 7 + i / 251) & 0xFFU);
    return text;
}

std::string from_hex(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    }
    return bytes;
}

platform::Result<std::unique_ptr<DecryptingFile>> open(
    const test::MemoryFile& file, std::size_t length, const std::string& iv, const std::string& key
) {
    return DecryptingFile::open(
        file,
        {.offset_bytes = 0, .length_bytes = length},
        platform::as_bytes(iv),
        platform::as_bytes(key),
        algorithms()
    );
}

std::string read_range(const platform::ReadableFile& file, std::uint64_t offset, std::size_t size) {
    std::string text(size, '\0');
    const auto count = file.read_at(offset, std::as_writable_bytes(std::span(text)));
    if (!count) throw std::runtime_error(platform::describe(count.error()));
    text.resize(*count);
    return text;
}

struct KnownAnswer {
    std::string plain;
    const char* cipher;
};

// Oracle: `openssl enc -aes-256-cbc` with key 000102…1f and IV 000102…0f.
TEST(DecryptingFile, OfOpensslCiphertext_GivesPlaintext) {
    const std::string key =
        from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    const std::string iv = key.substr(0, 16);
    const KnownAnswer answers[] = {
        {"", "e9c3ef8ab23453e6f0749cd636e7a88e"},
        {std::string("PK\x05\x06", 4) + std::string(18, '\0'),
         "560e4426e6451ea93ff770cf1ecec5cc81c01db4e5a4df4b0ea82610aa1405c5"},
    };
    for (const KnownAnswer& answer : answers) {
        const std::string cipher = from_hex(answer.cipher);
        const test::MemoryFile file(cipher);
        const auto opened = open(file, cipher.size(), iv, key);
        ASSERT_TRUE(opened.has_value());
        EXPECT_EQ((*opened)->size().value_or(99), answer.plain.size());
        EXPECT_EQ(read_range(**opened, 0, 100), answer.plain);
    }
}

TEST(DecryptingFile, WithBrokenLastBlock_IsRefused) {
    const std::string cipher = from_hex("e9c3ef8ab23453e6f0749cd636e7a88f");
    const test::MemoryFile file(cipher);
    const auto opened = open(file, cipher.size(), std::string(16, 'i'), std::string(32, 'k'));
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, platform::Errc::malformed);
}

/// The ciphertext of an envelope that test code made, behind a header of known length.
struct Sealed {
    std::string file;
    fixtures::EnvelopeRecipe recipe;
    std::size_t body = 288;
};

const Sealed& sealed(std::size_t size) {
    static const platform::PrivateKey key = fixtures::make_rsa_key(2048);
    static std::map<std::size_t, Sealed> made;
    Sealed& result = made[size];
    if (result.file.empty()) {
        result.recipe.plaintext = counting(size);
        result.file = fixtures::make_envelope(result.recipe, key.get());
    }
    return result;
}

std::unique_ptr<DecryptingFile> opened(const test::MemoryFile& file, const Sealed& source) {
    auto view = DecryptingFile::open(
        file,
        {.offset_bytes = source.body, .length_bytes = source.file.size() - source.body},
        platform::as_bytes(source.recipe.iv),
        platform::as_bytes(source.recipe.aes_key),
        algorithms()
    );
    if (!view) throw std::runtime_error(platform::describe(view.error()));
    return std::move(*view);
}

TEST(DecryptingFile, AroundBlocksAndWindows_GivesEveryByte) {
    for (const std::size_t size :
         {std::size_t{0},
          std::size_t{1},
          std::size_t{15},
          std::size_t{16},
          std::size_t{17},
          window - 1,
          window,
          window + 1,
          3 * window - 16,
          3 * window}) {
        const Sealed& source = sealed(size);
        const test::MemoryFile file(source.file);
        const auto view = opened(file, source);
        EXPECT_EQ(view->size().value_or(1), size);
        EXPECT_EQ(read_range(*view, 0, size + 100), source.recipe.plaintext) << size;
    }
}

RC_GTEST_PROP(DecryptingFile, AtAnyRange_EqualsThePlaintextThere, ()) {
    const Sealed& source = sealed(5 * window + 77);
    const test::MemoryFile file(source.file);
    const auto view = opened(file, source);
    const std::string& plain = source.recipe.plaintext;
    // Several reads of one view, so that the window is left and entered again.
    for (int i = 0; i < 4; ++i) {
        const auto offset = *rc::gen::inRange<std::size_t>(0, plain.size() + 10);
        const auto size = *rc::gen::inRange<std::size_t>(0, 2 * window);
        const std::string expected = offset < plain.size() ? plain.substr(offset, size) : "";
        RC_ASSERT(read_range(*view, offset, size) == expected);
    }
}

}  // namespace
}  // namespace sfmkit::verifier
