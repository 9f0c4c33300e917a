// Oracle: xmllint (Debian's libxml2-utils) as a program of its own, and the official examples.
#include "verifier/schema/own_schema.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/schema/official_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace sfmkit::test {
namespace {

using ::testing::EndsWith;

/// `xmllint --noout --schema` with our schema as the file in the repository.
ProgramRun run_xmllint(const std::string& document) {
    const TemporaryFolder folder;
    const auto file = folder / "document.xml";
    write_file(file, document);
    const auto schema = source_folder() / "verifier" / "schema" / "sfm_export.xsd";
    return run_program("xmllint", {"--noout", "--schema", schema.string(), file.string()});
}

std::ptrdiff_t lines_with(const std::string& output, std::string_view text) {
    std::istringstream lines(output);
    std::ptrdiff_t count = 0;
    for (std::string line; std::getline(lines, line);) count += line.contains(text) ? 1 : 0;
    return count;
}

TEST(OwnSchema, EmbeddedBytes_WhenRead_AreThoseOfTheFile) {
    EXPECT_EQ(
        verifier::own_schema(),
        read_file(source_folder() / "verifier" / "schema" / "sfm_export.xsd")
    );
}

TEST(OwnSchema, Xmllint_WhenGivenTheOfficialOrganisation_Accepts) {
    const auto document = official_document("data/ExportData.zip", "ExportData.xml");
    if (!find_program("xmllint") || !document)
        SFM_SKIP_OR_FAIL("xmllint or the official example is not here");
    const auto run = run_xmllint(*document);
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_THAT(run.output, EndsWith(" validates\n"));
}

TEST(OwnSchema, Xmllint_WhenGivenThePatientOf2021_RefusesWith80Errors) {
    const auto document =
        official_document("data/0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.zip", "PatientData.xml");
    if (!find_program("xmllint") || !document)
        SFM_SKIP_OR_FAIL("xmllint or the official example is not here");
    const auto run = run_xmllint(*document);
    constexpr int documents_invalid = 3;  // xmllint(1), error return codes
    EXPECT_EQ(run.exit_code, documents_invalid);
    EXPECT_EQ(lines_with(run.output, "Schemas validity error"), 80);
    EXPECT_EQ(lines_with(run.output, "InVib"), 67);
    EXPECT_EQ(lines_with(run.output, "Korrespondance"), 13);
    EXPECT_THAT(run.output, EndsWith(" fails to validate\n"));
}

}  // namespace
}  // namespace sfmkit::test
