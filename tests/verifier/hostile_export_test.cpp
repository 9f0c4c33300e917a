// What was made to hurt costs little and is told, and what is like it but harmless conforms. The
// limits are those of issue 5: 2 s of processor time and 384 MiB in a release build.

#include "tests/verifier/hostile_export.hpp"

#include "tests/support/reference.hpp"
#include "tests/verifier/measured_verify.hpp"
#include "tests/verifier/recipe_world.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <iostream>
#include <ostream>
#include <set>

namespace sfmkit::test {

void PrintTo(const HostileExport& example, std::ostream* out) {
    *out << example.name;
}

namespace {

constexpr std::chrono::seconds most_cpu_time(2);
constexpr std::uint64_t most_bytes = std::uint64_t{384} << 20U;

class HostileExports : public testing::TestWithParam<HostileExport> {
  protected:
    // Keys take longest to make.
    static void SetUpTestSuite() { shared_ = new MeasuredVerify; }
    static void TearDownTestSuite() {
        delete shared_;
        shared_ = nullptr;
    }
    void SetUp() override {
        if (!find_program("time")) SFM_SKIP_OR_FAIL("GNU time is not installed");
    }

    static std::set<std::string> rules_in(const std::filesystem::path& report) {
        std::set<std::string> rules;
        const auto parsed = nlohmann::json::parse(read_file(report));
        for (const auto& finding : parsed.at("findings")) {
            rules.insert(finding.at("rule").get<std::string>());
        }
        return rules;
    }

    static bool replaces_message(const std::function<void(fixtures::ExportRecipe&)>& edit) {
        fixtures::ExportRecipe recipe = sample_export();
        const std::string before = recipe.message().content;
        edit(recipe);
        return recipe.message().content != before;
    }

    static inline MeasuredVerify* shared_ = nullptr;
    TemporaryFolder folder_;
};

TEST_P(HostileExports, OfTheTable_CostLittleAndAreTold) {
    const auto folder = folder_ / "export";
    shared_->write(GetParam().hostile, folder);
    if (GetParam().edit_folder) GetParam().edit_folder(folder);
    const MeasuredRun run = shared_->verify(folder, folder_ / "report.json");
    std::cout << fmt::format(
        "{:>5} ms {:>4} MiB\n", run.cpu_time.count(), run.peak_bytes / (1 << 20)
    );
    EXPECT_TRUE(run.exit_code == 1 || run.exit_code == 3) << run.exit_code << '\n' << run.output;
    EXPECT_TRUE(rules_in(folder_ / "report.json").contains(GetParam().rule)) << run.output;
    if (!measures_count()) return;
    EXPECT_LT(run.cpu_time, most_cpu_time);
    EXPECT_LT(run.peak_bytes, most_bytes);
}

TEST_P(HostileExports, HarmlessTwins_AreNotToldLikeThem) {
    const auto folder = folder_ / "export";
    shared_->write(GetParam().twin, folder);
    const MeasuredRun run = shared_->verify(folder, folder_ / "report.json");
    // A document that stands in place of a message is none, however harmless it is.
    const std::set<std::string> told = replaces_message(GetParam().twin)
                                           ? std::set<std::string>{"MSG-14"}
                                           : std::set<std::string>();
    EXPECT_EQ(run.exit_code, told.empty() ? 0 : 1) << run.output;
    EXPECT_EQ(rules_in(folder_ / "report.json"), told) << run.output;
}

std::string name_of(const testing::TestParamInfo<HostileExport>& example) {
    return example.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    Documents, HostileExports, testing::ValuesIn(hostile_documents()), name_of
);
INSTANTIATE_TEST_SUITE_P(Archives, HostileExports, testing::ValuesIn(hostile_archives()), name_of);
INSTANTIATE_TEST_SUITE_P(
    Envelopes, HostileExports, testing::ValuesIn(hostile_envelopes()), name_of
);
INSTANTIATE_TEST_SUITE_P(Folders, HostileExports, testing::ValuesIn(hostile_folders()), name_of);

}  // namespace
}  // namespace sfmkit::test
