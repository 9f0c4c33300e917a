#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/norwegian_time.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <gtest/gtest.h>
#include <pugixml.hpp>
#include <rapidcheck/gtest.h>

#include <regex>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;

LocalTime at(int year, unsigned month, unsigned day, std::chrono::milliseconds clock) {
    const auto date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    return LocalTime(std::chrono::local_days(date) + clock);
}

TEST(XmlWriter, Write_AsTheOfficialExporter_UsesItsMicroFormat) {
    XmlWriter xml;
    xml.declaration();
    {
        const auto root = xml.open("Rot", "urn:x");
        {
            const auto code = xml.open("Kode");
            xml.attribute("V", "1");
            xml.attribute("DN", "Én");
        }
        xml.element("Postbox", "");
        xml.element("Aktiv", true);
        xml.optional_element("Ingenting", "");
    }
    EXPECT_EQ(
        xml.take(),
        "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>"
        "<Rot xmlns=\"urn:x\"><Kode V=\"1\" DN=\"Én\" /><Postbox></Postbox>"
        "<Aktiv>true</Aktiv></Rot>"
    );
}

RC_GTEST_PROP(XmlWriter, Write_AnyPrintableText_IsReadBackByPugixml, ()) {
    const auto printable = rc::gen::container<std::string>(
        rc::gen::oneOf(rc::gen::inRange<char>(' ', 127), rc::gen::element('\t', '\n', '\r'))
    );
    const std::string content = *printable;
    const std::string attribute = *printable;
    XmlWriter xml;
    {
        const auto root = xml.open("a");
        xml.attribute("b", attribute);
        xml.text(content);
    }
    const std::string written = xml.take();
    pugi::xml_document document;
    RC_ASSERT(document.load_buffer(
        written.data(), written.size(), pugi::parse_default | pugi::parse_ws_pcdata
    ));
    RC_ASSERT(document.child("a").text().get() == content);
    RC_ASSERT(document.child("a").attribute("b").value() == attribute);
}

// Days on which Norway changed its clocks in 2024: 31 March and 27 October.
TEST(NorwegianTime, Print_AroundClockChanges_HasTheRightOffset) {
    EXPECT_EQ(print_zoned_date_time(at(2024, 3, 31, 1h + 59min)), "2024-03-31T01:59:00.000+01:00");
    EXPECT_EQ(print_zoned_date_time(at(2024, 3, 31, 3h)), "2024-03-31T03:00:00.000+02:00");
    EXPECT_EQ(print_zoned_date_time(at(2024, 10, 27, 1h)), "2024-10-27T01:00:00.000+02:00");
    EXPECT_EQ(print_zoned_date_time(at(2024, 10, 27, 4h)), "2024-10-27T04:00:00.000+01:00");
    EXPECT_EQ(print_zoned_date(date_of(at(2024, 1, 5, 0ms))), "2024-01-05+01:00");
    EXPECT_EQ(print_zoned_date(date_of(at(2024, 7, 5, 0ms))), "2024-07-05+02:00");
}

TEST(NorwegianTime, Print_DateTime_LeavesOutZerosOfTheFraction) {
    EXPECT_EQ(print_date_time(at(2021, 1, 27, 12h + 15min + 51s + 300ms)), "2021-01-27T12:15:51.3");
    EXPECT_EQ(print_date_time(at(2021, 1, 27, 0ms)), "2021-01-27T00:00:00");
    EXPECT_EQ(print_date_time(at(2021, 1, 27, 7ms)), "2021-01-27T00:00:00.007");
}

TEST(NorwegianTime, DatabaseGrid_OfAnyMillisecond_EndsIn037) {
    for (int i = 0; i < 1000; ++i) {
        const LocalTime time = at(2024, 2, 29, std::chrono::milliseconds(i));
        const LocalTime kept = on_database_grid(time);
        EXPECT_LE(kept, time);
        EXPECT_LT(time - kept, 4ms);
        const auto digit = kept.time_since_epoch().count() % 10;
        EXPECT_TRUE(digit == 0 || digit == 3 || digit == 7) << digit;
    }
}

// RFC 9562: version 4 in the third group, variant 8 to b in the fourth.
TEST(Dice, Guid_Always_IsVersion4InFormatD) {
    const std::regex pattern("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    Dice dice(3);
    for (int i = 0; i < 100; ++i) {
        const std::string guid = dice.guid();
        EXPECT_TRUE(std::regex_match(guid, pattern)) << guid;
    }
}

}  // namespace
}  // namespace sfmkit::client
