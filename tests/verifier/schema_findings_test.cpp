// Oracle of the places: this test, which makes the documents and knows where it damaged them.
#include "tests/verifier/schema/full_document.hpp"
#include "verifier/schema/own_schema.hpp"
#include "verifier/xml_gate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <ostream>
#include <stdexcept>
#include <string>

namespace sfmkit::verifier {
namespace {

using Kind = XmlProblem::Kind;

XmlDocument parsed(const std::string& text, std::size_t piece_bytes = 1'000'000) {
    static const XmlSchema schema = XmlSchema::own();
    XmlGate gate(&schema, {});
    for (std::size_t at = 0; at < text.size(); at += piece_bytes) {
        gate.feed(platform::as_bytes(std::string_view(text).substr(at, piece_bytes)));
    }
    return gate.finish();
}

/// Line and column counted by hand from the bytes in front of a place, in characters.
TextPlace counted(const std::string& text, std::size_t offset) {
    TextPlace place{.byte_offset = offset};
    for (std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; i < offset; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\n') {
            ++place.line;
            place.column = 1;
        } else if ((byte >> 6U) != 2U) {
            ++place.column;
        }
    }
    return place;
}

/// A damaged document. The damage replaces the first `find` behind the first `anchor`.
struct Damage {
    std::string name;
    std::string anchor;
    std::string find;
    std::string replacement;
    Kind kind;
    std::string stands;  ///< the tag at the place: the first behind the first `from`
    std::string xpath;   ///< empty: too long for a table
    std::string expected;
    std::string actual;
};

void PrintTo(const Damage& damage, std::ostream* out) {
    *out << damage.name;
}

const std::vector<Damage>& damages() {
    static const std::vector<Damage> all = {
        {"required_element_left_out",
         "<DemografiskInfo>",
         "<GivenName>text</GivenName>",
         "",
         Kind::missing_element,
         "<Sex ",
         "/PasientExport/DemografiskInfo[1]/Sex[1]",
         "GivenName",
         "Sex"},
        {"last_required_element_left_out",
         "<Fastlege>",
         "<HprId>6a1f0c52-3f6e-4c1b-9b7d-2f0c8e5d4a31</HprId><Navn>text</Navn>",
         "",
         Kind::missing_element,
         "</Fastlege>",
         "/PasientExport/Fastlege[1]",
         "HprId",
         "the end of Fastlege"},
        {"required_element_left_out_of_an_empty_tag",
         "<DemografiskInfo>",
         "<Fastlege><HprId>6a1f0c52-3f6e-4c1b-9b7d-2f0c8e5d4a31</HprId><Navn>text</Navn></"
         "Fastlege>",
         "<Fastlege/>",
         Kind::missing_element,
         "<Fastlege/>",
         "/PasientExport/Fastlege[1]",
         "HprId",
         "the end of Fastlege"},
        {"gap_of_2021",
         "<Melding>",
         "<State>text</State>",
         "",
         Kind::missing_element,
         "<MsgId>",
         "/PasientExport/Meldinger[1]/Melding[1]/MsgId[1]",
         "State",
         "MsgId"},
        {"unknown_element",
         "<DemografiskInfo>",
         "<GivenName>",
         "<Fornavnet>Kari</Fornavnet><GivenName>",
         Kind::unexpected,
         "<Fornavnet>",
         "/PasientExport/DemografiskInfo[1]/*[3]",
         "GivenName",
         "an element that is not in the schema"},
        {"element_of_another_parent",
         "<DemografiskInfo>",
         "<GivenName>",
         "<LibId>1</LibId><GivenName>",
         Kind::unexpected,
         "<LibId>",
         "/PasientExport/DemografiskInfo[1]/LibId[1]",
         "GivenName",
         "LibId"},
        {"renamed_element",
         "<DemografiskInfo>",
         "<GivenName>text</GivenName>",
         "<givenName>text</givenName>",
         Kind::unexpected,
         "<givenName>",
         "/PasientExport/DemografiskInfo[1]/*[3]",
         "GivenName",
         "an element that is not in the schema"},
        {"element_twice",
         "<DemografiskInfo>",
         "<GivenName>text</GivenName>",
         "<GivenName>text</GivenName><GivenName>other</GivenName>",
         Kind::unexpected,
         "<GivenName>other",
         "/PasientExport/DemografiskInfo[1]/GivenName[2]",
         "one of Sex, DateOfBirth, Nationality, Ident",
         "GivenName"},
        {"text_between_elements",
         "<DemografiskInfo>",
         "<GivenName>",
         "og<GivenName>",
         Kind::unexpected,
         "<DemografiskInfo>",
         "/PasientExport/DemografiskInfo[1]",
         "elements only",
         "text"},
        {"element_in_text",
         "<DemografiskInfo>",
         "<GivenName>text",
         "<GivenName><b>text</b>",
         Kind::unexpected,
         "<b>",
         "/PasientExport/DemografiskInfo[1]/GivenName[1]/*[1]",
         "no element here",
         "an element that is not in the schema"},
        {"two_elements_swapped",
         "<Melding>",
         "<Korrespondance>true</Korrespondance><State>text</State>",
         "<State>text</State><Korrespondance>true</Korrespondance>",
         Kind::wrong_order,
         "<State>",
         "/PasientExport/Meldinger[1]/Melding[1]/State[1]",
         "Korrespondance",
         "State"},
        {"optional_element_too_late",
         "<DemografiskInfo>",
         "<MiddleName>text</MiddleName><GivenName>text</GivenName>",
         "<GivenName>text</GivenName><MiddleName>text</MiddleName>",
         Kind::wrong_order,
         "<MiddleName>",
         "/PasientExport/DemografiskInfo[1]/MiddleName[1]",
         "one of Sex, DateOfBirth, Nationality, Ident",
         "MiddleName"},
        {"date_as_people_write_it",
         "<DemografiskInfo>",
         "<DateOfBirth>2024-01-05<",
         "<DateOfBirth>05.01.2024<",
         Kind::wrong_type,
         "<DateOfBirth>",
         "/PasientExport/DemografiskInfo[1]/DateOfBirth[1]",
         "xs:date, like 2024-01-31",
         "99.99.9999"},
        {"empty_boolean",
         "<Melding>",
         "<Korrespondance>true<",
         "<Korrespondance><",
         Kind::wrong_type,
         "<Korrespondance>",
         "/PasientExport/Meldinger[1]/Melding[1]/Korrespondance[1]",
         "xs:boolean, like true",
         "an empty value"},
        {"attribute_left_out",
         "<Sex ",
         " DN=\"text\"",
         "",
         Kind::wrong_attribute,
         "<Sex ",
         "/PasientExport/DemografiskInfo[1]/Sex[1]",
         "attribute DN",
         "no such attribute"},
        {"attribute_too_many",
         "<Sex",
         " ",
         " Kjonn=\"K\" ",
         Kind::wrong_attribute,
         "<Sex ",
         "/PasientExport/DemografiskInfo[1]/Sex[1]/@*",
         "attributes V, DN",
         "an attribute that is not in the schema"},
        {"attribute_of_wrong_type",
         "<DoseDognMaks ",
         "V=\"0.5\"",
         "V=\"0,5\"",
         Kind::wrong_attribute,
         "<DoseDognMaks ",
         "",
         "xs:double, like 12.5",
         "9,9"},
    };
    return all;
}

std::string damaged(const Damage& damage) {
    static const std::string whole = test::full_document(own_schema(), "PasientExport");
    std::string text = whole;
    const std::size_t anchor = text.find(damage.anchor);
    const std::size_t at = text.find(damage.find, anchor);
    if (anchor == std::string::npos || at == std::string::npos) {
        throw std::runtime_error("nothing to damage");
    }
    return text.replace(at, damage.find.size(), damage.replacement);
}

/// The same document in lines, with characters of two and four bytes.
std::string in_lines(std::string text) {
    for (std::size_t at = text.find("><"); at != std::string::npos; at = text.find("><", at + 1)) {
        if (text[at + 2] != '/') text.insert(at + 1, "\r\n\t");
    }
    for (std::size_t at = text.find(">text<"); at != std::string::npos; at = text.find(">text<")) {
        text.replace(at, 6, ">t\xC3\xB8kst \xF0\x9F\x98\x80<");
    }
    return text;
}

class SchemaFindings : public testing::TestWithParam<Damage> {
  protected:
    static void expect_problem(const std::string& text, const Damage& damage) {
        const std::size_t offset = text.find(damage.stands, text.find(damage.anchor));
        ASSERT_NE(offset, std::string::npos);
        const XmlDocument document = parsed(text);
        ASSERT_FALSE(document.problems.empty());
        const XmlProblem& problem = document.problems.front();
        EXPECT_EQ(problem.kind, damage.kind) << problem.message;
        EXPECT_EQ(problem.place, counted(text, offset)) << problem.place.byte_offset;
        if (!damage.xpath.empty()) {
            EXPECT_EQ(problem.xpath, damage.xpath);
        }
        EXPECT_EQ(problem.expected, damage.expected);
        EXPECT_EQ(problem.actual, damage.actual);
        EXPECT_EQ(document.problems.size(), 1U);
    }
};

TEST_P(SchemaFindings, OfDamagedDocument_SayKindPlaceAndWhatStandsThere) {
    expect_problem(damaged(GetParam()), GetParam());
}

TEST_P(SchemaFindings, OfDamagedDocumentInLines_SayTheSameAtItsPlace) {
    expect_problem(in_lines(damaged(GetParam())), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Table,
    SchemaFindings,
    testing::ValuesIn(damages()),
    [](const testing::TestParamInfo<Damage>& damage) { return damage.param.name; }
);

TEST(SchemaFindings, OfUndamagedDocument_AreNone) {
    for (const char* root : {"PasientExport", "ExportImport"}) {
        const std::string text = test::full_document(own_schema(), root);
        EXPECT_TRUE(parsed(text).problems.empty());
        EXPECT_TRUE(parsed(in_lines(text)).problems.empty());
    }
}

RC_GTEST_PROP(SchemaFindings, OfDocumentInPieces_AreTheSame, ()) {
    const auto& damage = *rc::gen::elementOf(damages());
    const auto piece = *rc::gen::inRange<std::size_t>(1, 300);
    const std::string text = in_lines(damaged(damage));
    const XmlDocument whole = parsed(text);
    const XmlDocument pieces = parsed(text, piece);
    RC_ASSERT(whole.problems.size() == pieces.problems.size());
    for (std::size_t i = 0; i < whole.problems.size(); ++i) {
        RC_ASSERT(whole.problems[i].place == pieces.problems[i].place);
        RC_ASSERT(whole.problems[i].kind == pieces.problems[i].kind);
    }
}

}  // namespace
}  // namespace sfmkit::verifier
