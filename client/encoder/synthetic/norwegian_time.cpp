#include "client/encoder/synthetic/norwegian_time.hpp"

#include <fmt/format.h>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;

// Central European time: summer from the last Sunday of March to the last Sunday of October, both
// at 01:00 UTC, which is 02:00 and 03:00 on the wall.
bool is_summer_time(LocalTime time) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
    const auto last_sunday = [&](std::chrono::month month) {
        return LocalDate(day.year() / month / std::chrono::Sunday[std::chrono::last]);
    };
    const LocalTime begin = last_sunday(std::chrono::March) + 2h;
    const LocalTime end = last_sunday(std::chrono::October) + 3h;
    return time >= begin && time < end;
}

const char* offset_at(LocalTime time) {
    return is_summer_time(time) ? "+02:00" : "+01:00";
}

std::string print_seconds(LocalTime time) {
    const LocalDate day = date_of(time);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format(
        "{}T{:02}:{:02}:{:02}",
        print_date(day),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

std::int64_t milliseconds_of(LocalTime time) {
    return (time - std::chrono::floor<std::chrono::seconds>(time)).count();
}

}  // namespace

LocalTime on_database_grid(LocalTime time) {
    const std::int64_t last_digit = milliseconds_of(time) % 10;
    const std::int64_t kept = last_digit < 3 ? 0 : last_digit < 7 ? 3 : 7;
    return time - std::chrono::milliseconds(last_digit - kept);
}

LocalDate date_of(LocalTime time) {
    return std::chrono::floor<std::chrono::days>(time);
}

std::string print_date(LocalDate date) {
    const std::chrono::year_month_day day(date);
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(day.year()),
        static_cast<unsigned>(day.month()),
        static_cast<unsigned>(day.day())
    );
}

std::string print_zoned_date(LocalDate date) {
    return print_date(date) + offset_at(date);
}

std::string print_date_time(LocalTime time) {
    std::string text = print_seconds(time);
    const std::int64_t fraction = milliseconds_of(time);
    if (fraction == 0) return text;
    text += fmt::format(".{:03}", fraction);
    text.erase(text.find_last_not_of('0') + 1);
    return text;
}

std::string print_zoned_date_time(LocalTime time) {
    return fmt::format("{}.{:03}{}", print_seconds(time), milliseconds_of(time), offset_at(time));
}

}  // namespace sfmkit::client
