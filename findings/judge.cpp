#include "findings/judge.hpp"

#include "findings/printable.hpp"

#include <algorithm>

namespace sfmkit::findings {
namespace {

/// A file with more findings of one rule is not read line by line by anybody.
constexpr std::uint64_t most_listed_per_rule_and_file = 500;

void add_gap(
    std::vector<Gap>& gaps,
    const std::string& what,
    const std::string& reason,
    const std::string& file
) {
    const auto same = std::ranges::find_if(gaps, [&](const Gap& gap) {
        return gap.what == what && gap.reason == reason;
    });
    if (same != gaps.end()) {
        ++same->files;
        return;
    }
    gaps.push_back({.what = what, .reason = reason, .file = printable(file)});
}

}  // namespace

void Judge::not_reached(
    const std::string& what, const std::string& reason, const std::string& file
) {
    add_gap(report_->not_reached, what, reason, file);
}

void Judge::not_checked(
    const std::string& what, const std::string& reason, const std::string& file
) {
    add_gap(report_->not_checked, what, reason, file);
}

bool Judge::settle(std::vector<std::pair<const Rule*, Observation>> seen, const std::string& file) {
    bool any_error = false;
    for (auto& [rule, observation] : seen) {
        const bool superseded = std::ranges::any_of(seen, [&, id = rule->id](const auto& other) {
            return other.first->supersedes_id(id);
        });
        if (superseded) continue;
        const Severity severity = observation.severity.value_or(rule->severity_in(profile_));
        if (severity == Severity::off) continue;
        any_error = any_error || severity == Severity::error;
        count(*rule, severity);
        if (!may_list(*rule, file)) continue;
        Place place = std::move(observation.place);
        place.entry = printable(place.entry);
        place.xpath = printable(place.xpath);
        report_->findings.push_back(
            {.rule = std::string(rule->id),
             .severity = severity,
             .file = printable(file),
             .place = std::move(place),
             .expected = printable(observation.expected),
             .actual = printable(observation.actual),
             .message = printable(observation.message, 1000)}
        );
    }
    return any_error;
}

void Judge::count(const Rule& rule, Severity severity) {
    Counts& counts = report_->counts;
    if (severity == Severity::warning) ++counts.warnings;
    if (severity == Severity::info) ++counts.infos;
    if (severity != Severity::error) return;
    ++counts.errors;
    if (rule.blocking == Blocking::key_in_doubt) {
        ++counts.key_in_doubt;
    } else if (rule.blocking == Blocking::outright || rule.sources.published()) {
        ++counts.blocked_by_published_source;
    } else {
        ++counts.blocked_by_inference_only;
    }
}

bool Judge::may_list(const Rule& rule, const std::string& file) {
    auto& rules = report_->broken_rules;
    if (std::ranges::find(rules, &rule) == rules.end()) rules.push_back(&rule);
    const std::uint64_t listed = ++listed_[std::string(rule.id) + ' ' + file];
    if (listed <= most_listed_per_rule_and_file) return true;
    ++report_->counts.not_listed;
    return false;
}

}  // namespace sfmkit::findings
