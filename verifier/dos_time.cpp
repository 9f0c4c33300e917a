#include "verifier/dos_time.hpp"

namespace sfmkit::verifier {

std::optional<std::chrono::sys_seconds> dos_timestamp(std::uint16_t date, std::uint16_t time) {
    const std::uint32_t date_bits = date;
    const std::uint32_t time_bits = time;
    const std::chrono::year_month_day day{
        std::chrono::year(static_cast<int>(1980 + (date_bits >> 9U))),
        std::chrono::month((date_bits >> 5U) & 15U),
        std::chrono::day(date_bits & 31U)
    };
    const std::chrono::sys_seconds not_set = std::chrono::sys_days(std::chrono::January / 1 / 1980);
    if (!day.ok()) return std::nullopt;
    const std::chrono::sys_seconds timestamp =
        std::chrono::sys_days(day) + std::chrono::hours(time_bits >> 11U) +
        std::chrono::minutes((time_bits >> 5U) & 63U) + std::chrono::seconds((time_bits & 31U) * 2);
    if (timestamp == not_set) return std::nullopt;
    return timestamp;
}

}  // namespace sfmkit::verifier
