#include "tests/mutation/mutants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <utility>

namespace sfmkit::mutation {
namespace {

using findings::CheckedRule;
using findings::Observation;
using findings::RuleReporter;
using findings::Severity;
using verifier::RuleSet;

constexpr std::array severities = {
    Severity::error, Severity::warning, Severity::info, Severity::off
};

/// Rules that take some of what they see more or less badly than the row says.
bool has_exceptions(std::string_view rule) {
    constexpr std::array<std::string_view, 11> rules = {
        "ENV-03",
        "MSG-02",
        "MSG-14",
        "ORG-10",
        "ORG-16",
        "ORG-23",
        "PAT-14",
        "PAT-26",
        "PAT-31",
        "TRT-15",
        "XML-02"
    };
    return std::ranges::find(rules, rule) != rules.end();
}

/// What the changed check does with what the right one saw. Checks are plain functions, so what
/// they are changed to stands here while one mutant runs.
template <class Facts>
struct Change {
    static inline const CheckedRule<Facts>* original = nullptr;
    static inline bool negated = false;
    static inline std::function<void(Observation&)> edit = {};

    static void check(const Facts& facts, const RuleReporter& broken) {
        findings::Seen seen;
        original->check(facts, RuleReporter(original->row, original->bounds, seen));
        if (negated) {
            if (seen.kept.empty()) broken.found({.message = "said where nothing is"});
            return;
        }
        for (auto& [row, observation] : seen.kept) {
            edit(observation);
            broken.found(std::move(observation));
        }
    }
};

/// Where a rule set holds a family.
template <class Facts>
using Member = std::function<std::span<const CheckedRule<Facts>>&(RuleSet&)>;

template <class Facts>
Member<Facts> member(std::span<const CheckedRule<Facts>> RuleSet::* family) {
    return [family](RuleSet& rules) -> auto& { return rules.*family; };
}

template <class Facts, std::size_t count>
Member<Facts> member(
    std::array<std::span<const CheckedRule<Facts>>, count> RuleSet::* families, std::size_t number
) {
    return [families, number](RuleSet& rules) -> auto& { return (rules.*families)[number]; };
}

/// Mutants of one family.
template <class Facts>
class Family {
  public:
    Family(Member<Facts> where, std::vector<Mutant>& mutants)
        : member_(std::move(where)), mutants_(mutants) {
        RuleSet rules = verifier::standard_rules();
        family_ = member_(rules);
    }

    void add() {
        for (std::size_t i = 0; i < family_.size(); ++i) {
            if (!family_[i].row.built) continue;
            add_changed_check(i, Kind::negated, "negated", true, {});
            add_bounds(i);
            add_severities(i);
            add_places(i);
            if (has_exceptions(family_[i].row.id)) {
                add_changed_check(i, Kind::severity, "no exception", false, [](Observation& o) {
                    o.severity.reset();
                });
            }
        }
    }

  private:
    using Rows = std::vector<CheckedRule<Facts>>;

    void add_row(
        std::size_t index,
        Kind kind,
        std::string what,
        std::function<void(CheckedRule<Facts>&)> change
    ) {
        const auto where = member_;
        const auto family = family_;
        mutants_.push_back(
            {.rule = std::string(family_[index].row.id),
             .kind = kind,
             .what = std::move(what),
             .with =
                 [=](const auto& judge) {
                     Rows rows(family.begin(), family.end());
                     change(rows[index]);
                     RuleSet rules = verifier::standard_rules();
                     where(rules) = rows;
                     judge(rules, verifier::Limits());
                 }}
        );
    }

    void add_changed_check(
        std::size_t index,
        Kind kind,
        std::string what,
        bool negated,
        std::function<void(Observation&)> edit
    ) {
        const CheckedRule<Facts>* const original = &family_[index];
        add_row(index, kind, std::move(what), [=](CheckedRule<Facts>& row) {
            Change<Facts>::original = original;
            Change<Facts>::negated = negated;
            Change<Facts>::edit = edit;
            row.check = Change<Facts>::check;
        });
    }

    void add_bounds(std::size_t index) {
        const findings::Bounds& bounds = family_[index].bounds;
        for (std::size_t i = 0; i < bounds.size() && !bounds[i].what.empty(); ++i) {
            for (const int step : {-1, 1}) {
                const auto what = fmt::format(
                    "{} {} instead of {}", bounds[i].what, bounds[i].value + step, bounds[i].value
                );
                add_row(index, Kind::bound, what, [=](CheckedRule<Facts>& row) {
                    row.bounds[i].value += step;
                });
            }
        }
    }

