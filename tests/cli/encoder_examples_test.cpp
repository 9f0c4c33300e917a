#include "client/encoder/zip_writer.hpp"
#include "tests/cli/encoder_workshop.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

// The programs of docs/encoder.md, run as they stand there: a vendor copies them.

namespace sfmkit {
namespace {

using testing::HasSubstr;

struct Language {
    const char* name;
    const char* file;
};

/// The words that run the example; none when its runtime is missing.
std::vector<std::string> command_of(const Language& language) {
    const std::string name = language.name;
    const std::string file = (test::examples() / language.file).string();
    if (name == "Python") {
        const std::string program = test::example_python();
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
    const test::EncoderWorkshop workshop;
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

    const test::RequestEvidence evidence = test::requests_of(mock);
    EXPECT_EQ(
        evidence.methods, (std::map<std::string, unsigned>{{"POST", 1}, {"PATCH", 5}, {"HEAD", 2}})
    );
    EXPECT_THAT(evidence.complaints, testing::IsEmpty());
    const auto stored = test::stored_in(mock);
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(test::read_file(stored.front()), sealed);
    const auto opened = workshop.open(stored.front().string(), "opened.zip");
    ASSERT_EQ(opened.exit_code, 0) << opened.output;
    EXPECT_EQ(test::read_file(workshop.path("opened.zip")), test::example_archive());

    turn_one_bit(workshop.sealed());
    EXPECT_EQ(workshop.open(workshop.sealed(), "changed.zip").exit_code, 1);
    EXPECT_FALSE(std::filesystem::exists(workshop.path("changed.zip")));
}

/// An offset beyond what was sent, an answer to HEAD without one, and one that does not move.
constexpr std::string_view misleading_answers = R"({"faults": [
    {"point": "answer", "match": {"method": "PATCH", "nth": 1},
     "action": {"do": "edit_answer", "shift": 10000000}},
    {"point": "answer", "match": {"method": "HEAD", "nth": 1},
     "action": {"do": "edit_answer", "remove": ["Upload-Offset"]}},
    {"point": "answer", "match": {"method": "PATCH", "nth": 2},
     "action": {"do": "edit_answer", "shift": -524288}}]})";

TEST_P(EncoderExample, MisleadingAnswers_AreNotBelieved) {
    const auto command = command_of(GetParam());
    if (command.empty()) {
        if (GetParam().name == std::string("Java")) GTEST_SKIP() << "no JDK is installed";
        SFM_SKIP_OR_FAIL("cannot run " << GetParam().name);
    }
    const test::EncoderWorkshop workshop;
    test::write_file(workshop.path("faults.json"), misleading_answers);
    test::ServedMock mock(workshop.path("mock"), {"--faults", workshop.path("faults.json")});
    const auto run = workshop.run(command, mock.url());
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_EQ(mock.stop(), 0);
    EXPECT_EQ(
        test::requests_of(mock).methods,
        (std::map<std::string, unsigned>{{"POST", 1}, {"PATCH", 3}, {"HEAD", 3}})
    );
    const auto stored = test::stored_in(mock);
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(test::read_file(stored.front()), test::read_file(workshop.sealed()));
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

TEST(EncoderExample, WithoutTheTusVersion_IsToldByTheMock) {
    const std::string program = test::example_python();
    if (program.empty()) SFM_SKIP_OR_FAIL("no Python with the package cryptography");
    const test::EncoderWorkshop workshop;
    test::write_file(
        workshop.path("bad.py"), test::changed_example(R"re("Tus-Resumable": "1.0.0", )re", "")
    );
    test::ServedMock mock(workshop.path("mock"));
    EXPECT_NE(workshop.run({program, workshop.path("bad.py")}, mock.url()).exit_code, 0);
    EXPECT_EQ(mock.stop(), 0);
    EXPECT_THAT(test::requests_of(mock).complaints, testing::ElementsAre("CORE-06"));
}

TEST(EncoderExample, TroubleThatStays_EndsItAndAnUploadThatIsGoneIsTold) {
    const std::string program = test::example_python();
    if (program.empty()) SFM_SKIP_OR_FAIL("no Python with the package cryptography");
    const std::vector<std::pair<std::string, std::string>> troubles = {
        {R"("answer", "status": 503)", ": 503"}, {R"("expire_upload")", ": 404; remove "}
    };
    for (const auto& [action, told] : troubles) {
        const test::EncoderWorkshop workshop;
        test::write_file(workshop.path("quick.py"), test::changed_example("0.25 \\*", "0.001 *"));
        test::write_file(
            workshop.path("faults.json"),
            R"({"faults": [{"times": 0, "point": "head", "match": {"method": "PATCH"},)"
            R"( "action": {"do": )" +
                action + "}}]}"
        );
        test::ServedMock mock(workshop.path("mock"), {"--faults", workshop.path("faults.json")});
        const auto run = workshop.run({program, workshop.path("quick.py")}, mock.url());
        EXPECT_NE(run.exit_code, 0);
        EXPECT_THAT(run.output, HasSubstr(told));
        EXPECT_EQ(mock.stop(), 0);
        EXPECT_LE(test::requests_of(mock).methods["PATCH"], 10U);
    }
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
    EXPECT_EQ(test::stored_in(mock).size(), 2U);

    const auto again = test::run_program(program, arguments);
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_THAT(again.output, HasSubstr("the file exists already"));
}

}  // namespace
}  // namespace sfmkit
