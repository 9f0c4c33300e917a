#include "findings/screen.hpp"

#include "findings/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <sstream>

namespace sfmkit::findings {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

struct Nothing {};

void twice(const Nothing& /*facts*/, const RuleReporter& broken) {
    const std::string long_text(300, 'x');
    for (int i = 0; i < 2; ++i) {
        broken.found(
            {.place = {.byte_offset = 7, .entry = "PatientData.xml"},
             .expected = "right " + long_text,
             .actual = "wrong",
             .message = "it is wrong"}
        );
    }
}

/// A report on a.pat with that many broken rules of a severity, called and so on.
class Reported {
  public:
    Reported& broken(std::size_t rules, Severity severity) {
        for (std::size_t i = 0; i < rules; ++i) {
            const std::string number = std::to_string(rows_.size() + 1);
            const std::string& id = ids_.emplace_back((number.size() == 1 ? "R-0" : "R-") + number);
            rows_.push_back(
                {{.id = id,
                  .strict = severity,
                  .lenient = severity,
                  .stage = Stage::envelope,
                  .title = "all is well",
                  .sources = Source::page_text,
                  .remedy = "mend it",
                  .usual_cause = "C#: one thing; Java: another"},
                 twice}
            );
        }
        return *this;
    }

    Report report() {
        Report report;
        report.target = "export";
        Judge judge(report, Profile::strict);
        for (const auto& row : rows_) judge.run<Nothing>(std::span(&row, 1), {}, "Patients0/a.pat");
        report.verdict = verdict_of(report);
        return report;
    }

    std::vector<std::string> screen(const ScreenOptions& options = {.target = "export"}) {
        std::istringstream text(screen_text(report(), options));
        std::vector<std::string> lines;
        for (std::string line; std::getline(text, line);) lines.push_back(line);
        return lines;
    }

  private:
    std::deque<std::string> ids_;
    std::deque<CheckedRule<Nothing>> rows_;
};

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    return text;
}

TEST(Screen, OfBrokenRule_TellsPlaceCauseAndNextCommand) {
    const auto lines = Reported()
                           .broken(1, Severity::error)
                           .screen({.target = "export", .key_option = "--key my.pfx"});
    const std::string text = joined(lines);
    EXPECT_THAT(lines.front(), StartsWith("DOES NOT CONFORM: export ("));
    EXPECT_THAT(lines.front(), EndsWith("[R-01]"));
    EXPECT_THAT(text, HasSubstr("\nerror, broken 2 times: all is well [R-01]\n"));
    EXPECT_THAT(text, HasSubstr("at Patients0/a.pat: PatientData.xml, byte 7\n"));
    EXPECT_THAT(text, HasSubstr("actual   wrong\n"));
    EXPECT_THAT(text, HasSubstr("likely cause: C#: one thing; Java: another\n"));
    EXPECT_THAT(text, HasSubstr("fix: mend it\n"));
    EXPECT_THAT(text, HasSubstr("next: sfmkit verify export/Patients0/a.pat --key my.pfx\n"));
    EXPECT_THAT(
        text, HasSubstr("all of it: sfmkit verify export --key my.pfx --report text=report.txt\n")
    );
    EXPECT_THAT(lines.back(), StartsWith("next: fix R-01, export again"));
}

TEST(Screen, OfWarningsAlone_TellsTheirPlaces) {
    constexpr const char* place = "    at Patients0/a.pat: PatientData.xml, byte 7";
    const std::string alone = joined(Reported().broken(2, Severity::warning).screen());
    EXPECT_THAT(
        alone, HasSubstr("warning, broken 2 times: all is well [R-01]\n" + std::string(place))
    );
    EXPECT_THAT(
        alone, HasSubstr("warning, broken 2 times: all is well [R-02]\n" + std::string(place))
    );
    const std::string beside =
        joined(Reported().broken(1, Severity::warning).broken(1, Severity::error).screen());
    EXPECT_THAT(beside, Not(HasSubstr("[R-01]\n" + std::string(place))));
    EXPECT_THAT(beside, HasSubstr("[R-02]\n" + std::string(place)));
}

