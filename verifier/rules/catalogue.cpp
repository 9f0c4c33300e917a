#include "verifier/rules/catalogue.hpp"

#include "findings/rule_id.hpp"
#include "verifier/rules/across_rules.hpp"
#include "verifier/rules/cod_rules.hpp"
#include "verifier/rules/dat_rules.hpp"
#include "verifier/rules/dir_rules.hpp"
#include "verifier/rules/env_rules.hpp"
#include "verifier/rules/idn_rules.hpp"
#include "verifier/rules/idx_rules.hpp"
#include "verifier/rules/led_rules.hpp"
#include "verifier/rules/msg_rules.hpp"
#include "verifier/rules/org_rules.hpp"
#include "verifier/rules/pat_rules.hpp"
#include "verifier/rules/trt_rules.hpp"
#include "verifier/rules/xml_rules.hpp"
#include "verifier/rules/zip_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sfmkit::verifier {
namespace {

using Rows = std::vector<const findings::Rule*>;

template <class Facts>
void add(Rows& rows, std::span<const findings::CheckedRule<Facts>> family) {
    for (const auto& rule : family) rows.push_back(&rule.row);
}

bool stand_together(const findings::Rule& rule, const findings::Rule& next) {
    return findings::family_of(rule.id) == findings::family_of(next.id) &&
           rule.built == next.built && rule.why_not_built == next.why_not_built;
}

}  // namespace

RuleSet standard_rules() noexcept {
    return {
        .folder = dir_rules(),
        .index = idx_rules(),
        .ledger = led_rules(),
        .envelope = env_rules(),
        .archive = zip_rules(),
        .document = {xml_rules(), msg_document_rules()},
        .content =
            {org_rules(),
             pat_rules(),
             trt_rules(),
             msg_rules(),
             idn_rules(),
             cod_rules(),
             dat_rules()},
        .across = {pat_across_rules(), cod_across_rules(), org_across_rules()},
    };
}

Rows catalogue() {
    const RuleSet rules = standard_rules();
    Rows rows;
    add(rows, rules.folder);
    add(rows, rules.index);
    add(rows, rules.ledger);
    add(rows, rules.envelope);
    add(rows, rules.archive);
    add(rows, rules.document.front());
    Rows content;
    add(content, rules.document.back());
    for (const auto& family : rules.content) add(content, family);
    for (const auto& family : rules.across) add(content, family);
    // Rules across files and of single messages stand among those of their family.
    for (const auto& family : rules.content) {
        Rows own;
        std::ranges::copy_if(content, std::back_inserter(own), [&](const findings::Rule* row) {
            return findings::family_of(row->id) == findings::family_of(family.front().row.id);
        });
        std::ranges::sort(own, {}, &findings::Rule::id);
        rows.insert(rows.end(), own.begin(), own.end());
    }
    return rows;
}

void tell_not_built(findings::Judge& judge) {
    const Rows rows = catalogue();
    for (std::size_t first = 0; first < rows.size();) {
        std::size_t last = first;
        while (last + 1 < rows.size() && stand_together(*rows[last], *rows[last + 1])) ++last;
        const findings::Rule& row = *rows[first];
        if (!row.built) {
            const auto what = first == last ? std::string(row.id)
                                            : fmt::format("{} to {}", row.id, rows[last]->id);
            judge.not_checked(what, std::string(row.why_not_built), "");
        }
        first = last + 1;
    }
}

std::string ids_of_family(std::string_view family) {
    std::set<std::string_view> ids;
    for (const findings::Rule* row : catalogue()) {
        if (findings::family_of(row->id) == family) ids.insert(row->id);
    }
    return fmt::format("{} to {}", *ids.begin(), *ids.rbegin());
}

std::string rules_that_need(const RuleSet& rules, bool findings::Rule::* what) {
    std::string ids;
    for (const auto& family : rules.content) {
        for (const auto& rule : family) {
            if (rule.row.built && rule.row.*what) {
                ids += (ids.empty() ? "" : ", ") + std::string(rule.row.id);
            }
        }
    }
    return ids;
}

std::string rules_across_files(const RuleSet& rules) {
    std::string ids;
    for (const auto& family : rules.across) {
        for (const auto& rule : family) {
            if (rule.row.id != "COD-04")
                ids += (ids.empty() ? "" : ", ") + std::string(rule.row.id);
        }
    }
    return ids;
}

}  // namespace sfmkit::verifier
