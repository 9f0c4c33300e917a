#include "verifier/xml_gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace sfmkit::verifier {
namespace {

XmlDocument read(const std::string& text) {
    XmlGate gate(nullptr, Limits());
    gate.feed(platform::as_bytes(text));
    return gate.finish();
}

// A name is compared with those of the archive, which are shorter; a hostile one fills no memory.
TEST(XmlGate, OfMessageFiles_KeepsNamesThatAnEntryMayHave) {
    const std::string longest(Limits().message_file_bytes, 'x');
    const auto named = [](const std::string& name) {
        return "<MeldingsFil>" + name + "</MeldingsFil>";
    };
    const XmlDocument document =
        read("<a>" + named("b.xml") + named(longest) + named(longest + "x") + "</a>");
    EXPECT_THAT(document.message_files, testing::ElementsAre("b.xml", longest));
    EXPECT_EQ(document.elements, 4U);
}

}  // namespace
}  // namespace sfmkit::verifier
