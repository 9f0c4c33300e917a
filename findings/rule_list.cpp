#include "findings/rule_list.hpp"

#include "findings/rule_id.hpp"
#include "findings/wrapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace sfmkit::findings {
namespace {

struct FamilyTitle {
    std::string_view family;
    std::string_view title;
};

constexpr auto family_titles = std::to_array<FamilyTitle>({
    {"DIR", "The export folder"},
    {"IDX", "The index of patient files"},
    {"LED", "The ledger of the uploader"},
    {"ENV", "The envelope of an encrypted file"},
    {"ZIP", "The archive inside the envelope"},
    {"XML", "XML and schema"},
    {"ORG", "The organisation document"},
    {"PAT", "The patient document"},
    {"TRT", "Treatments and prescriptions"},
    {"MSG", "Messages"},
    {"IDN", "Identifiers of people and organisations"},
    {"COD", "Codes"},
    {"DAT", "Dates and times"},
});

struct Column {
    std::string_view heading;
    std::size_t columns;
    std::string_view (*of)(const Rule& rule);
};

constexpr std::array<Column, 3> severities = {{
    {"strict", 9, [](const Rule& rule) { return name_of(rule.strict); }},
    {"lenient", 9, [](const Rule& rule) { return name_of(rule.lenient); }},
    {"2021", 9, [](const Rule& rule) { return name_of(rule.edition_2021); }},
}};

/// In the order of the profiles, after which the severities above stand.
std::vector<Column> columns_for(std::optional<Profile> profile) {
    std::vector<Column> columns = {{"id", 8, [](const Rule& rule) { return rule.id; }}};
    if (profile) {
        columns.push_back(severities.at(static_cast<std::size_t>(*profile)));
    } else {
        columns.insert(columns.end(), severities.begin(), severities.end());
    }
    columns.push_back({"stage", 10, [](const Rule& rule) { return name_of(rule.stage); }});
    columns.push_back({"certain", 9, [](const Rule& rule) { return name_of(rule.certainty()); }});
    columns.push_back({"built", 7, [](const Rule& rule) -> std::string_view {
                           return rule.built ? "yes" : "no";
                       }});
    return columns;
}

}  // namespace

std::string_view title_of_family(std::string_view family) noexcept {
    const auto* const known = std::ranges::find(family_titles, family, &FamilyTitle::family);
    return known == family_titles.end() ? family : known->title;
}

std::string rules_text(
    std::span<const Rule* const> rules, std::optional<Profile> profile, std::size_t columns
) {
    const std::vector<Column> table = columns_for(profile);
    std::string heading;
    for (const Column& column : table) {
        heading += fmt::format("{:<{}}", column.heading, column.columns);
    }
    const std::string indent(heading.size(), ' ');
    std::string text;
    std::string_view family;
    for (const Rule* rule : rules) {
        if (family != family_of(rule->id)) {
            text += family.empty() ? "" : "\n";
            family = family_of(rule->id);
            text += fmt::format("{}: {}\n{}rule\n", family, title_of_family(family), heading);
        }
        std::string row;
        for (const Column& column : table) {
            row += fmt::format("{:<{}}", column.of(*rule), column.columns);
        }
        row += rule->title;
        if (!rule->built) row += fmt::format(" (not built: {})", rule->why_not_built);
        for (const std::string& line : wrapped(std::move(row), columns, indent)) {
            text += line + '\n';
        }
    }
    return text;
}

}  // namespace sfmkit::findings
