#include "tests/client/declaration_coverage.hpp"
#include "tests/client/synthetic_documents.hpp"
#include "tests/support/reference.hpp"

#include <gtest/gtest.h>

#include <iostream>

namespace sfmkit::client {
namespace {

const std::vector<std::string> roots{"PasientExport", "ExportImport"};

// Oracle: the schema that NHN publishes. It has 517 element declarations and 72 references to
// global ones; 15 and 1 of them no document can hold, because nothing leads there.
TEST(SyntheticExport, Documents_OfSomeSeeds_HoldAllReachableDeclarationsAndReferences) {
    const auto file = test::reference_file("data/FmSfmExportImportFormatDefinition.xsd");
    if (!file) SFM_SKIP_OR_FAIL("the official schema is not there");
    test::DeclarationCoverage coverage(*file);
    const auto reach = coverage.reach_from(roots);
    ASSERT_EQ(coverage.declared(), 517U);
    ASSERT_EQ(reach.declarations.size(), 502U);
    ASSERT_EQ(reach.references.size(), 71U);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        SyntheticExport documents(seed, {.patients = 40});
        coverage.add(test::organisation_text(documents));
        for (std::uint64_t index = 0; index < 40; ++index) {
            coverage.add(test::read_patient(documents, index).document);
        }
    }
    std::cout << coverage.seen() << " of 502 declarations and " << coverage.seen_references()
              << " of 71 references occur\n";
    for (const std::string& path : coverage.missing(reach)) std::cout << "not: " << path << '\n';
    EXPECT_EQ(coverage.seen(), 502U);
    EXPECT_EQ(coverage.seen_references(), 71U);
}

// The counters can move: documents without messages and with empty lists hold fewer.
TEST(SyntheticExport, Documents_WithEmptyLists_LackDeclarationsAndReferences) {
    const auto file = test::reference_file("data/FmSfmExportImportFormatDefinition.xsd");
    if (!file) SFM_SKIP_OR_FAIL("the official schema is not there");
    test::DeclarationCoverage coverage(*file);
    SyntheticExport documents(1, {.patients = 3, .shape = find_export_shape("empty-lists")});
    coverage.add(test::organisation_text(documents));
    for (std::uint64_t index = 0; index < 3; ++index) {
        coverage.add(test::read_patient(documents, index).document);
    }
    EXPECT_LT(coverage.seen(), 400U);
    EXPECT_LT(coverage.seen_references(), 60U);
    EXPECT_EQ(
        coverage.missing(coverage.reach_from(roots)).size(),
        502 - coverage.seen() + 71 - coverage.seen_references()
    );
}

}  // namespace
}  // namespace sfmkit::client
