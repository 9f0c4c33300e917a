#include "verifier/sfm_time.hpp"

#include "tests/support/run_program.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace sfmkit::verifier {
namespace {

using namespace std::chrono;

LocalTime at(year_month_day date, microseconds time_of_day = {}) {
    return local_days(date) + time_of_day;
}

TEST(LocalTimeIn, WithoutZone_IsTheTimeThatIsWritten) {
    EXPECT_EQ(
        local_time_in("2021-01-27T12:15:51.3"), at(2021y / 1 / 27, 12h + 15min + 51s + 300ms)
    );
    EXPECT_EQ(local_time_in("2021-01-27"), at(2021y / 1 / 27));
    EXPECT_EQ(local_time_in("2021-01-27T24:00:00"), at(2021y / 1 / 28));
    EXPECT_EQ(local_time_in("2024-02-29T00:00:00.1234567"), at(2024y / 2 / 29, 123456us));
}

TEST(LocalTimeIn, WithZone_IsNorwegianTime) {
    EXPECT_EQ(local_time_in("2021-01-27T12:00:00Z"), at(2021y / 1 / 27, 13h));
    EXPECT_EQ(local_time_in("2021-07-01T23:30:00Z"), at(2021y / 7 / 2, 1h + 30min));
    EXPECT_EQ(local_time_in("2021-07-01T12:00:00-05:30"), at(2021y / 7 / 1, 19h + 30min));
    EXPECT_EQ(local_time_in("2021-01-27T12:00:00+01:00"), local_time_in("2021-01-27T12:00:00"));
}

TEST(LocalTimeIn, DateWithZone_IsThatDay) {
    EXPECT_EQ(local_day_in("2024-01-05+01:00"), local_days(2024y / 1 / 5));
    EXPECT_EQ(local_day_in("2024-01-05-12:00"), local_days(2024y / 1 / 5));
}

TEST(LocalTimeIn, OtherText_IsNone) {
    for (const char* text :
         {"",
          "2021",
          "2021-1-27",
          "2021-02-29",
          "2021-13-01",
          "27.01.2021",
          "2021-01-27 12:00:00",
          "2021-01-27T12:00",
          "2021-01-27T24:00:01",
          "2021-01-27T12:60:00",
          "2021-01-27T12:00:60",
          "2021-01-27T12:00:00.",
          "2021-01-27T12:00:00+1",
          "2021-01-27T12:00:00+15:00",
          "2021-01-27T12:00:00Zulu",
          "-2021-01-27",
          "12021-01-27"}) {
        EXPECT_EQ(local_time_in(text), std::nullopt) << text;
    }
}

// Oracle: the time-zone data behind date(1).
TEST(NorwegianTime, AroundEveryChange_IsWhatDateSays) {
    for (int number = 1997; number <= 2037; ++number) {
        for (const auto change : {summer_time_begin(year(number)), summer_time_end(year(number))}) {
            for (const seconds step : {-1s, 0s}) {
                const auto time = change + step;
                const auto run = test::run_program(
                    "env",
                    {"TZ=Europe/Oslo",
                     "date",
                     "-d@" + std::to_string(time.time_since_epoch().count()),
                     "+%Y-%m-%dT%H:%M:%S"}
                );
                ASSERT_EQ(run.exit_code, 0) << run.output;
                const std::string said = run.output.substr(0, run.output.find('\n'));
                EXPECT_EQ(norwegian_time(time), local_time_in(said)) << said;
            }
        }
    }
}

TEST(TimeFormOf, TextsThatAreRead_TellsHowTheyAreWritten) {
    struct Known {
        const char* text;
        TimeForm form;
    };
    const std::array<Known, 9> all = {{
        {"2021-01-27", {}},
        {"2021-01-27+01:00", {.has_zone = true}},
        {"2021-01-27Z", {.has_zone = true}},
        {"2021-01-27-05:00", {.has_zone = true}},
        {"2021-01-27T12:15:51", {.has_time_of_day = true}},
        {"2021-01-27T12:15:51.3", {.has_time_of_day = true, .decimals = 1}},
        {"2021-01-27T12:15:51.1234567Z", {.has_time_of_day = true, .has_zone = true, .decimals = 7}
        },
        {"2021-01-27T12:15:51-05:00", {.has_time_of_day = true, .has_zone = true}},
        {"2021-01-27T12:15:51.123+02:00", {.has_time_of_day = true, .has_zone = true, .decimals = 3}
        },
    }};
    for (const Known& known : all) {
        EXPECT_TRUE(local_time_in(known.text).has_value()) << known.text;
        EXPECT_EQ(time_form_of(known.text), known.form) << known.text;
    }
    EXPECT_EQ(time_form_of(""), TimeForm());
}

}  // namespace
}  // namespace sfmkit::verifier
