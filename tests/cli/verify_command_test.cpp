#include "tests/cli/sealed_export.hpp"
#include "tests/support/json_shape.hpp"
#include "tests/support/reference.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sfmkit {
namespace {

class VerifyCommand : public testing::Test {
  protected:
    test::ProgramRun verify(const std::vector<std::string>& further = {}) {
        std::vector<std::string> arguments = {
            "verify", exported_.folder(), "--key", exported_.key()
        };
        arguments.insert(arguments.end(), further.begin(), further.end());
        return test::run_sfmkit(arguments);
    }

    /// The JSON report of one more run.
    nlohmann::json report(const std::vector<std::string>& arguments) {
        const std::string file = exported_.path("report.json");
        std::vector<std::string> all = {"verify"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        all.insert(all.end(), {"--report", "json=" + file});
        test::run_sfmkit(all);
        return nlohmann::json::parse(test::read_file(file));
    }

    test::SealedExport exported_;
};

TEST_F(VerifyCommand, OfGeneratedExport_Conforms) {
    const auto run = verify();
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_TRUE(run.output.starts_with("CONFORMS: ")) << run.output;
    const auto json = report({exported_.folder(), "--key", exported_.key()});
    EXPECT_TRUE(json.at("findings").empty()) << json.dump(2);
    EXPECT_GE(json.at("coverage").at("files"), 2);
    EXPECT_EQ(json.at("coverage").at("files"), json.at("coverage").at("decrypted"));
}

TEST_F(VerifyCommand, WithCertificate_ChecksIt) {
    const auto run = verify({"--cert", exported_.certificate()});
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_EQ(run.output.find("ENV-19"), std::string::npos) << run.output;
}

TEST_F(VerifyCommand, WithJson_LeavesStandardOutputToTheReport) {
    const auto run = test::run_program(
        "sh",
        {"-c",
         "'" + (test::build_folder() / "sfmkit").string() + "' verify '" + exported_.folder() +
             "' --key '" + exported_.key() + "' --json 2>/dev/null"}
    );
    EXPECT_EQ(run.exit_code, 0);
    const auto schema =
        nlohmann::json::parse(test::read_file(test::source_folder() / "docs" / "report.schema.json")
        );
    const auto breaches = test::breaches_of_schema(nlohmann::json::parse(run.output), schema);
    EXPECT_TRUE(breaches.empty()) << nlohmann::json(breaches).dump();
}

TEST_F(VerifyCommand, WithoutKeyOrWithAnother_IsInconclusive) {
    const auto without = test::run_sfmkit({"verify", exported_.folder()});
    EXPECT_EQ(without.exit_code, 3) << without.output;
    EXPECT_TRUE(without.output.starts_with("INCONCLUSIVE: ")) << without.output;
    const std::string other = exported_.path("other");
    ASSERT_EQ(test::run_sfmkit({"keys", "new", other}).exit_code, 0);
    const auto wrong =
        test::run_sfmkit({"verify", exported_.folder(), "--key", other + "/recipient.key.pem"});
    EXPECT_EQ(wrong.exit_code, 3) << wrong.output;
    EXPECT_NE(wrong.output.find("ENV-10"), std::string::npos) << wrong.output;
}

TEST_F(VerifyCommand, OfFolderWithoutOrganisationFile_DoesNotConform) {
    std::filesystem::remove(exported_.organisation_file());
    const auto run = verify();
    EXPECT_EQ(run.exit_code, 1) << run.output;
    EXPECT_TRUE(run.output.starts_with("DOES NOT CONFORM: ")) << run.output;
    EXPECT_NE(
        run.output.find("\nerror, broken once: ExportData.dat lies in the export folder [DIR-01]\n"
        ),
        std::string::npos
    ) << run.output;
}

TEST_F(VerifyCommand, OfPlainOrCutFile_DoesNotConform) {
    test::write_file(exported_.path("a.pat"), "PK\x03\x04 and so on");
    const auto plain =
        test::run_sfmkit({"verify", exported_.path("a.pat"), "--key", exported_.key()});
    EXPECT_EQ(plain.exit_code, 1) << plain.output;
    EXPECT_NE(
        plain.output.find("\nerror, broken once: the file is encrypted [ENV-20]\n"),
        std::string::npos
    ) << plain.output;
    std::filesystem::resize_file(exported_.patient_file(), 1000);
    EXPECT_EQ(verify().exit_code, 1);
}

TEST_F(VerifyCommand, OfWrongUsage_EndsWithTwo) {
    struct Case {
        std::vector<std::string> arguments;
        std::string text;
    };
    const std::vector<Case> cases = {
        {{"--profile", "stern"}, "strict, lenient or edition-2021"},
        {{"--report", "pdf=a.pdf"}, "json=FILE"},
        {{"--report", "json="}, "json=FILE"},
        {{"--schema", exported_.key()}, "XML schema"},
        {{"--schema", exported_.path("none.xsd")}, "none.xsd"},
        {{"--cert", exported_.key()}, "[ERR-unusable-key]"},
        {{"--report", "json=" + exported_.path("none/report.json")}, "none/report.json"},
        {{"--report", "json=" + exported_.folder() + "/report.json"}, "in what is judged"},
        {{"--report", "json=" + exported_.folder()}, "in what is judged"},
        {{"--report", "text=" + exported_.path("keys/../keys/recipient.key.pem")}, "would replace"},
        {{"--report", "json=-", "--report", "text=-"}, "two reports"},
        {{"--report", "json=-", "--json"}, "two reports"},
        {{"--quickly"}, "--quickly"},
    };
    for (const Case& wrong : cases) {
        const auto run = verify(wrong.arguments);
        EXPECT_EQ(run.exit_code, 2) << run.output;
        EXPECT_NE(run.output.find(wrong.text), std::string::npos) << run.output;
    }
    EXPECT_EQ(verify().exit_code, 0) << "a refused report changed the export";
    const auto nothing = test::run_sfmkit({"verify", exported_.path("none")});
    EXPECT_EQ(nothing.exit_code, 2) << nothing.output;
}

}  // namespace
}  // namespace sfmkit
