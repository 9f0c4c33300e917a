#include "client/encoder/seal_file.hpp"
#include "fixtures/envelope_recipe.hpp"
#include "fixtures/test_certificate.hpp"
#include "platform/random.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "verifier/checked_plaintext.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace sfmkit::verifier {
namespace {

constexpr platform::WallTime today =
    std::chrono::sys_days(std::chrono::November / 22 / 2026) + std::chrono::hours(12);
constexpr const char* patient_zip = "data/0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.zip";
constexpr const char* organisation_zip = "data/ExportData.zip";
constexpr const char* schema_file = "data/FmSfmExportImportFormatDefinition.xsd";

/// The zips and the schema that NHN published, sealed for a key of ours.
class OfficialFiles : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* name : {patient_zip, organisation_zip, schema_file}) {
            if (!test::reference_file(name)) SFM_SKIP_OR_FAIL(std::string(name) + " is missing");
        }
        auto parsed = XmlSchema::parse(
            platform::as_bytes(test::read_file(*test::reference_file(schema_file))), schema_file
        );
        ASSERT_TRUE(parsed.has_value()) << platform::describe(parsed.error());
        schema_.emplace(std::move(*parsed));
    }

    /// Sealed by the builder of the tests.
    std::filesystem::path sealed(const char* zip, const std::string& name) {
        fixtures::EnvelopeRecipe recipe;
        recipe.plaintext = test::read_file(*test::reference_file(zip));
        test::write_file(folder_ / name, fixtures::make_envelope(recipe, key_.get()));
        return folder_ / name;
    }

    std::string opened(const std::filesystem::path& path) {
        const auto plain = open_checked(world(), path, key_, Release::zip_only);
        if (!plain) throw std::runtime_error(platform::describe(plain.error()));
        std::string text(plain->plaintext->size().value_or(0), '\0');
        const auto count = plain->plaintext->read_at(0, std::as_writable_bytes(std::span(text)));
        if (!count) throw std::runtime_error(platform::describe(count.error()));
        return text;
    }

    findings::Report verify(
        const std::filesystem::path& path, findings::Profile profile = findings::Profile::strict
    ) {
        auto report =
            verify_path(world(), path, {.profile = profile, .key = &key_, .schema = &*schema_});
        if (!report) throw std::runtime_error(platform::describe(report.error()));
        return std::move(*report);
    }

    /// Oracle: exit code of xmllint for the document inside the zip.
    int xmllint(const char* zip, const std::string& entry) {
        const auto unpacked = folder_ / "unpacked";
        std::filesystem::create_directories(unpacked);
        const auto unzip = test::run_program(
            "unzip", {"-qo", test::reference_file(zip)->string(), entry, "-d", unpacked.string()}
        );
        EXPECT_EQ(unzip.exit_code, 0) << unzip.output;
        const auto run = test::run_program(
            "xmllint",
            {"--noout",
             "--schema",
             test::reference_file(schema_file)->string(),
             (unpacked / entry).string()}
        );
        return run.exit_code;
    }

    VerifyWorld world() { return {files_, clock_, algorithms_}; }

    test::TemporaryFolder folder_;
    platform::SystemFiles files_;
    test::FixedClock clock_{today};
    platform::CryptoAlgorithms algorithms_ = platform::CryptoAlgorithms::fetch();
    platform::PrivateKey key_ = fixtures::make_rsa_key(2048);
    std::optional<XmlSchema> schema_;
};

TEST_F(OfficialFiles, SealedByTestBuilder_OpenToTheSameBytes) {
    for (const char* zip : {patient_zip, organisation_zip}) {
        EXPECT_TRUE(opened(sealed(zip, "a.pat")) == test::read_file(*test::reference_file(zip)))
            << zip;
    }
}

TEST_F(OfficialFiles, SealedByEncoder_OpenToTheSameBytes) {
    platform::SystemRandom random;
    const platform::Certificate certificate = fixtures::self_signed(key_, today);
    for (const char* zip : {patient_zip, organisation_zip}) {
        const auto target = folder_ / (std::string(zip == patient_zip ? "p" : "o") + ".dat");
        const auto size = client::seal_file(
            files_,
            {certificate, random, algorithms_},
            {.input = *test::reference_file(zip), .output = target, .extension = "zip"}
        );
        ASSERT_TRUE(size.has_value()) << platform::describe(size.error());
        EXPECT_TRUE(opened(target) == test::read_file(*test::reference_file(zip))) << zip;
    }
}

/// Findings by rule, but for those of the schema.
std::map<std::string, int> counted(const findings::Report& report) {
    std::map<std::string, int> by_rule;
    for (const findings::Finding& finding : report.findings) {
        if (finding.rule != "XML-04") ++by_rule[finding.rule];
    }
    return by_rule;
}

