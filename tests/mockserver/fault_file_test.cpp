#include "mockserver/faults/fault_file.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sfmkit::test {
namespace {

using mockserver::parse_scenario;

const std::string all_members = R"({
  "name": "everything", "description": "each member once", "seed": 7,
  "faults": [
    {"name": "a", "point": "body", "at_byte": 12, "times": 0,
     "match": {"method": "PATCH", "upload": "u", "session": "s", "file_type": "t", "nth": 3,
               "probability": 0.25},
     "action": {"do": "corrupt", "silent": true}},
    {"name": "b", "point": "answer", "at_byte": 1,
     "action": {"do": "edit_answer", "status": 299, "reason": "r", "set": {"X": "1", "Y": "2"},
                "remove": ["Date"], "shift": -4, "lower_case": true, "http_1_0": true,
                "chunked": true, "gzip": true}},
    {"name": "c", "point": "head",
     "action": {"do": "answer", "status": 503, "text": "later", "close": true}},
    {"name": "d", "point": "after_store",
     "action": {"do": "restart", "time": "250ms", "keep_state": false}},
    {"name": "e", "point": "after_answer", "action": {"do": "lose_store", "bytes": 5}}
  ]
})";

TEST(FaultFile, Scenario_WithAllMembers_ComesBackAsPrinted) {
    const auto parsed = parse_scenario(all_members, "file");
    ASSERT_TRUE(parsed) << platform::describe(parsed.error());
    ASSERT_EQ(parsed->faults.size(), 5U);
    EXPECT_EQ(parsed->seed, 7U);
    EXPECT_EQ(parsed->faults[0].at_byte, 12U);
    EXPECT_EQ(parsed->faults[0].match.nth, 3U);
    EXPECT_EQ(parsed->faults[0].match.per_million, 250'000U);
    EXPECT_EQ(parsed->faults[0].times, 0U);
    EXPECT_EQ(parsed->faults[1].action.shift, -4);
    EXPECT_EQ(parsed->faults[1].action.set.all().size(), 2U);
    EXPECT_EQ(parsed->faults[3].action.time, platform::Duration(250));
    EXPECT_FALSE(parsed->faults[3].action.keep_state);
    const auto again = parse_scenario(mockserver::print_scenario(*parsed), "printed");
    ASSERT_TRUE(again) << platform::describe(again.error());
    EXPECT_EQ(*again, *parsed);
}

struct Wrong {
    const char* name;
    const char* from;  ///< in the sound text, replaced by
    const char* to;
    const char* where;  ///< that the error names
};

void PrintTo(const Wrong& row, std::ostream* out) {
    *out << row.name;
}

constexpr Wrong wrong_rows[] = {
    {"UnknownMember", R"("at_byte": 12)", R"("at_bite": 12)", "file: faults[0].at_bite"},
    {"UnknownPoint", R"("point": "body")", R"("point": "tail")", "file: faults[0].point"},
    {"NoPoint", R"("point": "body", )", "", "file: faults[0].point"},
    {"ByteOfNothing",
     R"("point": "head")",
     R"("point": "head", "at_byte": 3)",
     "file: faults[2].at_byte"},
    {"UnknownAction", R"("do": "corrupt")", R"("do": "explode")", "file: faults[0].action.do"},
    {"ActionAtWrongPoint",
     R"("point": "after_answer")",
     R"("point": "head")",
     "file: faults[4].action.do"},
    {"MemberOfOtherAction", R"("bytes": 5)", R"("status": 5)", "file: faults[4].action.status"},
    {"StatusOutOfRange", R"("status": 503)", R"("status": 5030)", "file: faults[2].action.status"},
    {"NoStatus", R"("status": 503, )", "", "file: faults[2].action.status"},
    {"TimeWithoutUnit", R"("250ms")", R"("soon")", "file: faults[3].action.time"},
    {"NumberAsText", R"("seed": 7)", R"("seed": "7")", "file: seed"},
    {"NegativeNumber", R"("at_byte": 12)", R"("at_byte": -1)", "file: faults[0].at_byte"},
    {"NthIsZero", R"("nth": 3)", R"("nth": 0)", "file: faults[0].match.nth"},
    {"ProbabilityAboveOne", "0.25", "1.25", "file: faults[0].match.probability"},
    {"FieldWithLineEnd", R"("X": "1")", R"("X": "1\r\nY: 2")", "file: faults[1].action.set"},
    {"FaultsAreNoList", R"("faults": [)", R"("faults": 1, "more": [)", "file: faults"},
    {"NoJson",
     R"({
  "name")",
     R"("name")",
     "file"},
};

class FaultFileRefusal : public testing::TestWithParam<Wrong> {};

TEST_P(FaultFileRefusal, Scenario_WithOneMistake_NamesItsPlace) {
    const Wrong& row = GetParam();
    std::string text = all_members;
    const std::size_t place = text.find(row.from);
    ASSERT_NE(place, std::string::npos);
    text.replace(place, std::string(row.from).size(), row.to);
    const auto parsed = parse_scenario(text, "file");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, platform::Errc::usage);
    EXPECT_EQ(parsed.error().where, row.where) << platform::describe(parsed.error());
    EXPECT_FALSE(parsed.error().expected.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows,
    FaultFileRefusal,
    testing::ValuesIn(wrong_rows),
    [](const auto& row) { return row.param.name; }
);

}  // namespace
}  // namespace sfmkit::test
