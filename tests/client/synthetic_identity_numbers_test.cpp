#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/identity_numbers.hpp"
#include "client/encoder/synthetic/people.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace sfmkit::client {
namespace {

constexpr LocalDate date(int year, unsigned month, unsigned day) {
    return LocalDate(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

// 41814061033 and 41810021827 were published by the tax administration as examples of synthetic
// D-numbers; the others are of the official example documents or were computed by hand from the
// published weights.
TEST(NationalNumber, CheckDigits_OfPublishedNumbers_AreRight) {
    for (const char* number :
         {"41814061033",
          "41810021827",
          "15069396949",
          "09010557876",
          "26115400524",
          "15869310112",
          "15719310114",
          "15469310210",
          "55869310106",
          "02013299997"}) {
        EXPECT_TRUE(has_right_check_digits(number)) << number;
    }
}

// Valid only by the rule that begins in 2032 (tax administration), so not by today's.
TEST(NationalNumber, CheckDigits_OfLaterRule_AreNotRightToday) {
    EXPECT_FALSE(has_right_check_digits("02013299903"));
    EXPECT_FALSE(has_right_check_digits("30108299939"));
}

TEST(NationalNumber, CheckDigits_WithAnyDigitChanged_AreWrong) {
    const std::string right = "41814061033";
    for (std::size_t place = 0; place < right.size(); ++place) {
        std::string changed = right;
        changed[place] = changed[place] == '9' ? '0' : static_cast<char>(changed[place] + 1);
        EXPECT_FALSE(has_right_check_digits(changed)) << changed;
    }
}

TEST(NationalNumber, CheckDigits_OfOtherText_AreWrong) {
    EXPECT_FALSE(has_right_check_digits(""));
    EXPECT_FALSE(has_right_check_digits("4181406103"));
    EXPECT_FALSE(has_right_check_digits("418140610330"));
    EXPECT_FALSE(has_right_check_digits("4181406103x"));
}

RC_GTEST_PROP(NationalNumber, Draw_ForAnyone_FitsDateSexAndSyntheticRange, (std::uint64_t seed)) {
    Dice dice(seed);
    const LocalDate birth = date(1940, 1, 1) + std::chrono::days(dice.below(75 * 365));
    const Sex sex = draw_sex(dice);
    const NumberKind kind = dice.percent(50) ? NumberKind::birth_number : NumberKind::d_number;
    const std::string number = draw_national_number(dice, birth, sex, kind, 3);
    RC_ASSERT(has_right_check_digits(number));
    const std::chrono::year_month_day day(birth);
    const unsigned offset = kind == NumberKind::d_number ? 40 : 0;
    RC_ASSERT(std::stoul(number.substr(0, 2)) == static_cast<unsigned>(day.day()) + offset);
    RC_ASSERT(std::stoul(number.substr(2, 2)) == static_cast<unsigned>(day.month()) + 80);
    RC_ASSERT(std::stoi(number.substr(4, 2)) == static_cast<int>(day.year()) % 100);
    RC_ASSERT((number[8] - '0') % 2 == (sex == Sex::male ? 1 : 0));
    // Individual numbers tell the century: 000-499 the 1900s, 500-999 the 2000s.
    RC_ASSERT((std::stoi(number.substr(6, 3)) >= 500) == (static_cast<int>(day.year()) >= 2000));
}

TEST(NationalNumber, Draw_ForManyPatients_NeverRepeats) {
    std::set<std::string> numbers;
    constexpr std::uint64_t count = 70'000;
    for (std::uint64_t index = 0; index < count; ++index) {
        Dice dice(derive_seed(5, SeedUse::patient, index));
        const Sex sex = draw_sex(dice);
        numbers.insert(draw_national_number(
            dice,
            birth_date_of_patient(5, index),
            sex,
            NumberKind::birth_number,
            identity_series_of_patient(index)
        ));
    }
    EXPECT_EQ(numbers.size(), count);
}

// 100100614 stands in an official example document; 994598759 and 974760673 are public bodies.
TEST(OrganisationNumber, Check_OfKnownNumbers_IsRight) {
    EXPECT_TRUE(is_organisation_number("100100614"));
    EXPECT_TRUE(is_organisation_number("994598759"));
    EXPECT_TRUE(is_organisation_number("974760673"));
    EXPECT_FALSE(is_organisation_number("100100615"));
    EXPECT_FALSE(is_organisation_number("10010061"));
}

TEST(OrganisationNumber, Draw_Always_IsRightAndOfNobody) {
    Dice dice(11);
    for (int i = 0; i < 200; ++i) {
        const std::string number = draw_organisation_number(dice);
        EXPECT_TRUE(is_organisation_number(number)) << number;
        EXPECT_EQ(number.front(), '1');
    }
}

}  // namespace
}  // namespace sfmkit::client
