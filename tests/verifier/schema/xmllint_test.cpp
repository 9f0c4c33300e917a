// The verifier and xmllint agree about what is valid. Oracle: the xmllint program with the schema
// that NHN published on 2024-05-27; ours: the gate, streaming, with our own schema.
#include "client/encoder/synthetic/synthetic_export.hpp"
#include "platform/random.hpp"
#include "tests/client/declaration_coverage.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/verifier/schema/document_mutations.hpp"
#include "tests/verifier/schema/full_document.hpp"
#include "verifier/schema/own_schema.hpp"
#include "verifier/xml_gate.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace sfmkit::test {
namespace {

using platform::Random;
using pugi::xml_node;
using testing::IsEmpty;

constexpr std::size_t mutations_in_all = 2'000;

bool always(const xml_node& element) {
    return element.type() == pugi::node_element;
}

bool has_text(const xml_node& element) {
    return !element.text().empty();
}

bool has_parent(const xml_node& element) {
    return element.parent().type() == pugi::node_element;
}

void add_comment(xml_node element, Random&) {
    element.append_child(pugi::node_comment).set_value("a remark");
}

void add_instruction(xml_node element, Random&) {
    element.append_child(pugi::node_pi).set_name("remark");
}

void add_line(xml_node element, Random&) {
    element.parent().insert_child_before(pugi::node_pcdata, element).set_value("\r\n\t");
}

/// Not even blank or empty ones may stand where only elements may.
void add_cdata(xml_node element, Random& random) {
    const char* const content = random.pick(2) == 0 ? " " : "";
    element.parent().insert_child_before(pugi::node_cdata, element).set_value(content);
}

void put_letters(xml_node element, Random&) {
    element.text().set("\xC3\xA6 & <\xF0\x9F\x98\x80>");
}

/// Values at the edges of the types, most of them legal for one and wrong for another.
void put_edge(xml_node element, Random& random) {
    constexpr std::array edges = {
        "0",          "1",
        "-1",         "+5",
        "1.",         ".5",
        "1e3",        "INF",
        "NaN",        "2147483647",
        "2147483648", "true",
        "TRUE",       "2024-02-29",
        "2023-02-29", "2024-01-05+01:00",
        "2024-1-5",   "24:00:00",
        "09:30:00Z",  "2024-01-05T23:59:60",
        "0000-01-01", "2024-01-05T10:11:12.1234567",
    };
    element.text().set(edges[random.pick(edges.size())]);
}

/// Those of the other test, twice as often, and some that mostly leave a document valid.
std::vector<DocumentMutation> mutations() {
    std::vector<DocumentMutation> all = document_mutations();
    for (DocumentMutation& mutation : all) mutation.share *= 2;
    all.push_back({"comment added", 140, always, add_comment});
    all.push_back({"CDATA added", 60, has_parent, add_cdata});
    all.push_back({"instruction added", 100, always, add_instruction});
    all.push_back({"line added", 200, has_parent, add_line});
    all.push_back({"other letters", 150, has_text, put_letters});
    all.push_back({"value at an edge", 350, has_text, put_edge});
    return all;
}

std::string serialized(const pugi::xml_document& document) {
    std::ostringstream text;
    document.save(text, "", pugi::format_raw);
    return text.str();
}

pugi::xml_document loaded(std::string_view text) {
    pugi::xml_document document;
    const auto flags = pugi::parse_default | pugi::parse_ws_pcdata_single;
    if (!document.load_buffer(text.data(), text.size(), flags)) {
        throw std::runtime_error("the document cannot be read");
    }
    return document;
}

/// Generated ones, and one of each root with all that the schema allows: message types of which no
/// example is public stand there only.
std::vector<std::string> documents() {
    std::vector<std::string> texts;
    client::SyntheticExport source(7, {.patients = 12, .messages = 2});
    for (std::uint64_t index = 0; index < 12; ++index) {
        for (const auto& entry : source.make_patient(index).entries) {
            if (entry.name != "PatientData.xml") continue;
            texts.emplace_back(platform::as_text(entry.bytes));
            texts.push_back(full_document(verifier::own_schema(), "PasientExport"));
        }
    }
    const auto organisation = source.organisation_document();
    for (int times = 0; times < 4; ++times) {
        if (organisation) texts.emplace_back(platform::as_text(organisation->bytes));
        texts.push_back(full_document(verifier::own_schema(), "ExportImport"));
    }
    return texts;
}

using Kind = verifier::XmlProblem::Kind;

/// The kind of the first schema problem; nothing when the document is valid.
std::optional<Kind> first_problem(const std::string& text) {
    static const verifier::XmlSchema schema = verifier::XmlSchema::own();
    verifier::XmlGate gate(&schema, {});
    gate.feed(platform::as_bytes(text));
    const auto problems = gate.finish().problems;
    const auto first = std::ranges::find_if(problems, [](const verifier::XmlProblem& problem) {
        return problem.kind <= Kind::wrong_attribute;
    });
    return first == problems.end() ? std::nullopt : std::optional(first->kind);
}

/// What a mutation does to a document that it leaves invalid, as this test makes them.
bool may_be_told_as(std::string_view mutation, Kind kind) {
    if (mutation == "element dropped") return kind == Kind::missing_element;
    if (mutation == "element doubled") return kind == Kind::unexpected;
    if (mutation == "elements reordered") return kind == Kind::wrong_order;
    if (mutation == "element renamed" || mutation == "CDATA added") return kind == Kind::unexpected;
    if (mutation == "attribute dropped") return kind == Kind::wrong_attribute;
    if (mutation == "wrong type") {
        return kind == Kind::wrong_type || kind == Kind::wrong_attribute;
    }
    return kind == Kind::wrong_type;
}

struct Mutated {
    std::size_t kind = 0;
    std::string label = {};
    bool valid = false;  ///< as the verifier says
};

/// Writes mutated documents as they are made and has xmllint judge many at a time.
class Comparison {
  public:
    explicit Comparison(const std::filesystem::path& schema) : schema_(schema) {}

