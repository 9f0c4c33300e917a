// Numbers of the test registers, and of examples that Skatteetaten publishes.
#include "verifier/identity_number.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace sfmkit::verifier {
namespace {

IdentityNumber decoded(std::string_view text) {
    const auto number = identity_number_in(text);
    if (!number) throw std::runtime_error("no eleven digits");
    return *number;
}

std::vector<int> years_of(std::string_view text) {
    std::vector<int> years;
    for (const auto& year : decoded(text).birth_years()) {
        if (year) years.push_back(static_cast<int>(*year));
    }
    return years;
}

TEST(IdentityNumber, OfOrdinaryNumbers_HasDateAndSex) {
    for (const char* text : {"15069396949", "09010557876", "26115400524", "02013299997"}) {
        const IdentityNumber number = decoded(text);
        EXPECT_EQ(number.check_digits, CheckDigits::right) << text;
        EXPECT_FALSE(number.is_synthetic()) << text;
        EXPECT_FALSE(number.is_d_number) << text;
        EXPECT_TRUE(number.is_real_date()) << text;
    }
    const IdentityNumber number = decoded("15069396949");
    EXPECT_EQ(number.day, 15U);
    EXPECT_EQ(number.month, 6U);
    EXPECT_EQ(number.year_in_century, 93U);
    EXPECT_EQ(number.individual, 969U);
    EXPECT_EQ(number.is_male(), true);
    EXPECT_THAT(years_of("15069396949"), testing::ElementsAre(1993));
    EXPECT_THAT(years_of("09010557876"), testing::ElementsAre(2005));
    EXPECT_THAT(years_of("26115400524"), testing::ElementsAre(1954));
}

TEST(IdentityNumber, OfSyntheticPersons_LosesItsOffsets) {
    struct Row {
        const char* text;
        unsigned offset;
        bool d_number;
    };
    for (const Row& row : {
             Row{"15869310112", 80, false},
             Row{"15719310114", 65, false},
             Row{"15469310210", 40, false},
             Row{"55869310106", 80, true},
             Row{"41814061033", 80, true},
             Row{"41810021827", 80, true},
         }) {
        const IdentityNumber number = decoded(row.text);
        EXPECT_EQ(number.check_digits, CheckDigits::right) << row.text;
        EXPECT_EQ(number.month_offset, row.offset) << row.text;
        EXPECT_EQ(number.is_d_number, row.d_number) << row.text;
        EXPECT_TRUE(number.is_synthetic()) << row.text;
        EXPECT_TRUE(number.is_real_date()) << row.text;
    }
    EXPECT_EQ(decoded("15869310112").month, 6U);
    EXPECT_EQ(decoded("55869310106").day, 15U);
}

TEST(IdentityNumber, ByTheRulesOf2032_SaysNoSex) {
    for (const char* text : {"02013299903", "30108299939"}) {
        EXPECT_EQ(decoded(text).check_digits, CheckDigits::right_from_2032) << text;
        EXPECT_EQ(decoded(text).is_male(), std::nullopt) << text;
    }
}

// Oracle: every pair of check digits is tried. One is right by today's rule, or none where a
// remainder would need the digit 10; the others that pass are those of 2032.
TEST(IdentityNumber, WithEveryPairOfCheckDigits_HasOneRightOne) {
    int without = 0;
    for (unsigned individual = 0; individual < 1000; ++individual) {
        std::string text = "158693000";
        text[6] = static_cast<char>('0' + individual / 100);
        text[7] = static_cast<char>('0' + individual / 10 % 10);
        text[8] = static_cast<char>('0' + individual % 10);
        int right = 0;
        int later = 0;
        for (char first = '0'; first <= '9'; ++first) {
            for (char second = '0'; second <= '9'; ++second) {
                const auto check = decoded(text + first + second).check_digits;
                if (check == CheckDigits::right) ++right;
                if (check == CheckDigits::right_from_2032) ++later;
            }
        }
        EXPECT_LE(right, 1);
        EXPECT_LE(later, 3);
        if (right == 0) ++without;
    }
    // One in eleven for each digit.
    EXPECT_GT(without, 100);
    EXPECT_LT(without, 260);
}

TEST(IdentityNumber, OfDates_TellsRealOnes) {
    EXPECT_FALSE(decoded("31049300000").is_real_date());
    EXPECT_FALSE(decoded("00019300000").is_real_date());
    EXPECT_FALSE(decoded("15139300000").is_real_date());
    EXPECT_TRUE(decoded("29020400000").is_real_date());
    EXPECT_FALSE(decoded("29020500000").is_real_date());
    // 1900 had no leap day, 2000 had one.
    EXPECT_TRUE(decoded("29020000000").is_real_date());
}

TEST(IdentityNumber, OfSeries_GivesTheYearsThatFit) {
    EXPECT_THAT(years_of("15065450000"), testing::ElementsAre(1854));
    EXPECT_THAT(years_of("15065474900"), testing::ElementsAre(1854));
    EXPECT_THAT(years_of("15065475000"), testing::IsEmpty());
    EXPECT_THAT(years_of("15063949900"), testing::ElementsAre(1939));
    EXPECT_THAT(years_of("15063950000"), testing::ElementsAre(2039));
    EXPECT_THAT(years_of("15064090000"), testing::ElementsAre(1940));
    EXPECT_THAT(years_of("15064089900"), testing::IsEmpty());
    EXPECT_THAT(years_of("55069960000"), testing::ElementsAre(1899, 1999));
    EXPECT_THAT(years_of("55060020000"), testing::ElementsAre(1900, 2000));
    EXPECT_TRUE(decoded("15063950000").may_be_born_in(std::chrono::year(2039)));
    EXPECT_FALSE(decoded("15063950000").may_be_born_in(std::chrono::year(1939)));
}

TEST(IdentityNumber, OfHelpNumbers_HasNoDate) {
    const IdentityNumber number = decoded("81234567890");
    EXPECT_TRUE(number.is_help_number);
    EXPECT_FALSE(number.has_date());
    EXPECT_FALSE(number.is_synthetic());
    EXPECT_THAT(years_of("81234567890"), testing::IsEmpty());
}

TEST(IdentityNumber, OfOtherTexts_IsNone) {
    for (const char* text : {"", "1586931011", "158693101122", "1586931011x", "158693 0112"}) {
        EXPECT_EQ(identity_number_in(text), std::nullopt) << text;
    }
}

TEST(OrganisationNumber, WithItsCheckDigit_IsOne) {
    EXPECT_TRUE(is_organisation_number("100100614"));
    EXPECT_FALSE(is_organisation_number("100100615"));
    EXPECT_FALSE(is_organisation_number("10010061"));
    EXPECT_FALSE(is_organisation_number("10010061x"));
}

}  // namespace
}  // namespace sfmkit::verifier
