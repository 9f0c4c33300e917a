#include "verifier/value_shape.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace sfmkit::verifier {
namespace {

using enum ValueShape;

TEST(ValueShape, OfWhatIsAboutNoPerson_IsSeen) {
    const std::vector<std::pair<const char*, ValueShape>> values = {
        {"C09AA02", code},
        {"M9.12", code},
        {"ERM", code},
        {"mg/ml", code},
        {"2.16.578.1.12.4.1.1.8116", oid},
        {"-12.5", number},
        {"1200", number},
        {"v1.2 2006-05-24", version},
        {"2020-01-31T12:00:00+01:00", moment},
    };
    for (const auto& [value, shape] : values) EXPECT_TRUE(has_shape(value, shape)) << value;
}

// Numbers of people are also written in groups, and names with a digit behind them.
TEST(ValueShape, OfNumbersAndNamesOfPeople_IsNone) {
    for (const char* value :
         {"01019012345",
          "010190-12345",
          "010190.12345",
          "010190/12345",
          "0101 9012 345",
          "01-01-90-12-345",
          "22-33-44-55",
          "22.33.44.55",
          "OlaNordmann1",
          "Storgata-5",
          "Nordmann"}) {
        for (const ValueShape shape : {number, code, oid, version, moment, guid, word}) {
            EXPECT_FALSE(has_shape(value, shape)) << value << ' ' << static_cast<int>(shape);
        }
    }
}

}  // namespace
}  // namespace sfmkit::verifier
