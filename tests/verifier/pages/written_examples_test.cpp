// Oracle: the checks themselves, which are tested by recipes. XML on the pages about how documents
// are written goes through the gate as `verify` sends it.
#include "verifier/pages/rule_pages.hpp"
#include "verifier/rules/catalogue.hpp"
#include "verifier/xml_gate.hpp"
#include "wire/sfm_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string>
#include <string_view>

namespace sfmkit::test {
namespace {

using verifier::DocumentFacts;
using verifier::DocumentKind;

bool breaks(const findings::CheckedRule<DocumentFacts>& rule, const std::string& text) {
    static const verifier::XmlSchema schema = verifier::XmlSchema::own();
    const bool is_patient = text.contains("<PasientExport");
    verifier::XmlGate gate(is_patient ? &schema : nullptr, verifier::Limits());
    gate.feed(platform::as_bytes(text));
    const verifier::XmlDocument document = gate.finish();
    const DocumentFacts facts = {
        .document = &document,
        .kind = is_patient ? DocumentKind::patient : DocumentKind::message,
        .entry = "a.xml",
        .gaps_of_2021_allowed = false,
    };
    findings::Seen seen;
    rule.check(facts, findings::RuleReporter(rule.row, rule.bounds, seen));
    return !seen.kept.empty();
}

/// The bytes of a dump of one line, without the remark behind them.
std::string bytes_shown(std::string_view dump) {
    std::istringstream digits{std::string(dump.substr(0, dump.find("  ")))};
    std::string bytes;
    for (std::string byte; digits >> byte;) {
        bytes += static_cast<char>(std::stoi(byte, nullptr, 16));
    }
    return bytes;
}

/// What stands before an example, down to where the schema has it; the gate looks at the writing of
/// elements that the schema knows at their place.
struct Beginning {
    std::string_view rule;
    std::string_view inside;
    std::string_view end;
};

constexpr auto beginnings = std::to_array<Beginning>({
    {"XML-05", "<DemografiskInfo>", "</DemografiskInfo>"},
    {"XML-07",
     "<DemografiskInfo><FamilyName>a</FamilyName><GivenName>b</GivenName><Sex V=\"1\" DN=\"a\"/>",
     "</DemografiskInfo>"},
    {"XML-08",
     "<DemografiskInfo><FamilyName>a</FamilyName><GivenName>b</GivenName>",
     "</DemografiskInfo>"},
    {"XML-09", "<DemografiskInfo>", "</DemografiskInfo>"},
    {"XML-10", "<DemografiskInfo/><Meldinger>", "</Meldinger>"},
});

std::string document_with(std::string_view example, std::string_view rule) {
    if (example.starts_with("<?xml")) return std::string(example);
    if (!example.starts_with('<')) return bytes_shown(example);
    const auto* const place = std::ranges::find(beginnings, rule, &Beginning::rule);
    if (place == beginnings.end()) return "<a>" + std::string(example) + "</a>";
    std::string text = "<PasientExport xmlns=\"";
    text += wire::sfm::export_namespace;
    text += "\"><Id>3d7a9a0c-58c1-4b6e-8f3a-4e0d2b6c7f15</Id>";
    for (const std::string_view part : {place->inside, example, place->end}) text += part;
    return text + "</PasientExport>";
}

TEST(WrittenExamples, OfPagesAboutXml_BreakAndKeepTheirRule) {
    std::size_t judged = 0;
    const verifier::RuleSet rules = verifier::standard_rules();
    for (const auto& rule : rules.document.front()) {
        // A type is judged by the schema, which asks for the whole document; of the beginning of
        // a document nothing but its first bytes is shown.
        if (rule.row.id == "XML-04" || rule.row.id == "XML-06") continue;
        const findings::RulePage& page = *verifier::page_of(rule.row.id);
        EXPECT_TRUE(breaks(rule, document_with(page.bad, page.id))) << page.id;
        EXPECT_FALSE(breaks(rule, document_with(page.good, page.id))) << page.id;
        ++judged;
    }
    EXPECT_EQ(judged, 8u);
}

}  // namespace
}  // namespace sfmkit::test
