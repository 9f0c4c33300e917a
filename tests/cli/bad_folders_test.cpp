#include "tests/cli/bad_input.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit {
namespace {

using test::BadInput;
using test::by;
using test::Scene;
using test::Told;
using testing::HasSubstr;

constexpr const char* verify = "verify @/export --key @/keys/recipient.key.pem";
constexpr const char* upload = "upload @/export --url %url --tries 2";

/// A wrong folder is a finding for `verify` and an error for `upload`.
std::vector<BadInput> rows_of_folders() {
    const auto other_case = by("mv export/ExportData.dat export/exportdata.dat");
    const auto missing = by("rm export/ExportData.dat");
    return {
        {"VerifyWithoutOrganisationFile",
         verify,
         missing,
         1,
         {"[DIR-01]\n", "expected ExportData.dat", "actual   no such file", "fix: "},
         Told::as_finding},
        {"VerifyOrganisationFileInOtherCase",
         verify,
         other_case,
         1,
         {"[DIR-01]\n", "expected ExportData.dat", "actual   exportdata.dat"},
         Told::as_finding},
        {"VerifyIndexInOtherCase",
         verify,
         by("mv export/Index.txt export/index.txt"),
         1,
         {"[DIR-02]\n", "expected Index.txt", "actual   index.txt"},
         Told::as_finding},
        {"VerifyPatientFolderInOtherCase",
         verify,
         by("mv export/Patients0 export/patients0"),
         1,
         {"[DIR-03]\n", "expected Patients<N>/<guid>.pat", "actual   patients0/"},
         Told::as_finding},
        {"VerifyNothing",
         verify,
         by("rm -r export"),
         2,
         {"/export", "expected: an export folder", "[ERR-not-found]"}},
        {"UploadWithoutOrganisationFile",
         upload,
         missing,
         1,
         {"/export", "expected: ExportData.dat", "found: ", "sfmkit verify", "[ERR-malformed]"}},
        {"UploadOrganisationFileInOtherCase",
         upload,
         other_case,
         1,
         {"/export", "expected: ExportData.dat", "found: ", "[ERR-malformed]"}},
        {"UploadNothing",
         upload,
         by("rm -r export"),
         2,
         {"/export", "expected: a folder", "found:    nothing", "[ERR-not-found]"}},
        {"UploadFile",
         upload,
         by("rm -r export && cp patient.pat export"),
         2,
         {"/export", "expected: a folder", "found:    a file", "[ERR-not-found]"}},
    };
}

class BadFolders : public testing::TestWithParam<BadInput> {};

TEST_P(BadFolders, OfTheTable_AreRefusedClearly) {
    test::expect_clear_refusal(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Program, BadFolders, testing::ValuesIn(rows_of_folders()), test::name_of_row
);

TEST(ForeignFiles, BesideTheExport_StayBehindAndAreNamed) {
    Scene scene;
    scene.prepare(
        "for name in desktop.ini Thumbs.db ExportData.dat:Zone.Identifier "
        "Patients0/Thumbs.db; do echo x >export/$name; done"
    );
    const auto run = scene.run(upload);
    EXPECT_EQ(run.exit_code, 0) << run.messages;
    for (const char* name :
         {"desktop.ini\n",
          " Thumbs.db\n",
          "ExportData.dat:Zone.Identifier\n",
          "Patients0/Thumbs.db\n"}) {
        EXPECT_THAT(run.messages, HasSubstr(name));
    }
    EXPECT_THAT(run.output, HasSubstr("uploaded 4 of 4 files"));
}

TEST(StrangeNames, OfFoldersAndFiles_AreUsedAsTheyAre) {
    Scene scene;
    scene.prepare("mv export 'Ærlig eksport – 1' && mv plain.zip 'min fil.zip'");
    const auto expect_good = [&scene](const std::vector<std::string>& words) {
        const auto run = scene.run(words);
        EXPECT_EQ(run.exit_code, 0) << words.front() << ": " << run.messages;
    };
    const std::string key = "@/keys/recipient.key.pem";
    const std::string certificate = "@/keys/recipient.cer";
    expect_good(
        {"verify", "@/Ærlig eksport – 1", "--key", key, "--report", "json=@/out/blå bær.json"}
    );
    expect_good({"upload", "@/Ærlig eksport – 1", "--url", "%url"});
    expect_good({"seal", "@/min fil.zip", "@/out/ø 1.pat", "--recipient", certificate});
    expect_good({"open", "@/out/ø 1.pat", "--key", key, "--output", "@/out/ø 1.zip"});
    EXPECT_EQ(test::read_file(scene / "out/ø 1.zip"), test::read_file(scene / "min fil.zip"));
    const auto listing = scene.listing();
    EXPECT_TRUE(listing.contains("out/blå bær.json"));
    EXPECT_TRUE(listing.contains("Ærlig eksport – 1.journal"));
}

}  // namespace
}  // namespace sfmkit
