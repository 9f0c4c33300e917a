#include "client/encoder/seal_file.hpp"
#include "platform/random.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <span>

namespace sfmkit::client {
namespace {

constexpr std::size_t mebibyte = 1 << 20;

std::string plaintext_of(std::size_t size) {
    std::string text(size, '\0');
    platform::SeededRandom random(size);
    random.fill(std::as_writable_bytes(std::span(text)));
    return text;
}

// Oracle: System.Security.Cryptography (tests/interop/dotnet), the platform of the real service.
TEST(EnvelopeOnDotnet, SealedForThreeRsaSizes_IsDecryptedToTheSameBytes) {
    const auto program = test::build_folder() / "interop" / "dotnet" / "envelope.dll";
    if (!test::find_program("dotnet") || !std::filesystem::exists(program)) {
        SFM_SKIP_OR_FAIL("the .NET SDK 10 is not installed");
    }
    const test::TemporaryFolder folder;
    platform::SystemFiles files;
    platform::SystemRandom random;
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    std::string commands;
    std::vector<std::string> names;
    for (const unsigned bits : {2048U, 3072U, 4096U}) {
        const auto keys = test::make_rsa_keys(folder / "keys", bits);
        const auto certificate = test::read_certificate(keys.certificate_pem);
        for (const std::size_t size :
             {std::size_t{0},
              std::size_t{15},
              std::size_t{16},
              std::size_t{17},
              mebibyte - 1,
              mebibyte,
              mebibyte + 1}) {
            const std::string name = std::to_string(bits) + "-" + std::to_string(size);
            const auto plain = folder / (name + ".zip");
            test::write_file(plain, plaintext_of(size));
            const auto sealed = seal_file(
                files,
                {certificate, random, algorithms},
                {.input = plain, .output = folder / (name + ".pat"), .extension = "zip"}
            );
            ASSERT_TRUE(sealed.has_value()) << platform::describe(sealed.error());
            commands += "decrypt\t" + (folder / (name + ".pat")).string() + "\t" +
                        (folder / (name + ".opened")).string() + "\t" + keys.key_pem.string() +
                        "\tzip\n";
            names.push_back(name);
        }
    }
    test::write_file(folder / "commands", commands);

    const auto run =
        test::run_program("dotnet", {program.string(), "batch", (folder / "commands").string()});

    ASSERT_EQ(run.exit_code, 0) << run.output;
    for (const std::string& name : names) {
        EXPECT_EQ(
            test::read_file(folder / (name + ".opened")), test::read_file(folder / (name + ".zip"))
        ) << name;
    }
    EXPECT_EQ(names.size(), 21U);
}

}  // namespace
}  // namespace sfmkit::client
