#include "verifier/rules/catalogue.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace sfmkit {
namespace {

/// Severities in strict and in lenient, by rule.
using Severities = std::map<std::string, std::string>;

char letter_of(findings::Severity severity) {
    const std::string_view name = findings::name_of(severity);
    return name == "off" ? '-' : static_cast<char>(name.front() - 'a' + 'A');
}

Severities severities_of_catalogue() {
    Severities all;
    for (const findings::Rule* rule : verifier::catalogue()) {
        const std::string severities = {letter_of(rule->strict), letter_of(rule->lenient)};
        EXPECT_TRUE(all.emplace(rule->id, severities).second) << rule->id << " stands twice";
    }
    return all;
}

/// One letter a rule, in the order of the numbers: as the tables of rules were agreed.
struct Family {
    const char* name;
    std::string_view strict;
    std::string_view lenient;
};

constexpr std::array<Family, 13> families = {{
    {"ENV", "EEEEEEWWEEEEEEEEEEWE", "EEWEEWIIEEWEEEWWWEIE"},
    {"ZIP", "EEEEEWEEWEEEIIWW", "EEWEEIEEIEWW--II"},
    {"DIR", "EEEWEIEWEEEWEEEIW", "EWEIW-EIEWEIWEWII"},
    {"IDX", "EEEWWEWIWIWW", "WWWIIEI-I-II"},
    {"LED", "WWI", "III"},
    {"XML", "EEEEWIIWWW", "EEEEI-IIII"},
    {"ORG", "EWWWWWWWEWIWIWWEEWEEEEEWEWWWEIEWIWW", "WIIIIIIIWI-IIIIWWIWWWWWIWIIIWIWIIII"},
    {"PAT", "EEWEWIWEWWWWIWWEIWWWWWWWEEEEWWIEEWEWWWW", "EEIWI-IWIIIIIIIW-IIIIIIIWWWWIIIWWIWIIII"},
    {"TRT",
     "EEWEEEEEWWWWEWEEEEWWWIWWWEWWIWWWWWIEEWWWWWI",
     "WWIWWWWWIIIIWIWWWWIIIIIIIWIIIIIIII-WWIIIIII"},
    {"MSG", "EEEEWIEEWEWWWEWWIIEIIIEW", "EWWEI-WWIWIIIWIIIIWIIIEI"},
    {"IDN", "EEWEWWWWWEWIWWI", "WWIWIIIIIWIIIII"},
    {"COD", "WWWII", "IIIII"},
    {"DAT", "WEWIIIWWW", "IWIII-III"},
}};

Severities severities_agreed() {
    Severities all;
    for (const Family& family : families) {
        EXPECT_EQ(family.strict.size(), family.lenient.size()) << family.name;
        for (std::size_t i = 0; i < family.strict.size(); ++i) {
            const std::string number = std::to_string(i + 1);
            const std::string id =
                std::string(family.name) + (number.size() == 1 ? "-0" : "-") + number;
            all[id] = {family.strict[i], family.lenient[i]};
        }
    }
    return all;
}

TEST(Catalogue, OfAllFamilies_HasTheAgreedIdsAndSeverities) {
    EXPECT_EQ(severities_agreed().size(), 248U);
    EXPECT_EQ(severities_of_catalogue(), severities_agreed());
}

// The tables of rules themselves, read line by line: | id | strict | lenient | …
TEST(Catalogue, ComparedWithTheTablesOfRules_IsTheSame) {
    const auto file = test::reference_file("sfm-format.md");
    if (!file) SFM_SKIP_OR_FAIL("the tables of rules are not at hand");
    const std::regex row(R"(^\| ([A-Z]{3}-\d\d) \| ([EWI-]) \| ([EWI-])(/W)? \|)");
    Severities all;
    std::istringstream lines(test::read_file(*file));
    for (std::string line; std::getline(lines, line);) {
        std::smatch match;
        if (std::regex_search(line, match, row)) all.emplace(match[1], match.str(2) + match.str(3));
    }
    EXPECT_EQ(all.size(), 248U);
    EXPECT_EQ(severities_of_catalogue(), all);
}

TEST(Catalogue, OfEveryFamily_HasOneTitleARow) {
    std::set<std::string_view> titles;
    for (const findings::Rule* rule : verifier::catalogue()) {
        EXPECT_TRUE(titles.insert(rule->title).second) << rule->id << ": " << rule->title;
        // Only what the schema demanded later is milder for an export of that year.
        if (rule->id == "XML-04") continue;
        EXPECT_EQ(rule->strict, rule->edition_2021) << rule->id;
    }
}

/// `PAT-05`, or all from `PAT-05 to PAT-09`.
std::set<std::string> ids_of(const std::string& range) {
    constexpr std::size_t id_size = 6;
    const int first = std::stoi(range.substr(id_size - 2, 2));
    const int last = std::stoi(range.substr(range.size() - 2));
    std::set<std::string> ids;
    for (int number = first; number <= last; ++number) {
        ids.insert(
            range.substr(0, id_size - 2) + (number < 10 ? "0" : "") + std::to_string(number)
        );
    }
    return ids;
}

TEST(Catalogue, OfRulesThatAreNotBuilt_TellsThemByRanges) {
    findings::Report report;
    findings::Judge judge(report, findings::Profile::strict);
    verifier::tell_not_built(judge);
    std::set<std::string> told;
    for (const findings::Gap& gap : report.not_checked) {
        const auto ids = ids_of(gap.what);
        EXPECT_FALSE(gap.reason.empty()) << gap.what;
        EXPECT_EQ(gap.what.contains(" to "), ids.size() > 1) << gap.what;
        told.insert(ids.begin(), ids.end());
    }
    std::set<std::string> not_built;
    for (const findings::Rule* rule : verifier::catalogue()) {
        if (!rule->built) not_built.emplace(rule->id);
    }
    EXPECT_EQ(told, not_built);
    EXPECT_EQ(findings::verdict_of(report).conclusion, findings::Conclusion::conforms);
}

/// Which rules stand before which, where more than one sees the same mistake.
TEST(Catalogue, WhereRulesOverlap_NamesTheExactOne) {
    struct Overlap {
        std::string_view exact;
        std::string_view general;
    };
    const std::vector<Overlap> overlaps = {
        {"ENV-11", "ENV-10"},
        {"ENV-18", "ENV-01"},
        {"ENV-18", "ENV-02"},
        {"ENV-18", "ENV-04"},
        {"ENV-20", "ENV-01"},
        {"ENV-13", "ENV-14"},
        {"XML-03", "XML-04"},
        {"MSG-03", "MSG-02"},
        {"DIR-09", "PAT-02"},
        {"DIR-11", "DIR-13"},
        {"ORG-31", "ORG-19"},
        {"IDN-07", "IDN-06"},
        {"ZIP-16", "DAT-07"},
    };
    const auto rows = verifier::catalogue();
    for (const Overlap& overlap : overlaps) {
        const auto exact = std::ranges::find(rows, overlap.exact, &findings::Rule::id);
        ASSERT_NE(exact, rows.end());
        EXPECT_TRUE((*exact)->supersedes_id(overlap.general)) << overlap.exact;
        const auto general = std::ranges::find(rows, overlap.general, &findings::Rule::id);
        ASSERT_NE(general, rows.end());
        EXPECT_FALSE((*general)->supersedes_id(overlap.exact)) << overlap.general;
    }
}

}  // namespace
}  // namespace sfmkit