TEST(Screen, OfBrokenRules_NamesTheCommandThatExplainsTheFirst) {
    constexpr std::string_view label = "why, and examples: sfmkit explain ";
    const std::string five = joined(Reported().broken(5, Severity::error).screen());
    EXPECT_THAT(five, HasSubstr(std::string(label) + "R-01 R-02 R-03\nnext: "));
    const std::string mixed =
        joined(Reported().broken(1, Severity::warning).broken(1, Severity::error).screen());
    EXPECT_THAT(mixed, HasSubstr(std::string(label) + "R-02\nnext: "));
    const std::string mild = joined(Reported().broken(1, Severity::warning).screen());
    EXPECT_THAT(mild, HasSubstr(std::string(label) + "R-01\nnext: "));
    const std::string infos = joined(Reported().broken(3, Severity::info).screen());
    EXPECT_THAT(infos, Not(HasSubstr(std::string(label))));
}

TEST(Screen, WhateverIsBroken_FitsOnOneScreen) {
    for (const std::size_t warnings : {1U, 2U, 9U, 60U}) {
        const auto lines = Reported().broken(warnings, Severity::warning).screen();
        EXPECT_LE(lines.size(), screen_lines) << joined(lines);
        EXPECT_THAT(lines.back(), StartsWith("next: "));
    }
    for (const std::size_t errors : {0U, 1U, 3U, 5U, 12U, 60U, 248U}) {
        for (const std::size_t mild : {0U, 3U, 60U}) {
            Reported reported;
            reported.broken(errors, Severity::error);
            reported.broken(mild, Severity::warning).broken(mild, Severity::info);
            const auto lines = reported.screen();
            EXPECT_LE(lines.size(), screen_lines) << joined(lines);
            for (const std::string& line : lines) {
                const bool command = line.find("sfmkit ") != std::string::npos;
                EXPECT_TRUE(command || line.size() <= screen_columns + 2) << line;
            }
            EXPECT_THAT(lines.back(), StartsWith("next: "));
        }
    }
}

TEST(Screen, OfMoreRulesThanFit_NamesTheFirstAndCountsTheRest) {
    const auto lines = Reported().broken(60, Severity::error).screen();
    const auto shown = std::ranges::count_if(lines, [](const std::string& line) {
        return line.starts_with("error, broken 2 times: ");
    });
    ASSERT_GE(shown, 5) << joined(lines);
    EXPECT_THAT(
        joined(lines),
        HasSubstr("and errors of " + std::to_string(60 - shown) + " further rules [R-")
    );
    EXPECT_THAT(joined(lines), HasSubstr("likely cause: "));
}

TEST(Screen, OfEveryFailingLine_EndsWithItsRule) {
    Reported reported;
    reported.broken(2, Severity::error).broken(2, Severity::warning).broken(1, Severity::info);
    std::size_t failing = 0;
    for (const std::string& line : reported.screen()) {
        const bool tells = line.starts_with("error, ") || line.starts_with("warning, ") ||
                           line.starts_with("2 infos") || line.starts_with("DOES NOT");
        if (!tells) continue;
        ++failing;
        EXPECT_THAT(line, testing::MatchesRegex(".*\\[R-0[1-5]\\]"));
    }
    EXPECT_EQ(failing, 6U);
}

TEST(Screen, OfReportsThatWereWritten_DoesNotAskForThem) {
    Reported reported;
    reported.broken(1, Severity::error);
    EXPECT_THAT(
        joined(reported.screen({.target = "export", .reports_written = true})),
        Not(HasSubstr("--report"))
    );
}

TEST(Screen, OfNamesWithControlCharacters_PrintsNoneOfThem) {
    Report report;
    report.target = "exp\x1B[2J";
    report.verdict = {Conclusion::inconclusive, "cut: a\x07.pat"};
    for (const std::string& text :
         {screen_text(report, {.target = report.target}), screen_text(report, {})}) {
        EXPECT_EQ(text.find('\x1B'), std::string::npos) << text;
        EXPECT_EQ(text.find('\x07'), std::string::npos) << text;
        EXPECT_THAT(text, HasSubstr("exp\\x1b[2J"));
    }
}

}  // namespace
}  // namespace sfmkit::findings
