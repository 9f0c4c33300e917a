#include "verifier/rules/catalogue.hpp"

#include "verifier/rules/dir_rules.hpp"
#include "verifier/rules/env_rules.hpp"
#include "verifier/rules/idx_rules.hpp"
#include "verifier/rules/xml_rules.hpp"
#include "verifier/rules/zip_rules.hpp"

namespace sfmkit::verifier {
namespace {

template <class Facts>
void add(
    std::vector<const findings::Rule*>& rows, std::span<const findings::CheckedRule<Facts>> family
) {
    for (const auto& rule : family) rows.push_back(&rule.row);
}

}  // namespace

RuleSet standard_rules() noexcept {
    return {
        .folder = dir_rules(),
        .index = idx_rules(),
        .envelope = env_rules(),
        .archive = zip_rules(),
        .document = xml_rules(),
    };
}

std::vector<const findings::Rule*> catalogue() {
    const RuleSet rules = standard_rules();
    std::vector<const findings::Rule*> rows;
    add(rows, rules.folder);
    add(rows, rules.index);
    add(rows, rules.envelope);
    add(rows, rules.archive);
    add(rows, rules.document);
    return rows;
}

}  // namespace sfmkit::verifier
