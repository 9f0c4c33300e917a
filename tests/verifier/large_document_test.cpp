// XML above --max-xml is judged while it streams by: to its end, told, and in flat memory.
#include "tests/support/reference.hpp"
#include "tests/verifier/measured_verify.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace sfmkit::test {
namespace {

constexpr std::size_t mebibyte = 1 << 20;

/// A valid patient document of at least this size: one allergy record again and again.
std::string large_document(std::string text, std::size_t bytes) {
    const std::string end = "</Legemiddelreaksjon>";
    const std::size_t begin = text.find("<Legemiddelreaksjon>");
    const std::string record = text.substr(begin, text.find(end) + end.size() - begin);
    std::string records;
    records.reserve(bytes + record.size());
    while (records.size() < bytes) records += record;
    return text.insert(begin, records);
}

std::function<void(fixtures::ExportRecipe&)> with_bytes(
    std::size_t bytes, const std::string& at_the_end = {}
) {
    return [=](fixtures::ExportRecipe& recipe) {
        std::string& text = recipe.patient_document().content;
        text.insert(text.rfind("</PasientExport>"), at_the_end);
        if (bytes > 0) text = large_document(std::move(text), bytes);
        // A deflated one would end as a zip bomb.
        recipe.patient_document().method = 0;
    };
}

class LargeDocument : public testing::Test {
  protected:
    void SetUp() override {
        if (!find_program("time")) SFM_SKIP_OR_FAIL("GNU time is not installed");
    }

    MeasuredRun run(
        const std::function<void(fixtures::ExportRecipe&)>& edit,
        const std::vector<std::string>& options = {}
    ) {
        const TemporaryFolder folder;
        verify_.write(edit, folder / "export");
        const auto run = verify_.verify(folder / "export", folder / "report.json", options);
        report_ = nlohmann::json::parse(read_file(folder / "report.json"));
        return run;
    }

    bool tells_max_xml() const {
        return std::ranges::any_of(report_.at("not_checked"), [](const nlohmann::json& gap) {
            return gap.at("reason").get<std::string>().find("--max-xml") != std::string::npos;
        });
    }

    MeasuredVerify verify_;
    nlohmann::json report_;
};

TEST_F(LargeDocument, AboveTheDefault_IsToldAndTakesNoMoreMemory) {
    const MeasuredRun small = run(with_bytes(0));
    EXPECT_EQ(small.exit_code, 0) << small.output;
    EXPECT_FALSE(tells_max_xml());
    const MeasuredRun large = run(with_bytes(48 * mebibyte));
    EXPECT_EQ(large.exit_code, 0) << large.output;
    EXPECT_TRUE(tells_max_xml());
    if (!measures_count()) return;
    EXPECT_LT(large.peak_bytes, small.peak_bytes + 8 * mebibyte);
}

TEST_F(LargeDocument, AboveTheDefault_IsCheckedToItsEnd) {
    const MeasuredRun large = run(with_bytes(33 * mebibyte, "<Surprise/>"));
    EXPECT_EQ(large.exit_code, 1) << large.output;
    ASSERT_EQ(report_.at("findings").size(), 1U);
    const auto& finding = report_.at("findings").front();
    EXPECT_EQ(finding.at("rule"), "XML-04");
    EXPECT_EQ(finding.at("place").at("xpath").get<std::string>().rfind("/PasientExport/*[", 0), 0U)
        << finding;
    EXPECT_GT(finding.at("place").at("byte_offset"), 33 * mebibyte);
}

TEST_F(LargeDocument, LimitOfTheOption_DecidesWhatIsLarge) {
    run(with_bytes(0), {"--max-xml", "1000"});
    EXPECT_TRUE(tells_max_xml());
    run(with_bytes(0), {"--max-xml", "1MiB"});
    EXPECT_FALSE(tells_max_xml());
}

}  // namespace
}  // namespace sfmkit::test
