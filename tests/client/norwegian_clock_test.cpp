#include "client/encoder/norwegian_clock.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

namespace sfmkit::client {
namespace {

// Oracle: the time zone data base, asked through `date`; around each change of two years and in
// between.
TEST(NorwegianWallClock, AroundEachChange_IsWhatTheTimeZoneDataBaseSays) {
    if (!std::filesystem::exists("/usr/share/zoneinfo/Europe/Oslo")) {
        SFM_SKIP_OR_FAIL("the time zone data base is not installed");
    }
    using namespace std::chrono;
    for (const sys_seconds change :
         {sys_seconds(sys_days(2024y / March / 31) + 1h),
          sys_seconds(sys_days(2024y / 10 / 27) + 1h),
          sys_seconds(sys_days(2026y / March / 29) + 1h),
          sys_seconds(sys_days(2026y / 10 / 25) + 1h),
          sys_seconds(sys_days(2025y / January / 1)),
          sys_seconds(sys_days(2025y / July / 1))}) {
        for (const seconds away : {-1s, 0s, 1s, 3600s}) {
            const sys_seconds time = change + away;
            const auto run = test::run_program(
                "env",
                {"TZ=Europe/Oslo",
                 "date",
                 fmt::format("--date=@{}", time.time_since_epoch() / 1s),
                 "+%Y %m %d %H %M %S"}
            );
            std::istringstream printed(run.output);
            int year_number = 0;
            unsigned month_number = 0;
            unsigned day_number = 0;
            int hour = 0;
            int minute = 0;
            int second = 0;
            printed >> year_number >> month_number >> day_number >> hour >> minute >> second;
            ASSERT_TRUE(printed) << run.output;
            const auto date = year(year_number) / month(month_number) / day(day_number);
            EXPECT_EQ(
                norwegian_wall_clock(time),
                local_days(date) + hours(hour) + minutes(minute) + seconds(second)
            ) << run.output;
        }
    }
}

}  // namespace
}  // namespace sfmkit::client
