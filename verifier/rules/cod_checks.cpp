#include "verifier/rules/cod_checks.hpp"

#include "verifier/code_lists.hpp"
#include "verifier/rules/coded_elements.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

namespace sfmkit::verifier::cod {
namespace {

/// What mixtures of official examples have in place of an OID.
bool is_known_gap(Element element) {
    return element.attribute("S") == "(ukjent)" && element.name() == "Type" &&
           element.parent().name() == "Legemiddelblanding";
}

/// Which lists belong to an element, wherever it stands or in this parent only.
struct ListRow {
    std::string_view element;
    std::string_view parent;  ///< empty: any
    std::array<std::string_view, 4> lists;
};

// Those of official examples and of the national catalogue of medicines. Identities have a rule of
// their own.
constexpr ListRow lists_of_elements[] = {
    {"Spesialitet", "", {"7426"}},
    {"Atc", "", {"7180"}},
    {"ATCKode", "", {"7180"}},
    {"LegemiddelformKort", "", {"7448"}},
    {"Legemiddelform", "", {"7448"}},
    {"Form", "", {"7448"}},
    {"Forskrivningsenhet", "", {"7452"}},
    {"Kortdose", "", {"7478"}},
    {"RefHjemmel", "", {"7427"}},
    // ICD-10 and ICPC-2, as the catalogue of reimbursement has them and as lists of their own.
    {"RefKode", "", {"7435", "7434", "7110", "7170"}},
    {"ProdGruppe", "", {"7403"}},
    {"Reaksjon", "CAVE", {"7497"}},
    {"Kilde", "CAVE", {"7498"}},
    {"Sannsynlighet", "CAVE", {"7521"}},
    {"Arsak", "Tilbakekalling", {"7500"}},
    {"Arsak", "Slettet", {"9237"}},
};

/// Short lists that are known as a whole.
struct CodeRow {
    std::string_view element;
    std::array<std::string_view, 5> codes;
};

constexpr CodeRow codes_of_elements[] = {
    {"Bruk", {"1", "2", "3", "4"}},
    {"Tidsomrade", {"1", "2", "3", "4", "5"}},
    {"Reseptgruppe", {"A", "B", "C", "CF", "F"}},
};

/// Those of a row that are given.
std::span<const std::string_view> given(std::span<const std::string_view> words) {
    const auto end = std::ranges::find(words, std::string_view());
    return words.first(static_cast<std::size_t>(end - words.begin()));
}

bool holds(std::span<const std::string_view> words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

void no_list(const ContentFacts& facts, const RuleReporter& broken) {
    for_each_coded_element(*facts.tree, [&](Element element) {
        if (!element.has_attribute("S") || code_list_in(element.attribute("S"))) return;
        if (is_known_gap(element)) return;
        tell(
            facts,
            broken,
            element,
            {.expected = fmt::format("S is {} and the number of the list", code_lists_root),
             .actual =
                 element.attribute("S").empty() ? "an empty S" : shown_attribute(element, "S"),
             .message = fmt::format("{} does not say from which list its code is", element.name())}
        );
    });
}

void list_of_another_element(const ContentFacts& facts, const RuleReporter& broken) {
    for (const ListRow& row : lists_of_elements) {
        const auto lists = given(row.lists);
        for (const Element element : facts.all(row.element)) {
            if (!row.parent.empty() && element.parent().name() != row.parent) continue;
            const auto list = code_list_in(element.attribute("S"));
            if (!list || holds(lists, *list)) continue;
            tell(
                facts,
                broken,
                element,
                {.expected = fmt::format("S is {}{}", code_lists_root, fmt::join(lists, " or ")),
                 .actual = shown_attribute(element, "S"),
                 .message = fmt::format("{} takes its codes from another list", element.name())}
            );
        }
    }
}

void empty_code_or_text(const ContentFacts& facts, const RuleReporter& broken) {
    for_each_coded_element(*facts.tree, [&](Element element) {
        const auto is_empty = [&](std::string_view attribute) {
            return element.has_attribute(attribute) && element.attribute(attribute).empty();
        };
        const bool no_code = is_empty("V");
        const bool no_text = is_empty("DN");
        if (!no_code && !no_text) return;
        const std::string_view missing = no_code && no_text ? "V and DN" : no_code ? "V" : "DN";
        tell(
            facts,
            broken,
            element,
            {.expected = "a code in V and its text in DN",
             .actual = fmt::format("{} empty", missing),
             .message =
                 fmt::format("{} has no {}", element.name(), no_code ? "code" : "text for its code")
            }
        );
    });
}

void code_out_of_list(const ContentFacts& facts, const RuleReporter& broken) {
    for (const CodeRow& row : codes_of_elements) {
        const auto codes = given(row.codes);
        for (const Element element : facts.all(row.element)) {
            const std::string_view code = element.attribute("V");
            // An empty one is told as such.
            if (code.empty() || holds(codes, code)) continue;
            tell(
                facts,
                broken,
                element,
                {.expected = fmt::format("V is one of {}", fmt::join(codes, ", ")),
                 .actual = shown_attribute(element, "V"),
                 .message = fmt::format("the code of {} is not in its list", element.name())}
            );
        }
    }
}

}  // namespace sfmkit::verifier::cod