TEST_F(OfficialFiles, OrganisationDocument_IsValidAsXmllintSays) {
    const auto report = verify(sealed(organisation_zip, "ExportData.dat"));
    EXPECT_EQ(report.counts.errors, 0U);
    // Counted in the document by hand.
    const std::map<std::string, int> known = {
        {"IDN-07", 5},  // four doctors and an assistant have numbers without a synthetic offset
        {"ORG-30", 5},  // strengths with the denominator 0
    };
    EXPECT_EQ(counted(report), known);
    EXPECT_EQ(report.verdict.conclusion, findings::Conclusion::conforms);
    EXPECT_EQ(report.coverage.documents, 1U);
    EXPECT_EQ(xmllint(organisation_zip, "ExportData.xml"), 0);
}

// xmllint counts the same 80; that they lie at 80 places is what its line numbers cannot show.
TEST_F(OfficialFiles, PatientOf2021_HasEightySchemaErrorsAtTheirPlaces) {
    const auto report = verify(sealed(patient_zip, "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.pat"));
    EXPECT_NE(xmllint(patient_zip, "PatientData.xml"), 0);
    EXPECT_EQ(report.verdict.conclusion, findings::Conclusion::does_not_conform);
    EXPECT_EQ(report.counts.errors, 80U);
    EXPECT_EQ(report.coverage.entries, 114U);
    std::set<std::uint64_t> offsets;
    std::set<std::string> paths;
    std::map<std::string, int> missing;
    for (const findings::Finding& finding : report.findings) {
        if (finding.severity != findings::Severity::error) continue;
        EXPECT_EQ(finding.rule, "XML-04");
        EXPECT_EQ(finding.place.entry, "PatientData.xml");
        EXPECT_EQ(finding.place.line, 1U);
        offsets.insert(finding.place.byte_offset.value_or(0));
        paths.insert(finding.place.xpath);
        ++missing[finding.expected];
    }
    EXPECT_EQ(offsets.size(), 80U);
    EXPECT_EQ(paths.size(), 80U);
    EXPECT_EQ(missing, (std::map<std::string, int>{{"Id", 13}, {"InVib", 67}}));
}

// The place is checked against the bytes of the document: there stands the element it names.
TEST_F(OfficialFiles, PatientOf2021_HasItsErrorsWhereTheDocumentSaysSo) {
    const auto report = verify(sealed(patient_zip, "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.pat"));
    xmllint(patient_zip, "PatientData.xml");
    const std::string document = test::read_file(folder_ / "unpacked" / "PatientData.xml");
    for (const findings::Finding& finding : report.findings) {
        if (finding.place.entry != "PatientData.xml") continue;
        const std::string& path = finding.place.xpath;
        const std::size_t slash = path.rfind('/');
        const std::string element = path.substr(slash + 1, path.find('[', slash) - slash - 1);
        const std::size_t start = finding.place.byte_offset.value_or(0);
        ASSERT_LT(start, document.size());
        EXPECT_EQ(document.substr(start, element.size() + 1), "<" + element) << path;
    }
}

TEST_F(OfficialFiles, PatientOf2021_ConformsToItsEdition) {
    const auto path = sealed(patient_zip, "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.pat");
    const auto report = verify(path, findings::Profile::edition_2021);
    EXPECT_EQ(report.verdict.conclusion, findings::Conclusion::conforms);
    EXPECT_EQ(report.counts.errors, 0U);
    EXPECT_EQ(
        std::ranges::count_if(
            report.findings,
            [](const findings::Finding& finding) {
                return finding.rule == "XML-04" && finding.severity == findings::Severity::warning;
            }
        ),
        80
    );
}

// Counted in the document by hand or with other programs, not taken from a report.
TEST_F(OfficialFiles, PatientOf2021_HasBesidesWhatTheRulesAreKnownToSay) {
    const auto report = verify(sealed(patient_zip, "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.pat"));
    const std::map<std::string, int> known = {
        {"IDN-07", 1},   // as in the organisation file
        {"MSG-06", 1},   // told once: all 100 that are no imports are named otherwise
        {"MSG-11", 95},  // all but the 18 ERM1 have a MsgId that was made for the export
        {"MSG-22", 49},  // 54 messages refer to others, and 5 of them to a MsgId of the document
        {"PAT-13", 1},   // the document has no Legemiddelreaksjon
        {"TRT-22", 4},   // three active versions withdrawn without Tilbakekalling, one the reverse
    };
    EXPECT_EQ(counted(report), known);
}

}  // namespace
}  // namespace sfmkit::verifier
