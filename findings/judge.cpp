#include "findings/judge.hpp"

#include "platform/printable.hpp"

#include <algorithm>

namespace sfmkit::findings {
namespace {

/// A file with more findings of one rule is not read line by line by anybody.
constexpr std::uint64_t most_listed_per_rule_and_file = 500;
/// Keeps the report of a large export in memory and in an editor.
constexpr std::uint64_t most_listed_per_rule = 10'000;

/// Files are judged one after the other, so the last one tells whether a file is new.
void add_gap(std::vector<Gap>& gaps, Gap gap) {
    gap.file = platform::printable(gap.file);
    const auto same = std::ranges::find_if(gaps, [&](const Gap& known) {
        return known.what == gap.what && known.reason == gap.reason;
    });
    if (same == gaps.end()) {
        gap.last_file = gap.file;
        gaps.push_back(std::move(gap));
    } else if (same->last_file != gap.file) {
        ++same->files;
        same->last_file = std::move(gap.file);
    }
}

bool is_inside(std::string_view path, std::string_view folder) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool is_at_or_below(std::string_view xpath, std::string_view above) {
    return xpath == above || is_inside(xpath, above);
}

bool are_near(const Rule& rule, const Place& exact, const Place& general) {
    if (rule.supersedes_in == Nearness::same_document) return true;
    if (exact.xpath.empty() || general.xpath.empty()) return true;
    return is_at_or_below(exact.xpath, general.xpath) || is_at_or_below(general.xpath, exact.xpath);
}

/// Whether two observations may be of one mistake: not when they name different files or entries,
/// or are not as near as the exact rule asks for.
bool may_be_one_mistake(const Rule& rule, const Observation& exact, const Observation& general) {
    const bool same_file = exact.file.empty() || general.file.empty() ||
                           exact.file == general.file || is_inside(exact.file, general.file);
    const std::string& entry = exact.place.entry;
    return same_file && are_near(rule, exact.place, general.place) &&
           (entry.empty() || general.place.entry.empty() || entry == general.place.entry);
}

std::uint64_t& field_of(RuleCount& count, Severity severity) {
    if (severity == Severity::error) return count.errors;
    return severity == Severity::warning ? count.warnings : count.infos;
}

}  // namespace

void Judge::not_reached(
    const std::string& what, const std::string& reason, const std::string& file
) {
    add_gap(report_->not_reached, {.what = what, .reason = reason, .file = file});
}

void Judge::superseded(
    const std::string& what, const std::string& reason, const std::string& file, std::string_view by
) {
    add_gap(
        report_->not_reached,
        {.what = what, .reason = reason, .file = file, .superseded_by = std::string(by)}
    );
}

void Judge::not_checked(
    const std::string& what, const std::string& reason, const std::string& file
) {
    add_gap(report_->not_checked, {.what = what, .reason = reason, .file = file});
}

Severity Judge::severity_of(const Rule& rule, const std::optional<Severity>& observed) const {
    const auto& overrides = report_->overrides;
    const auto overridden = std::ranges::find(overrides, rule.id, &Override::rule);
    if (overridden != overrides.end()) return overridden->severity;
    return observed.value_or(rule.severity_in(profile_));
}

bool Judge::settle(Kept seen, const std::string& file) {
    std::erase_if(seen, [&](const auto& item) {
        const auto& [rule, observation] = item;
        const Severity severity = severity_of(*rule, observation.severity);
        count_muted(*rule, observation, severity);
        return severity == Severity::off;
    });
    tell_superseded(seen, file);
    // Few rules supersede others: only their observations are compared with all.
    std::vector<const Kept::value_type*> exact;
    for (const auto& item : seen) {
        if (!item.first->supersedes.empty()) exact.push_back(&item);
    }
    std::vector<bool> superseded;
    for (const auto& [rule, observation] : seen) {
        superseded.push_back(std::ranges::any_of(
            exact,
            [&general = observation, id = rule->id](const auto* other) {
                return other->first->supersedes_id(id) &&
                       may_be_one_mistake(*other->first, other->second, general);
            }
        ));
    }
    bool any_error = false;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (superseded[i]) continue;
        auto& [rule, observation] = seen[i];
        const Severity severity = severity_of(*rule, observation.severity);
        any_error = any_error || severity == Severity::error;
        std::string where = observation.file.empty() ? file : observation.file;
        list(*rule, severity, std::move(observation), std::move(where));
    }
    return any_error;
}

