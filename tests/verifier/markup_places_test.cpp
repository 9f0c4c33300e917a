// Oracle: offsets counted by a person in short documents.
#include "verifier/markup_places.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace sfmkit::verifier {
namespace {

using Kind = MarkupPlaces::Kind;

struct Found {
    Kind kind;
    std::uint64_t byte_offset;
    std::uint64_t line;
    std::uint64_t column;

    bool operator==(const Found&) const = default;
};

std::vector<Found> found_in(const std::string& document, std::size_t piece_bytes) {
    MarkupPlaces places;
    std::vector<Found> found;
    for (std::size_t at = 0; at < document.size(); at += piece_bytes) {
        places.feed(platform::as_bytes(std::string_view(document).substr(at, piece_bytes)));
        while (const auto markup = places.take()) {
            const TextPlace& place = markup->place;
            found.push_back({markup->kind, place.byte_offset, place.line, place.column});
        }
    }
    return found;
}

struct Example {
    const char* name;
    std::string document;
    std::vector<Found> found;
};

std::vector<Example> examples() {
    using namespace std::string_literals;
    return {
        {"tags",
         "<a><b/></a>",
         {{Kind::start_tag, 0, 1, 1}, {Kind::empty_tag, 3, 1, 4}, {Kind::end_tag, 7, 1, 8}}},
        {"lines and a blank before the end of a tag",
         "<a>\r\n <b />\n</a >",
         {{Kind::start_tag, 0, 1, 1}, {Kind::empty_tag, 6, 2, 2}, {Kind::end_tag, 12, 3, 1}}},
        {"angle brackets in values",
         "<a b='/>' c=\">'\"><d e=\"/\"/></a>",
         {{Kind::start_tag, 0, 1, 1}, {Kind::empty_tag, 17, 1, 18}, {Kind::end_tag, 27, 1, 28}}},
        {"comments",
         "<a><!--<b>--><!--->--><!----><c/></a>",
         {{Kind::start_tag, 0, 1, 1},
          {Kind::comment, 3, 1, 4},
          {Kind::comment, 13, 1, 14},
          {Kind::comment, 22, 1, 23},
          {Kind::empty_tag, 29, 1, 30},
          {Kind::end_tag, 33, 1, 34}}},
        {"character data and instructions",
         "<?xml version='1.0'?><a><![CDATA[<b>]]]]><?c <d>?></a>",
         {{Kind::start_tag, 21, 1, 22}, {Kind::instruction, 41, 1, 42}, {Kind::end_tag, 50, 1, 51}}
        },
        {"byte order mark, and characters of two and four bytes",
         "\xEF\xBB\xBF<a>\xC3\xA5\xF0\x9F\x98\x80</a>",
         {{Kind::start_tag, 3, 1, 1}, {Kind::end_tag, 12, 1, 6}}},
        {"UTF-16, low byte first",
         "\xFF\xFE<\0a\0>\0\n\0\x3D\xD8\x00\xDE<\0/\0a\0>\0"s,
         {{Kind::start_tag, 2, 1, 1}, {Kind::end_tag, 14, 2, 2}}},
        {"UTF-16, high byte first and no mark", "\0<\0a\0/\0>"s, {{Kind::empty_tag, 0, 1, 1}}},
    };
}

TEST(MarkupPlaces, OfExamples_AreWhereTheyStandHoweverTheBytesCome) {
    for (const Example& example : examples()) {
        for (std::size_t piece = 1; piece <= example.document.size(); ++piece) {
            EXPECT_EQ(found_in(example.document, piece), example.found)
                << example.name << " in pieces of " << piece;
        }
    }
}

}  // namespace
}  // namespace sfmkit::verifier
