#include "tests/cli/sealed_export.hpp"
#include "tests/support/reference.hpp"
#include "verifier/rules/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace sfmkit {
namespace {

std::string as_written_now() {
    return test::run_sfmkit({"explain", "--all", "--format", "markdown"}).output;
}

std::set<std::string> all_matches(const std::string& text, const char* pattern) {
    const std::regex expression(pattern);
    std::set<std::string> matches;
    for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) {
        matches.insert((*at)[1]);
    }
    return matches;
}

// What is compared is not told: the page has thousands of lines.
TEST(RulesPage, InDocs_IsWhatTheProgramWritesNow) {
    const bool current =
        test::read_file(test::source_folder() / "docs" / "rules.md") == as_written_now();
    EXPECT_TRUE(current) << "docs/rules.md is out of date. Write it anew: ./bootstrap docs";
}

TEST(RulesPage, InItself_LinksToSectionsThatExist) {
    const std::string page = as_written_now();
    const auto anchors = all_matches(page, R"re(<a id="([^"]+)"></a>)re");
    const auto links = all_matches(page, R"re(\]\(#([^)]+)\))re");
    EXPECT_EQ(anchors.size(), verifier::catalogue().size());
    EXPECT_EQ(links, anchors);
}

TEST(RulesPage, InItself_HasATableRowAndASectionForEachRule) {
    const std::string page = as_written_now();
    const auto rows = all_matches(page, R"re(\n\| \[([A-Z]+-[0-9]+)\]\(#)re");
    const auto sections = all_matches(page, R"re(\n### ([A-Z]+-[0-9]+): )re");
    std::set<std::string> ids;
    for (const findings::Rule* rule : verifier::catalogue()) ids.emplace(rule->id);
    EXPECT_EQ(rows, ids);
    EXPECT_EQ(sections, ids);
}

}  // namespace
}  // namespace sfmkit
