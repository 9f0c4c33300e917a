#pragma once

#include <chrono>
#include <string>

namespace sfmkit::client {

/// Clock and calendar on a wall in Norway; what the export format holds has no zone.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;
using LocalDate = std::chrono::local_days;

/// The nearest earlier time that SQL Server's datetime can hold, as in the official examples: the
/// last digit of the milliseconds is 0, 3 or 7.
LocalTime on_database_grid(LocalTime time);

LocalDate date_of(LocalTime time);

/// `2024-01-05`.
std::string print_date(LocalDate date);
/// `2024-01-05+01:00`: how the official exporter writes Forskrivningsdato and mostly Utloper.
std::string print_zoned_date(LocalDate date);
/// `2024-01-05T10:20:30.12`: no zone, zeros at the end of the fraction left out.
std::string print_date_time(LocalTime time);
/// `2024-01-05T10:20:30.123+01:00`: as in messages.
std::string print_zoned_date_time(LocalTime time);

}  // namespace sfmkit::client
