#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

/// Norwegian numbers of persons and organisations. The rules are those of Skatteetaten for birth
/// numbers and D-numbers (also the ones that hold from 2032 on), of Norsk helsenett for help
/// numbers, and of Brønnøysundregistrene for organisations.
namespace sfmkit::verifier {

/// How a number of eleven digits passes the two check digits.
enum class CheckDigits {
    right,
    right_from_2032,  ///< with one of the further remainders that are issued from 2032 on
    wrong
};

/// What eleven digits say. For a number that begins with 8 or 9 there is no date inside.
struct IdentityNumber {
    CheckDigits check_digits = CheckDigits::wrong;
    bool is_help_number = false;  ///< FHN: the first digit is 8 or 9
    bool is_d_number = false;     ///< 40 was added to the day
    unsigned month_offset = 0;    ///< 40, 65 or 80 were added to the month; 0: none
    unsigned day = 0;             ///< as the offsets leave it, real or not
    unsigned month = 0;
    unsigned year_in_century = 0;
    unsigned individual = 0;  ///< the three digits behind the date

    /// 65 and 80 stand for synthetic persons only, 40 for synthetic ones and for H-numbers.
    bool is_synthetic() const noexcept { return month_offset != 0; }
    bool has_date() const noexcept { return !is_help_number; }
    /// The years of birth that date and individual digits leave, none to three.
    std::array<std::optional<std::chrono::year>, 3> birth_years() const noexcept;
    bool may_be_born_in(std::chrono::year year) const noexcept;
    /// Day and month exist in some year that the two digits allow.
    bool is_real_date() const noexcept;
    /// From the third individual digit; nothing for numbers by the rules of 2032.
    std::optional<bool> is_male() const noexcept;
};

/// Nothing for anything but eleven digits.
std::optional<IdentityNumber> identity_number_in(std::string_view text) noexcept;

/// Nine digits, the last of which checks the others (modulus 11).
bool is_organisation_number(std::string_view text) noexcept;

}  // namespace sfmkit::verifier
