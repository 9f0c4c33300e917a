// Which schema verify uses. Oracle: the same run with the schema that NHN published on 2024-05-27,
// over NHN's example patient of 2021, in which xmllint finds 80 errors under that schema.
#include "tests/support/reference.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace sfmkit {
namespace {

class VerifySchema : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
        keys_ = test::make_rsa_keys(folder_ / "keys", 2048);
    }

    /// Seals an official plain zip and verifies it. Read the report with `report()`.
    test::ProgramRun verify(
        const std::filesystem::path& plain,
        const std::string& name,
        const std::vector<std::string>& further = {}
    ) {
        const auto program = test::build_folder() / "sfmkit";
        const auto sealed = (folder_ / name).string();
        const auto sealing = test::run_program(
            program, {"seal", plain.string(), sealed, "--recipient", keys_.certificate_pem.string()}
        );
        EXPECT_EQ(sealing.exit_code, 0) << sealing.output;
        const auto json = "json=" + (folder_ / "report.json").string();
        std::vector<std::string> arguments{
            "verify", sealed, "--key", keys_.key_pem.string(), "--report", json
        };
        arguments.insert(arguments.end(), further.begin(), further.end());
        const auto run = test::run_program(program, arguments);
        std::filesystem::remove(sealed);
        return run;
    }

    nlohmann::json report() const {
        return nlohmann::json::parse(test::read_file(folder_ / "report.json"));
    }

    static std::ptrdiff_t schema_errors(const nlohmann::json& findings) {
        return std::ranges::count_if(findings, [](const nlohmann::json& finding) {
            return finding.at("rule") == "XML-04";
        });
    }

    test::TemporaryFolder folder_;
    test::RsaKeyFiles keys_;
};

TEST_F(VerifySchema, PatientOf2021_WithoutSchemaOption_IsJudgedAsByTheOfficialSchema) {
    const std::string guid = "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672";
    const auto patient = test::reference_file("data/" + guid + ".zip");
    const auto official = test::reference_file("data/FmSfmExportImportFormatDefinition.xsd");
    if (!patient || !official) SFM_SKIP_OR_FAIL("the official examples are not here");

    EXPECT_EQ(verify(*patient, guid + ".pat").exit_code, 1);
    const auto by_ours = report();
    EXPECT_EQ(verify(*patient, guid + ".pat", {"--schema", official->string()}).exit_code, 1);
    const auto by_theirs = report();

    EXPECT_EQ(schema_errors(by_ours.at("findings")), 80);
    EXPECT_EQ(by_ours.at("findings"), by_theirs.at("findings"));
    EXPECT_EQ(by_ours.at("not_reached"), by_theirs.at("not_reached"));
}

TEST_F(VerifySchema, OfficialOrganisation_WithoutSchemaOption_HasNoSchemaErrorAndIsReached) {
    const auto organisation = test::reference_file("data/ExportData.zip");
    if (!organisation) SFM_SKIP_OR_FAIL("the official examples are not here");
    const auto run = verify(*organisation, "ExportData.dat");
    EXPECT_EQ(schema_errors(report().at("findings")), 0) << run.output;
    // What another rule tells more exactly was reached.
    for (const auto& gap : report().at("not_reached")) {
        EXPECT_TRUE(gap.contains("superseded_by")) << gap;
    }
    EXPECT_EQ(report().at("coverage").at("documents"), 1) << run.output;
}

TEST_F(VerifySchema, SchemaOption_WithAnotherFile_IsWhatJudges) {
    const auto organisation = test::reference_file("data/ExportData.zip");
    if (!organisation) SFM_SKIP_OR_FAIL("the official examples are not here");
    test::write_file(
        folder_ / "empty.xsd",
        R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:other"/>)"
    );
    const auto schema = (folder_ / "empty.xsd").string();
    const auto run = verify(*organisation, "ExportData.dat", {"--schema", schema});
    EXPECT_EQ(run.exit_code, 1) << run.output;
    EXPECT_EQ(schema_errors(report().at("findings")), 1) << run.output;
}

}  // namespace
}  // namespace sfmkit
