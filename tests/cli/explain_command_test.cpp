#include "platform/result.hpp"
#include "tests/cli/sealed_export.hpp"
#include "tests/support/json_shape.hpp"
#include "tests/support/reference.hpp"
#include "verifier/rules/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace sfmkit {
namespace {

using nlohmann::json;
using test::run_sfmkit;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::size_t letters_in(const std::string& line) {
    return static_cast<std::size_t>(std::ranges::count_if(line, [](char byte) {
        return (byte & 0xc0) != 0x80;
    }));
}

json schema() {
    return json::parse(test::read_file(test::source_folder() / "docs" / "rules.schema.json"));
}

TEST(ExplainCommand, OfOneRule_TellsAllThatIsKnown) {
    const auto run = run_sfmkit({"explain", "ENV-11"});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_THAT(run.output, StartsWith("ENV-11: the AES key is wrapped with OAEP SHA-512"));
    for (const char* part :
         {"severity      error in strict, warning in lenient, error in edition-2021\n",
          "source        page text, inference\n",
          "certainty     likely",
          "\nWhy:\n",
          "\nBreaks it:\n",
          "OAEP hash SHA-512, MGF1 hash SHA-1, no label\n",
          "\nKeeps it:\n",
          "OAEP hash SHA-512, MGF1 hash SHA-512, no label\n",
          "  C#            rsa.Encrypt",
          "  Java          \"RSA/ECB/OAEPWithSHA-512AndMGF1Padding\"",
          "  Node          crypto.publicEncrypt",
          "\nFix:\n",
          "  ENV-12        the unwrapped key has 32 bytes\n",
          "supersedes    ENV-10\n",
          "yields to     ENV-20\n",
          "sfmkit generate broken --break ENV-11\n",
          "sfmkit inspect FILE --key KEY\n",
          "sfmkit verify EXPORT --key KEY\n"}) {
        EXPECT_THAT(run.output, HasSubstr(part));
    }
}

TEST(ExplainCommand, OffATerminal_StaysWithinAHundredColumnsWithoutColour) {
    const auto run = run_sfmkit({"explain", "--all"});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_THAT(run.output, Not(HasSubstr("\x1b")));
    std::size_t lines = 0;
    for (const std::string& line : lines_of(run.output)) {
        // Examples stand as they are: indented by four, and never broken.
        EXPECT_LE(letters_in(line), line.starts_with("    ") ? 104U : 100U) << line;
        EXPECT_FALSE(line.ends_with(' ')) << line;
        ++lines;
    }
    EXPECT_GT(lines, 248U * 20U);
}

TEST(ExplainCommand, OfIdsAsPeopleTypeThem_FindsEachOnce) {
    const auto run = run_sfmkit({"explain", "env11", "[ZIP-8]", "ENV-11:", "--format", "json"});
    EXPECT_EQ(run.exit_code, 0);
    const json rules = json::parse(run.output).at("rules");
    ASSERT_EQ(rules.size(), 2U);
    EXPECT_EQ(rules[0].at("id"), "ENV-11");
    EXPECT_EQ(rules[1].at("id"), "ZIP-08");
}

TEST(ExplainCommand, OfAnUnknownId_NamesTheNearestAndEndsWithTwo) {
    const auto exchanged = run_sfmkit({"explain", "EVN-11"});
    EXPECT_EQ(exchanged.exit_code, 2);
    EXPECT_THAT(
        exchanged.output,
        AllOf(
            StartsWith("error: no rule has this id: EVN-11\n"),
            HasSubstr("maybe ENV-11\n"),
            HasSubstr("sfmkit explain ENV-11")
        )
    );
    const auto beyond = run_sfmkit({"explain", "ENV-11", "zip99"});
    EXPECT_EQ(beyond.exit_code, 2);
    EXPECT_THAT(beyond.output, AllOf(StartsWith("error:"), HasSubstr("sfmkit rules --family ZIP")));
    const auto word = run_sfmkit({"explain", "checksum"});
    EXPECT_EQ(word.exit_code, 2);
    EXPECT_THAT(word.output, AllOf(Not(HasSubstr("maybe")), HasSubstr("sfmkit rules")));
}

TEST(ExplainCommand, WithoutIdOrInAnUnknownFormat_EndsWithTwo) {
    const std::vector<std::vector<std::string>> wrong = {
        {"explain"}, {"explain", "--all", "ENV-11"}, {"explain", "ENV-11", "--format", "html"}
    };
    for (const auto& arguments : wrong) {
        const auto run = run_sfmkit(arguments);
        EXPECT_EQ(run.exit_code, 2) << arguments.back();
        EXPECT_THAT(run.output, AllOf(StartsWith("error: "), HasSubstr("next: "))) << run.output;
    }
    EXPECT_EQ(run_sfmkit({"explain", "--all"}).exit_code, 0);
    EXPECT_EQ(run_sfmkit({"explain", "ENV-11", "--format", "markdown"}).exit_code, 0);
}

// Every error ends in an id that a person may ask about.
TEST(ExplainCommand, OfTheIdOfAnError_TellsWhatItMeans) {
    const std::string error = run_sfmkit({"explain", "EVN-11"}).output;
    const std::string id = error.substr(error.rfind('['), error.rfind(']') + 1 - error.rfind('['));
    EXPECT_EQ(id, "[ERR-usage]");
    const auto usage = run_sfmkit({"explain", id});
    EXPECT_EQ(usage.exit_code, 0);
    EXPECT_THAT(usage.output, StartsWith("ERR-usage: The command line"));
    EXPECT_THAT(usage.output, HasSubstr("\n  exit code: 2\n  next: "));
    for (int code = 0; code <= static_cast<int>(platform::Errc::internal); ++code) {
        const auto name = platform::name_of(static_cast<platform::Errc>(code));
        const auto run = run_sfmkit({"explain", "err-" + std::string(name)});
        EXPECT_EQ(run.exit_code, 0) << name;
        EXPECT_THAT(run.output, StartsWith("ERR-" + std::string(name) + ": "));
    }
    const auto both = run_sfmkit({"explain", "ERR-wrong-key", "ENV-10"});
    EXPECT_THAT(both.output, AllOf(StartsWith("ERR-wrong-key: "), HasSubstr("\nENV-10: ")));
    EXPECT_EQ(run_sfmkit({"explain", "ERR-nothing"}).exit_code, 2);
}

TEST(ExplainCommand, AsJson_FitsTheSchemaWithAPageForEachRule) {
    const auto run = run_sfmkit({"explain", "--all", "--format", "json"});
    const json explained = json::parse(run.output);
    EXPECT_THAT(test::breaches_of_schema(explained, schema()), IsEmpty());
    EXPECT_EQ(explained.at("ruleset"), verifier::ruleset);
    ASSERT_EQ(explained.at("rules").size(), verifier::catalogue().size());
    for (const json& rule : explained.at("rules")) EXPECT_TRUE(rule.contains("page"));
    json without = explained;
    without.at("rules").at(0).at("page").erase("reason");
    EXPECT_THAT(
        test::breaches_of_schema(without, schema()),
        Contains(HasSubstr("$.rules[0].page lacks \"reason\""))
    );
}

TEST(RulesCommand, AsJson_FitsTheSchemaAndHasEveryRule) {
    const json listed = json::parse(run_sfmkit({"rules", "--format", "json"}).output);
    EXPECT_THAT(test::breaches_of_schema(listed, schema()), IsEmpty());
    const auto rows = verifier::catalogue();
    ASSERT_EQ(listed.at("rules").size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const json& rule = listed.at("rules").at(i);
        EXPECT_EQ(rule.at("id"), rows[i]->id);
        EXPECT_EQ(rule.at("built"), rows[i]->built);
        EXPECT_EQ(rule.at("severity").at("lenient"), findings::name_of(rows[i]->lenient));
        EXPECT_FALSE(rule.contains("page"));
    }
}

TEST(RulesCommand, AsTable_HasALineForEachRule) {
    const auto run = run_sfmkit({"rules"});
    EXPECT_EQ(run.exit_code, 0);
    const auto lines = lines_of(run.output);
    for (const findings::Rule* rule : verifier::catalogue()) {
        EXPECT_THAT(lines, Contains(StartsWith(std::string(rule->id) + "  "))) << rule->id;
    }
    for (const std::string& line : lines) EXPECT_LE(letters_in(line), 100U) << line;
    EXPECT_THAT(run.output, HasSubstr("248 rules, "));
}

TEST(RulesCommand, OfAFamilyAndAProfile_ListsWhatItJudges) {
    const auto all = run_sfmkit({"rules", "--family", "zip"});
    EXPECT_THAT(all.output, AllOf(HasSubstr("ZIP-13"), Not(HasSubstr("ENV-01"))));
    EXPECT_THAT(all.output, HasSubstr("ZIP-03  error    warning  error    archive"));
    // ZIP-13 is off in lenient.
    const auto lenient = run_sfmkit({"rules", "--family", "ZIP", "--profile", "lenient"});
    EXPECT_THAT(lenient.output, HasSubstr("ZIP-03  warning  archive"));
    EXPECT_THAT(lenient.output, Not(HasSubstr("ZIP-13")));
    EXPECT_THAT(lenient.output, HasSubstr("14 rules, 14 of them built"));
    const auto two = run_sfmkit({"rules", "--family", "ENV", "--family", "LED-01"});
    EXPECT_THAT(two.output, HasSubstr("23 rules, "));
}

TEST(RulesCommand, OfUnknownNames_EndsWithTwoAndNamesTheKnown) {
    const auto family = run_sfmkit({"rules", "--family", "TUS"});
    EXPECT_EQ(family.exit_code, 2);
    EXPECT_THAT(family.output, HasSubstr("DIR, IDX, LED, ENV, ZIP, XML, ORG"));
    const auto profile = run_sfmkit({"rules", "--profile", "mild"});
    EXPECT_EQ(profile.exit_code, 2);
    EXPECT_THAT(profile.output, HasSubstr("strict, lenient or edition-2021"));
    const auto format = run_sfmkit({"rules", "--format", "csv"});
    EXPECT_EQ(format.exit_code, 2);
    EXPECT_THAT(format.output, HasSubstr("text or json"));
}

}  // namespace
}  // namespace sfmkit
