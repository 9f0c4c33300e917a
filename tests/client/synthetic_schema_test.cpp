#include "tests/client/official_schema.hpp"
#include "tests/client/synthetic_documents.hpp"
#include "tests/support/reference.hpp"

#include <gtest/gtest.h>

namespace sfmkit::client {
namespace {

// Oracle: the schema that NHN publishes, as libxml2 understands it.
TEST(SyntheticExport, Documents_OfFiftySeeds_AreValidByTheOfficialSchema) {
    const auto file = test::reference_file("data/FmSfmExportImportFormatDefinition.xsd");
    if (!file) SFM_SKIP_OR_FAIL("the official schema is not there");
    const test::OfficialSchema schema(*file);
    ASSERT_FALSE(schema.errors_of("<Foreign/>").empty());
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        SyntheticExport documents(seed, {});
        const std::string organisation = test::organisation_text(documents);
        EXPECT_EQ(schema.errors_of(organisation), std::vector<std::string>{}) << "seed " << seed;
        for (std::uint64_t index = 0; index < 6; ++index) {
            const test::ReadPatient patient = test::read_patient(documents, index);
            EXPECT_EQ(schema.errors_of(patient.document), std::vector<std::string>{})
                << "seed " << seed << " patient " << index;
        }
    }
}

}  // namespace
}  // namespace sfmkit::client
