#include "platform/process.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <optional>
#include <thread>

namespace sfmkit {
namespace {

constexpr std::size_t patients = 150;

std::filesystem::path program() {
    return test::build_folder() / "sfmkit";
}

/// How many files have their final name by now.
std::size_t packed_files(const std::filesystem::path& folder) {
    std::size_t count = 0;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator(folder, gone)) {
        if (entry.path().extension() == ".pat") ++count;
    }
    return count;
}

std::map<std::string, std::uint64_t> sizes_below(const std::filesystem::path& folder) {
    std::map<std::string, std::uint64_t> sizes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        sizes[entry.path().lexically_relative(folder).generic_string()] = entry.file_size();
    }
    return sizes;
}

class PackCommand : public testing::Test {
  protected:
    void SetUp() override {
        const auto keys = run({"keys", "new", path("keys")});
        ASSERT_EQ(keys.exit_code, 0) << keys.output;
        const auto plain =
            run({"generate", path("plain"), "--plain", "--patients", std::to_string(patients)});
        ASSERT_EQ(plain.exit_code, 0) << plain.output;
    }

    test::ProgramRun run(const std::vector<std::string>& arguments) {
        return test::run_program(program(), arguments);
    }

    std::vector<std::string> pack_into(const std::string& name) {
        return {
            "pack",
            path("plain"),
            path(name),
            "--recipient",
            path("keys/recipient.cer"),
            "--jobs",
            "2"
        };
    }

    std::string path(const std::string& name) { return (folder_ / name).string(); }

    test::TemporaryFolder folder_;
};

// Equal documents make files of equal size, so an export that was never interrupted tells what one
// that was must be; that its files open is tested with openssl in tests/client.
TEST_F(PackCommand, KilledAgainAndAgain_GoesOnToTheSameExport) {
    const auto undisturbed = run(pack_into("whole"));
    ASSERT_EQ(undisturbed.exit_code, 0) << undisturbed.output;
    const auto whole = sizes_below(folder_ / "whole");
    ASSERT_GE(whole.size(), patients + 2);

    std::size_t kills = 0;
    for (const std::size_t wanted : {1U, 20U, 50U, 90U, 130U}) {
        auto child = platform::ChildProcess::start(
            {.program = program(), .arguments = pack_into("out"), .output = folder_ / "output"}
        );
        ASSERT_TRUE(child.has_value());
        while (packed_files(folder_ / "out/Patients0") < wanted &&
               !child->wait_for(std::chrono::milliseconds(1))) {
            std::this_thread::yield();
        }
        child->kill();
        if (std::filesystem::exists(folder_ / "out/Index.txt")) break;
        ++kills;
        std::cout << "killed after " << packed_files(folder_ / "out/Patients0") << " of "
                  << patients << " patients\n";
        EXPECT_TRUE(std::filesystem::exists(folder_ / "out.pack"));
    }
    EXPECT_GE(kills, 3U);

    const auto last = run(pack_into("out"));
    ASSERT_EQ(last.exit_code, 0) << last.output;
    EXPECT_NE(last.output.find("files were there already"), std::string::npos) << last.output;
    EXPECT_EQ(sizes_below(folder_ / "out"), whole);
    EXPECT_EQ(
        test::read_file(folder_ / "out/Index.txt"), test::read_file(folder_ / "whole/Index.txt")
    );
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pack"));
}

// The rules about the order of entries (ZIP-13) and about what Meldinger names are the verifier's,
// written separately from the same facts.
TEST_F(PackCommand, OfAGeneratedPlainFolder_HasItsEntriesInOrder) {
    const auto packed = run(pack_into("out"));
    ASSERT_EQ(packed.exit_code, 0) << packed.output;

    const auto verified = run({"verify", path("out"), "--key", path("keys/recipient.key.pem")});

    EXPECT_EQ(verified.exit_code, 0) << verified.output;
    EXPECT_FALSE(verified.output.contains("ZIP-13")) << verified.output;
    EXPECT_TRUE(verified.output.starts_with("CONFORMS: ")) << verified.output;
}

TEST_F(PackCommand, TwiceAtOnceIntoOneFolder_RefusesTheSecondAndSparesTheFirst) {
    const auto undisturbed = run(pack_into("whole"));
    ASSERT_EQ(undisturbed.exit_code, 0) << undisturbed.output;
    auto first = platform::ChildProcess::start(
        {.program = program(), .arguments = pack_into("out"), .output = folder_ / "output"}
    );
    ASSERT_TRUE(first.has_value());
    std::optional<int> ended;
    while (!ended && packed_files(folder_ / "out/Patients0") == 0) {
        ended = first->wait_for(std::chrono::milliseconds(1));
    }
    std::size_t refusals = 0;
    while (!ended) {
        const auto second = run(pack_into("out"));
        EXPECT_EQ(second.exit_code, 2) << second.output;
        if (second.output.ends_with("[ERR-usage]\n")) {
            ++refusals;
            EXPECT_TRUE(second.output.contains("another process is using this")) << second.output;
        } else {
            // The first has ended meanwhile: the folder is complete.
            EXPECT_TRUE(second.output.ends_with("[ERR-already-exists]\n")) << second.output;
        }
        ended = first->wait_for(std::chrono::milliseconds(1));
    }

    EXPECT_GE(refusals, 1U);
    EXPECT_EQ(ended, 0) << test::read_file(folder_ / "output");
    EXPECT_EQ(sizes_below(folder_ / "out"), sizes_below(folder_ / "whole"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pack"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "out.pack.lock"));
}

TEST_F(PackCommand, WithUnusableInput_IsRefusedAndMakesNothing) {
    struct Row {
        std::vector<std::string> arguments;
        std::string id;
    };
    const std::string recipient = path("keys/recipient.cer");
    for (const Row& row : {
             Row{{path("no-such"), path("out"), "--recipient", recipient}, "not-found"},
             Row{{path("keys"), path("out"), "--recipient", recipient}, "usage"},
             Row{{path("plain"), path("out"), "--recipient", path("keys/ca.crt")}, "unusable-key"},
             Row{{path("plain"), path("plain/Patients"), "--recipient", recipient}, "already-exists"
             },
         }) {
        std::vector<std::string> words = {"pack"};
        words.insert(words.end(), row.arguments.begin(), row.arguments.end());
        const auto refused = run(words);
        EXPECT_EQ(refused.exit_code, 2) << refused.output;
        EXPECT_TRUE(refused.output.ends_with("[ERR-" + row.id + "]\n")) << refused.output;
        EXPECT_FALSE(std::filesystem::exists(folder_ / "out"));
        EXPECT_FALSE(std::filesystem::exists(folder_ / "plain/Patients.pack"));
        EXPECT_FALSE(std::filesystem::exists(folder_ / "plain/Patients.pack.lock"));
    }
}

}  // namespace
}  // namespace sfmkit
