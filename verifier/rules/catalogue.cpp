#include "verifier/rules/catalogue.hpp"

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

namespace sfmkit::verifier {
namespace {

template <class Facts>
void add(
    std::vector<const findings::Rule*>& rows, std::span<const findings::CheckedRule<Facts>> family
) {
    for (const auto& rule : family) rows.push_back(&rule.row);
}

std::string range_of(std::span<const findings::Rule> rows) {
    return std::string(rows.front().id) + " to " + std::string(rows.back().id);
}

}  // namespace

RuleSet standard_rules() noexcept {
    return {
        .folder = dir_rules(),
        .index = idx_rules(),
        .ledger = led_rules(),
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
    add(rows, rules.ledger);
    add(rows, rules.envelope);
    add(rows, rules.archive);
    add(rows, rules.document);
    for (const auto& family : families_not_built()) {
        for (const findings::Rule& rule : family) rows.push_back(&rule);
    }
    return rows;
}

std::vector<std::span<const findings::Rule>> families_not_built() {
    return {
        org_rules(), pat_rules(), trt_rules(), msg_rules(), idn_rules(), cod_rules(), dat_rules()
    };
}

void tell_not_built(findings::Judge& judge) {
    for (const auto& family : families_not_built()) {
        judge.not_checked(range_of(family), "not built yet", "");
    }
}

}  // namespace sfmkit::verifier