void Judge::count_muted(const Rule& rule, const Observation& observation, Severity severity) {
    const Severity own = observation.severity.value_or(rule.severity_in(profile_));
    const bool blocks = own == Severity::error && rule.blocking == Blocking::outright;
    if (blocks && severity != Severity::error) ++report_->counts.muted;
}

void Judge::tell_superseded(const Kept& seen, const std::string& file) {
    for (const auto& [rule, observation] : seen) {
        if (rule->supersedes.empty()) continue;
        superseded(
            std::string(rule->supersedes),
            std::string(rule->id) + " tells the mistake more exactly",
            observation.file.empty() ? file : observation.file,
            rule->id
        );
    }
}

void Judge::list(const Rule& rule, Severity severity, Observation observation, std::string file) {
    count(rule, severity, 1);
    if (!may_list(count_of(rule), file)) return;
    Place place = std::move(observation.place);
    place.entry = platform::printable(place.entry);
    place.xpath = platform::printable(place.xpath);
    report_->findings.push_back(
        {.rule = std::string(rule.id),
         .severity = severity,
         .file = platform::printable(file),
         .place = std::move(place),
         .expected = platform::printable(observation.expected),
         .actual = platform::printable(observation.actual),
         .message = platform::printable(observation.message, 1000),
         .likely_cause = platform::printable(observation.likely_cause, 1000)}
    );
}

void Judge::count(const Rule& rule, Severity severity, std::uint64_t times) {
    field_of(count_of(rule), severity) += times;
    Counts& counts = report_->counts;
    if (severity == Severity::warning) counts.warnings += times;
    if (severity == Severity::info) counts.infos += times;
    if (severity != Severity::error) return;
    counts.errors += times;
    if (rule.blocking == Blocking::key_in_doubt) {
        counts.key_in_doubt += times;
    } else if (rule.sources.published()) {
        counts.blocked_by_published_source += times;
    } else if (rule.blocking == Blocking::outright) {
        counts.blocked_outright += times;
    } else {
        counts.blocked_by_inference_only += times;
    }
}

RuleCount& Judge::count_of(const Rule& rule) {
    auto& rules = report_->broken_rules;
    const auto known = std::ranges::find(rules, &rule, &RuleCount::rule);
    return known != rules.end() ? *known : rules.emplace_back(RuleCount{.rule = &rule});
}

bool Judge::may_list(RuleCount& rule, const std::string& file) {
    if (file != listed_file_) listed_.clear();
    listed_file_ = file;
    std::uint64_t& of_file = listed_[std::string(rule.rule->id)];
    if (of_file < most_listed_per_rule_and_file && rule.listed < most_listed_per_rule) {
        ++of_file;
        ++rule.listed;
        return true;
    }
    ++report_->counts.not_listed;
    return false;
}

void Judge::adopt(const Report& part) {
    for (const RuleCount& rule : part.broken_rules) {
        count(*rule.rule, Severity::error, rule.errors);
        count(*rule.rule, Severity::warning, rule.warnings);
        count(*rule.rule, Severity::info, rule.infos);
    }
    Counts& counts = report_->counts;
    counts.muted += part.counts.muted;
    counts.not_listed += part.counts.not_listed;
    for (const Finding& finding : part.findings) {
        auto& rules = report_->broken_rules;
        const auto rule = std::ranges::find_if(rules, [&](const RuleCount& known) {
            return known.rule->id == finding.rule;
        });
        if (rule->listed == most_listed_per_rule) {
            ++counts.not_listed;
            continue;
        }
        ++rule->listed;
        report_->findings.push_back(finding);
    }
    for (const Gap& gap : part.not_reached) add_gap(report_->not_reached, gap);
    for (const Gap& gap : part.not_checked) add_gap(report_->not_checked, gap);
    Coverage& coverage = report_->coverage;
    coverage.files += part.coverage.files;
    coverage.bytes += part.coverage.bytes;
    coverage.decrypted += part.coverage.decrypted;
    coverage.entries += part.coverage.entries;
    coverage.documents += part.coverage.documents;
}

void Judge::add_unlisted(std::string_view rule, std::uint64_t times) {
    for (RuleCount& known : report_->broken_rules) {
        if (known.rule->id != rule || times == 0) continue;
        count(*known.rule, severity_of(*known.rule, {}), times);
        report_->counts.not_listed += times;
        return;
    }
}

}  // namespace sfmkit::findings
