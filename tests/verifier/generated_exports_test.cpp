#include "client/encoder/export_folder.hpp"
#include "client/encoder/synthetic/synthetic_export.hpp"
#include "fixtures/test_certificate.hpp"
#include "platform/random.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/recipe_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace sfmkit::verifier {
namespace {

constexpr platform::WallTime today =
    std::chrono::sys_days(std::chrono::November / 22 / 2026) + std::chrono::hours(12);

/// An answer of Helfo cannot be written without a Tidspunkt, and nobody knows what it counts: the
/// rule only says so.
bool is_unavoidable(const findings::Finding& finding) {
    return finding.rule == "PAT-31" && finding.severity == findings::Severity::info;
}

// The writer and the judge were written apart; either can be wrong, rarely both alike.
TEST(GeneratedExports, OfTwoHundredSeeds_AreCleanInStrict) {
    constexpr std::uint64_t seeds = 200;
    test::RecipeWorld keys;
    const platform::PrivateKey& key = keys.key(2048);
    const platform::Certificate certificate = fixtures::self_signed(key, today);
    const XmlSchema schema = XmlSchema::own();
    const test::FixedClock clock(today);
    platform::SystemFiles files;
    platform::SystemRandom random;
    std::uint64_t clean = 0;
    std::uint64_t documents = 0;
    std::uint64_t unavoidable = 0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        SCOPED_TRACE(seed);
        const test::TemporaryFolder folder;
        const client::SyntheticExport made(seed, {.patients = 2, .messages = 1, .reports = 1});
        const client::Sealing sealing{certificate, random, keys.algorithms()};
        const auto written =
            client::write_sealed_export(made, files, sealing, folder / "export", {});
        ASSERT_TRUE(written.has_value()) << platform::describe(written.error());
        VerifyOptions options{.key = &key, .schema = &schema};
        options.certificate = &certificate;
        const auto report =
            verify_path({files, clock, keys.algorithms()}, folder / "export", options);
        ASSERT_TRUE(report.has_value()) << platform::describe(report.error());
        std::vector<findings::Finding> told = report->findings;
        unavoidable += static_cast<std::uint64_t>(std::erase_if(told, is_unavoidable));
        EXPECT_THAT(told, testing::IsEmpty());
        EXPECT_EQ(report->verdict.conclusion, findings::Conclusion::conforms);
        EXPECT_EQ(report->coverage.files, 4U);
        EXPECT_EQ(report->coverage.decrypted, 4U);
        documents += report->coverage.documents;
        if (told.empty()) ++clean;
    }
    EXPECT_EQ(clean, seeds);
    EXPECT_GE(unavoidable, 5U);
    EXPECT_LE(unavoidable, seeds / 4);
    // An organisation, two patients and at least a message of each.
    EXPECT_GE(documents, 5 * seeds);
}

}  // namespace
}  // namespace sfmkit::verifier
