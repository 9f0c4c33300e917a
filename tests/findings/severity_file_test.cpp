#include "findings/severity_file.hpp"

#include <gtest/gtest.h>

#include <array>

namespace sfmkit::findings {
namespace {

constexpr Rule style{
    .id = "A-01",
    .strict = Severity::warning,
    .lenient = Severity::info,
    .stage = Stage::archive,
    .title = "style",
    .sources = Source::inference,
    .remedy = "mend",
};
constexpr Rule key{
    .id = "A-02",
    .strict = Severity::error,
    .lenient = Severity::error,
    .stage = Stage::archive,
    .title = "key",
    .sources = Source::inference,
    .remedy = "mend",
};
constexpr std::array<const Rule*, 2> catalogue = {&style, &key};

auto parsed(std::string_view text, Profile profile = Profile::strict) {
    return parse_severity_file(text, "own.txt", catalogue, profile);
}

TEST(SeverityFile, OfRules_GivesTheirSeverities) {
    const auto overrides = parsed("A-02 off\nA-01 error");
    ASSERT_TRUE(overrides);
    const std::vector<Override> expected = {
        {"A-02", Severity::error, Severity::off}, {"A-01", Severity::warning, Severity::error}
    };
    EXPECT_EQ(*overrides, expected);
    EXPECT_EQ(parsed("A-01 error", Profile::lenient)->front().by_profile, Severity::info);
}

TEST(SeverityFile, FromWindowsWithComments_ReadsTheSame) {
    const auto overrides =
        parsed("\xEF\xBB\xBF# our own list\r\n\r\n  A-02\t info   # for now\r\n");
    ASSERT_TRUE(overrides);
    const std::vector<Override> expected = {{"A-02", Severity::error, Severity::info}};
    EXPECT_EQ(*overrides, expected);
    EXPECT_TRUE(parsed("")->empty());
}

TEST(SeverityFile, WithMistake_NamesLineAndBothSides) {
    struct Case {
        std::string_view text;
        std::string where;
        std::string expected;
        std::string actual;
    };
    const std::vector<Case> cases = {
        {"A-01 off\nB-01 off\n", "own.txt line 2", "the id of a rule, e.g. ENV-11", "B-01"},
        {"a-01 off", "own.txt line 1", "the id of a rule, e.g. ENV-11", "a-01"},
        {"\n\nA-01 fatal", "own.txt line 3", "error, warning, info or off", "fatal"},
        {"A-01 Error", "own.txt line 1", "error, warning, info or off", "Error"},
        {"A-01 off\n#\nA-01 off", "own.txt line 3", "each rule once", "A-01 in line 1, too"},
        {"A-01", "own.txt line 1", "two words, e.g. ZIP-06 error", "1 word"},
        {"A-01 = off", "own.txt line 1", "two words, e.g. ZIP-06 error", "3 words"},
        {"\x1B[2J off", "own.txt line 1", "the id of a rule, e.g. ENV-11", "\\x1b[2J"},
    };
    for (const Case& wrong : cases) {
        const auto overrides = parsed(wrong.text);
        ASSERT_FALSE(overrides) << wrong.text;
        EXPECT_EQ(overrides.error().code, platform::Errc::usage);
        EXPECT_EQ(overrides.error().where, wrong.where);
        EXPECT_EQ(overrides.error().expected, wrong.expected);
        EXPECT_EQ(overrides.error().actual, wrong.actual);
    }
}

}  // namespace
}  // namespace sfmkit::findings
