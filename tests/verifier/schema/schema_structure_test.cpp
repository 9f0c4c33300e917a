// Oracle: the schema that NHN published on 2024-05-27 (FmSfmExportImportFormatDefinition.xsd). It
// is not part of this repository, so the comparison runs where the reference folder is there.
#include "platform/bytes.hpp"
#include "platform/openssl.hpp"
#include "tests/support/reference.hpp"
#include "tests/verifier/schema/official_files.hpp"
#include "tests/verifier/schema/schema_changes.hpp"
#include "tests/verifier/schema/schema_facts.hpp"
#include "verifier/schema/own_schema.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <algorithm>
#include <iostream>
#include <optional>
#include <set>

namespace sfmkit::test {
namespace {

using ::testing::IsEmpty;

constexpr std::size_t all_declarations = 517;
constexpr std::size_t all_references = 72;

pugi::xml_document parsed(std::string_view text) {
    pugi::xml_document document;
    const auto result = document.load_buffer(text.data(), text.size());
    if (!result) throw std::runtime_error(result.description());
    return document;
}

pugi::xml_document own() {
    return parsed(verifier::own_schema());
}

std::optional<pugi::xml_document> official() {
    const auto text = official_schema();
    if (!text) return std::nullopt;
    return parsed(*text);
}

SchemaFacts facts_of(const pugi::xml_document& document) {
    return reduce_schema(document.document_element());
}

/// The lines of one schema that the other does not have: short enough to read in a failure.
std::vector<std::string> only_in(const SchemaFacts& one, const SchemaFacts& other) {
    const auto others = other.lines();
    const std::multiset<std::string> known(others.begin(), others.end());
    std::vector<std::string> result = one.lines();
    std::erase_if(result, [&known](const std::string& line) { return known.contains(line); });
    return result;
}

/// A schema with a single global component of another one. Changes are tried on these: copying
/// and reducing the whole schema for each of 5 000 changes takes minutes under a sanitizer.
pugi::xml_document cut_out(const pugi::xml_node& schema, const pugi::xml_node& component) {
    pugi::xml_document document;
    auto root = document.append_child(schema.name());
    for (const auto attribute : schema.attributes()) root.append_copy(attribute);
    root.append_copy(component);
    return document;
}

/// True when every component of the document is in the facts, and says the same there.
bool agrees(const pugi::xml_document& document, const SchemaFacts& expected) {
    const auto facts = facts_of(document);
    return std::ranges::all_of(facts.components, [&expected](const auto& component) {
        const auto found = expected.components.find(component.first);
        return found != expected.components.end() && found->second == component.second;
    });
}

struct Tried {
    std::size_t changes = 0;
    std::size_t detected = 0;
};

/// Makes every change of one kind to one component, each on a fresh copy.
void try_all(
    const SchemaChange& change,
    const pugi::xml_document& component,
    const SchemaFacts& expected,
    Tried& tried
) {
    const auto originals = elements_below(component);
    for (std::size_t index = 0; index < originals.size(); ++index) {
        const int places = change.places(originals[index]);
        for (int place = 0; place < places; ++place) {
            pugi::xml_document copy;
            copy.reset(component);
            change.apply(elements_below(copy)[index], place);
            ++tried.changes;
            if (!agrees(copy, expected)) ++tried.detected;
        }
    }
}

void expect_every_change_shows(const pugi::xml_document& changed, const SchemaFacts& expected) {
    ASSERT_TRUE(facts_of(changed).components == expected.components)
        << "only a change may make the difference";
    const auto schema = changed.document_element();
    for (const auto& change : schema_changes()) {
        Tried tried;
        for (const auto component : schema.children())
            try_all(change, cut_out(schema, component), expected, tried);
        std::cout << fmt::format(
            "  {:<22} {:>4} tried, {:>4} detected\n", change.name, tried.changes, tried.detected
        );
        EXPECT_GT(tried.changes, 0U) << change.name;
        EXPECT_EQ(tried.detected, tried.changes) << change.name;
    }
}

TEST(SchemaStructure, OfficialSchema_WhenReducedAsOurs_SaysTheSameInEveryDeclaration) {
    const auto document = official();
    if (!document) SFM_SKIP_OR_FAIL("the official schema is not here");
    const auto theirs = facts_of(*document);
    const auto ours = facts_of(own());
    EXPECT_EQ(theirs.declarations, all_declarations);
    EXPECT_EQ(theirs.references, all_references);
    EXPECT_THAT(only_in(ours, theirs), IsEmpty());
    EXPECT_THAT(only_in(theirs, ours), IsEmpty());
    EXPECT_TRUE(ours.components == theirs.components) << "the order differs";
}

TEST(SchemaStructure, OurSchema_WhenReduced_HasAllDeclarationsAndReferences) {
    const auto facts = facts_of(own());
    EXPECT_EQ(facts.declarations, all_declarations);
    EXPECT_EQ(facts.references, all_references);
}

TEST(SchemaStructure, OurSchema_WhenReduced_IsTheOneThatWasComparedLast) {
    // Stands in for the comparison where the official schema is missing. When it fails, change
    // it only after OfficialSchema_WhenReducedAsOurs_SaysTheSameInEveryDeclaration has passed.
    std::string text;
    for (const auto& line : facts_of(own()).lines()) text += line + "\n";
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    EXPECT_EQ(
        platform::to_hex(platform::digest_of(*algorithms.sha256, platform::as_bytes(text))),
        "89e915aa67ccec2bac9896ee697fba173c73f29666d979508802d99e044599ce"
    );
}

TEST(SchemaStructure, OurSchema_WhenAnySinglePlaceIsChanged_DiffersFromTheOfficialOne) {
    const auto document = official();
    if (!document) SFM_SKIP_OR_FAIL("the official schema is not here");
    expect_every_change_shows(own(), facts_of(*document));
}

TEST(SchemaStructure, OfficialSchema_WhenAnySinglePlaceIsChanged_DiffersFromOurs) {
    const auto document = official();
    if (!document) SFM_SKIP_OR_FAIL("the official schema is not here");
    expect_every_change_shows(*document, facts_of(own()));
}

TEST(SchemaStructure, Reducer_WhenAConstructIsUnknown_Refuses) {
    auto document = own();
    auto type = document.document_element().append_child("xs:complexType");
    type.append_attribute("name") = "Anything";
    type.append_child("xs:all");
    EXPECT_THROW(facts_of(document), std::runtime_error);
}

TEST(SchemaStructure, Reducer_WhenAnAttributeIsUnknown_Refuses) {
    auto document = own();
    document.document_element().child("xs:complexType").append_attribute("mixed") = "true";
    EXPECT_THROW(facts_of(document), std::runtime_error);
}

}  // namespace
}  // namespace sfmkit::test
