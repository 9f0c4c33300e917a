#pragma once

#include "findings/report.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::findings {

/// What a check saw; rule, severity and file are added by the judge.
struct Observation {
    Place place = {};
    std::string expected = {};
    std::string actual = {};
    std::string message = {};
    /// Takes the place of the row's severity where a decision in the catalogue says so.
    std::optional<Severity> severity = {};
    /// Path below the export, where the facts are those of a whole folder.
    std::string file = {};
    /// In place of the row's usual cause, where what was seen tells more.
    std::string likely_cause = {};
};

/// A number that a check compares with. It stands beside the row, not in the check, so that the
/// mutation run can move it.
struct Bound {
    std::string_view what = {};
    std::int64_t value = 0;
};
using Bounds = std::array<Bound, 3>;

/// What the checks of one family saw in one file.
struct Seen {
    std::vector<std::pair<const Rule*, Observation>> kept = {};
    /// Rules with more observations than are kept, and how many more.
    std::vector<std::pair<const Rule*, std::uint64_t>> further = {};
};

/// Takes what one check of one rule saw. A file that breaks a rule a million times must not fill
/// the memory: beyond a number it only counts.
class RuleReporter {
  public:
    static constexpr std::size_t most_kept = 1000;

    RuleReporter(const Rule& rule, const Bounds& bounds, Seen& seen) noexcept
        : rule_(&rule), bounds_(&bounds), seen_(&seen), kept_before_(seen.kept.size()) {}
    void found(Observation observation) const {
        if (has_room()) {
            seen_->kept.emplace_back(rule_, std::move(observation));
            return;
        }
        auto& further = seen_->further;
        if (further.empty() || further.back().first != rule_) further.emplace_back(rule_, 0);
        ++further.back().second;
    }
    /// False when what is found is only counted from now on: places and texts that nobody keeps
    /// need not be made.
    bool has_room() const noexcept { return seen_->kept.size() - kept_before_ < most_kept; }
    /// In the order in which the rule names them.
    std::int64_t bound(std::size_t index = 0) const { return bounds_->at(index).value; }

  private:
    const Rule* rule_;
    const Bounds* bounds_;
    Seen* seen_;
    std::size_t kept_before_;
};

/// A row and the check that goes with it. The check must report broken, and nothing else.
template <class Facts>
struct CheckedRule {
    Rule row;
    void (*check)(const Facts& facts, const RuleReporter& broken) = nullptr;  ///< null: not built
    Bounds bounds = {};  ///< unused ones have no name
};

/// Turns observations into the findings of a report: severity by profile or override, superseded
/// rules told as not reached, texts made printable, counts kept.
class Judge {
  public:
    /// The overrides are those of the report when a rule is judged.
    Judge(Report& report, Profile profile) noexcept : report_(&report), profile_(profile) {}

    Profile profile() const noexcept { return profile_; }

    /// Runs a family of rules over the facts of one file. Returns true when an error was found.
    /// The report keeps pointers to the rows: they must outlive it.
    template <class Facts>
    bool run(
        std::span<const CheckedRule<Facts>> family, const Facts& facts, const std::string& file
    ) {
        return run_families(std::array{family}, facts, file);
    }

    /// The same for families that look at the same facts, so that a rule of one may supersede a
    /// rule of another.
    template <class Families, class Facts>
    bool run_families(const Families& families, const Facts& facts, const std::string& file) {
        Seen seen;
        for (const auto& family : families) {
            for (const CheckedRule<Facts>& rule : family) {
                if (rule.row.built) rule.check(facts, RuleReporter(rule.row, rule.bounds, seen));
            }
        }
        const bool any_error = settle(std::move(seen.kept), file);
        for (const auto& [rule, times] : seen.further) add_unlisted(rule->id, times);
        return any_error;
    }

    /// The same gap of a further file only raises its count.
    void not_reached(const std::string& what, const std::string& reason, const std::string& file);
    /// A rule whose facts are missing for a reason that another rule tells; leaves the verdict
    /// alone.
    void superseded(
        const std::string& what,
        const std::string& reason,
        const std::string& file,
        std::string_view by
    );
    void not_checked(const std::string& what, const std::string& reason, const std::string& file);

    /// Takes over what another judge of the same profile and overrides said of one file: findings,
    /// counts, gaps and coverage.
    void adopt(const Report& part);

    /// Further observations of a rule that nobody kept; counted where it has a finding already.
    void add_unlisted(std::string_view rule, std::uint64_t times);

  private:
    using Kept = std::vector<std::pair<const Rule*, Observation>>;

    bool settle(Kept seen, const std::string& file);
    Severity severity_of(const Rule& rule, const std::optional<Severity>& observed) const;
    void count_muted(const Rule& rule, const Observation& observation, Severity severity);
    void tell_superseded(const Kept& seen, const std::string& file);
    void list(const Rule& rule, Severity severity, Observation observation, std::string file);
    void count(const Rule& rule, Severity severity, std::uint64_t times);
    bool may_list(RuleCount& rule, const std::string& file);
    RuleCount& count_of(const Rule& rule);

    Report* report_;
    Profile profile_;
    /// Of the file at hand, by rule; a new file begins anew.
    std::map<std::string, std::uint64_t, std::less<>> listed_;
    std::string listed_file_;
};

}  // namespace sfmkit::findings
