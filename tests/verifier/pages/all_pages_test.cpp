#include "tests/verifier/pages/page_examples.hpp"
#include "tests/verifier/pages/page_texts.hpp"
#include "verifier/pages/rule_pages.hpp"
#include "verifier/rules/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit::test {
namespace {

using findings::RulePage;
using testing::IsEmpty;
using testing::NotNull;
using testing::SizeIs;

std::vector<RulePage> all_pages() {
    std::vector<RulePage> pages;
    for (const findings::Rule* rule : verifier::catalogue()) {
        if (const RulePage* page = verifier::page_of(rule->id)) pages.push_back(*page);
    }
    return pages;
}

TEST(AllPages, OfTheCatalogue_AreOneForEachRule) {
    EXPECT_THAT(verifier::catalogue(), SizeIs(248));
    for (const findings::Rule* rule : verifier::catalogue()) {
        EXPECT_THAT(verifier::page_of(rule->id), NotNull()) << rule->id;
    }
    EXPECT_EQ(verifier::page_of("ENV-99"), nullptr);
}

TEST(AllPages, OfEachRule_SaySomethingInEveryField) {
    for (const RulePage& page : all_pages()) {
        for (const auto& [name, field] : fields_of_a_page) {
            EXPECT_FALSE((page.*field).empty()) << page.id << " " << name;
            EXPECT_FALSE((page.*field).ends_with('\n')) << page.id << " " << name;
        }
        EXPECT_GE(words_in(page.reason).size(), 15u) << page.id;
        for (const auto& [name, field] : prose_of_a_page) {
            EXPECT_GE(words_in(page.*field).size(), 6u) << page.id << " " << name;
            EXPECT_TRUE((page.*field).ends_with('.')) << page.id << " " << name;
        }
        EXPECT_NE(page.bad, page.good) << page.id;
        EXPECT_LE(lines_that_differ(page.bad, page.good), 6u) << page.id;
    }
}

TEST(AllPages, InOneField_ShareNoSentence) {
    EXPECT_THAT(shared_sentences(all_pages(), 6), IsEmpty());
}

TEST(AllPages, OfEachRule_NameOtherRulesThatExist) {
    for (const RulePage& page : all_pages()) EXPECT_FALSE(page.related.empty()) << page.id;
    EXPECT_THAT(wrong_references(all_pages()), IsEmpty());
}

// A field that says the title over again tells nothing to somebody who has just read it.
TEST(AllPages, OfEachRule_DoNotRepeatWhatTheRowSays) {
    for (const findings::Rule* rule : verifier::catalogue()) {
        const RulePage* const page = verifier::page_of(rule->id);
        ASSERT_THAT(page, NotNull()) << rule->id;
        for (const auto& [name, field] : fields_of_a_page) {
            for (const std::string_view text : {rule->title, rule->remedy, rule->usual_cause}) {
                const bool repeats = words_in(text).size() > 4 && (page->*field).contains(text);
                EXPECT_FALSE(repeats) << rule->id << " " << name << ": " << text;
            }
        }
    }
}

/// Pages whose bad example is XML that no schema or no parser takes: that is what they are about.
bool is_about_broken_xml(std::string_view id) {
    return id == "XML-01" || id == "XML-07";
}

// Examples that are no XML show bytes, names of files, lines of the index and the like.
TEST(AllPages, AboutFilesAndXml_WriteXmlWellFormedAndAsTheSchemaHasIt) {
    std::size_t xml = 0;
    for (const RulePage& page : all_pages()) {
        for (const std::string_view example : {page.bad, page.good}) {
            if (!example.starts_with('<')) continue;
            ++xml;
            const bool broken = is_about_broken_xml(page.id) && example == page.bad;
            const auto mistakes = check_fragment(example).mistakes;
            if (broken) {
                EXPECT_THAT(mistakes, SizeIs(1)) << page.id << "\n" << example;
            } else {
                EXPECT_THAT(mistakes, IsEmpty()) << page.id << "\n" << example;
            }
        }
    }
    EXPECT_GE(xml, 340u);
}

TEST(AllPages, InTheirExamples_FitOntoAScreen) {
    for (const RulePage& page : all_pages()) {
        for (const std::string_view example : {page.bad, page.good}) {
            std::size_t begin = 0;
            while (begin <= example.size()) {
                const std::size_t end = std::min(example.find('\n', begin), example.size());
                // In bytes: a line with many letters beyond ASCII is shorter than this.
                EXPECT_LE(end - begin, 100u)
                    << page.id << ": " << example.substr(begin, end - begin);
                begin = end + 1;
            }
        }
    }
}

}  // namespace
}  // namespace sfmkit::test