    void add(Mutated mutated, const std::string& text) {
        const auto problem = first_problem(text);
        mutated.valid = !problem;
        if (problem && !may_be_told_as(mutations()[mutated.kind].name, *problem)) {
            mistold.push_back(fmt::format("{}: {}", mutated.label, static_cast<int>(*problem)));
        }
        write_file(path_of(batch_.size()), text);
        batch_.push_back(std::move(mutated));
        if (batch_.size() == 200) judge();
    }

    void judge() {
        std::vector<std::string> arguments{"--noout", "--nonet", "--schema", schema_.string()};
        for (std::size_t i = 0; i < batch_.size(); ++i) {
            arguments.push_back(path_of(i).string());
        }
        const std::string output = run_program("xmllint", arguments).output;
        for (std::size_t i = 0; i < batch_.size(); ++i) {
            const bool valid =
                output.find(path_of(i).string() + " validates\n") != std::string::npos;
            const bool invalid =
                output.find(path_of(i).string() + " fails to validate\n") != std::string::npos;
            if (valid == invalid) throw std::runtime_error("no verdict: " + output.substr(0, 500));
            ++histogram[batch_[i].kind][valid ? 0 : 1];
            if (valid != batch_[i].valid) differing.push_back(batch_[i].label);
        }
        batch_.clear();
    }

    std::map<std::size_t, std::array<std::size_t, 2>> histogram;  ///< by kind: valid, invalid
    std::vector<std::string> differing;
    std::vector<std::string> mistold;

  private:
    std::filesystem::path path_of(std::size_t number) const {
        return folder_ / (std::to_string(number) + ".xml");
    }

    std::filesystem::path schema_;
    TemporaryFolder folder_;
    std::vector<Mutated> batch_;
};

TEST(Verdicts, Of2000Mutations_AreThoseOfXmllintWithTheOfficialSchema) {
    const auto schema = reference_file("data/FmSfmExportImportFormatDefinition.xsd");
    if (!schema) SFM_SKIP_OR_FAIL("the official schema is not here");
    if (!find_program("xmllint")) SFM_SKIP_OR_FAIL("xmllint is not installed");
    DeclarationCoverage coverage(*schema);
    std::vector<pugi::xml_document> originals;
    for (const std::string& text : documents()) {
        EXPECT_EQ(first_problem(text), std::nullopt);
        coverage.add(text);
        originals.push_back(loaded(text));
    }
    const auto reach = coverage.reach_from({"PasientExport", "ExportImport"});
    EXPECT_EQ(reach.declarations.size(), 502U);
    EXPECT_EQ(reach.references.size(), 71U);
    EXPECT_THAT(coverage.missing(reach), IsEmpty());

    platform::SeededRandom random(20240527);
    Comparison comparison(*schema);
    const auto kinds = mutations();
    std::size_t turn = 0;
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
        for (std::size_t count = 0; count < kinds[kind].share; ++count) {
            pugi::xml_document document;
            document.reset(originals[turn++ % originals.size()]);
            auto element = pick_element(document, kinds[kind], random);
            const auto label = fmt::format("{} at {}", kinds[kind].name, element.path());
            kinds[kind].apply(element, random);
            comparison.add({.kind = kind, .label = label}, serialized(document));
        }
    }
    comparison.judge();

    std::size_t valid = 0;
    std::size_t invalid = 0;
    for (const auto& [kind, verdicts] : comparison.histogram) {
        std::cout << fmt::format(
            "  {:<20} {:>3} valid, {:>3} invalid\n", kinds[kind].name, verdicts[0], verdicts[1]
        );
        valid += verdicts[0];
        invalid += verdicts[1];
        EXPECT_EQ(verdicts[0] + verdicts[1], kinds[kind].share);
    }
    std::cout << fmt::format("  together {} valid, {} invalid\n", valid, invalid);
    EXPECT_THAT(comparison.differing, IsEmpty());
    EXPECT_THAT(comparison.mistold, IsEmpty());
    EXPECT_EQ(valid + invalid, mutations_in_all);
    EXPECT_GE(valid, mutations_in_all / 3);
    EXPECT_GE(invalid, mutations_in_all / 3);
}

}  // namespace
}  // namespace sfmkit::test
