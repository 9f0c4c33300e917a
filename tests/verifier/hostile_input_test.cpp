#include "tests/support/memory_file.hpp"
#include "tests/verifier/recipe_world.hpp"
#include "verifier/xml_gate.hpp"
#include "verifier/zip_content.hpp"
#include "verifier/zip_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t mebibyte = 1 << 20;

XmlDocument parsed(const std::string& text) {
    static const XmlSchema schema = XmlSchema::own();
    XmlGate gate(&schema, {});
    gate.feed(platform::as_bytes(text));
    return gate.finish();
}

std::string repeated(const std::string& unit, std::size_t bytes) {
    std::string text;
    text.reserve(bytes + unit.size());
    while (text.size() < bytes) text += unit;
    return text;
}

std::string patient_with(const std::string& inside) {
    return fixtures::export_document("PasientExport", inside);
}

/// How many there are of the kind that has most.
std::size_t most_of_a_kind(const XmlDocument& document) {
    std::array<std::size_t, xml_problem_kinds> counts{};
    for (const XmlProblem& problem : document.problems) {
        ++counts[static_cast<std::size_t>(problem.kind)];
    }
    return std::ranges::max(counts);
}

/// Far above what any of these documents needs, far below what quadratic work would.
void expect_soon(const std::string& document, const std::string& message) {
    const auto begin = std::chrono::steady_clock::now();
    const XmlDocument result = parsed(document);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
    ASSERT_FALSE(result.problems.empty());
    EXPECT_LE(most_of_a_kind(result), Limits().findings_of_one_kind);
    EXPECT_NE(result.problems.front().message.find(message), std::string::npos)
        << result.problems.front().message;
}

// An unstructured history is escaped HTML: handed to libxml2's validator piece by piece, a text of
// 9 MiB with entities took three minutes.
TEST(HostileDocument, OfLongEscapedText_IsReadInLinearTime) {
    const std::string html = repeated("\xC3\xA5&lt;br&gt;", 9 * mebibyte);
    expect_soon(patient_with("<Id>" + html + "</Id>"), "holds no GUID");
}

TEST(HostileDocument, OfTooLongText_IsStopped) {
    const std::string text = repeated("text ", 11 * mebibyte);
    expect_soon(patient_with("<Id>" + text + "</Id>"), "a text is longer than");
}

TEST(HostileDocument, OfTagWithoutEnd_IsStopped) {
    expect_soon("<a b=\"" + repeated("x", 30 * mebibyte), "");
    expect_soon("<!--" + repeated("x", 30 * mebibyte), "");
}

TEST(HostileDocument, OfDeepElements_IsStopped) {
    expect_soon(repeated("<a>", mebibyte), "");
}

TEST(HostileDocument, OfManyWrongElements_KeepsSomeAndCountsTheRest) {
    const XmlDocument result =
        parsed(patient_with(repeated("<Id>1</Id><DemografiskInfo/>", mebibyte)));
    EXPECT_LE(most_of_a_kind(result), Limits().findings_of_one_kind);
    EXPECT_FALSE(result.problems.empty());
}

TEST(HostileDocument, OfWrongValue_IsToldWithoutTheValue) {
    const XmlDocument result =
        parsed(patient_with("<Id>6a1f0c52-3f6e-4c1b-9b7d-2f0c8e5d4a31</"
                            "Id><DemografiskInfo><FamilyName>a</FamilyName><GivenName>b</GivenName>"
                            "<DateOfBirth>born ' is not long ago</DateOfBirth></DemografiskInfo>"));
    ASSERT_FALSE(result.problems.empty());
    const XmlProblem& problem = result.problems.front();
    EXPECT_EQ(problem.xpath, "/PasientExport/DemografiskInfo[1]/DateOfBirth[1]");
    EXPECT_NE(problem.message.find("xs:date"), std::string::npos) << problem.message;
    EXPECT_EQ(problem.message.find("born"), std::string::npos) << problem.message;
    EXPECT_EQ(problem.message.find("long ago"), std::string::npos) << problem.message;
}

