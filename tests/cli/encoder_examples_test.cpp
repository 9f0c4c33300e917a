#include "client/encoder/zip_writer.hpp"
#include "platform/random.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/served_mock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>
#include <regex>
#include <sstream>

// The programs of docs/encoder.md, run as they stand there: a vendor copies them.

namespace sfmkit {
namespace {

using testing::HasSubstr;

const std::string session = "3a68365f-4dec-4ecf-b3e7-04bedbdd1096";
const std::string nobody = "http://127.0.0.1:9/files";

std::filesystem::path examples() {
    return test::source_folder() / "docs" / "examples";
}

std::string page() {
    return test::read_file(test::source_folder() / "docs" / "encoder.md");
}

/// An archive of one entry that does not shrink: three chunks.
std::string archive() {
    platform::ByteBuffer content(1'200'000);
    platform::SeededRandom(1).fill(content);
    const client::ZipEntry entry{"ExportData.xml", platform::Bytes(content)};
    const auto zip = client::write_zip(
        std::span(&entry, 1),
        {.modified = std::chrono::local_days(std::chrono::year(2026) / 1 / 1),
         .method = client::ZipMethod::deflate}
    );
    return std::string(platform::as_text(zip.value()));
}

/// Keys, a plain archive and the place of what is made of it.
class Workshop {
  public:
    Workshop() {
        EXPECT_EQ(test::run_sfmkit({"keys", "new", path("keys")}).exit_code, 0);
        test::write_file(folder_ / "plain.zip", archive());
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string key() const { return path("keys/recipient.key.pem"); }
    std::string sealed() const { return path("ExportData.dat"); }

    test::ProgramRun run(std::vector<std::string> program, const std::string& url) const {
        const std::string name = program.front();
        program.erase(program.begin());
        const auto certificate = path("keys/recipient.cer");
        program.insert(program.end(), {path("plain.zip"), sealed(), certificate, url, session});
        return test::run_program(name, program);
    }
    test::ProgramRun open(const std::string& file, const std::string& target) const {
        return test::run_sfmkit({"open", file, "--key", key(), "--output", path(target)});
    }

  private:
    test::TemporaryFolder folder_;
};

/// Debian's Python, which has the package; another one may come first on PATH.
std::string python() {
    for (const std::string name : {"/usr/bin/python3", "python3"}) {
        if (!test::find_program(name) && !std::filesystem::exists(name)) continue;
        if (test::run_program(name, {"-c", "import cryptography"}).exit_code == 0) return name;
    }
    return {};
}

struct Language {
    const char* name;
    const char* file;
};

/// The words that run the example; none when its runtime is missing.
std::vector<std::string> command_of(const Language& language) {
    const std::string name = language.name;
    const std::string file = (examples() / language.file).string();
    if (name == "Python") {
        const std::string program = python();
        return program.empty() ? std::vector<std::string>() : std::vector{program, file};
    }
    if (name == "JavaScript") {
        if (!test::find_program("node")) return {};
        return {"node", file};
    }
    if (name == "Java") {
        if (!test::find_program("java") || !test::find_program("javac")) return {};
        // One run each: the quick compiler is enough.
        return {"java", "-XX:TieredStopAtLevel=1", "-Xshare:auto", file};
    }
    const auto program = test::build_folder() / "interop" / "dotnet" / "envelope.dll";
    if (!test::find_program("dotnet") || !std::filesystem::exists(program)) return {};
    return {"dotnet", program.string(), "example"};
}

/// What the evidence says of all requests.
struct Evidence {
    std::map<std::string, unsigned> methods;
    std::vector<std::string> complaints;  ///< rules above info
};

Evidence evidence_of(const test::ServedMock& mock) {
    const auto run = test::run_sfmkit({"evidence", "log", mock.data_folder().string(), "--json"});
    EXPECT_EQ(run.exit_code, 0) << run.output;
    Evidence evidence;
    std::istringstream lines(run.output);
    for (std::string line; std::getline(lines, line);) {
        const auto row = nlohmann::json::parse(line);
        if (row.at("kind") != "request") continue;
        ++evidence.methods[row.at("method").get<std::string>()];
        for (const auto& finding : row.at("findings")) {
            if (finding.at("severity") == "info") continue;
            evidence.complaints.push_back(finding.at("rule").get<std::string>());
        }
    }
    return evidence;
}

std::vector<std::filesystem::path> stored_in(const test::ServedMock& mock) {
    std::vector<std::filesystem::path> stored;
    for (const auto& entry : std::filesystem::directory_iterator(mock.data_folder() / "uploads")) {
        if (!entry.path().has_extension()) stored.push_back(entry.path());
    }
    return stored;
}

void turn_one_bit(const std::filesystem::path& file) {
    std::string bytes = test::read_file(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    test::write_file(file, bytes);
}

/// The second PATCH loses its connection, the fourth is refused for good, which ends the program.
constexpr std::string_view two_faults = R"({"faults": [
    {"point": "body", "at_byte": 1000, "match": {"method": "PATCH", "nth": 2},
     "action": {"do": "reset"}},
    {"point": "head", "match": {"method": "PATCH", "nth": 4},
     "action": {"do": "answer", "status": 403}}]})";

class EncoderExample : public testing::TestWithParam<Language> {};

TEST_P(EncoderExample, InterruptedTwice_UploadsOnceWhatOpensToTheSameBytes) {
    const auto command = command_of(GetParam());
    if (command.empty()) {
        // No Debian package of ours brings a JDK: it would cost CI more than it tells.
        if (GetParam().name == std::string("Java")) GTEST_SKIP() << "no JDK is installed";
        SFM_SKIP_OR_FAIL("cannot run " << GetParam().name);
    }
    const Workshop workshop;
    test::write_file(workshop.path("faults.json"), two_faults);
    test::ServedMock mock(workshop.path("mock"), {"--faults", workshop.path("faults.json")});
    const auto first = workshop.run(command, mock.url());
    EXPECT_NE(first.exit_code, 0) << first.output;
    EXPECT_THAT(first.output, HasSubstr("403"));
    const std::string sealed = test::read_file(workshop.sealed());
    const auto second = workshop.run(command, mock.url());
    EXPECT_EQ(second.exit_code, 0) << second.output;
    EXPECT_EQ(test::read_file(workshop.sealed()), sealed);
    EXPECT_EQ(mock.stop(), 0);

    const Evidence evidence = evidence_of(mock);
    EXPECT_EQ(
        evidence.methods, (std::map<std::string, unsigned>{{"POST", 1}, {"PATCH", 5}, {"HEAD", 2}})
    );
    EXPECT_THAT(evidence.complaints, testing::IsEmpty());
    const auto stored = stored_in(mock);
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(test::read_file(stored.front()), sealed);
    const auto opened = workshop.open(stored.front().string(), "opened.zip");
    ASSERT_EQ(opened.exit_code, 0) << opened.output;
    EXPECT_EQ(test::read_file(workshop.path("opened.zip")), archive());

    turn_one_bit(workshop.sealed());
    EXPECT_EQ(workshop.open(workshop.sealed(), "changed.zip").exit_code, 1);
    EXPECT_FALSE(std::filesystem::exists(workshop.path("changed.zip")));
}

INSTANTIATE_TEST_SUITE_P(
    OfThePage,
    EncoderExample,
    testing::Values(
        Language{"CSharp", "Encoder.cs"},
        Language{"Java", "Encoder.java"},
        Language{"JavaScript", "encoder.mjs"},
        Language{"Python", "encoder.py"}
    ),
    [](const auto& tested) { return std::string(tested.param.name); }
);

/// The Python example with one thing done wrong.
std::string changed_example(const std::string& pattern, const std::string& replacement) {
    const std::string text = test::read_file(examples() / "encoder.py");
    std::string changed = std::regex_replace(text, std::regex(pattern), replacement);
    EXPECT_NE(changed, text) << pattern;
    return changed;
}

TEST(EncoderExample, WithoutTheTusVersion_IsToldByTheMock) {
    const std::string program = python();
    if (program.empty()) SFM_SKIP_OR_FAIL("no Python with the package cryptography");
    const Workshop workshop;
    test::write_file(
        workshop.path("bad.py"), changed_example(R"re("Tus-Resumable": "1.0.0", )re", "")
    );
    test::ServedMock mock(workshop.path("mock"));
    EXPECT_NE(workshop.run({program, workshop.path("bad.py")}, mock.url()).exit_code, 0);
    EXPECT_EQ(mock.stop(), 0);
    EXPECT_THAT(evidence_of(mock).complaints, testing::ElementsAre("CORE-06"));
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
    const std::string text = page();
    static const std::regex row(R"re(\| ([^|\n]+) \| `([A-Z]+-[0-9]+)` \|)re");
    std::vector<std::pair<std::string, std::string>> rows;
    for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at) {
        rows.emplace_back((*at)[1], (*at)[2]);
    }
    return rows;
}

