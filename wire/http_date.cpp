#include "wire/http_date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sfmkit::wire {
namespace {

constexpr std::array<std::string_view, 7> day_names = {
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"
};
constexpr std::array<std::string_view, 12> month_names = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
};
constexpr std::size_t fixdate_letters = 29;

/// The number that a field of digits only holds.
std::optional<unsigned> digits(std::string_view field) noexcept {
    unsigned number = 0;
    for (const char letter : field) {
        if (letter < '0' || letter > '9') return std::nullopt;
        number = number * 10 + static_cast<unsigned>(letter - '0');
    }
    return number;
}

}  // namespace

std::string print_http_date(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        day_names[std::chrono::weekday(day).c_encoding()],
        static_cast<unsigned>(date.day()),
        month_names[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
    if (text.size() != fixdate_letters) return std::nullopt;
    const auto month = std::ranges::find(month_names, text.substr(8, 3));
    const auto day = digits(text.substr(5, 2));
    const auto year = digits(text.substr(12, 4));
    const auto hour = digits(text.substr(17, 2));
    const auto minute = digits(text.substr(20, 2));
    const auto second = digits(text.substr(23, 2));
    if (month == month_names.end() || !day || !year || !hour || !minute || !second) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date(
        std::chrono::year(static_cast<int>(*year)),
        std::chrono::month(static_cast<unsigned>(month - month_names.begin()) + 1),
        std::chrono::day(*day)
    );
    if (!date.ok()) return std::nullopt;
    const std::chrono::sys_seconds time = std::chrono::sys_days(date) + std::chrono::hours(*hour) +
                                          std::chrono::minutes(*minute) +
                                          std::chrono::seconds(*second);
    // Printing has one spelling only, so the comparison judges week day, blanks, colons, `GMT`
    // and hours or minutes that run over.
    if (print_http_date(time) != text) return std::nullopt;
    return time;
}

}  // namespace sfmkit::wire
