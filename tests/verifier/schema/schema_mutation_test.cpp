// Two schemas that say the same must also judge the same. Judge: libxml2; oracle: its answers
// with the schema that NHN published on 2024-05-27.
#include "platform/random.hpp"
#include "tests/support/reference.hpp"
#include "tests/verifier/schema/compiled_schema.hpp"
#include "tests/verifier/schema/document_mutations.hpp"
#include "tests/verifier/schema/full_document.hpp"
#include "tests/verifier/schema/official_files.hpp"
#include "verifier/schema/own_schema.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <iostream>
#include <map>
#include <sstream>

namespace sfmkit::test {
namespace {

struct Verdicts {
    std::size_t valid = 0;
    std::size_t invalid = 0;
};

std::string serialized(const pugi::xml_document& document) {
    std::ostringstream text;
    document.save(text, "", pugi::format_raw);
    return text.str();
}

pugi::xml_document loaded(const std::string& text) {
    pugi::xml_document document;
    const auto flags = pugi::parse_default | pugi::parse_ws_pcdata_single;
    if (!document.load_buffer(text.data(), text.size(), flags))
        throw std::runtime_error("the document cannot be read");
    return document;
}

class SchemaMutation : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto schema = official_schema();
        if (!schema) SFM_SKIP_OR_FAIL("the official schema is not here");
        theirs_.emplace(*schema);
        organisation_ = official_document("data/ExportData.zip", "ExportData.xml");
        if (!organisation_) SFM_SKIP_OR_FAIL("the official ExportData.xml is not here");
    }

    /// The answer of both, which must be the same down to the message.
    bool is_valid(const std::string& text) const {
        const auto document = parse_document(text);
        const auto errors = ours_.errors_in(*document);
        EXPECT_EQ(errors, theirs_->errors_in(*document));
        return errors.empty();
    }

    CompiledSchema ours_{verifier::own_schema()};
    std::optional<CompiledSchema> theirs_;
    std::optional<std::string> organisation_;
};

TEST_F(SchemaMutation, Documents_WhenNotMutated_AreValidByBoth) {
    EXPECT_TRUE(is_valid(*organisation_));
    EXPECT_TRUE(is_valid(full_document(verifier::own_schema(), "PasientExport")));
    EXPECT_TRUE(is_valid(full_document(verifier::own_schema(), "ExportImport")));
}

TEST_F(SchemaMutation, Documents_WhenMutated500Times_GetTheSameAnswerFromBoth) {
    std::vector<pugi::xml_document> bases;
    bases.push_back(loaded(*organisation_));
    bases.push_back(loaded(full_document(verifier::own_schema(), "PasientExport")));
    platform::SeededRandom random(20240527);
    Verdicts all;
    for (const auto& mutation : document_mutations()) {
        Verdicts verdicts;
        for (std::size_t turn = 0; turn < mutation.share; ++turn) {
            pugi::xml_document document;
            document.reset(bases[turn % bases.size()]);
            auto element = pick_element(document, mutation, random);
            const auto path = element.path();
            mutation.apply(element, random);
            SCOPED_TRACE(fmt::format("{} at {}", mutation.name, path));
            ++(is_valid(serialized(document)) ? verdicts.valid : verdicts.invalid);
        }
        std::cout << fmt::format(
            "  {:<20} {:>3} valid, {:>3} invalid\n", mutation.name, verdicts.valid, verdicts.invalid
        );
        all.valid += verdicts.valid;
        all.invalid += verdicts.invalid;
    }
    std::cout << fmt::format("  together {} valid, {} invalid\n", all.valid, all.invalid);
    EXPECT_EQ(all.valid + all.invalid, 500U);
    EXPECT_GE(all.valid, 150U);
    EXPECT_GE(all.invalid, 150U);
}

}  // namespace
}  // namespace sfmkit::test