// 40 KB names and problems that do not end parsing: every place of a problem would hold them all.
TEST(HostileDocument, OfLongNamesAndManyProblems_KeepsLittle) {
    const std::string name(40'000, 'n');
    std::string document;
    for (int i = 0; i < 50; ++i) document += '<' + name + '>';
    document += repeated("<x:a/>", mebibyte);
    const XmlDocument result = parsed(document);
    std::size_t bytes = 0;
    for (const XmlProblem& problem : result.problems) {
        bytes += problem.xpath.size() + problem.message.size() + problem.expected.size();
    }
    EXPECT_EQ(most_of_a_kind(result), Limits().findings_of_one_kind);
    EXPECT_GT(result.problems_not_kept, 0U);
    EXPECT_LE(bytes, 2 * mebibyte);
}

TEST(HostileDocument, OfPersonalDataThatBecameMarkup_IsToldWithoutIt) {
    const std::array<std::string, 9> insides = {
        "<Id><Nordmann Hansen></Id>",
        "<Id>&Nordmann12057012345;</Id>",
        "<Id>&Nordmann12057012345 </Id>",
        "<Id><Nordmann></Id>",
        "<Id><Nordmann>1</Nordmann></Id>",
        "<Nordmann/>",
        "<Nordmann:Id>1</Nordmann:Id>",
        "<Id Nordmann=\"12057012345\">1</Id>",
        "<Id xmlns=\"Nordmann12057012345\">1</Id>",
    };
    for (const std::string& inside : insides) {
        const XmlDocument result = parsed(patient_with(inside));
        ASSERT_FALSE(result.problems.empty()) << inside;
        for (const XmlProblem& problem : result.problems) {
            for (const std::string& text : {problem.message, problem.xpath, problem.expected}) {
                EXPECT_EQ(text.find("Nordmann"), std::string::npos) << text;
                EXPECT_EQ(text.find("Hansen"), std::string::npos) << text;
                EXPECT_EQ(text.find("12057012345"), std::string::npos) << text;
            }
        }
    }
}

RC_GTEST_PROP(HostileDocument, OfAnyBytes_IsReadWithoutCrash, (const std::string& bytes)) {
    const XmlDocument result = parsed("<a>" + bytes);
    RC_ASSERT(!result.problems.empty());
}

// libzip hands out all bytes of an entry whose headers say 10: what is declared limits nothing.
TEST(HostileArchive, WithSizeToldTooSmall_IsCountedByWhatComesOut) {
    fixtures::ExportRecipe recipe = test::sample_export();
    std::string& content = recipe.message().content;
    content.insert(content.rfind("</"), repeated("abcdefghijklmnop", 200'000));
    recipe.message().expanded = 10;
    test::RecipeWorld world;
    const auto report = world.verify(recipe);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].rule, "ZIP-02");
    EXPECT_EQ(report.findings[0].expected, "10 bytes");
    EXPECT_EQ(report.findings[0].actual, std::to_string(content.size()) + " bytes");
}

/// What both readers of archives make of these bytes; they may refuse, never crash or run away.
void read_archive(const std::string& bytes) {
    const test::MemoryFile file(bytes);
    const auto directory = read_zip_directory(file, {});
    if (!directory) throw std::runtime_error("reading memory cannot fail");
    if (!directory->problems.empty() || directory->beyond_limits) return;
    const auto content = ZipContent::open(file);
    if (!content) return;
    platform::ByteBuffer piece(65536);
    for (std::uint64_t i = 0; i < content->entry_count(); ++i) {
        auto stream = content->open_entry(i);
        while (stream) {
            const auto count = stream->read(piece);
            if (!count || *count == 0) break;
        }
    }
}

RC_GTEST_PROP(HostileArchive, WithAnyChangedByte_IsReadWithoutCrash, ()) {
    static const std::string valid = [] {
        fixtures::ExportRecipe recipe = test::sample_export();
        recipe.message().descriptor = true;
        return fixtures::make_zip(recipe.patient_archive);
    }();
    std::string changed = valid;
    const auto changes = *rc::gen::inRange(1, 4);
    for (int i = 0; i < changes; ++i) {
        // Half of them in the directory at the end, which is where readers decide.
        const bool late = *rc::gen::arbitrary<bool>();
        const std::size_t first = late ? changed.size() - 250 : 0;
        const auto place = *rc::gen::inRange<std::size_t>(first, changed.size());
        changed[place] = static_cast<char>(*rc::gen::inRange(0, 256));
    }
    read_archive(changed);
}

RC_GTEST_PROP(HostileArchive, CutAnywhere_HasAProblem, ()) {
    static const std::string valid = fixtures::make_zip(test::sample_export().patient_archive);
    const auto size = *rc::gen::inRange<std::size_t>(0, valid.size());
    const test::MemoryFile file(valid.substr(0, size));
    const auto directory = read_zip_directory(file, {});
    RC_ASSERT(directory.has_value());
    RC_ASSERT(!directory->problems.empty());
}

TEST(HostileArchive, WithMoreEntriesThanTheLimit_IsNotWalked) {
    fixtures::ZipRecipe recipe;
    for (int i = 0; i < 20; ++i) {
        recipe.entries.push_back({.name = std::to_string(i), .content = "x"});
    }
    const test::MemoryFile file(fixtures::make_zip(recipe));
    const auto directory = read_zip_directory(file, {.entries = 10});
    ASSERT_TRUE(directory.has_value());
    EXPECT_TRUE(directory->beyond_limits);
    EXPECT_TRUE(directory->entries.empty());
}

}  // namespace
}  // namespace sfmkit::verifier
