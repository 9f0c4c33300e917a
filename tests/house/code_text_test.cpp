#include "tests/house/code_text.hpp"

#include <gtest/gtest.h>

namespace sfmkit::house {
namespace {

struct Row {
    std::string_view text;
    std::string_view code;
};

// C++ standard, clauses lex.comment, lex.ccon and lex.string.
TEST(CodeText, CodeOf_CommentsAndLiterals_AreBlankAndAllElseStays) {
    for (const Row& row : {
             Row{"a // b\nc", "a     \nc"},
             Row{"a /* b\nc */ d", "a     \n     d"},
             Row{"f(\"x // y\") g", "f(\"      \") g"},
             Row{"f(\"\\\"\", '\"') g", "f(\"  \", ' ') g"},
             Row{"1'000 + 'a'", "1'000 + ' '"},
             Row{"R\"(a\")\" b", "R     \" b"},
             Row{"R\"x(a)\")x\" b", "R        \" b"},
             Row{"a /* b", "a     "},
         }) {
        EXPECT_EQ(code_of(row.text), row.code) << row.text;
    }
}

TEST(CodeText, LinesOf_WithAndWithoutLastEnd_AreTheSame) {
    const std::vector<std::string> lines = {"a", "", "b"};
    EXPECT_EQ(lines_of("a\n\nb"), lines);
    EXPECT_EQ(lines_of("a\n\nb\n"), lines);
}

}  // namespace
}  // namespace sfmkit::house
