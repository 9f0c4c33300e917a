#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

/// Dates and times as the export format writes them: ISO 8601, mostly without zone, which then
/// means Norwegian local time.
namespace sfmkit::verifier {

/// On the clocks of Norway.
using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

/// The first moment in which Norway has summer time in a year, or has it no more: the last Sunday
/// of March and October at one o'clock UTC (directive 2000/84/EC).
std::chrono::sys_time<std::chrono::hours> summer_time_begin(std::chrono::year year) noexcept;
std::chrono::sys_time<std::chrono::hours> summer_time_end(std::chrono::year year) noexcept;

LocalTime norwegian_time(std::chrono::sys_time<std::chrono::microseconds> time) noexcept;

/// Of an xs:dateTime, or of an xs:date as its midnight; a zone of a date is left aside, for the
/// day is meant as it is written. Nothing for anything else, also for years of other than four
/// digits.
std::optional<LocalTime> local_time_in(std::string_view text) noexcept;
/// The same without the time of day.
std::optional<std::chrono::local_days> local_day_in(std::string_view text) noexcept;

/// How a date or time is written.
struct TimeForm {
    bool has_time_of_day = false;
    bool has_zone = false;
    std::size_t decimals = 0;  ///< of the second

    bool operator==(const TimeForm&) const = default;
};

/// Of a text that local_time_in reads.
TimeForm time_form_of(std::string_view text) noexcept;

}  // namespace sfmkit::verifier
