// What the recipes cannot show, because no export that is right otherwise holds it.
#include "verifier/rules/dat_rules.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace sfmkit::verifier {
namespace {

/// As entries have it (APPNOTE.TXT 4.4.6): years since 1980, month and day.
constexpr std::uint16_t dos_day(unsigned years, unsigned month, unsigned day) {
    return static_cast<std::uint16_t>((years << 9U) | (month << 5U) | day);
}
constexpr std::uint16_t day_of_export = dos_day(46, 11, 22);

/// How often a document breaks a rule on the day of its export, 22 November 2026.
std::size_t times_broken(
    std::string_view id, const std::string& document, std::uint16_t dos_date = day_of_export
) {
    const auto tree = DocumentTree::read(document);
    if (!tree) throw std::invalid_argument("no document");
    ZipDirectory directory;
    directory.entries.push_back({.name = "PatientData.xml", .dos_date = dos_date});
    ContentFacts facts;
    facts.tree = &*tree;
    facts.entry = "PatientData.xml";
    facts.directory = &directory;
    facts.now = platform::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22));
    findings::Seen seen;
    for (const auto& rule : dat_rules()) {
        if (rule.row.id == id) {
            rule.check(facts, findings::RuleReporter(rule.row, rule.bounds, seen));
        }
    }
    return seen.kept.size();
}

TEST(DateRules, StopInTheFuture_IsAPlanAndAnyOtherTimeIsNot) {
    const std::string time = "<Tidspunkt>2027-01-01T00:00:00</Tidspunkt>";
    EXPECT_EQ(times_broken("DAT-01", "<P><Seponering>" + time + "</Seponering></P>"), 0U);
    EXPECT_EQ(times_broken("DAT-01", "<P><Tilbakekalling>" + time + "</Tilbakekalling></P>"), 1U);
}

TEST(DateRules, DosesInTheFuture_ArePlans) {
    for (const std::string_view rule : {"DAT-01", "DAT-07"}) {
        EXPECT_EQ(times_broken(rule, "<D><Starttidspunkt V=\"2030-01-01\"/></D>"), 0U) << rule;
        EXPECT_EQ(times_broken(rule, "<D><Vedtaksdato>2030-01-01</Vedtaksdato></D>"), 1U) << rule;
    }
}

TEST(DateRules, NumberWhereATimeIsExpected_IsNone) {
    EXPECT_EQ(times_broken("DAT-01", "<Svar><Tidspunkt>2147483647</Tidspunkt></Svar>"), 0U);
    EXPECT_EQ(times_broken("DAT-01", "<Svar><Tidspunkt>2027-02-30</Tidspunkt></Svar>"), 0U);
}

TEST(DateRules, EntriesWithoutTimestamp_AreNotComparedWith) {
    const std::string document = "<P><Dato>2025-01-01</Dato></P>";
    constexpr std::uint16_t not_set = dos_day(0, 1, 1);
    constexpr std::uint16_t in_2024 = dos_day(44, 1, 1);
    EXPECT_EQ(times_broken("DAT-07", document, not_set), 0U);
    EXPECT_EQ(times_broken("DAT-07", document, in_2024), 1U);
    EXPECT_EQ(times_broken("DAT-07", document), 0U);
}

TEST(DateRules, CardThatEndsBeforeItBegins_IsTold) {
    const auto card = [](const std::string& from, const std::string& until) {
        return "<EEA><EEAGyldighetFra>" + from + "</EEAGyldighetFra><EEAGyldighet>" + until +
               "</EEAGyldighet></EEA>";
    };
    EXPECT_EQ(times_broken("DAT-08", card("2021-01-01", "2021-01-01")), 0U);
    EXPECT_EQ(times_broken("DAT-08", card("2021-01-02", "2021-01-01")), 1U);
    EXPECT_EQ(
        times_broken("DAT-08", "<EEA><EEAGyldighetFra>2021-01-01</EEAGyldighetFra></EEA>"), 0U
    );
}

TEST(DateRules, CatalogueOlderThanThePatient_IsNoEvent) {
    const std::string begin =
        "<PasientExport><DemografiskInfo><DateOfBirth>2021-11-20</DateOfBirth></DemografiskInfo>";
    EXPECT_EQ(
        times_broken(
            "DAT-03",
            begin + "<OppdatertFest>2021-11-15T06:00:00</OppdatertFest>"
                    "<GyldigFraDato>2010-01-01</GyldigFraDato></PasientExport>"
        ),
        0U
    );
    EXPECT_EQ(
        times_broken("DAT-03", begin + "<Sendt>2021-11-15T06:00:00</Sendt></PasientExport>"), 1U
    );
}

// Everything happened before a birth in the future; that is one mistake.
TEST(DateRules, BirthInTheFuture_IsToldOnce) {
    const std::string document =
        "<PasientExport><DemografiskInfo><DateOfBirth>2093-06-15</DateOfBirth></DemografiskInfo>"
        "<Sendt>2021-11-15T06:00:00</Sendt></PasientExport>";
    EXPECT_EQ(times_broken("DAT-02", document), 1U);
    EXPECT_EQ(times_broken("DAT-03", document), 0U);
}

TEST(DateRules, ManyKindsOfTimes_AreToldOfOnceEach) {
    const std::string mixed =
        "<Tidspunkt>2021-01-01T00:00:00</Tidspunkt>"
        "<Tidspunkt>2021-01-01T00:00:00Z</Tidspunkt>"
        "<Tidspunkt>2021-01-01T00:00:00Z</Tidspunkt>";
    EXPECT_EQ(times_broken("DAT-04", "<P><A>" + mixed + "</A><B>" + mixed + "</B></P>"), 2U);
}

}  // namespace
}  // namespace sfmkit::verifier
