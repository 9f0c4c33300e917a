#include "wire/sfm_names.hpp"

#include <gtest/gtest.h>

namespace sfmkit::wire::sfm {
namespace {

// What the official uploader 4.0.0 to 1.0.0 (DPoP) sent as FileType for these paths when it was
// run.
TEST(SfmNames, FileType_OfExportPath_IsAsTheOfficialUploaderSends) {
    struct Row {
        std::string_view path;
        std::string_view file_type;
    };
    for (const Row& row : {
             Row{"ExportData.dat", "OrganizationFile"},
             Row{"exportdata.dat", "Unknown"},
             Row{"Other/ExportData.dat", "Unknown"},
             Row{"Patients0\\d14d6dfb-484b-4dc4-8272-1cd85c68f3f9.pat", "PatientFile"},
             Row{"Patients0/d14d6dfb-484b-4dc4-8272-1cd85c68f3f9.pat", "PatientFile"},
             Row{"patients0/d14d6dfb-484b-4dc4-8272-1cd85c68f3f9.pat", "Unknown"},
             Row{"Reports0/d86e6322-9c1b-42d9-aebc-1d03207c8942.rpt", "ReportFile"},
             Row{"ReportsOther/x.rpt", "ReportFile"},
             Row{"Index.txt", "Unknown"},
         }) {
        EXPECT_EQ(upload_file_type(kind_of_export_path(row.path)), row.file_type) << row.path;
    }
}

// NHN page "The SFM migration data format": Patients0, Patients1 and so on, 16000 files in each.
TEST(SfmNames, NumberedFolder_WithNumber_GivesIt) {
    EXPECT_EQ(numbered_folder("Patients0", patient_folder_prefix), 0u);
    EXPECT_EQ(numbered_folder("Patients10", patient_folder_prefix), 10u);
    EXPECT_EQ(numbered_folder("Reports4294967295", report_folder_prefix), 4294967295u);
}

TEST(SfmNames, NumberedFolder_WithoutPlainNumber_GivesNothing) {
    for (const std::string_view folder :
         {"Patients",
          "Patients00",
          "Patients01",
          "Patients-1",
          "Patients+1",
          "Patients1 ",
          "Patients 1",
          "Patients4294967296",
          "patients0",
          "Reports0",
          "Patients0x1"}) {
        EXPECT_FALSE(numbered_folder(folder, patient_folder_prefix)) << folder;
    }
}

// The session id printed on the NHN page, and what .NET's format D asks for.
TEST(SfmNames, IsGuid_OfFormatD_IsTrueAndOtherwiseFalse) {
    EXPECT_TRUE(is_guid("3a68365f-4dec-4ecf-b3e7-04bedbdd1096"));
    EXPECT_TRUE(is_lower_case_guid("3a68365f-4dec-4ecf-b3e7-04bedbdd1096"));
    EXPECT_TRUE(is_guid("3A68365F-4DEC-4ECF-B3E7-04BEDBDD1096"));
    EXPECT_FALSE(is_lower_case_guid("3A68365F-4DEC-4ECF-B3E7-04BEDBDD1096"));
    for (const std::string_view text :
         {"",
          "3a68365f4dec4ecfb3e704bedbdd1096",
          "{3a68365f-4dec-4ecf-b3e7-04bedbdd1096}",
          "3a68365f-4dec-4ecf-b3e7-04bedbdd109",
          "3a68365f-4dec-4ecf-b3e7-04bedbdd10966",
          "3a68365f-4dec-4ecf-b3e-704bedbdd1096",
          "3a68365g-4dec-4ecf-b3e7-04bedbdd1096"}) {
        EXPECT_FALSE(is_guid(text)) << text;
    }
}

}  // namespace
}  // namespace sfmkit::wire::sfm
