#include "findings/explanation.hpp"
#include "findings/rule_id.hpp"

#include <nlohmann/json.hpp>

namespace sfmkit::findings {
namespace {

using Json = nlohmann::ordered_json;

Json ids_of(const std::vector<const Rule*>& rules) {
    Json ids = Json::array();
    for (const Rule* rule : rules) ids.push_back(rule->id);
    return ids;
}

Json to_json(const Rule& rule) {
    return {
        {"id", rule.id},
        {"family", family_of(rule.id)},
        {"title", rule.title},
        {"severity",
         {{"strict", name_of(rule.strict)},
          {"lenient", name_of(rule.lenient)},
          {"edition-2021", name_of(rule.edition_2021)}}},
        {"stage", name_of(rule.stage)},
        {"source", describe(rule.sources)},
        {"certainty", name_of(rule.certainty())},
        {"weight", weight_of(rule)},
        {"built", rule.built},
        {"why_not_built", rule.built ? std::string_view() : rule.why_not_built},
    };
}

Json to_json(const Explanation& explanation) {
    const Rule& rule = *explanation.rule;
    const RulePage& page = *explanation.page;
    Json json = to_json(rule);
    json["page"] = {
        {"reason", page.reason},
        {"bad", page.bad},
        {"good", page.good},
        {"usual_cause",
         {{"general", rule.usual_cause},
          {"csharp", page.csharp},
          {"java", page.java},
          {"node", page.node}}},
        {"fix", rule.remedy},
        {"does_not_prove", rule.does_not_prove},
        {"related", ids_of(explanation.related)},
        {"supersedes", ids_of(explanation.supersedes)},
        {"superseded_by", ids_of(explanation.superseded_by)},
    };
    return json;
}

std::string whole(const Edition& edition, Json rules) {
    const Json json = {
        {"tool", "sfmkit"},
        {"version", edition.version},
        {"ruleset", edition.ruleset},
        {"rules", std::move(rules)},
    };
    constexpr int blanks = 2;
    return json.dump(blanks) + '\n';
}

}  // namespace

std::string explanations_json(std::span<const Explanation> explanations, const Edition& edition) {
    Json rules = Json::array();
    for (const Explanation& explanation : explanations) rules.push_back(to_json(explanation));
    return whole(edition, std::move(rules));
}

std::string rules_json(std::span<const Rule* const> rules, const Edition& edition) {
    Json list = Json::array();
    for (const Rule* rule : rules) list.push_back(to_json(*rule));
    return whole(edition, std::move(list));
}

}  // namespace sfmkit::findings
