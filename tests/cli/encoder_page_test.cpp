#include "tests/cli/encoder_workshop.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <map>
#include <regex>
#include <sstream>

// docs/encoder.md and docs/uploader.md, held against what the programs do.

namespace sfmkit {
namespace {

using testing::HasSubstr;

const std::string nobody = "http://127.0.0.1:9/files";

std::string encoder_page() {
    return test::read_file(test::source_folder() / "docs" / "encoder.md");
}

struct Mistake {
    const char* told;  ///< how its row on the page begins
    const char* pattern;
    const char* replacement;
};

constexpr std::array mistakes = {
    Mistake{"OAEP with SHA-1", "SHA512", "SHA1"},
    Mistake{
        "OAEP with SHA-512 but MGF1", R"re(MGF1\(hashes.SHA512\(\)\))re", "MGF1(hashes.SHA1())"
    },
    Mistake{
        "PKCS#1 v1.5",
        R"re(OAEP\(mgf.*)re",
        "__import__('cryptography.hazmat.primitives.asymmetric.padding', fromlist=['x']).PKCS1v15()"
    },
    Mistake{"lengths with the high byte", "<III", ">III"},
    Mistake{"an AES key of 16", R"re(token_bytes\(32\))re", "token_bytes(16)"},
    Mistake{"the cipher is not closed", R"re(target.write\(cipher.update\(pad.final.*)re", "pass"},
    Mistake{"IV before the wrapped", R"re(wrapped \+ iv)re", "iv + wrapped"},
    Mistake{"extension as plain text", R"re(base64.b64encode\(b"xps" if .*)re", "b'zip'"},
    Mistake{"extension with a dot", R"re(else b"zip")re", "else b'.zip'"},
};

/// Mistake and rule of each row of that table.
std::vector<std::pair<std::string, std::string>> rows_of_the_page() {
    const std::string text = encoder_page();
    static const std::regex row(R"re(\| ([^|\n]+) \| `([A-Z]+-[0-9]+)` \|)re");
    std::vector<std::pair<std::string, std::string>> rows;
    for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at) {
        rows.emplace_back((*at)[1], (*at)[2]);
    }
    return rows;
}

TEST(EncoderPage, CommonMistakes_AreToldAsItSays) {
    const std::string program = test::example_python();
    if (program.empty()) SFM_SKIP_OR_FAIL("no Python with the package cryptography");
    const test::EncoderWorkshop workshop;
    const auto rows = rows_of_the_page();
    ASSERT_EQ(rows.size(), mistakes.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        SCOPED_TRACE(rows[i].first);
        EXPECT_TRUE(rows[i].first.starts_with(mistakes[i].told));
        const auto changed = test::changed_example(mistakes[i].pattern, mistakes[i].replacement);
        test::write_file(workshop.path("bad.py"), changed);
        std::filesystem::remove(workshop.sealed());
        workshop.run({program, workshop.path("bad.py")}, nobody);
        const auto verdict =
            test::run_sfmkit({"verify", workshop.sealed(), "--key", workshop.key()});
        EXPECT_NE(verdict.exit_code, 0);
        EXPECT_THAT(verdict.output, HasSubstr("[" + rows[i].second + "]"));
    }
    std::filesystem::remove(workshop.sealed());
    workshop.run({program, (test::examples() / "encoder.py").string()}, nobody);
    const auto right = test::run_sfmkit({"verify", workshop.sealed(), "--key", workshop.key()});
    EXPECT_THAT(right.output, testing::Not(HasSubstr("[ENV-")));
}

/// What stands between the fences of that kind, in order.
std::vector<std::string> blocks_of(const std::string& text, const std::string& kind) {
    const std::string fence = "```" + kind + "\n";
    std::vector<std::string> blocks;
    for (std::size_t at = 0; (at = text.find("\n" + fence, at)) != std::string::npos;) {
        at += fence.size() + 1;
        const std::size_t end = text.find("```", at);
        blocks.push_back(text.substr(at, end - at));
        at = text.find('\n', end);
    }
    return blocks;
}

TEST(EncoderPage, CodeBlocks_AreTheFilesOfTheExamples) {
    const std::map<std::string, std::string> files = {
        {"cpp", "encoder.cpp"},
        {"csharp", "Encoder.cs"},
        {"java", "Encoder.java"},
        {"js", "encoder.mjs"},
        {"python", "encoder.py"},
    };
    for (const auto& [kind, file] : files) {
        const bool same = blocks_of(encoder_page(), kind) ==
                          std::vector{test::read_file(test::examples() / file)};
        EXPECT_TRUE(same) << "copy docs/examples/" << file << " into docs/encoder.md";
    }
    EXPECT_EQ(
        blocks_of("text\n```cpp\nint a;\n```\nmore", "cpp"), std::vector<std::string>{"int a;\n"}
    );
}

/// The sealed file of 320 bytes that the page shows.
std::string file_of_the_hexdump() {
    std::string bytes;
    std::istringstream lines(blocks_of(encoder_page(), "").at(0));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line.substr(line.find(':') + 1));
        for (std::string word; words >> word;) {
            bytes.push_back(static_cast<char>(std::stoi(word, nullptr, 16)));
        }
    }
    return bytes;
}

TEST(EncoderPage, HexdumpAndTable_AreOfTheSameFile) {
    const std::string table = blocks_of(encoder_page(), "").at(1);
    const std::string bytes = file_of_the_hexdump();
    const test::TemporaryFolder folder;
    const std::string file = (folder / "small.dat").string();
    test::write_file(file, bytes);
    EXPECT_THAT(test::run_sfmkit({"inspect", file}).output, HasSubstr(table));
    test::write_file(file, bytes.substr(16));
    EXPECT_THAT(test::run_sfmkit({"inspect", file}).output, testing::Not(HasSubstr(table)));
}

TEST(UploaderPage, HeadsOfRequests_AreThoseThatAreSent) {
    const test::TemporaryFolder folder;
    std::filesystem::create_directory(folder / "export");
    test::write_file(folder / "export/ExportData.dat", file_of_the_hexdump());
    test::ServedMock mock(folder / "mock");
    const std::string source = (folder / "export").string();
    const auto run = test::run_sfmkit(
        {"upload",
         source,
         "--url",
         mock.url(),
         "--chunk-size",
         "256",
         "--session",
         test::example_session}
    );
    ASSERT_EQ(run.exit_code, 0) << run.output;
    EXPECT_EQ(mock.stop(), 0);
    const auto har = nlohmann::json::parse(
        test::run_sfmkit({"evidence", "har", mock.data_folder().string()}).output
    );
    const std::string shown = test::read_file(test::source_folder() / "docs" / "uploader.md");
    std::size_t lines = 0;
    for (const auto& entry : har.at("log").at("entries")) {
        for (const auto& field : entry.at("request").at("headers")) {
            const std::string name = field.at("name");
            if (name == "Host") continue;
            EXPECT_THAT(
                shown, HasSubstr("\n" + name + ": " + field.at("value").get<std::string>() + "\n")
            );
            ++lines;
        }
    }
    EXPECT_EQ(lines, 14U);
}

}  // namespace
}  // namespace sfmkit
