#include "verifier/sfm_time.hpp"

#include <algorithm>

namespace sfmkit::verifier {
namespace {

using namespace std::chrono;

/// Takes values from the front of a text.
class TimeReader {
  public:
    explicit TimeReader(std::string_view text) noexcept : rest_(text) {}

    bool at_end() const noexcept { return rest_.empty(); }
    bool take(char wanted) noexcept {
        if (!rest_.starts_with(wanted)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    /// So many digits; -1 when there are fewer.
    int number(std::size_t digits) noexcept {
        if (rest_.size() < digits) return -1;
        int value = 0;
        for (const char c : rest_.substr(0, digits)) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }
    /// Digits of a second behind its point; what is finer than a microsecond is cut off.
    std::optional<microseconds> fraction() noexcept {
        microseconds value{0};
        microseconds unit{100'000};
        std::size_t digits = 0;
        for (int digit = number(1); digit >= 0; digit = number(1)) {
            value += digit * unit;
            unit /= 10;
            ++digits;
        }
        return digits > 0 ? std::optional(value) : std::nullopt;
    }

  private:
    std::string_view rest_;
};

std::optional<local_days> take_day(TimeReader& reader) noexcept {
    const int year_number = reader.number(4);
    if (year_number < 0 || !reader.take('-')) return std::nullopt;
    const int month_number = reader.number(2);
    if (month_number < 0 || !reader.take('-')) return std::nullopt;
    const int day_number = reader.number(2);
    if (day_number < 0) return std::nullopt;
    const auto date = year(year_number) / month(static_cast<unsigned>(month_number)) /
                      day(static_cast<unsigned>(day_number));
    if (!date.ok()) return std::nullopt;
    return local_days(date);
}

std::optional<microseconds> take_time_of_day(TimeReader& reader) noexcept {
    const int hour = reader.number(2);
    if (hour < 0 || !reader.take(':')) return std::nullopt;
    const int minute = reader.number(2);
    if (minute < 0 || minute > 59 || !reader.take(':')) return std::nullopt;
    const int second = reader.number(2);
    if (second < 0 || second > 59) return std::nullopt;
    microseconds time = hours(hour) + minutes(minute) + seconds(second);
    if (reader.take('.')) {
        const auto fraction = reader.fraction();
        if (!fraction) return std::nullopt;
        time += *fraction;
    }
    // XSD allows midnight as the end of a day, too.
    return time <= hours(24) ? std::optional(time) : std::nullopt;
}

struct Zone {
    bool given = false;
    minutes ahead{0};  ///< of UTC
};

/// What is left has to be a zone, or nothing.
std::optional<Zone> take_zone(TimeReader& reader) noexcept {
    if (reader.at_end()) return Zone{};
    if (reader.take('Z')) {
        return reader.at_end() ? std::optional(Zone{.given = true}) : std::nullopt;
    }
    const bool ahead = reader.take('+');
    if (!ahead && !reader.take('-')) return std::nullopt;
    const int hour = reader.number(2);
    if (hour < 0 || hour > 14 || !reader.take(':')) return std::nullopt;
    const int minute = reader.number(2);
    if (minute < 0 || minute > 59 || !reader.at_end()) return std::nullopt;
    const minutes offset = hours(hour) + minutes(minute);
    return Zone{.given = true, .ahead = ahead ? offset : -offset};
}

sys_time<hours> last_sunday_at_one(year_month month) noexcept {
    return sys_days(month / Sunday[last]) + hours(1);
}

}  // namespace

sys_time<hours> summer_time_begin(year year) noexcept {
    return last_sunday_at_one(year / March);
}

sys_time<hours> summer_time_end(year year) noexcept {
    return last_sunday_at_one(year / October);
}

LocalTime norwegian_time(sys_time<microseconds> time) noexcept {
    const year year = year_month_day(floor<days>(time)).year();
    const bool summer = time >= summer_time_begin(year) && time < summer_time_end(year);
    return LocalTime(time.time_since_epoch() + hours(summer ? 2 : 1));
}

std::optional<LocalTime> local_time_in(std::string_view text) noexcept {
    TimeReader reader(text);
    const auto day = take_day(reader);
    if (!day) return std::nullopt;
    const bool has_time = reader.take('T');
    std::optional<microseconds> time_of_day = microseconds(0);
    if (has_time) time_of_day = take_time_of_day(reader);
    if (!time_of_day) return std::nullopt;
    const auto zone = take_zone(reader);
    if (!zone) return std::nullopt;
    const LocalTime written = *day + *time_of_day;
    if (!has_time || !zone->given) return written;
    return norwegian_time(sys_time<microseconds>(written.time_since_epoch()) - zone->ahead);
}

std::optional<local_days> local_day_in(std::string_view text) noexcept {
    const auto time = local_time_in(text);
    if (!time) return std::nullopt;
    return floor<days>(*time);
}

TimeForm time_form_of(std::string_view text) noexcept {
    constexpr std::size_t date_size = 10;
    std::string_view rest = text.substr(std::min(text.size(), date_size));
    TimeForm form{.has_time_of_day = rest.starts_with('T')};
    form.has_zone = rest.find_first_of("Z+-") != std::string_view::npos;
    const std::size_t point = rest.find('.');
    if (point == std::string_view::npos) return form;
    rest.remove_prefix(point + 1);
    form.decimals = std::min(rest.find_first_not_of("0123456789"), rest.size());
    return form;
}

}  // namespace sfmkit::verifier
