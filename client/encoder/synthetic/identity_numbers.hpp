#pragma once

#include "client/encoder/synthetic/norwegian_time.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Norwegian identity numbers with right check digits, all in ranges that belong to nobody.
namespace sfmkit::client {

class Dice;

enum class Sex { male, female };

enum class NumberKind {
    birth_number,  ///< fødselsnummer
    d_number       ///< for people without one: 40 is added to the day
};

/// Synthetic numbers come in series: two numbers of different series or different birth dates are
/// never equal.
inline constexpr unsigned identity_series_count = 8;

/// A number in the range that the tax administration reserves for synthetic people (80 is added to
/// the month). The individual number fits year of birth (1900 to 2039, D-numbers from 1940) and
/// sex. The series must be below identity_series_count.
std::string draw_national_number(
    Dice& dice, LocalDate birth, Sex sex, NumberKind kind, unsigned series
);

/// Eleven digits with both check digits right by the rule used until 2032.
bool has_right_check_digits(std::string_view national_number) noexcept;

/// Nine digits with the right check digit, beginning with 1 as no organisation does.
std::string draw_organisation_number(Dice& dice);
bool is_organisation_number(std::string_view number) noexcept;

/// Nine digits beginning with 5; numbers of real health personnel are shorter. No check digit is
/// known.
std::string draw_health_personnel_number(Dice& dice);

/// Number in the address register, seven digits.
std::string draw_her_id(Dice& dice);

}  // namespace sfmkit::client
