#include "tests/client/official_schema.hpp"
#include "tests/client/synthetic_documents.hpp"
#include "tests/support/reference.hpp"
#include "wire/sfm_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace sfmkit::client {
namespace {

using test::ReadPatient;
using test::texts;

SyntheticSize size_of(std::string_view name) {
    const ExportShape* shape = find_export_shape(name);
    if (shape == nullptr) throw std::runtime_error("no such shape");
    return {.patients = shape->patients, .messages = 0, .reports = shape->reports, .shape = shape};
}

// Oracle: the schema that NHN publishes, as libxml2 understands it.
TEST(ExportShapes, Documents_OfEveryShape_AreValidByTheOfficialSchema) {
    const auto file = test::reference_file("data/FmSfmExportImportFormatDefinition.xsd");
    if (!file) SFM_SKIP_OR_FAIL("the official schema is not there");
    const test::OfficialSchema schema(*file);
    for (const ExportShape& shape : export_shapes()) {
        SCOPED_TRACE(shape.name);
        SyntheticExport documents(17, size_of(shape.name));
        EXPECT_EQ(schema.errors_of(test::organisation_text(documents)), std::vector<std::string>{});
        for (std::uint64_t index = 0; index < std::min<std::uint64_t>(3, shape.patients); ++index) {
            const ReadPatient patient = test::read_patient(documents, index);
            EXPECT_EQ(schema.errors_of(patient.document), std::vector<std::string>{});
        }
    }
}

TEST(ExportShapes, HugePatient_Always_HasHundredsOfTreatmentsAndMessages) {
    const SyntheticExport documents(1, size_of("huge-patient"));
    const ReadPatient patient = test::read_patient(documents, 0);
    EXPECT_EQ(patient.root().select_nodes("Behandlinger/*").size(), 401U);
    EXPECT_GT(patient.files.entries.size(), 800U);
    std::size_t bytes = 0;
    for (const std::string& content : patient.contents) bytes += content.size();
    EXPECT_GT(bytes, 20U << 20U);
}

TEST(ExportShapes, EmptyLists_Always_AreThereAndHoldNothing) {
    SyntheticExport documents(1, size_of("empty-lists"));
    const ReadPatient patient = test::read_patient(documents, 0);
    EXPECT_EQ(patient.files.entries.size(), 1U);
    EXPECT_NE(patient.document.find("<Behandlinger></Behandlinger>"), std::string::npos);
    EXPECT_EQ(patient.document.find("<Meldinger>"), std::string::npos);
    EXPECT_NE(test::organisation_text(documents).find("<Inboks></Inboks>"), std::string::npos);
}

TEST(ExportShapes, LongTexts_Always_ReachAMegabyte) {
    const SyntheticExport documents(1, size_of("long-texts"));
    const ReadPatient patient = test::read_patient(documents, 0);
    EXPECT_GT(texts(patient.root(), "UstrukturertHistorikk").at(0).size(), 1U << 20U);
    EXPECT_GT(texts(patient.root(), "DemografiskInfo/FamilyName").at(0).size(), 60U);
}

TEST(ExportShapes, UnusualLetters_InTheMessages_AreThoseOfTheDocument) {
    bool has_supplementary_plane = false;
    bool has_markup_letter = false;
    const SyntheticExport documents(1, size_of("unusual-letters"));
    for (std::uint64_t index = 0; index < 12; ++index) {
        const ReadPatient patient = test::read_patient(documents, index);
        const std::string name = texts(patient.root(), "DemografiskInfo/FamilyName").at(0);
        has_supplementary_plane |= name.find('\xf0') != std::string::npos;
        has_markup_letter |= name.find_first_of("<&") != std::string::npos;
        for (const std::string& content : patient.contents) {
            pugi::xml_document message;
            ASSERT_TRUE(message.load_buffer(content.data(), content.size()));
            for (const std::string& named : texts(message, "MsgHead/MsgInfo/Patient/FamilyName")) {
                EXPECT_EQ(named, name);
            }
        }
    }
    EXPECT_TRUE(has_supplementary_plane);
    EXPECT_TRUE(has_markup_letter);
}

TEST(ExportShapes, ManyVersions_Always_AreHundredsInEachPrescription) {
    const SyntheticExport documents(1, size_of("many-versions"));
    const ReadPatient patient = test::read_patient(documents, 0);
    for (const auto& hit : patient.root().select_nodes("Behandlinger/*")) {
        EXPECT_EQ(hit.node().select_nodes("Prescription").size(), 403U);
        EXPECT_EQ(hit.node().select_nodes("Prescription[Aktiv='true']").size(), 1U);
    }
}

TEST(ExportShapes, TwoFolders_Always_HaveOnePatientTooManyForOne) {
    EXPECT_EQ(size_of("two-folders").patients, wire::sfm::max_files_per_folder + 1);
}

}  // namespace
}  // namespace sfmkit::client
