#include "client/encoder/synthetic/identity_numbers.hpp"
#include "tests/client/synthetic_documents.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit::client {
namespace {

using test::distinct_texts;
using test::texts;
using testing::IsSubsetOf;

struct ReadOrganisation {
    explicit ReadOrganisation(SyntheticExport& documents)
        : text(test::organisation_text(documents)) {
        if (!parsed.load_buffer(text.data(), text.size())) throw std::runtime_error("not XML");
    }
    pugi::xml_node root() const { return parsed.child("ExportImport"); }

    std::string text;
    pugi::xml_document parsed;
};

// Rules of the published format description and invariants of the official organisation document.
TEST(SyntheticOrganisation, References_Always_Resolve) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        SyntheticExport documents(seed, {.patients = 12, .reports = 5});
        const ReadOrganisation organisation(documents);
        const pugi::xml_node root = organisation.root();
        const auto users = distinct_texts(root, "Brukere/Helseperson/Id");
        EXPECT_EQ(users.size(), texts(root, "Brukere/Helseperson/Id").size());
        EXPECT_THAT(distinct_texts(root, "//BrukerId"), IsSubsetOf(users));
        EXPECT_THAT(distinct_texts(root, "//LegeBrukerId"), IsSubsetOf(users));
        EXPECT_THAT(
            distinct_texts(root, "//InstitusjonsId"),
            IsSubsetOf(distinct_texts(root, "Institusjon/Id"))
        );
        EXPECT_THAT(
            distinct_texts(root, "//MalId"),
            IsSubsetOf(distinct_texts(root, "ForskrivningsMaler/Mal/Id"))
        );
        std::set<std::string> patients;
        for (std::uint64_t index = 0; index < 12; ++index) {
            const test::ReadPatient patient = test::read_patient(documents, index);
            patients.insert(patient.files.guid);
            const std::string notice = "Inboks/Melding[PasientId='" + patient.files.guid + "']/";
            EXPECT_THAT(
                distinct_texts(root, notice + "PrescriptionId"),
                IsSubsetOf(distinct_texts(patient.root(), "//Prescription/PrescriptionId"))
            );
            EXPECT_THAT(
                distinct_texts(root, notice + "DokumentId"),
                IsSubsetOf(distinct_texts(patient.root(), "Meldinger/Melding/Id"))
            );
        }
        EXPECT_GE(distinct_texts(root, "Inboks/Melding/PasientId").size(), 5U);
        EXPECT_THAT(distinct_texts(root, "Inboks/Melding/PasientId"), IsSubsetOf(patients));
        EXPECT_THAT(distinct_texts(root, "Rapporter/Rapport/PasientId"), IsSubsetOf(patients));
    }
}

TEST(SyntheticOrganisation, Users_Always_AreAsTheServiceExpectsThem) {
    SyntheticExport documents(3, {});
    const ReadOrganisation organisation(documents);
    const pugi::xml_node users = organisation.root().child("Brukere");
    const pugi::xml_node system = users.first_child();
    EXPECT_STREQ(system.child_value("Id"), "00000000-0000-0000-0000-000000000000");
    EXPECT_STREQ(system.child_value("Aktiv"), "false");
    EXPECT_STREQ(system.child_value("Brukertype"), "");
    EXPECT_EQ(
        texts(users, "Helseperson[Brukertype='Admin']/Brukernavn"),
        std::vector<std::string>{"admin"}
    );
    const auto doctors = users.select_nodes("Helseperson[Brukertype='Doctor']");
    EXPECT_GE(doctors.size(), 2U);
    for (const auto& hit : doctors) {
        const pugi::xml_node doctor = hit.node();
        EXPECT_EQ(texts(doctor, "Ident/TypeId/@V"), (std::vector<std::string>{"FNR", "HPR"}));
        EXPECT_STREQ(doctor.child_value("ForskrivningsrettAB"), "All");
        EXPECT_STREQ(doctor.child("TypeHealthcareProfessional").attribute("V").value(), "LE");
    }
    const auto numbers = texts(users, "Helseperson/Ident[TypeId/@V='FNR']/Id");
    EXPECT_EQ(std::set(numbers.begin(), numbers.end()).size(), numbers.size());
    for (const std::string& number : numbers) EXPECT_TRUE(has_right_check_digits(number));
    const pugi::xml_node institution = organisation.root().child("Institusjon");
    EXPECT_EQ(texts(institution, "Ident/TypeId/@V"), (std::vector<std::string>{"HER", "ENH"}));
    EXPECT_TRUE(is_organisation_number(texts(institution, "Ident[TypeId/@V='ENH']/Id").at(0)));
}

TEST(SyntheticReports, Names_Always_MatchTheRowsOfTheOrganisationDocument) {
    SyntheticExport documents(6, {.patients = 4, .reports = 7});
    const ReadOrganisation organisation(documents);
    std::vector<std::string> expected;
    for (std::size_t i = 0; i < documents.reports(); ++i) {
        expected.push_back("Reports0\\" + documents.report(i).value().guid + ".xps");
    }
    EXPECT_EQ(expected.size(), 7U);
    EXPECT_EQ(texts(organisation.root(), "Rapporter/Rapport/RapportFil"), expected);
}

// Oracle: MuPDF, an independent reader of XPS.
TEST(SyntheticReports, Package_DrawnByMuPdf_IsAPageThatIsNotEmpty) {
    const auto mutool = test::find_program("mutool");
    if (!mutool) SFM_SKIP_OR_FAIL("mutool (package mupdf-tools) is not there");
    const test::TemporaryFolder folder;
    SyntheticExport documents(6, {.patients = 4, .reports = 2});
    const PlainReport report = documents.report(0).value();
    test::write_file(folder / "report.xps", platform::as_text(report.bytes));
    const test::ProgramRun run = test::run_program(
        *mutool,
        {"draw",
         "-r",
         "36",
         "-F",
         "pgm",
         "-o",
         (folder / "page.pgm").string(),
         (folder / "report.xps").string()}
    );
    EXPECT_EQ(run.exit_code, 0) << run.output;
    EXPECT_EQ(run.output.find("error"), std::string::npos) << run.output;
    const std::string page = test::read_file(folder / "page.pgm");
    ASSERT_TRUE(page.starts_with("P5"));
    std::set<char> shades(page.begin() + 20, page.end());
    EXPECT_GT(shades.size(), 5U);
}

}  // namespace
}  // namespace sfmkit::client
