#include "tests/client/declaration_coverage.hpp"
#include "tests/client/synthetic_documents.hpp"
#include "tests/support/reference.hpp"

#include <gtest/gtest.h>

#include <iostream>

namespace sfmkit::client {
namespace {

// Oracle: the element declarations of the schema that NHN publishes. 517 there are; 15 of them no
// document can hold, because nothing refers to them.
TEST(SyntheticExport, Documents_OfSomeSeeds_HoldAllReachableDeclarations) {
    const auto file = test::reference_file("data/FmSfmExportImportFormatDefinition.xsd");
    if (!file) SFM_SKIP_OR_FAIL("the official schema is not there");
    const std::vector<std::string> roots{"PasientExport", "ExportImport"};
    test::DeclarationCoverage coverage(*file);
    ASSERT_EQ(coverage.declared(), 517U);
    ASSERT_EQ(coverage.reachable(roots), 502U);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        SyntheticExport documents(seed, {.patients = 40});
        coverage.add(test::organisation_text(documents));
        for (std::uint64_t index = 0; index < 40; ++index) {
            coverage.add(test::read_patient(documents, index).document);
        }
    }
    const std::vector<std::string> missing = coverage.missing(roots);
    std::cout << coverage.seen() << " of 502 declarations occur\n";
    for (const std::string& path : missing) std::cout << "not: " << path << '\n';
    EXPECT_EQ(coverage.seen(), 502U);
}

}  // namespace
}  // namespace sfmkit::client
