#include "verifier/rules/catalogue.hpp"

#include "verifier/rules/dir_rules.hpp"
#include "verifier/rules/env_rules.hpp"
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

std::vector<const findings::Rule*> catalogue() {
    std::vector<const findings::Rule*> rows;
    add(rows, dir_rules());
    add(rows, env_rules());
    add(rows, zip_rules());
    add(rows, xml_rules());
    return rows;
}

}  // namespace sfmkit::verifier
