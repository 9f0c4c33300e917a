#include "tests/house/code_text.hpp"
#include "tests/house/source_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace sfmkit::house {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr std::size_t max_columns = 100;
constexpr std::size_t max_lines = 400;

/// Letters of UTF-8, not bytes.
std::size_t columns_of(const std::string& line) {
    const auto begins_letter = [](char byte) { return (byte & 0xc0) != 0x80; };
    return static_cast<std::size_t>(std::ranges::count_if(line, begins_letter));
}

std::vector<Breach> check_shape(const SourceFile& file) {
    std::vector<Breach> breaches;
    const auto lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string& line = lines[i];
        if (columns_of(line) > max_columns) breaches.push_back({file.path, i + 1, "is too wide"});
        if (line.contains('\t')) breaches.push_back({file.path, i + 1, "has a tab"});
        if (line.ends_with(' ')) breaches.push_back({file.path, i + 1, "ends with a blank"});
        if (line.ends_with('\r')) breaches.push_back({file.path, i + 1, "ends with CR"});
    }
    if (lines.size() > max_lines) breaches.push_back({file.path, lines.size(), "is too long"});
    if (!file.text.ends_with('\n'))
        breaches.push_back({file.path, lines.size(), "has no last end"});
    return breaches;
}

std::vector<Breach> check_pragma_once(const SourceFile& file) {
    if (!file.is_header() || file.text.starts_with("#pragma once\n")) return {};
    return {{file.path, 1, "does not begin with #pragma once"}};
}

/// Work that is left over belongs into an issue.
std::vector<Breach> check_left_over_marks(const SourceFile& file) {
    std::vector<Breach> breaches;
    const auto lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const std::string mark :
             {"TO"
              "DO",
              "FIX"
              "ME",
              "X"
              "XX:",
              "HA"
              "CK:"}) {
            if (lines[i].contains(mark)) breaches.push_back({file.path, i + 1, "has " + mark});
        }
    }
    return breaches;
}

TEST(Shape, OfEverySource_KeepsColumnsLinesAndEnds) {
    EXPECT_THAT(breaches_in_checkout(check_shape), IsEmpty());
}

TEST(Shape, OfMadeUpFiles_IsFoundWhenWrong) {
    const std::string hundred(100, 'a');
    EXPECT_THAT(check_shape({"wire/a.cpp", hundred + "a\n"}), SizeIs(1));
    EXPECT_THAT(check_shape({"wire/a.cpp", "a\tb\n"}), SizeIs(1));
    EXPECT_THAT(check_shape({"wire/a.cpp", "a \n"}), SizeIs(1));
    EXPECT_THAT(check_shape({"wire/a.cpp", "a\r\n"}), SizeIs(1));
    EXPECT_THAT(check_shape({"wire/a.cpp", "a"}), SizeIs(1));
    std::string long_file;
    for (int i = 0; i < 401; ++i) long_file += "a\n";
    EXPECT_THAT(check_shape({"wire/a.cpp", long_file}), SizeIs(1));

    EXPECT_THAT(check_shape({"wire/a.cpp", hundred + "\n"}), IsEmpty());
    EXPECT_THAT(check_shape({"wire/a.cpp", hundred.substr(1) + "\xc3\xa6\n"}), IsEmpty());
    EXPECT_THAT(check_shape({"wire/a.cpp", long_file.substr(2)}), IsEmpty());
}

TEST(Shape, OfEveryHeader_BeginsWithPragmaOnce) {
    EXPECT_THAT(breaches_in_checkout(check_pragma_once), IsEmpty());
    EXPECT_THAT(check_pragma_once({"wire/a.hpp", "#ifndef A\n"}), SizeIs(1));
    EXPECT_THAT(check_pragma_once({"wire/a.hpp", "#pragma once\n"}), IsEmpty());
    EXPECT_THAT(check_pragma_once({"wire/a.cpp", "int a;\n"}), IsEmpty());
}

TEST(Shape, OfEverySource_HasNoLeftOverMarks) {
    EXPECT_THAT(breaches_in_checkout(check_left_over_marks), IsEmpty());
    EXPECT_THAT(
        check_left_over_marks(
            {"wire/a.cpp",
             "// TO"
             "DO later\n"}
        ),
        SizeIs(1)
    );
    EXPECT_THAT(check_left_over_marks({"wire/a.cpp", "// done\n"}), IsEmpty());
}

}  // namespace
}  // namespace sfmkit::house
