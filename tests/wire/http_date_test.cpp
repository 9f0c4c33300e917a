#include "wire/http_date.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sfmkit::wire {
namespace {

using std::chrono::sys_seconds;

sys_seconds at(std::int64_t seconds) {
    return sys_seconds(std::chrono::seconds(seconds));
}

// RFC 9110 section 5.6.7 gives this date; 784111777 is what `date -u +%s` makes of it.
TEST(HttpDate, RfcExample_BothWays_IsTheSameSecond) {
    EXPECT_EQ(print_http_date(at(784111777)), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), at(784111777));
}

// The example of the tus 1.0.0 specification, extension Expiration.
TEST(HttpDate, TusExample_BothWays_IsTheSameSecond) {
    EXPECT_EQ(print_http_date(at(1403710203)), "Wed, 25 Jun 2014 15:30:03 GMT");
    EXPECT_EQ(parse_http_date("Wed, 25 Jun 2014 15:30:03 GMT"), at(1403710203));
}

// Seconds from `date -u -d`: a leap day, the last second before 1970, and the last of the year
// 9999.
TEST(HttpDate, CalendarCorners_Printed_AreAsTheCalendarHasThem) {
    EXPECT_EQ(print_http_date(at(951782400)), "Tue, 29 Feb 2000 00:00:00 GMT");
    EXPECT_EQ(print_http_date(at(-1)), "Wed, 31 Dec 1969 23:59:59 GMT");
    EXPECT_EQ(print_http_date(at(253402300799)), "Fri, 31 Dec 9999 23:59:59 GMT");
}

TEST(HttpDate, Parse_OfAnythingButThatForm_GivesNothing) {
    for (const std::string_view text :
         {"",
          "Sunday, 06-Nov-94 08:49:37 GMT",  // the two obsolete forms of RFC 9110
          "Sun Nov  6 08:49:37 1994",
          "Mon, 06 Nov 1994 08:49:37 GMT",  // it was a Sunday
          "Sun, 6 Nov 1994 08:49:37 GMT",
          "Sun, 06 nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37 UTC",
          "Sun, 06 Nov 1994 08:49:37 gmt",
          "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT",
          "Sun, 06 Nov 1994 08:49:60 GMT",
          "Sun, 06 Nov 1994 08:49:37 GMT ",
          " Sun, 06 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:+7 GMT",
          "Wed, 31 Jun 2014 15:30:03 GMT",
          "Thu, 29 Feb 1900 00:00:00 GMT",
          "Sun, 00 Nov 1994 08:49:37 GMT"}) {
        EXPECT_FALSE(parse_http_date(text)) << text;
    }
}

RC_GTEST_PROP(HttpDate, Parse_OfPrinted_GivesSecondBack, ()) {
    const auto seconds = *rc::gen::inRange<std::int64_t>(-62135596800, 253402300800);
    RC_ASSERT(parse_http_date(print_http_date(at(seconds))) == at(seconds));
}

}  // namespace
}  // namespace sfmkit::wire
