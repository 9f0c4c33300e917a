// Two schemas that say the same must also judge the same. Judge: libxml2; oracle: its answers
// with the schema that NHN published on 2024-05-27.
#include "client/encoder/synthetic/synthetic_export.hpp"
#include "platform/random.hpp"
#include "tests/support/reference.hpp"
#include "tests/verifier/schema/compiled_schema.hpp"
#include "tests/verifier/schema/document_mutations.hpp"
#include "tests/verifier/schema/full_document.hpp"
#include "tests/verifier/schema/official_files.hpp"
#include "verifier/schema/own_schema.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <iostream>
#include <optional>
#include <sstream>

namespace sfmkit::test {
namespace {

using ::testing::IsEmpty;

/// What two schemas said about mutated documents.
struct Comparison {
    std::size_t valid = 0;                 ///< by both
    std::size_t invalid = 0;               ///< by both, with the same messages
    std::vector<std::string> differing{};  ///< which mutation, where
};

std::string serialized(const pugi::xml_document& document) {
    std::ostringstream text;
    document.save(text, "", pugi::format_raw);
    return text.str();
}

pugi::xml_document loaded(std::string_view text) {
    pugi::xml_document document;
    const auto flags = pugi::parse_default | pugi::parse_ws_pcdata_single;
    if (!document.load_buffer(text.data(), text.size(), flags))
        throw std::runtime_error("the document cannot be read");
    return document;
}

void compare_one(
    const std::string& text,
    const std::string& label,
    const CompiledSchema& one,
    const CompiledSchema& other,
    Comparison& result
) {
    const auto document = parse_document(text);
    const auto errors = one.errors_in(*document);
    if (errors != other.errors_in(*document))
        result.differing.push_back(label);
    else
        ++(errors.empty() ? result.valid : result.invalid);
}

/// The 500 mutations, spread over the documents, judged by both schemas. Prints what came out.
Comparison compare_by_mutations(
    const std::vector<pugi::xml_document>& documents,
    const CompiledSchema& one,
    const CompiledSchema& other
) {
    platform::SeededRandom random(20240527);
    Comparison all;
    std::size_t turn = 0;
    for (const auto& mutation : document_mutations()) {
        const auto before = all;
        for (std::size_t count = 0; count < mutation.share; ++count) {
            pugi::xml_document document;
            document.reset(documents[turn++ % documents.size()]);
            auto element = pick_element(document, mutation, random);
            const auto label = fmt::format("{} at {}", mutation.name, element.path());
            mutation.apply(element, random);
            compare_one(serialized(document), label, one, other, all);
        }
        std::cout << fmt::format(
            "  {:<20} {:>3} valid, {:>3} invalid\n",
            mutation.name,
            all.valid - before.valid,
            all.invalid - before.invalid
        );
    }
    std::cout << fmt::format("  together {} valid, {} invalid\n", all.valid, all.invalid);
    return all;
}

void expect_same_answers(const Comparison& comparison) {
    EXPECT_THAT(comparison.differing, IsEmpty());
    EXPECT_EQ(comparison.valid + comparison.invalid, 500U);
    EXPECT_GE(comparison.valid, 150U);
    EXPECT_GE(comparison.invalid, 150U);
}

std::vector<pugi::xml_document> generated_patients() {
    constexpr std::uint64_t seed = 7;
    constexpr std::uint64_t patients = 5;
    const client::SyntheticExport source(seed, {.patients = patients, .messages = 2});
    std::vector<pugi::xml_document> documents;
    for (std::uint64_t index = 0; index < patients; ++index) {
        for (const auto& entry : source.make_patient(index).entries) {
            if (entry.name == "PatientData.xml")
                documents.push_back(loaded(platform::as_text(entry.bytes)));
        }
    }
    return documents;
}

/// With everything that the grammar allows, so that each declaration has its turn.
std::vector<pugi::xml_document> full_documents() {
    std::vector<pugi::xml_document> documents;
    documents.push_back(loaded(full_document(verifier::own_schema(), "PasientExport")));
    documents.push_back(loaded(full_document(verifier::own_schema(), "ExportImport")));
    return documents;
}

class SchemaMutation : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto schema = official_schema();
        if (!schema) SFM_SKIP_OR_FAIL("the official schema is not here");
        theirs_.emplace(*schema);
    }

    CompiledSchema ours_{verifier::own_schema()};
    std::optional<CompiledSchema> theirs_;
};

TEST_F(SchemaMutation, FullAndGeneratedDocuments_WhenNotMutated_AreValidByBoth) {
    Comparison comparison;
    const auto full = full_documents();
    const auto generated = generated_patients();
    for (const auto& document : full)
        compare_one(serialized(document), "full", ours_, *theirs_, comparison);
    for (const auto& document : generated)
        compare_one(serialized(document), "generated", ours_, *theirs_, comparison);
    EXPECT_THAT(comparison.differing, IsEmpty());
    EXPECT_EQ(comparison.valid, full.size() + generated.size());
}

TEST_F(SchemaMutation, OfficialAndGeneratedDocuments_WhenMutated500Times_GetTheSameAnswer) {
    const auto organisation = official_document("data/ExportData.zip", "ExportData.xml");
    if (!organisation) SFM_SKIP_OR_FAIL("the official ExportData.xml is not here");
    std::vector<pugi::xml_document> documents;
    for (auto& patient : generated_patients()) {
        documents.push_back(std::move(patient));
        documents.push_back(loaded(*organisation));  // every second mutation
    }
    expect_same_answers(compare_by_mutations(documents, ours_, *theirs_));
}

TEST_F(SchemaMutation, FullDocuments_WhenMutated500Times_GetTheSameAnswer) {
    expect_same_answers(compare_by_mutations(full_documents(), ours_, *theirs_));
}

TEST_F(SchemaMutation, FullDocuments_WhenOneSchemaIsLooser_GetDifferentAnswers) {
    std::string text(verifier::own_schema());
    const std::string strict = "name=\"DN\" type=\"xs:string\" use=\"required\"";
    for (auto at = text.find(strict); at != std::string::npos; at = text.find(strict))
        text.replace(at, strict.size(), "name=\"DN\" type=\"xs:string\"");
    const CompiledSchema looser(text);
    EXPECT_FALSE(compare_by_mutations(full_documents(), looser, *theirs_).differing.empty());
}

}  // namespace
}  // namespace sfmkit::test
