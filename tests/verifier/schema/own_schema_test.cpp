// Oracle: xmllint (Debian's libxml2-utils) as a program of its own, and the official examples.
#include "verifier/schema/own_schema.hpp"

#include "platform/process.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/schema/official_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

namespace sfmkit::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

struct XmllintRun {
    int exit_code = -1;
    std::vector<std::string> lines{};
};

/// `xmllint --noout --schema` with our schema as the file in the repository.
XmllintRun run_xmllint(const std::filesystem::path& program, const std::string& document) {
    const TemporaryFolder folder;
    write_file(folder / "document.xml", document);
    const auto schema = source_folder() / "verifier" / "schema" / "sfm_export.xsd";
    auto child = platform::ChildProcess::start(
        {.program = program,
         .arguments = {"--noout", "--schema", schema.string(), (folder / "document.xml").string()},
         .output = folder / "output.txt"}
    );
    XmllintRun run;
    if (!child) return run;
    run.exit_code = child->wait_for(std::chrono::seconds(60)).value_or(-1);
    std::istringstream output(read_file(folder / "output.txt"));
    for (std::string line; std::getline(output, line);) run.lines.push_back(line);
    return run;
}

std::ptrdiff_t lines_with(const std::vector<std::string>& lines, std::string_view text) {
    return std::count_if(lines.begin(), lines.end(), [text](const std::string& line) {
        return line.find(text) != std::string::npos;
    });
}

TEST(OwnSchema, EmbeddedBytes_WhenRead_AreThoseOfTheFile) {
    EXPECT_EQ(
        verifier::own_schema(),
        read_file(source_folder() / "verifier" / "schema" / "sfm_export.xsd")
    );
}

TEST(OwnSchema, Xmllint_WhenGivenTheOfficialOrganisation_Accepts) {
    const auto xmllint = find_program("xmllint");
    const auto document = official_document("data/ExportData.zip", "ExportData.xml");
    if (!xmllint || !document) SFM_SKIP_OR_FAIL("xmllint or the official example is not here");
    const auto run = run_xmllint(*xmllint, *document);
    EXPECT_EQ(run.exit_code, 0);
    ASSERT_FALSE(run.lines.empty());
    EXPECT_THAT(run.lines.back(), EndsWith(" validates"));
}

TEST(OwnSchema, Xmllint_WhenGivenThePatientOf2021_RefusesWith80Errors) {
    const auto xmllint = find_program("xmllint");
    const auto document =
        official_document("data/0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.zip", "PatientData.xml");
    if (!xmllint || !document) SFM_SKIP_OR_FAIL("xmllint or the official example is not here");
    const auto run = run_xmllint(*xmllint, *document);
    constexpr int documents_invalid = 3;  // xmllint(1), error return codes
    EXPECT_EQ(run.exit_code, documents_invalid);
    EXPECT_EQ(lines_with(run.lines, "Schemas validity error"), 80);
    EXPECT_EQ(lines_with(run.lines, "InVib"), 67);
    EXPECT_EQ(lines_with(run.lines, "Korrespondance"), 13);
    EXPECT_THAT(run.lines.back(), HasSubstr("fails to validate"));
}

}  // namespace
}  // namespace sfmkit::test
