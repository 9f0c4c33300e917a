// Oracle: offsets, lines and columns counted by a person in short documents.
#include "verifier/document_tree.hpp"

#include <gtest/gtest.h>

#include <string>

namespace sfmkit::verifier {
namespace {

using findings::Place;

DocumentTree tree_of(const std::string& text) {
    auto tree = DocumentTree::read(text);
    if (!tree) throw std::runtime_error("not read");
    return std::move(*tree);
}

TEST(DocumentTree, OfElements_FindsThemByPathNameAndOrder) {
    const DocumentTree tree = tree_of("<a><b x=' 1 '> one </b><c/><b>two</b></a>");
    const Element root = tree.root();
    EXPECT_EQ(root.name(), "a");
    EXPECT_EQ(root.child("b").text(), "one");
    EXPECT_EQ(root.child("b").attribute("x"), "1");
    EXPECT_TRUE(root.child("b").has_attribute("x"));
    EXPECT_FALSE(root.child("c").has_attribute("x"));
    EXPECT_EQ(root.child("b").next("b").text(), "two");
    EXPECT_EQ(root.child("b").next().name(), "c");
    EXPECT_FALSE(root.child("b").next("b").next());
    EXPECT_EQ(tree.all("b").size(), 2U);
    EXPECT_TRUE(tree.all("d").empty());
    EXPECT_TRUE(root.child("c").is_below(root));
    EXPECT_FALSE(root.is_below(root.child("c")));
    EXPECT_FALSE(root.parent());
    EXPECT_EQ(Element().text(), "");
    EXPECT_FALSE(Element().child("b"));
    std::string names;
    for (const Element& child : Children(root)) names += child.name();
    for (const Element& child : Children(root, "b")) names += child.text();
    EXPECT_EQ(names, "bcbonetwo");
}

TEST(DocumentTree, OfPrefixesAndPieces_SeesLocalNamesAndWholeTexts) {
    const DocumentTree tree =
        tree_of("<n:a xmlns:n='u'><n:b n:V='1'>x<!-- c -->y<![CDATA[<z>]]>&amp;</n:b></n:a>");
    EXPECT_EQ(tree.root().at("b").text(), "xy<z>&");
    EXPECT_EQ(tree.root().at("b").attribute("V"), "1");
}

TEST(DocumentTree, OfPlaces_CountsBytesAndLetters) {
    const DocumentTree tree = tree_of(
        "\xEF\xBB\xBF<?xml version='1.0'?>\r\n<PasientExport><Id>\xC3\xB8</Id><Melding/>"
        "<n:Melding xmlns:n='u'/><Berit/><Melding/></PasientExport>"
    );
    const auto messages = tree.all("Melding");
    ASSERT_EQ(messages.size(), 3U);
    // In document order and against it.
    const auto place = [&](std::size_t number) { return tree.place_of(messages[number], "e"); };
    const Place first{
        .byte_offset = 52,
        .entry = "e",
        .line = 2,
        .column = 26,
        .xpath = "/PasientExport/Melding[1]"
    };
    const Place second{
        .byte_offset = 62,
        .entry = "e",
        .line = 2,
        .column = 36,
        .xpath = "/PasientExport/Melding[2]"
    };
    const Place third{
        .byte_offset = 94,
        .entry = "e",
        .line = 2,
        .column = 68,
        .xpath = "/PasientExport/Melding[3]"
    };
    EXPECT_EQ(place(0), first);
    EXPECT_EQ(place(1), second);
    EXPECT_EQ(place(2), third);
    EXPECT_EQ(place(1), second);
    EXPECT_EQ(place(0), first);
    // A name that is no name of the format may be a person's.
    EXPECT_EQ(tree.place_of(tree.all("Berit")[0], "").xpath, "/PasientExport/*[4]");
    EXPECT_EQ(tree.place_of(tree.root(), "").xpath, "/PasientExport");
}

TEST(DocumentTree, OfOtherEncodings_HasPathsAndNoOffsets) {
    const DocumentTree latin = tree_of("<?xml version='1.0' encoding='ISO-8859-1'?><Id V='\xF8'/>");
    EXPECT_EQ(latin.root().attribute("V"), "\xC3\xB8");
    EXPECT_EQ(latin.place_of(latin.root(), "e"), (Place{.entry = "e", .xpath = "/Id"}));
    std::string utf16 = "\xFF\xFE";
    for (const char letter : std::string("<Id>7</Id>")) {
        utf16 += letter;
        utf16 += '\0';
    }
    const DocumentTree wide = tree_of(utf16);
    EXPECT_EQ(wide.root().text(), "7");
    EXPECT_EQ(wide.place_of(wide.root(), "e"), (Place{.entry = "e", .xpath = "/Id"}));
    EXPECT_FALSE(DocumentTree::read(""));
    EXPECT_FALSE(DocumentTree::read("<a>"));
}

// Positions of siblings are counted on from the last one, or this would take minutes.
TEST(DocumentTree, OfManySiblings_FindsAllPlaces) {
    std::string text = "<PasientExport>";
    for (int i = 0; i < 100'000; ++i) text += "<Id/>";
    const DocumentTree tree = tree_of(text + "</PasientExport>");
    std::uint64_t number = 0;
    for (const Element& element : tree.all("Id")) {
        const Place place = tree.place_of(element, "");
        ASSERT_EQ(place.byte_offset, 15 + number * 5);
        ASSERT_EQ(place.xpath, "/PasientExport/Id[" + std::to_string(++number) + "]");
    }
}

}  // namespace
}  // namespace sfmkit::verifier
