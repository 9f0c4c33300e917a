#include "verifier/html_text.hpp"

#include "verifier/html_references.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>

namespace sfmkit::verifier {
namespace {

struct Example {
    std::string_view html;
    std::uint64_t times;
};

// Written after the tokenizer of the HTML Standard (13.2.5): names and attributes in any case,
// values quoted or not, blanks around the equals sign, slashes between attributes.
TEST(HtmlText, OfAddresses_CountsThoseThatLieOutside) {
    constexpr std::array<Example, 34> examples = {{
        {"<img src=http://test.invalid/a.png>", 1},
        {"<IMG SRC = 'HTTP://test.invalid/a.png'>", 1},
        {"<img/src=\"https://test.invalid/a.png\"/>", 1},
        {"<img alt='>' src='//test.invalid/a.png'>", 1},
        {"<img src='\\\\server\\share\\a.png'>", 1},
        {"<img src=' \t\nhttp://test.invalid/'>", 1},
        {"<img src='ht\ntp://test.invalid/'>", 1},
        {"<img src='&#104;ttp://test.invalid/'>", 1},
        {"<img src='&#x68;&#x74;tp&colon;&sol;&sol;test.invalid/'>", 1},
        {"<img src='bilde.png'>", 1},
        {"<img src='C:\\bilde.png'>", 1},
        {"<a href='file:///c:/x'>x</a>", 1},
        {"<a href='ftp://test.invalid'>x</a>", 1},
        {"<base href='http://test.invalid/'>", 1},
        {"<link rel=stylesheet href=stil.css>", 1},
        {"<form action='http://test.invalid'></form>", 1},
        {"<object data='x.pdf'></object>", 1},
        {"<video poster='x.png' src='x.mp4'></video>", 2},
        {"<table background='x.png'></table>", 1},
        {"<svg><image xlink:href='http://test.invalid'/></svg>", 1},
        {"<meta http-equiv=refresh content='0; URL=http://test.invalid/'>", 1},
        {"<meta name=description content='http://test.invalid/'>", 0},
        {"<style>p { background: url( \"http://test.invalid/\" ) }</style>", 1},
        {"<style>@import 'http://test.invalid/';</style>", 1},
        {"<style>p { background: url(#a) } q { color: red }</style>", 0},
        {"<p style='background:url(&quot;x.png&quot;)'>x", 1},
        {"<p style='background:url(data:image/png;base64,AA==)'>x", 0},
        {"<a href='#top'>x</a><a href=''>x</a><a name=x>x</a>", 0},
        {"<a href='MailTo:a@test.invalid'>x</a><a href='tel:99999999'>x</a>", 0},
        {"<img src='data:image/png;base64,AA=='>", 0},
        {"<p>http://test.invalid/ src=http://test.invalid/", 0},
        {"<!-- <img src=http://test.invalid/> --><p>x", 0},
        {"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'http://www.w3.org/TR/x.dtd'><p>x", 0},
        {"<html xmlns='http://www.w3.org/1999/xhtml'><title><img src=x></title></html>", 0},
    }};
    for (const auto& [html, times] : examples) {
        const HtmlFacts facts = html_facts_of(html);
        EXPECT_EQ(facts.references.times, times) << html;
        EXPECT_EQ(facts.scripts.times, 0U) << html;
        EXPECT_EQ(facts.problem, "") << html;
    }
}

TEST(HtmlText, OfScripts_CountsElementsEventsAndAddresses) {
    constexpr std::array<Example, 18> examples = {{
        {"<script>x</script>", 1},
        {"<ScRiPt type=x>if (a</b) c('<script>')</sCrIpT >", 1},
        {"<script/>", 1},
        {"<p>1<script>x</script>2<script>y</script>", 2},
        {"<p onclick=x>", 1},
        {"<body ONLOAD = 'x' onunload=y>", 2},
        {"<img src='data:,' onerror>", 1},
        {"<a href='javascript:x'>x</a>", 1},
        {"<a href=' JAVA\tSCRIPT:x'>x</a>", 1},
        {"<a href='&#106avascript&colon;x'>x</a>", 1},
        {"<a href='vbscript:x'>x</a>", 1},
        {"<p style='width:expression(x)'>", 1},
        {"<p>script onclick=x &lt;script&gt;", 0},
        {"<!-- <script>x</script> --><p>", 0},
        {"<textarea><script>x</script></textarea>", 0},
        {"<p title='<script>'>x", 0},
        {"<noscript>x</noscript>", 0},
        {"<p on=x one=y>x", 0},
    }};
    for (const auto& [html, times] : examples) {
        const HtmlFacts facts = html_facts_of(html);
        EXPECT_EQ(facts.scripts.times, times) << html;
        EXPECT_EQ(facts.references.times, 0U) << html;
    }
}

TEST(HtmlText, OfTextThatIsNoHtml_SaysWhy) {
    struct Broken {
        std::string_view html;
        std::string_view problem;
    };
    constexpr std::array<Broken, 20> examples = {{
        {"", "it holds no element of HTML"},
        {"Brukte plaster.", "it holds no element of HTML"},
        {"{\\rtf1 plaster}", "it holds no element of HTML"},
        {"INR < 2 og > 1", "it holds no element of HTML"},
        {"&lt;p&gt;plaster", "it holds no element of HTML"},
        {"<p>INR < 2 og > 1", ""},
        {"<p>a<br>b<br/>c</p>", ""},
        {"<table><tr><td>a<td>b<tr><td>c</table>", ""},
        {"<div><p>a<p>b</div>", ""},
        {"<B>a</b>", ""},
        {"<!-->a<p>", ""},
        {"<p", "a tag does not end"},
        {"<p class='a>b", "a tag does not end"},
        {"<p>a<!-- b", "a comment does not end"},
        {"<!DOCTYPE html", "a declaration does not end"},
        {"<div>a", "an element is not closed"},
        {"<title>a", "an element is not closed"},
        {"a</div>", "an end tag has no start tag"},
        {"<b><i>a</b></i>", "an end tag does not close the element opened last"},
        {"Ring <Ola Testmann> i dag", "an element is not closed"},
    }};
    for (const auto& [html, problem] : examples) {
        EXPECT_EQ(html_facts_of(html).problem, problem) << html;
    }
}

// What is wrong with the structure hides neither scripts nor references.
TEST(HtmlText, WhereItDoesNotParse_IsReadToItsEnd) {
    const HtmlFacts facts = html_facts_of("</i><b><img src=x><script>x</script>");
    EXPECT_EQ(facts.problem, "an end tag has no start tag");
    EXPECT_EQ(facts.references.times, 1U);
    EXPECT_EQ(facts.references.first, "src");
    EXPECT_EQ(facts.scripts.first, "a script element");
}

// Each of them grows with the square of the text in a reader that begins anew at each of them.
TEST(HtmlText, OfMuchHostileText_TakesLinearTime) {
    constexpr std::size_t bytes = 8'000'000;
    for (const std::string_view piece :
         {"<",
          "<!--",
          "<a ",
          "<a href=",
          "<a href='",
          "</",
          "<b>",
          "</b>",
          "<title>",
          "<title></",
          "<style>url(</style>",
          "<p style='url(url(",
          "<p style='@import @import ",
          "&",
          "<a href='&#x"}) {
        std::string text;
        while (text.size() < bytes) text += piece;
        const auto begin = std::chrono::steady_clock::now();
        const HtmlFacts facts = html_facts_of(text);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        EXPECT_LT(took.count(), 5.0) << piece;
        EXPECT_EQ(facts.problem.empty(), piece == "<style>url(</style>") << piece;
    }
}

TEST(HtmlReferences, OfCharacterReferences_AreDecodedOnce) {
    EXPECT_EQ(without_character_references("a&amp;#58;b"), "a&#58;b");
    EXPECT_EQ(without_character_references("&#58;&#x3A;&#X3a&colon;"), "::::");
    EXPECT_EQ(
        without_character_references("&#229;&#99999999999;&unknown;&"), "?&#99999999999;&unknown;&"
    );
    EXPECT_EQ(without_character_references("a?b=1&c=2"), "a?b=1&c=2");
}

}  // namespace
}  // namespace sfmkit::verifier
