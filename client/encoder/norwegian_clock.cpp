#include "client/encoder/norwegian_clock.hpp"

namespace sfmkit::client {

std::chrono::local_seconds norwegian_wall_clock(std::chrono::sys_seconds time) {
    using namespace std::chrono;
    const year this_year = year_month_day(floor<days>(time)).year();
    const auto change_in = [this_year](month when) {
        return sys_days(this_year / when / Sunday[last]) + hours(1);
    };
    const bool is_summer = time >= change_in(March) && time < change_in(October);
    return local_seconds(time.time_since_epoch() + hours(is_summer ? 2 : 1));
}

}  // namespace sfmkit::client
