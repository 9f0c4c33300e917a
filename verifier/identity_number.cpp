#include "verifier/identity_number.hpp"

#include <algorithm>
#include <span>

namespace sfmkit::verifier {
namespace {

using std::chrono::year;

constexpr std::size_t digit_count = 11;

unsigned digit(char c) noexcept {
    return static_cast<unsigned>(c - '0');
}

bool is_digits(std::string_view text) noexcept {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The number that digits spell.
unsigned spelt(std::string_view digits) noexcept {
    unsigned value = 0;
    for (const char c : digits) value = value * 10 + digit(c);
    return value;
}

unsigned weighted_sum(std::string_view digits, std::span<const unsigned> weights) noexcept {
    unsigned sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * digit(digits[i]);
    return sum;
}

constexpr unsigned modulus = 11;
constexpr std::array<unsigned, 9> first_weights = {3, 7, 6, 1, 8, 9, 4, 5, 2};
constexpr std::array<unsigned, 10> second_weights = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};

CheckDigits check(std::string_view digits) noexcept {
    const unsigned second = weighted_sum(digits, second_weights) + digit(digits[10]);
    if (second % modulus != 0) return CheckDigits::wrong;
    // 0 for the digit of today, and one of three more remainders from 2032 on.
    const unsigned left = (weighted_sum(digits, first_weights) + digit(digits[9])) % modulus;
    if (left == 0) return CheckDigits::right;
    return left <= 3 ? CheckDigits::right_from_2032 : CheckDigits::wrong;
}

/// Individual digits that were handed out to people born in these years.
struct Series {
    unsigned first_digits;
    unsigned last_digits;
    int first_year;
    int last_year;
};

constexpr std::array<Series, 4> birth_numbers = {{
    {500, 749, 1854, 1899},
    {0, 499, 1900, 1999},
    {900, 999, 1940, 1999},
    {500, 999, 2000, 2039},
}};

/// D-numbers of before November 2021 follow the series above; these are those since then.
constexpr std::array<Series, 5> d_numbers = {{
    {500, 599, 1858, 1899},
    {0, 199, 1900, 1939},
    {0, 499, 1940, 1999},
    {600, 999, 1940, 1999},
    {200, 999, 2000, 2039},
}};

bool holds(const Series& series, unsigned individual, int of_year) noexcept {
    return individual >= series.first_digits && individual <= series.last_digits &&
           of_year >= series.first_year && of_year <= series.last_year;
}

bool is_date(int of_year, unsigned month, unsigned day) noexcept {
    return std::chrono::year_month_day(
               year(of_year), std::chrono::month(month), std::chrono::day(day)
    )
        .ok();
}

}  // namespace

std::array<std::optional<year>, 3> IdentityNumber::birth_years() const noexcept {
    std::array<std::optional<year>, 3> years;
    if (!has_date()) return years;
    std::size_t count = 0;
    for (const int century : {1800, 1900, 2000}) {
        const int candidate = century + static_cast<int>(year_in_century);
        const auto fits = [&](const Series& series) {
            return holds(series, individual, candidate);
        };
        const bool possible = std::ranges::any_of(birth_numbers, fits) ||
                              (is_d_number && std::ranges::any_of(d_numbers, fits));
        if (possible && is_date(candidate, month, day)) years[count++] = year(candidate);
    }
    return years;
}

bool IdentityNumber::may_be_born_in(year of_year) const noexcept {
    const auto years = birth_years();
    return std::ranges::find(years, of_year) != years.end();
}

bool IdentityNumber::is_real_date() const noexcept {
    const auto in_century = static_cast<int>(year_in_century);
    return is_date(1900 + in_century, month, day) || is_date(2000 + in_century, month, day);
}

std::optional<bool> IdentityNumber::is_male() const noexcept {
    if (check_digits != CheckDigits::right || !has_date()) return std::nullopt;
    return individual % 2 == 1;
}

std::optional<IdentityNumber> identity_number_in(std::string_view text) noexcept {
    if (text.size() != digit_count || !is_digits(text)) return std::nullopt;
    IdentityNumber number{.check_digits = check(text)};
    number.is_help_number = text[0] >= '8';
    number.day = spelt(text.substr(0, 2));
    number.month = spelt(text.substr(2, 2));
    number.year_in_century = spelt(text.substr(4, 2));
    number.individual = spelt(text.substr(6, 3));
    if (number.is_help_number) return number;
    constexpr unsigned d_offset = 40;
    number.is_d_number = number.day > d_offset;
    if (number.is_d_number) number.day -= d_offset;
    constexpr unsigned months = 12;
    for (const unsigned offset : {40U, 65U, 80U}) {
        if (number.month > offset && number.month <= offset + months) number.month_offset = offset;
    }
    number.month -= number.month_offset;
    return number;
}

bool is_organisation_number(std::string_view text) noexcept {
    constexpr std::array<unsigned, 8> weights = {3, 2, 7, 6, 5, 4, 3, 2};
    if (text.size() != weights.size() + 1 || !is_digits(text)) return false;
    return (weighted_sum(text, weights) + digit(text.back())) % modulus == 0;
}

}  // namespace sfmkit::verifier
