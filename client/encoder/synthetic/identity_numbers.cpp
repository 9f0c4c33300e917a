#include "client/encoder/synthetic/identity_numbers.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "platform/assert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace sfmkit::client {
namespace {

// Weights as published by the tax administration and the register of organisations.
constexpr std::array<int, 9> first_weights{3, 7, 6, 1, 8, 9, 4, 5, 2};
constexpr std::array<int, 10> second_weights{5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
constexpr std::array<int, 8> organisation_weights{3, 2, 7, 6, 5, 4, 3, 2};

constexpr unsigned synthetic_month_offset = 80;
constexpr unsigned d_number_day_offset = 40;
constexpr unsigned pairs_per_century = 250;

// Nothing when the digit would be 10: no such number exists.
std::optional<char> check_digit(std::string_view digits, std::span<const int> weights) {
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits[i] - '0') * weights[i];
    const int digit = (11 - sum % 11) % 11;
    if (digit == 10) return std::nullopt;
    return static_cast<char>('0' + digit);
}

bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string> with_check_digits(std::string digits) {
    const std::optional<char> first = check_digit(digits, first_weights);
    if (!first) return std::nullopt;
    digits.push_back(*first);
    const std::optional<char> second = check_digit(digits, second_weights);
    if (!second) return std::nullopt;
    digits.push_back(*second);
    return digits;
}

}  // namespace

std::string draw_national_number(
    Dice& dice, LocalDate birth, Sex sex, NumberKind kind, unsigned series
) {
    SFM_ASSERT(series < identity_series_count);
    const std::chrono::year_month_day date(birth);
    const int year = static_cast<int>(date.year());
    SFM_ASSERT(year >= 1900 && year < 2040);
    const unsigned day = static_cast<unsigned>(date.day()) +
                         (kind == NumberKind::d_number ? d_number_day_offset : 0);
    const unsigned month = static_cast<unsigned>(date.month()) + synthetic_month_offset;
    // Individual numbers below 500 mean the 1900s, from 500 on the 2000s; an odd third digit is a
    // man's. The pair number modulo the count of series tells the series.
    const unsigned century = year < 2000 ? 0 : 500;
    const unsigned parity = sex == Sex::male ? 1 : 0;
    const unsigned rounds = pairs_per_century / identity_series_count;
    const auto first_round = static_cast<unsigned>(dice.below(rounds));
    for (unsigned round = 0; round < rounds; ++round) {
        const unsigned pair = (first_round + round) % rounds * identity_series_count + series;
        const unsigned individual = century + 2 * pair + parity;
        std::optional<std::string> number = with_check_digits(
            fmt::format("{:02}{:02}{:02}{:03}", day, month, year % 100, individual)
        );
        if (number) return *std::move(number);
    }
    SFM_ASSERT(false && "31 individual numbers of one day cannot all lack a check digit");
    return {};
}

bool has_right_check_digits(std::string_view national_number) noexcept {
    if (national_number.size() != 11 || !are_digits(national_number)) return false;
    return check_digit(national_number, first_weights) == national_number[9] &&
           check_digit(national_number, second_weights) == national_number[10];
}

std::string draw_organisation_number(Dice& dice) {
    while (true) {
        std::string digits = "1" + dice.digits(7);
        if (const std::optional<char> check = check_digit(digits, organisation_weights)) {
            digits.push_back(*check);
            return digits;
        }
    }
}

bool is_organisation_number(std::string_view number) noexcept {
    return number.size() == 9 && are_digits(number) &&
           check_digit(number, organisation_weights) == number[8];
}

std::string draw_health_personnel_number(Dice& dice) {
    return "5" + dice.digits(8);
}

std::string draw_her_id(Dice& dice) {
    return dice.digits(7);
}

}  // namespace sfmkit::client
