#include "platform/random.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

namespace sfmkit {
namespace {

constexpr std::size_t mebibyte = 1 << 20;

/// One file that .NET encrypts and we open.
struct Journey {
    std::filesystem::path plain;
    std::filesystem::path sealed;
    std::filesystem::path opened;
    std::filesystem::path key;
};

std::filesystem::path dotnet_program() {
    return test::build_folder() / "interop" / "dotnet" / "envelope.dll";
}

bool is_dotnet_there() {
    return test::find_program("dotnet") && std::filesystem::exists(dotnet_program());
}

std::string plaintext_of(std::size_t size) {
    std::string text(size, '\0');
    platform::SeededRandom random(size);
    random.fill(std::as_writable_bytes(std::span(text)));
    return text;
}

std::string encrypt_command(
    const Journey& journey, const std::filesystem::path& certificate, const std::string& extension
) {
    return "encrypt\t" + journey.plain.string() + "\t" + journey.sealed.string() + "\t" +
           certificate.string() + "\t" + extension + "\n";
}

test::ProgramRun run_batch(const std::filesystem::path& list, const std::string& commands) {
    test::write_file(list, commands);
    return test::run_program("dotnet", {dotnet_program().string(), "batch", list.string()});
}

test::ProgramRun open(const Journey& journey, const std::vector<std::string>& further) {
    std::vector<std::string> arguments = {
        "open",
        journey.sealed.string(),
        "--key",
        journey.key.string(),
        "--output",
        journey.opened.string()
    };
    arguments.insert(arguments.end(), further.begin(), further.end());
    return test::run_program(test::build_folder() / "sfmkit", arguments);
}

// Oracle: System.Security.Cryptography (tests/interop/dotnet), the platform of the real service.
TEST(OpenCommand, OfWhatDotnetSealedForThreeRsaSizes_GivesTheSameBytes) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    if (!is_dotnet_there()) SFM_SKIP_OR_FAIL("the .NET SDK 10 is not installed");
    const test::TemporaryFolder folder;
    std::string commands;
    std::vector<Journey> journeys;
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
            const std::string name = std::to_string(bits) + "-" + std::to_string(size);
            const Journey journey{
                .plain = folder / (name + ".bin"),
                .sealed = folder / (name + ".pat"),
                .opened = folder / (name + ".opened"),
                .key = keys.key_pem
            };
            test::write_file(journey.plain, plaintext_of(size));
            commands += encrypt_command(journey, keys.certificate_pem, "zip");
            journeys.push_back(journey);
        }
    }
    const auto sealed = run_batch(folder / "commands", commands);
    ASSERT_EQ(sealed.exit_code, 0) << sealed.output;
    for (const Journey& journey : journeys) {
        const auto run = open(journey, {"--raw"});
        ASSERT_EQ(run.exit_code, 0) << journey.sealed << '\n' << run.output;
        EXPECT_EQ(test::read_file(journey.opened), test::read_file(journey.plain));
    }
    EXPECT_EQ(journeys.size(), 21U);
}

TEST(OpenCommand, OfOfficialZipsThatDotnetSealed_GivesTheSameBytes) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    if (!is_dotnet_there()) SFM_SKIP_OR_FAIL("the .NET SDK 10 is not installed");
    const test::TemporaryFolder folder;
    const auto keys = test::make_rsa_keys(folder / "keys", 2048);
    for (const auto& [zip, name] :
         {std::pair("ExportData.zip", "ExportData.dat"),
          {"0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.zip", "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.pat"}
         }) {
        const auto official = test::reference_file(std::string("data/") + zip);
        if (!official) SFM_SKIP_OR_FAIL("the official zips are not there");
        const Journey journey{
            .plain = *official, .sealed = folder / name, .opened = folder / zip, .key = keys.key_pem
        };
        const auto sealed =
            run_batch(folder / "commands", encrypt_command(journey, keys.certificate_pem, "zip"));
        ASSERT_EQ(sealed.exit_code, 0) << sealed.output;
        const auto run = open(journey, {});
        ASSERT_EQ(run.exit_code, 0) << run.output;
        EXPECT_EQ(test::read_file(journey.opened), test::read_file(*official));
    }
}

// The whole of `keys new`, `seal` and `open` together, each form of the key.
TEST(OpenCommand, OfWhatSealMade_GivesTheSameBytesWithPemAndPkcs12) {
    const auto official = test::reference_file("data/ExportData.zip");
    if (!official) SFM_SKIP_OR_FAIL("the official zips are not there");
    const test::TemporaryFolder folder;
    const auto sfmkit = test::build_folder() / "sfmkit";
    const auto keys = folder / "keys";
    const auto made = test::run_program(sfmkit, {"keys", "new", keys.string()});
    ASSERT_EQ(made.exit_code, 0) << made.output;
    const std::string label = "password of recipient.pfx: ";
    const auto begin = made.output.find(label) + label.size();
    test::write_file(
        folder / "password", made.output.substr(begin, made.output.find('\n', begin) - begin)
    );
    const auto sealed = folder / "ExportData.dat";
    ASSERT_EQ(
        test::run_program(
            sfmkit,
            {"seal",
             official->string(),
             sealed.string(),
             "--recipient",
             (keys / "recipient.cer").string()}
        )
            .exit_code,
        0
    );
    const Journey by_pem{
        .plain = *official,
        .sealed = sealed,
        .opened = folder / "by-pem.zip",
        .key = keys / "recipient.key.pem"
    };
    EXPECT_EQ(open(by_pem, {}).exit_code, 0);
    EXPECT_EQ(test::read_file(by_pem.opened), test::read_file(*official));
    Journey by_pfx = by_pem;
    by_pfx.opened = folder / "by-pfx.zip";
    by_pfx.key = keys / "recipient.pfx";
    const auto run = open(by_pfx, {"--pass-phrase-file", (folder / "password").string()});
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_EQ(test::read_file(by_pfx.opened), test::read_file(*official));
}

}  // namespace
}  // namespace sfmkit
