#include "tests/cli/bad_input.hpp"
#include "tests/support/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit {
namespace {

using test::BadInput;
using test::by;
using test::Outcome;
using test::Scene;
using test::SmallDisk;
using test::Told;
using test::User;
using testing::HasSubstr;

constexpr const char* pack = "pack @/plain @/out/export --recipient @/keys/recipient.cer --jobs 1";

/// What says that an export is not complete, and lets the same command go on with it.
const std::vector<std::string> begun = {
    "out/export/",
    "out/export/Patients0/",
    "out/export/Reports0/",
    "out/export.pack",
    "out/export.pack.lock",
};

std::vector<BadInput> rows_of_foreign_names() {
    struct Row {
        const char* name;
        const char* spoil;
        const char* place;
        const char* expected;
        std::vector<std::string> leaves;
    };
    std::vector<BadInput> rows;
    for (const Row& row : {
             Row{"DesktopIni", ": >plain/desktop.ini", "/plain/desktop.ini", "ExportData.xml", {}},
             Row{"ThumbsDb",
                 ": >plain/Patients/Thumbs.db",
                 "/plain/Patients/Thumbs.db",
                 "a folder named by a GUID",
                 {}},
             Row{"ZoneIdentifier",
                 ": >plain/ExportData.xml:Zone.Identifier",
                 "/plain/ExportData.xml:Zone.Identifier",
                 "ExportData.xml",
                 {}},
             Row{"OrganisationInOtherCase",
                 "mv plain/ExportData.xml plain/exportdata.xml",
                 "/plain/exportdata.xml",
                 "ExportData.xml",
                 {}},
             Row{"PatientsInOtherCase",
                 "mv plain/Patients plain/PATIENTS",
                 "/plain/PATIENTS",
                 "ExportData.xml, Patients/<guid>/",
                 {}},
             Row{"LinkForADocument",
                 "ln -s /etc/passwd \"$(echo plain/Patients/*)/m.xml\"",
                 "/m.xml",
                 "PatientData.xml and messages",
                 begun},
         }) {
        rows.push_back(
            {std::string("Pack") + row.name,
             pack,
             by(row.spoil),
             2,
             {row.place, std::string("expected: ") + row.expected, "[ERR-usage]"},
             Told::as_error,
             {},
             row.leaves}
        );
    }
    return rows;
}

std::vector<BadInput> rows_of_documents() {
    const std::string denied = "Permission denied";
    return {
        {"PackForRsa1024",
         pack,
         by("openssl req -x509 -newkey rsa:1024 -nodes -subj /CN=old -keyout /dev/null "
            "-out keys/recipient.cer 2>/dev/null && chmod a+r keys/recipient.cer"),
         2,
         {"2048", "found:    1024 bits", "[ERR-unusable-key]"}},
        {"PackWithoutPatientDocument",
         pack,
         by("rm plain/Patients/*/PatientData.xml"),
         2,
         {"/PatientData.xml", "is missing", "[ERR-not-found]"},
         Told::as_error,
         {},
         begun},
        {"PackUnreadableDocument",
         pack,
         by("chmod 000 plain/Patients/*/PatientData.xml"),
         2,
         {"/PatientData.xml", denied, "[ERR-not-permitted]"},
         Told::as_error,
         {.user = User::nobody},
         begun},
        {"PackLockedPatient",
         pack,
         by("chmod 000 plain/Patients/*"),
         2,
         {"/plain/Patients/", denied, "[ERR-not-permitted]"},
         Told::as_error,
         {.user = User::nobody},
         begun},
        {"PackIntoLockedFolder",
         pack,
         by("chmod 555 out"),
         2,
         {"/out/export", denied, "[ERR-not-permitted]"},
         Told::as_error,
         {.user = User::nobody}},
    };
}

class BadPlainFolders : public testing::TestWithParam<BadInput> {};

TEST_P(BadPlainFolders, OfTheTable_AreRefusedClearly) {
    test::expect_clear_refusal(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Names, BadPlainFolders, testing::ValuesIn(rows_of_foreign_names()), test::name_of_row
);
INSTANTIATE_TEST_SUITE_P(
    Documents, BadPlainFolders, testing::ValuesIn(rows_of_documents()), test::name_of_row
);

/// Neither a whole one nor a half one.
void expect_no_file_of_an_export(const Scene& scene) {
    const auto listing = scene.listing();
    EXPECT_TRUE(listing.contains("out/export/"));
    for (const auto& [name, size] : listing) {
        const bool is_file = name.starts_with("out/export/") && !name.ends_with('/');
        EXPECT_FALSE(is_file) << name;
    }
}

TEST(FullDiskUnderPack, Always_LeavesNoHalfFile) {
    if (!SmallDisk::possible()) SFM_SKIP_OR_FAIL("small disks need root to be mounted");
    Scene scene;
    scene.shrink_output(8);
    const Outcome full = scene.run(pack);
    EXPECT_EQ(full.exit_code, 3) << full.messages;
    test::expect_one_error(full);
    EXPECT_THAT(full.messages, HasSubstr("No space left"));
    EXPECT_THAT(full.messages, HasSubstr("[ERR-disk-full]"));
    expect_no_file_of_an_export(scene);
}

// Letters and blanks in names of messages are the vendor's business.
TEST(StrangeMessageNames, InAPlainFolder_ArePacked) {
    Scene scene;
    scene.prepare("echo '<MsgHead/>' >\"$(echo plain/Patients/*)/min æøå melding 1.xml\"");
    const Outcome run = scene.run(pack);
    EXPECT_EQ(run.exit_code, 0) << run.messages;
}

TEST(ChangingPlainFolder, DocumentThatIsCut_IsNotPacked) {
    Scene scene;
    scene.prepare(
        "head -c 64000000 /dev/urandom >noise; mv noise \"$(echo plain/Patients/*)/0.xml\""
    );
    std::string large;
    for (const auto& [name, size] : scene.listing()) {
        if (name.ends_with("/0.xml")) large = name;
    }
    const std::string change = "truncate -s 1000000 " + large;
    const Outcome run = scene.run_while(pack, large, change);
    EXPECT_EQ(run.exit_code, 1) << run.messages;
    test::expect_one_error(run);
    EXPECT_THAT(run.messages, HasSubstr("changed while it was packed"));
    EXPECT_THAT(run.messages, HasSubstr("[ERR-changed]"));
    expect_no_file_of_an_export(scene);
}

}  // namespace
}  // namespace sfmkit
