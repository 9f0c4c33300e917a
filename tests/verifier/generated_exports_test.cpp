#include "client/encoder/export_folder.hpp"
#include "client/encoder/synthetic/synthetic_export.hpp"
#include "fixtures/test_certificate.hpp"
#include "platform/random.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/recipe_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
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

/// Judges generated exports in strict.
class GeneratedExports : public testing::Test {
  protected:
    findings::Report judge(const client::SyntheticExport& made) {
        const test::TemporaryFolder folder;
        const client::Sealing sealing{certificate_, random_, keys_.algorithms()};
        const auto written =
            client::write_sealed_export(made, files_, sealing, folder / "export", {});
        if (!written) throw std::runtime_error(platform::describe(written.error()));
        VerifyOptions options{.key = &key_, .schema = &schema_};
        options.certificate = &certificate_;
        auto report = verify_path({files_, clock_, keys_.algorithms()}, folder / "export", options);
        if (!report) throw std::runtime_error(platform::describe(report.error()));
        return std::move(report.value());
    }

  private:
    test::RecipeWorld keys_;
    const platform::PrivateKey& key_ = keys_.key(2048);
    const platform::Certificate certificate_ = fixtures::self_signed(key_, today);
    const XmlSchema schema_ = XmlSchema::own();
    const test::FixedClock clock_{today};
    platform::SystemFiles files_;
    platform::SystemRandom random_;
};

// The writer and the judge were written apart; either can be wrong, rarely both alike.
TEST_F(GeneratedExports, OfTwoHundredSeeds_AreCleanInStrict) {
    constexpr std::uint64_t seeds = 200;
    std::uint64_t clean = 0;
    std::uint64_t documents = 0;
    std::uint64_t unavoidable = 0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        SCOPED_TRACE(seed);
        const findings::Report report = judge({seed, {.patients = 2, .messages = 1, .reports = 1}});
        std::vector<findings::Finding> told = report.findings;
        unavoidable += static_cast<std::uint64_t>(std::erase_if(told, is_unavoidable));
        EXPECT_THAT(told, testing::IsEmpty());
        EXPECT_EQ(report.verdict.conclusion, findings::Conclusion::conforms);
        EXPECT_EQ(report.coverage.files, 4U);
        EXPECT_EQ(report.coverage.decrypted, 4U);
        documents += report.coverage.documents;
        if (told.empty()) ++clean;
    }
    EXPECT_EQ(clean, seeds);
    EXPECT_GE(unavoidable, 5U);
    EXPECT_LE(unavoidable, seeds / 4);
    // An organisation, two patients and at least a message of each.
    EXPECT_GE(documents, 5 * seeds);
}

// Lists that hold nothing are what that shape is for; nothing else is odd about it.
TEST_F(GeneratedExports, OfEveryShape_AreCleanInStrictButForEmptyLists) {
    const std::set<std::string> about_empty_lists{"PAT-11", "PAT-12"};
    for (const client::ExportShape& shape : client::export_shapes()) {
        SCOPED_TRACE(shape.name);
        const findings::Report report = judge(
            {29,
             {.patients = std::min<std::uint64_t>(shape.patients, 3),
              .reports = std::min<std::uint64_t>(shape.reports, 20),
              .shape = &shape}}
        );
        std::set<std::string> rules;
        for (const findings::Finding& finding : report.findings) {
            if (finding.severity != findings::Severity::info) rules.insert(finding.rule);
        }
        EXPECT_EQ(rules, shape.has_empty_lists ? about_empty_lists : std::set<std::string>{});
        EXPECT_GE(report.coverage.documents, 2U);
    }
}

}  // namespace
}  // namespace sfmkit::verifier
