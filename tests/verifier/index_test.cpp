#include "findings/judge.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "verifier/index_reader.hpp"
#include "verifier/rules/idx_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>
#include <random>

namespace sfmkit::verifier {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string first_id = "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672";
const std::string second_id = "29f070be-6e5b-4d0c-8d5a-0f0f2a6f5f01";
const std::string first_line = "Patients0\\" + first_id + ".pat";
const std::string second_line = "Patients0\\" + second_id + ".pat";

/// A folder with these files, and with this content in its index.
FolderFacts folder_of(std::vector<std::string> paths, std::string index) {
    FolderFacts facts;
    for (std::string& path : paths) facts.files.push_back({.path = std::move(path)});
    std::ranges::sort(facts.files, {}, &FolderFacts::File::path);
    facts.index = std::move(index);
    return facts;
}

FolderFacts two_patients(std::string index) {
    return folder_of(
        {"ExportData.dat",
         "Index.txt",
         "Patients0/" + first_id + ".pat",
         "Patients0/" + second_id + ".pat"},
        std::move(index)
    );
}

findings::Report report_on(const FolderFacts& facts, const Limits& limits = {}) {
    findings::Report report;
    findings::Judge judge(report, findings::Profile::strict);
    judge.run(idx_rules(), Index(facts, limits), "Index.txt");
    return report;
}

/// `IDX-01 2@52`: rule, line, byte offset; the rule alone where there is no place.
std::vector<std::string> told(const findings::Report& report) {
    std::vector<std::string> all;
    for (const findings::Finding& finding : report.findings) {
        std::string text = finding.rule;
        if (finding.place.line && finding.place.byte_offset) {
            text += " " + std::to_string(*finding.place.line) + "@" +
                    std::to_string(*finding.place.byte_offset);
        }
        all.push_back(std::move(text));
    }
    return all;
}

std::vector<std::string> told(const std::string& index) {
    return told(report_on(two_patients(index)));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string in_utf16(const std::string& text) {
    std::string units = "\xFF\xFE";
    for (const char c : text) units += std::string{c, '\0'};
    return units;
}

const std::string right_index = first_line + "\r\n" + second_line + "\r\n";

TEST(OfficialIndex, WithTheFilesThatItLists_BreaksNoRule) {
    const auto path = test::reference_file("data/Index.txt");
    if (!path) SFM_SKIP_OR_FAIL("the official Index.txt is missing");
    const std::string content = test::read_file(*path);
    std::vector<std::string> files;
    for (std::size_t at = 0; at < content.size(); at += 52) {
        files.push_back(replaced(content.substr(at, 50), "\\", "/"));
    }
    EXPECT_EQ(files.size(), 84U);
    EXPECT_THAT(told(report_on(folder_of(files, content))), IsEmpty());
    EXPECT_THAT(told(report_on(folder_of(files, content.substr(52)))), ElementsAre("IDX-02"));
    files.pop_back();
    EXPECT_THAT(told(report_on(folder_of(files, content))), ElementsAre("IDX-01 84@4316"));
}

TEST(Index, OfRightLines_BreaksNoRule) {
    EXPECT_THAT(told(right_index), IsEmpty());
}

// The line that is wrong, and the byte at which it begins, in the file as it lies there.
TEST(Index, WithOneWrongLine_NamesTheLineAndItsFirstByte) {
    const std::string absent = "Patients0\\f0a4d6a2-31c7-4a55-9b0e-6f7f1c2d3e4f.pat\r\n";
    EXPECT_THAT(told(right_index + absent), ElementsAre("IDX-01 3@104"));
    EXPECT_THAT(
        told("\xEF\xBB\xBF" + right_index + absent), ElementsAre("IDX-01 3@107", "IDX-09 1@0")
    );
    EXPECT_THAT(told(in_utf16(right_index + absent)), ElementsAre("IDX-01 3@210", "IDX-09 1@0"));
    EXPECT_THAT(told(right_index + first_line + "\r\n"), ElementsAre("IDX-03 3@104"));
    EXPECT_THAT(told(first_line + "\r\n" + second_line), ElementsAre("IDX-08 2@52"));
    EXPECT_THAT(told(first_line + "\r\n\r\n" + second_line + "\r\n"), ElementsAre("IDX-12 2@52"));
    EXPECT_THAT(
        told(first_line + "\r\nC:\\Export\\" + second_line + "\r\n"), ElementsAre("IDX-06 2@52")
    );
    EXPECT_THAT(told(right_index + "ExportData.dat\r\n"), ElementsAre("IDX-11 3@104"));
    EXPECT_THAT(told(right_index + "Index.txt\r\n"), ElementsAre("IDX-07 3@104"));
}

// What real exporters do to every line is told once, with the number of lines.
TEST(Index, WrittenOtherwiseThroughout_IsToldOnce) {
    const std::string lines_of_unix = replaced(right_index, "\r\n", "\n");
    const auto report = report_on(two_patients(lines_of_unix));
    EXPECT_THAT(told(report), ElementsAre("IDX-04 1@0"));
    EXPECT_THAT(report.findings[0].message, testing::EndsWith("in 2 of 2 lines"));
    EXPECT_THAT(told(replaced(right_index, "\\", "/")), ElementsAre("IDX-05 1@0"));
    EXPECT_THAT(told(replaced(lines_of_unix, "\\", "/")), ElementsAre("IDX-04 1@0", "IDX-05 1@0"));
    EXPECT_THAT(told(replaced(right_index, "\\", "\\\\")), ElementsAre("IDX-05 1@0"));
    EXPECT_THAT(told(in_utf16(right_index)), ElementsAre("IDX-09 1@0"));
}

TEST(Index, InCapitalsForFilesInSmallLetters_SaysThatTheLettersDiffer) {
    std::string capitals = right_index;
    std::ranges::transform(capitals, capitals.begin(), [](char c) {
        return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
    });
    const auto report = report_on(two_patients(replaced(capitals, "PAt", "pat")));
    ASSERT_FALSE(report.findings.empty());
    EXPECT_EQ(report.findings[0].rule, "IDX-01");
    EXPECT_THAT(report.findings[0].message, testing::HasSubstr("differs in letter case"));
    EXPECT_THAT(report.findings[0].message, testing::HasSubstr(first_id));
}

TEST(Index, WithTheFolderOfTheExportInFront_SaysWhatIsTooMuch) {
    const auto report = report_on(two_patients(replaced(right_index, "Pat", "export\\Pat")));
    ASSERT_FALSE(report.findings.empty());
    EXPECT_EQ(report.findings[0].rule, "IDX-01");
    EXPECT_THAT(report.findings[0].message, testing::HasSubstr("with the folders above it"));
}

TEST(Index, OfNothing_LeavesOutEveryPatient) {
    EXPECT_THAT(told(""), ElementsAre("IDX-02", "IDX-02"));
}

// Example of one folder: whether Patients10 stands before or after Patients2 is not known.
TEST(Index, OfManyFolders_MayBeOrderedByTextOrByNumber) {
    const std::vector<std::string> folders = {"Patients1", "Patients2", "Patients10"};
    const auto index_of = [](const std::vector<std::string>& order) {
        std::string index;
        for (const std::string& folder : order) index += folder + "\\" + first_id + ".pat\r\n";
        return index;
    };
    std::vector<std::string> files;
    for (const std::string& folder : folders) files.push_back(folder + "/" + first_id + ".pat");
    const auto rules = [&](const std::vector<std::string>& order) {
        return told(report_on(folder_of(files, index_of(order))));
    };
    EXPECT_THAT(rules({"Patients1", "Patients2", "Patients10"}), IsEmpty());
    EXPECT_THAT(rules({"Patients1", "Patients10", "Patients2"}), IsEmpty());
    EXPECT_THAT(rules({"Patients2", "Patients1", "Patients10"}), ElementsAre("IDX-10 2@52"));
}

TEST(Index, LongerThanIsRead_IsJudgedAsFarAsItIsRead) {
    FolderFacts facts = two_patients(right_index + "Patients0\\f0a4");
    facts.index_is_cut = true;
    EXPECT_THAT(told(report_on(facts)), IsEmpty());
    EXPECT_THAT(
        told(report_on(two_patients(right_index + "a\r\n"), {.index_lines = 2})), IsEmpty()
    );
    EXPECT_FALSE(Index(two_patients(right_index), {.index_lines = 1}).complete());
    EXPECT_TRUE(Index(two_patients(right_index), {.index_lines = 2}).complete());
}

double seconds_for(const FolderFacts& facts, findings::Report& report) {
    const auto begin = std::clock();
    report = report_on(facts);
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

std::string repeated(const std::string& unit, std::size_t bytes) {
    std::string text;
    text.reserve(bytes + unit.size());
    while (text.size() < bytes) text += unit;
    return text;
}

// Two seconds in the release build; the sanitizers take longer.
constexpr double most_seconds = 20;

TEST(HostileIndex, OfAnyShape_IsJudgedInLinearTimeAndCounted) {
    constexpr std::size_t bytes = std::size_t{16} << 20U;
    for (const std::string& unit :
         {std::string("\n"),
          std::string("a\r\n"),
          first_line + "\r\n",
          std::string("/\r"),
          std::string("\\..\\\n"),
          std::string("x"),
          std::string(1, '\0'),
          std::string(" ")}) {
        findings::Report report;
        const double seconds = seconds_for(two_patients(repeated(unit, bytes)), report);
        std::printf("%s: %.2f s\n", testing::PrintToString(unit).c_str(), seconds);
        EXPECT_LT(seconds, most_seconds);
        EXPECT_FALSE(report.findings.empty());
        EXPECT_LT(report.findings.size(), 7000U);
    }
}

TEST(HostileIndex, OfManyRepeatedLines_TellsSomeAndCountsAll) {
    std::string index = right_index;
    for (int i = 0; i < 20'000; ++i) index += second_line + "\r\n";
    findings::Report report;
    EXPECT_LT(seconds_for(two_patients(index), report), most_seconds);
    EXPECT_EQ(report.counts.errors, 20'000U);
    EXPECT_EQ(report.findings.size() + report.counts.not_listed, 20'000U);
    EXPECT_LE(report.findings.size(), 1000U);
}

std::string any_content(std::mt19937& random) {
    static const std::vector<std::string> pieces = {
        "\r",       "\n",         "\r\n",
        "\r\n",     " ",          "\\",
        "/",        "..",         "a",
        "\t",       "C:",         std::string(1, '\0'),
        "\xFF",     "\xC3\xA5",   "\xEF\xBB\xBF",
        "\xFF\xFE", "Reports0\\", "ExportData.dat",
        first_line, second_line,
    };
    std::string content;
    for (std::size_t left = random() % 30; left > 0; --left) {
        content += pieces[random() % pieces.size()];
    }
    return content;
}

void expect_nothing_lost(const std::string& content, const Index& index) {
    std::size_t covered = content.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (const IndexLine& line : index.lines()) {
        EXPECT_EQ(content.substr(line.byte_offset, line.text.size()), line.text);
        const std::string between = content.substr(covered, line.byte_offset - covered);
        EXPECT_EQ(between.find_first_not_of("\r\n"), std::string::npos);
        covered = line.byte_offset + line.text.size();
    }
    EXPECT_EQ(content.find_first_not_of("\r\n", covered), std::string::npos);
}

TEST(Index, OfAnyBytes_IsTakenApartWithoutLoss) {
    std::mt19937 random(20261122);
    std::map<std::string, int> occurred;
    for (int run = 0; run < 3000; ++run) {
        const std::string content = any_content(random);
        SCOPED_TRACE(testing::PrintToString(content));
        const FolderFacts facts = two_patients(content);
        const Index index(facts, {});
        const bool one_byte = index.encoding() == IndexEncoding::ascii_or_utf8 ||
                              index.encoding() == IndexEncoding::utf8_with_mark;
        if (one_byte) expect_nothing_lost(content, index);
        ++occurred[one_byte ? "one byte a character" : "UTF-16"];
        for (const std::string& text : told(report_on(facts))) ++occurred[text.substr(0, 6)];
    }
    for (const auto& [what, count] : occurred) std::printf("%s: %d\n", what.c_str(), count);
    for (const char* what :
         {"one byte a character",
          "UTF-16",
          "IDX-01",
          "IDX-02",
          "IDX-03",
          "IDX-04",
          "IDX-05",
          "IDX-06",
          "IDX-07",
          "IDX-08",
          "IDX-09",
          "IDX-10",
          "IDX-11",
          "IDX-12"}) {
        EXPECT_GE(occurred[what], 5) << what;
    }
}

}  // namespace
}  // namespace sfmkit::verifier
