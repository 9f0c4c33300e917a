#include "tests/support/reference.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "verifier/checked_plaintext.hpp"

#include <gtest/gtest.h>

#include <span>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t mebibyte = 1 << 20;

std::string plaintext_of(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>((i * 31 + i / 997) & 0xFFU);
    return text;
}

struct Case {
    std::string name;
    std::string plaintext;
    test::RsaKeyFiles keys;
};

std::string opened(
    const VerifyWorld& world, const std::filesystem::path& path, const Case& sealed
) {
    const auto key = platform::parse_private_key(
        platform::as_bytes(test::read_file(sealed.keys.key_pem)), "key", {}
    );
    if (!key) throw std::runtime_error(platform::describe(key.error()));
    const auto plain = open_checked(world, path, *key, Release::raw);
    if (!plain) throw std::runtime_error(platform::describe(plain.error()));
    std::string text(sealed.plaintext.size() + 32, '\0');
    const auto count = plain->plaintext->read_at(0, std::as_writable_bytes(std::span(text)));
    if (!count) throw std::runtime_error(platform::describe(count.error()));
    text.resize(*count);
    return text;
}

// Oracle: System.Security.Cryptography (tests/interop/dotnet), the platform of the real exporter.
TEST(EnvelopeFromDotnet, ForThreeRsaSizes_IsOpenedToTheSameBytes) {
    const auto program = test::build_folder() / "interop" / "dotnet" / "envelope.dll";
    if (!test::find_program("dotnet") || !std::filesystem::exists(program)) {
        SFM_SKIP_OR_FAIL("the .NET SDK 10 is not installed");
    }
    const test::TemporaryFolder folder;
    std::vector<Case> cases;
    std::string commands;
    for (const unsigned bits : {2048U, 3072U, 4096U}) {
        const auto keys = test::make_rsa_keys(folder / "keys", bits);
        for (const std::size_t size :
             {std::size_t{0},
              std::size_t{15},
              std::size_t{16},
              std::size_t{17},
              mebibyte - 1,
              mebibyte,
              mebibyte + 1}) {
            Case made{
                .name = std::to_string(bits) + "-" + std::to_string(size),
                .plaintext = plaintext_of(size),
                .keys = keys,
            };
            test::write_file(folder / (made.name + ".zip"), made.plaintext);
            commands += "encrypt\t" + (folder / (made.name + ".zip")).string() + "\t" +
                        (folder / (made.name + ".pat")).string() + "\t" +
                        keys.certificate_pem.string() + "\tzip\n";
            cases.push_back(std::move(made));
        }
    }
    test::write_file(folder / "commands", commands);
    const auto run =
        test::run_program("dotnet", {program.string(), "batch", (folder / "commands").string()});
    ASSERT_EQ(run.exit_code, 0) << run.output;

    platform::SystemFiles files;
    const platform::SystemClock clock;
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    for (const Case& sealed : cases) {
        EXPECT_TRUE(
            opened({files, clock, algorithms}, folder / (sealed.name + ".pat"), sealed) ==
            sealed.plaintext
        ) << sealed.name;
    }
    EXPECT_EQ(cases.size(), 21U);
}

}  // namespace
}  // namespace sfmkit::verifier
