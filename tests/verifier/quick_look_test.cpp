// The quick look may be wrong in one direction only: what it lets pass, the gate has nothing to say
// of, and its elements are those that another parser, pugixml, makes of the document. Documents of
// all recipes, and the sample with bytes changed at random.
#include "verifier/quick_look.hpp"

#include "fixtures/rule_recipe.hpp"
#include "platform/random.hpp"
#include "tests/verifier/recipe_world.hpp"
#include "verifier/document_tree.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <string>

namespace sfmkit::verifier {
namespace {

constexpr std::uint64_t recipe_seed = 20261123;

struct Tally {
    int passed = 0;
    int suspicious = 0;       ///< and the gate has something to say
    int suspicious_only = 0;  ///< and the gate has not
};

/// True when both say the same of a document that passes.
testing::AssertionResult same(const XmlDocument& quick, const XmlDocument& exact) {
    if (exact.problems.size() != quick.problems.size() || exact.problems_not_kept != 0) {
        return testing::AssertionFailure()
               << "the gate says: " << exact.problems.front().message << ", "
               << exact.problems.size() << " problems, not " << quick.problems.size();
    }
    for (std::size_t i = 0; i < exact.problems.size(); ++i) {
        if (exact.problems[i].message != quick.problems[i].message ||
            exact.problems[i].actual != quick.problems[i].actual) {
            return testing::AssertionFailure() << exact.problems[i].message;
        }
    }
    const bool alike = exact.encoding == quick.encoding && exact.root_name == quick.root_name &&
                       exact.root_namespace == quick.root_namespace &&
                       exact.elements == quick.elements &&
                       exact.message_files == quick.message_files && !exact.utf16_bytes;
    return alike ? testing::AssertionSuccess() : testing::AssertionFailure() << "other facts";
}

/// Everything that a tree knows of its elements, in document order.
std::string written(const DocumentTree& tree) {
    std::string all;
    for (Element element = tree.root(); element; element = following(element)) {
        const findings::Place place = tree.place_of(element, "");
        all += std::to_string(place.byte_offset.value_or(0)) + " " + place.xpath + " ";
        all.append(element.parent().name()) += " ";
        all.append(element.name()) += " [";
        all.append(element.text()) += "]";
        for (const Attribute& attribute : element.node()->attributes) {
            all.append(" ").append(attribute.name) += "=";
            all.append(attribute.value);
        }
        all += "\n";
    }
    return all;
}

class QuickLookTest : public testing::Test {
  protected:
    void compare(const std::string& text, const XmlSchema* schema) {
        auto quick = reader_.look(text, schema, limits_);
        XmlGate gate(schema, limits_);
        gate.feed(platform::as_bytes(text));
        const XmlDocument exact = gate.finish();
        if (quick) {
            ++tally_.passed;
            EXPECT_TRUE(same(quick->document, exact)) << text.substr(0, 2000);
            const auto read = DocumentTree::read(text);
            ASSERT_TRUE(read);
            EXPECT_EQ(written(DocumentTree::of(text, std::move(quick->elements))), written(*read));
        } else {
            ++(exact.problems.empty() ? tally_.suspicious_only : tally_.suspicious);
        }
    }

    void print(const char* what) const {
        std::cout << what << ": " << tally_.passed << " passed, " << tally_.suspicious
                  << " left to the gate with reason, " << tally_.suspicious_only << " without\n";
    }

    const XmlSchema schema_ = XmlSchema::own();
    const Limits limits_;
    QuickReader reader_;
    Tally tally_;
};

TEST_F(QuickLookTest, OnDocumentsOfRecipes_LetsNothingPass) {
    const fixtures::Content content = test::sample_content(recipe_seed);
    for (const fixtures::RuleRecipe& recipe : fixtures::all_recipes(content.names)) {
        const fixtures::ExportRecipe made = fixtures::broken_export(recipe, content);
        for (const auto& entry : made.patient_archive.entries) {
            const bool message = entry.name != "PatientData.xml";
            compare(entry.content, message ? nullptr : &schema_);
        }
        compare(made.organisation_archive.entries.front().content, &schema_);
    }
    print("recipes");
    EXPECT_GT(tally_.passed, 500);
    EXPECT_GT(tally_.suspicious, 30);
}

TEST_F(QuickLookTest, OnDocumentsWithChangedBytes_LetsNothingPass) {
    const fixtures::Content content = test::sample_content(recipe_seed);
    const std::string& right = content.patient.back().text;
    platform::SeededRandom random(recipe_seed);
    constexpr std::string_view bytes = "<>/\"'= &;!-?a1T\n\x01\xC3\xFF";
    for (int i = 0; i < 4000; ++i) {
        std::string text = right;
        for (std::uint64_t changes = 1 + random.pick(2); changes > 0; --changes) {
            const std::size_t at = random.pick(text.size());
            const char byte = bytes[random.pick(bytes.size())];
            if (random.pick(3) == 0) {
                text.insert(at, 1, byte);
            } else {
                text[at] = byte;
            }
        }
        compare(text, &schema_);
    }
    print("changed bytes");
    EXPECT_GT(tally_.passed, 200);
    EXPECT_GT(tally_.suspicious, 2000);
}

TEST_F(QuickLookTest, OnWideAndDeepDocuments_LeavesThemToTheGate) {
    const auto tag = [](std::size_t values, const std::string& value) {
        std::string text = "<a";
        for (std::size_t i = 0; i < values; ++i) {
            text += " a" + std::to_string(i) + "='" + value + "'";
        }
        return text + "/>";
    };
    const std::uint64_t most = limits_.attributes_of_a_tag;
    EXPECT_TRUE(reader_.look(tag(most, ">"), nullptr, limits_));
    EXPECT_FALSE(reader_.look(tag(most + 1, ">"), nullptr, limits_));
    const auto deep = [](std::size_t levels) {
        std::string begin;
        std::string end;
        for (std::size_t i = 0; i < levels; ++i) {
            begin += "<a>";
            end += "</a>";
        }
        return begin + end;
    };
    EXPECT_TRUE(reader_.look(deep(limits_.element_depth), nullptr, limits_));
    EXPECT_FALSE(reader_.look(deep(limits_.element_depth + 1), nullptr, limits_));
    EXPECT_FALSE(reader_.look("<!DOCTYPE a><a/>", nullptr, limits_));
    EXPECT_FALSE(reader_.look("", nullptr, limits_));
}

}  // namespace
}  // namespace sfmkit::verifier
