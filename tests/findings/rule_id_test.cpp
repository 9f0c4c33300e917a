#include "findings/rule_id.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit::findings {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(AsRuleId, OfWhatPeopleTypeOrCopy_IsTheId) {
    for (const std::string_view typed :
         {"ENV-11", "env-11", "env11", "Env_11", "ENV-11:", "[ENV-11]", " ENV-011,", "ENV--11"}) {
        EXPECT_EQ(as_rule_id(typed), "ENV-11") << typed;
    }
    EXPECT_EQ(as_rule_id("zip1"), "ZIP-01");
    EXPECT_EQ(as_rule_id("zip-01"), "ZIP-01");
    EXPECT_EQ(as_rule_id("zip-100"), "ZIP-100");
    EXPECT_EQ(as_rule_id("zip0"), "ZIP-00");
}

TEST(AsRuleId, OfOtherText_IsTheTextInCapitals) {
    EXPECT_EQ(as_rule_id("zip"), "ZIP");
    EXPECT_EQ(as_rule_id("11"), "11");
    EXPECT_EQ(as_rule_id("env-1x"), "ENV-1X");
    EXPECT_EQ(as_rule_id("env-"), "ENV-");
    EXPECT_EQ(as_rule_id("--"), "--");
    EXPECT_EQ(as_rule_id(" : "), "");
    EXPECT_EQ(as_rule_id(""), "");
}

TEST(FamilyOf, OfAnId_IsWhatStandsBeforeTheDash) {
    EXPECT_EQ(family_of("ENV-11"), "ENV");
    EXPECT_EQ(family_of("ENV"), "ENV");
}

Rule rule(std::string_view id) {
    return {
        .id = id,
        .strict = Severity::error,
        .lenient = Severity::error,
        .stage = Stage::envelope,
        .title = "a title",
        .sources = Source::schema,
        .remedy = "a remedy",
    };
}

TEST(NearRuleIds, OfTypingErrors_AreTheNearestOnes) {
    const std::vector<Rule> rows = {
        rule("ENV-01"), rule("ENV-09"), rule("ENV-11"), rule("ENV-19"), rule("IDN-11")
    };
    std::vector<const Rule*> rules;
    for (const Rule& row : rows) rules.push_back(&row);
    EXPECT_THAT(near_rule_ids("evn11", rules), ElementsAre("ENV-11"));
    EXPECT_THAT(near_rule_ids("ENW-19", rules), ElementsAre("ENV-19"));
    EXPECT_THAT(near_rule_ids("env-99", rules), ElementsAre("ENV-09", "ENV-19"));
    EXPECT_THAT(near_rule_ids("nv-01", rules), ElementsAre("ENV-01"));
    EXPECT_THAT(near_rule_ids("schema", rules), IsEmpty());
    EXPECT_THAT(near_rule_ids("", rules), IsEmpty());
    EXPECT_THAT(near_rule_ids(std::string(100'000, 'E'), rules), IsEmpty());
}

}  // namespace
}  // namespace sfmkit::findings