TEST(EncoderPage, CommonMistakes_AreToldAsItSays) {
    const std::string program = python();
    if (program.empty()) SFM_SKIP_OR_FAIL("no Python with the package cryptography");
    const Workshop workshop;
    const auto rows = rows_of_the_page();
    ASSERT_EQ(rows.size(), mistakes.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        SCOPED_TRACE(rows[i].first);
        EXPECT_TRUE(rows[i].first.starts_with(mistakes[i].told));
        const auto changed = changed_example(mistakes[i].pattern, mistakes[i].replacement);
        test::write_file(workshop.path("bad.py"), changed);
        std::filesystem::remove(workshop.sealed());
        workshop.run({program, workshop.path("bad.py")}, nobody);
        const auto verdict =
            test::run_sfmkit({"verify", workshop.sealed(), "--key", workshop.key()});
        EXPECT_NE(verdict.exit_code, 0);
        EXPECT_THAT(verdict.output, HasSubstr("[" + rows[i].second + "]"));
    }
    std::filesystem::remove(workshop.sealed());
    workshop.run({program, (examples() / "encoder.py").string()}, nobody);
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
        const bool same =
            blocks_of(page(), kind) == std::vector{test::read_file(examples() / file)};
        EXPECT_TRUE(same) << "copy docs/examples/" << file << " into docs/encoder.md";
    }
    EXPECT_EQ(
        blocks_of("text\n```cpp\nint a;\n```\nmore", "cpp"), std::vector<std::string>{"int a;\n"}
    );
}