    void add_severities(std::size_t index) {
        struct Field {
            const char* profile;
            Severity findings::Rule::* severity;
        };
        constexpr std::array fields = {
            Field{"strict", &findings::Rule::strict},
            Field{"lenient", &findings::Rule::lenient},
            Field{"edition-2021", &findings::Rule::edition_2021},
        };
        for (const auto& [profile, field] : fields) {
            for (const Severity severity : severities) {
                if (family_[index].row.*field == severity) continue;
                const auto what = fmt::format("{} in {}", findings::name_of(severity), profile);
                add_row(index, Kind::severity, what, [field, severity](CheckedRule<Facts>& row) {
                    row.row.*field = severity;
                });
            }
        }
    }

    void add_places(std::size_t index) {
        struct Wrong {
            const char* what;
            void (*edit)(Observation& observation);
        };
        const std::array wrongs = {
            Wrong{"another file", [](Observation& o) { o.file = "another.pat"; }},
            Wrong{"another entry", [](Observation& o) { o.place.entry += "x"; }},
            Wrong{
                "another path", [](Observation& o) { o.place.xpath = "/another" + o.place.xpath; }
            },
            Wrong{
                "one byte on",
                [](Observation& o) { o.place.byte_offset = o.place.byte_offset.value_or(0) + 1; }
            },
            Wrong{
                "one line on", [](Observation& o) { o.place.line = o.place.line.value_or(0) + 1; }
            },
            Wrong{
                "one column on",
                [](Observation& o) { o.place.column = o.place.column.value_or(0) + 1; }
            },
        };
        for (const auto& [what, edit] : wrongs) {
            add_changed_check(index, Kind::place, what, false, edit);
        }
    }

    Member<Facts> member_;
    std::span<const CheckedRule<Facts>> family_;
    std::vector<Mutant>& mutants_;
};

/// Numbers that rules compare with while a file is read.
void add_limits(std::vector<Mutant>& mutants) {
    struct Row {
        const char* rule;
        const char* what;
        std::uint64_t verifier::Limits::* field;
    };
    constexpr std::array rows = {
        Row{"ZIP-12", "times its size", &verifier::Limits::ratio},
        Row{"ZIP-12",
            "bytes from which the ratio counts",
            &verifier::Limits::ratio_counts_from_bytes},
    };
    const auto add =
        [&mutants](const char* rule, std::string what, const verifier::Limits& limits) {
            mutants.push_back(
                {.rule = rule,
                 .kind = Kind::bound,
                 .what = std::move(what),
                 .with = [limits](const auto& judge) { judge(verifier::standard_rules(), limits); }}
            );
        };
    for (const auto& [rule, what, field] : rows) {
        for (const bool up : {false, true}) {
            verifier::Limits limits;
            limits.*field += up ? std::uint64_t{1} : ~std::uint64_t{0};
            add(rule, fmt::format("{} {}", limits.*field, what), limits);
        }
    }
    for (const bool up : {false, true}) {
        verifier::Limits limits;
        limits.element_depth = up ? limits.element_depth + 1 : limits.element_depth - 1;
        add("XML-01", fmt::format("{} levels", limits.element_depth), limits);
    }
}

}  // namespace

std::string_view name_of(Kind kind) noexcept {
    switch (kind) {
        case Kind::negated:
            return "negated";
        case Kind::bound:
            return "bound";
        case Kind::severity:
            return "severity";
        case Kind::place:
            return "place";
    }
    return "";
}

std::vector<Mutant> all_mutants() {
    std::vector<Mutant> mutants;
    Family(member(&RuleSet::folder), mutants).add();
    Family(member(&RuleSet::index), mutants).add();
    Family(member(&RuleSet::ledger), mutants).add();
    Family(member(&RuleSet::envelope), mutants).add();
    Family(member(&RuleSet::archive), mutants).add();
    for (std::size_t i = 0; i < RuleSet().document.size(); ++i) {
        Family(member(&RuleSet::document, i), mutants).add();
    }
    for (std::size_t i = 0; i < RuleSet().content.size(); ++i) {
        Family(member(&RuleSet::content, i), mutants).add();
    }
    for (std::size_t i = 0; i < RuleSet().across.size(); ++i) {
        Family(member(&RuleSet::across, i), mutants).add();
    }
    add_limits(mutants);
    return mutants;
}

}  // namespace sfmkit::mutation
