// Oracle: the checks themselves, which are tested by recipes. What a page shows as a listing of an
// export or as lines of its index has to be what the rule tells about.
#include "verifier/pages/rule_pages.hpp"
#include "verifier/rules/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

namespace sfmkit::test {
namespace {

using verifier::FolderFacts;

/// Without the remark that stands behind two blanks or more.
std::string before_remark(const std::string& line) {
    return line.substr(0, line.find("  "));
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// `48 560 bytes`; a file of which nothing is told has one.
std::uint64_t size_in(const std::string& line) {
    if (!line.ends_with(" bytes")) return 1;
    std::string digits = line.substr(line.find("  "));
    std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
    return std::stoull(digits);
}

/// Each line is a file, or a folder when it ends in a slash.
FolderFacts folder_listed(std::string_view listing) {
    FolderFacts facts;
    std::set<std::string> folders;
    for (const std::string& line : lines_of(listing)) {
        const std::string path = before_remark(line);
        const std::size_t slash = path.find('/');
        if (slash != std::string::npos) folders.insert(path.substr(0, slash));
        if (path.ends_with('/')) continue;
        facts.files.push_back({.path = path, .size_bytes = size_in(line)});
    }
    std::ranges::sort(facts.files, {}, &FolderFacts::File::path);
    facts.folders.assign(folders.begin(), folders.end());
    return facts;
}

template <class Facts>
bool breaks(const findings::CheckedRule<Facts>& rule, const Facts& facts) {
    findings::Seen seen;
    rule.check(facts, findings::RuleReporter(rule.row, rule.bounds, seen));
    return !seen.kept.empty();
}

TEST(ListedExamples, OfPagesAboutTheFolder_BreakAndKeepTheirRule) {
    // Thousands of files, and a link, are told in words.
    constexpr auto in_words = std::to_array<std::string_view>({"DIR-05", "DIR-06", "DIR-15"});
    std::size_t judged = 0;
    for (const auto& rule : verifier::standard_rules().folder) {
        if (std::ranges::find(in_words, rule.row.id) != in_words.end()) continue;
        const findings::RulePage& page = *verifier::page_of(rule.row.id);
        EXPECT_TRUE(breaks(rule, folder_listed(page.bad))) << page.id;
        EXPECT_FALSE(breaks(rule, folder_listed(page.good))) << page.id;
        ++judged;
    }
    EXPECT_EQ(judged, 14u);
}

bool is_hex_dump(std::string_view example) {
    return example.find_first_not_of("0123456789abcdef \xE2\x80\xA6") >= 16;
}

/// The bytes of the dump, or the lines as an index has them; `␠` shows a blank.
std::string index_shown(std::string_view example) {
    constexpr std::string_view shown_blank = "␠";
    std::string content;
    for (std::string line : lines_of(example)) {
        line = before_remark(line);
        if (is_hex_dump(example)) {
            std::istringstream bytes(line);
            for (std::string byte; bytes >> byte;) {
                if (byte != "…") content += static_cast<char>(std::stoi(byte, nullptr, 16));
            }
            continue;
        }
        const std::size_t blank = line.find(shown_blank);
        if (blank != std::string::npos) line.replace(blank, shown_blank.size(), " ");
        content += line + "\r\n";
    }
    return content;
}

/// The two patients that the pages speak of.
FolderFacts folder_with_index(std::string index) {
    FolderFacts facts = folder_listed(
        "ExportData.dat\nIndex.txt\n"
        "Patients0/3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15.pat\n"
        "Patients0/9b1f4a52-7c0e-4d8b-9a61-2f5e8c3d4b70.pat"
    );
    facts.index = std::move(index);
    return facts;
}

bool index_breaks(const findings::CheckedRule<verifier::Index>& rule, std::string_view example) {
    const FolderFacts folder = folder_with_index(index_shown(example));
    return breaks(rule, verifier::Index(folder, {}));
}

TEST(ListedExamples, OfPagesAboutTheIndex_BreakAndKeepTheirRule) {
    std::size_t judged = 0;
    for (const auto& rule : verifier::standard_rules().index) {
        // It shows files of the folder beside the index.
        if (rule.row.id == "IDX-02") continue;
        const findings::RulePage& page = *verifier::page_of(rule.row.id);
        EXPECT_TRUE(index_breaks(rule, page.bad)) << page.id;
        EXPECT_FALSE(index_breaks(rule, page.good)) << page.id;
        ++judged;
    }
    EXPECT_EQ(judged, 11u);
}

}  // namespace
}  // namespace sfmkit::test