/// The sealed file of 320 bytes that the page shows.
std::string file_of_the_hexdump() {
    std::string bytes;
    std::istringstream lines(blocks_of(page(), "").at(0));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line.substr(line.find(':') + 1));
        for (std::string word; words >> word;) {
            bytes.push_back(static_cast<char>(std::stoi(word, nullptr, 16)));
        }
    }
    return bytes;
}

TEST(EncoderPage, HexdumpAndTable_AreOfTheSameFile) {
    const std::string table = blocks_of(page(), "").at(1);
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
        {"upload", source, "--url", mock.url(), "--chunk-size", "256", "--session", session}
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

TEST(EncoderExample, InCpp_MakesAnExportThatConforms) {
    const test::TemporaryFolder folder;
    const auto path = [&folder](const char* name) { return (folder / name).string(); };
    const auto runs = [](const std::vector<std::string>& arguments) {
        const auto run = test::run_sfmkit(arguments);
        EXPECT_EQ(run.exit_code, 0) << run.output;
    };
    runs({"keys", "new", path("keys")});
    runs({"generate", path("plain"), "--plain", "--patients", "1", "--reports", "0"});
    const std::string document = test::read_file(folder / "plain/ExportData.xml");
    const client::ZipEntry entry{"ExportData.xml", platform::as_bytes(document)};
    const auto zip = client::write_zip(
        std::span(&entry, 1), {.modified = std::chrono::local_days(std::chrono::year(2026) / 1 / 1)}
    );
    test::write_file(folder / "plain.zip", platform::as_text(zip.value()));
    const std::filesystem::directory_iterator patients(folder / "plain/Patients");
    const std::vector<std::string> arguments = {
        path("keys/recipient.cer"), path("plain.zip"), patients->path().string(), path("export")
    };
    const auto program = test::build_folder() / "sfmkit_example_encoder";
    const auto made = test::run_program(program, arguments);
    ASSERT_EQ(made.exit_code, 0) << made.output;
    runs({"verify", path("export"), "--key", path("keys/recipient.key.pem")});
    const test::ServedMock mock(folder / "mock");
    runs({"upload", path("export"), "--url", mock.url()});
    EXPECT_EQ(stored_in(mock).size(), 2U);

    const auto again = test::run_program(program, arguments);
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.output, HasSubstr("the file exists already"));
}

}  // namespace
}  // namespace sfmkit
