// Does a test notice when a rule is wrong? Each rule that is built is made wrong in turn, and the
// recipes judge with it; a mutant that no recipe complains about is one that nobody would notice.
#include "tests/mutation/mutants.hpp"
#include "tests/verifier/recipe_world.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>

namespace sfmkit::mutation {
namespace {

using fixtures::RuleRecipe;

constexpr std::uint64_t recipe_seed = 20261122;
constexpr std::array profiles = {
    findings::Profile::strict, findings::Profile::lenient, findings::Profile::edition_2021
};

/// A recipe whose exports were written once.
struct Prepared {
    RuleRecipe recipe;
    test::WrittenExport broken;
};

/// Recipes, written once and judged by every mutant.
class Trial {
  public:
    explicit Trial(const std::function<bool(const RuleRecipe&)>& takes) {
        const fixtures::Content content = test::sample_content(recipe_seed);
        for (RuleRecipe& recipe : fixtures::all_recipes(content.names)) {
            if (!takes(recipe)) continue;
            if (recipe.twin) {
                RuleRecipe twin = recipe;
                twin.passes = true;
                twin.edit = [](fixtures::ExportRecipe&) {};
                add(std::move(twin), content);
            }
            add(std::move(recipe), content);
        }
        // What notices most comes first, what takes longest last.
        std::ranges::sort(prepared_, {}, [](const Prepared& one) {
            return std::pair(one.broken.recipe.patient_copies, one.recipe.passes);
        });
    }

    std::size_t size() const noexcept { return prepared_.size(); }

    /// Recipes of the rule first, then those of its family, then all others.
    bool notices(
        const std::string& rule, const verifier::RuleSet& rules, const verifier::Limits& limits
    ) {
        const std::string family = rule.substr(0, 3);
        const auto distance = [&](const RuleRecipe& recipe) {
            if (recipe.rule == rule) return 0;
            return recipe.rule.starts_with(family) ? 1 : 2;
        };
        for (const int turn : {0, 1, 2}) {
            for (const Prepared& one : prepared_) {
                if (distance(one.recipe) != turn) continue;
                if (complains(one, rules, limits)) return true;
            }
        }
        return false;
    }

  private:
    void add(RuleRecipe recipe, const fixtures::Content& content) {
        auto broken = world_.write(fixtures::broken_export(recipe, content));
        prepared_.push_back({.recipe = std::move(recipe), .broken = std::move(broken)});
    }

    bool complains(
        const Prepared& one, const verifier::RuleSet& rules, const verifier::Limits& limits
    ) {
        return std::ranges::any_of(profiles, [&](findings::Profile profile) {
            const test::Judging judging{.profile = profile, .rules = rules, .limits = limits};
            const auto report = world_.judge(one.broken, judging);
            const auto complaints =
                one.recipe.passes
                    ? test::complaints_about_passing(one.recipe, report)
                    : test::complaints_about_broken(one.recipe, one.broken.recipe, report);
            return !complaints.empty();
        });
    }

    test::RecipeWorld world_;
    std::vector<Prepared> prepared_;
};

bool any_recipe(const RuleRecipe& /*recipe*/) {
    return true;
}

Trial& full_trial() {
    static Trial trial(any_recipe);
    return trial;
}

bool is_killed(const Mutant& mutant, Trial& trial) {
    bool killed = false;
    mutant.with([&](const verifier::RuleSet& rules, const verifier::Limits& limits) {
        killed = trial.notices(mutant.rule, rules, limits);
    });
    return killed;
}

struct Tally {
    std::size_t made = 0;
    std::size_t killed = 0;
};

/// A mutant that no recipe can tell from the right rule.
struct KnownSurvivor {
    const char* rule;
    const char* what;
    const char* reason;
};
constexpr std::array<KnownSurvivor, 0> known_survivors = {};

bool is_known(const Mutant& mutant) {
    return std::ranges::any_of(known_survivors, [&](const KnownSurvivor& known) {
        return mutant.rule == known.rule && mutant.what == known.what;
    });
}

TEST(Mutation, OfNothing_IsNotNoticed) {
    EXPECT_FALSE(full_trial().notices("", verifier::standard_rules(), {}));
    EXPECT_GE(full_trial().size(), 200U);
}

TEST(Mutation, OfEveryRule_IsNoticed) {
    static_assert(known_survivors.size() <= 5);
    std::map<std::string, std::map<Kind, Tally>> families;
    std::map<Kind, Tally> kinds;
    for (const Mutant& mutant : all_mutants()) {
        const bool killed = is_killed(mutant, full_trial());
        Tally& tally = families[mutant.rule.substr(0, 3)][mutant.kind];
        for (Tally* one : {&tally, &kinds[mutant.kind]}) {
            ++one->made;
            if (killed) ++one->killed;
        }
        EXPECT_NE(killed, is_known(mutant)) << mutant.rule << ": " << mutant.what;
    }
    for (const auto& [family, by_kind] : families) {
        std::cout << family << ':';
        for (const auto& [kind, tally] : by_kind) {
            std::cout << fmt::format(" {} {}/{}", name_of(kind), tally.killed, tally.made);
        }
        std::cout << '\n';
    }
    EXPECT_GE(families.size(), 6U);
    EXPECT_GE(kinds[Kind::negated].made, 78U);
    EXPECT_GE(kinds[Kind::bound].made, 40U);
    EXPECT_GE(kinds[Kind::severity].made, 78U * 9);
    EXPECT_GE(kinds[Kind::place].made, 78U * 6);
}

// The run itself is tested: recipes that pass notice no wrong severity and no wrong place.
TEST(Mutation, WithRecipesThatPassOnly_IsNotNoticed) {
    Trial weak([](const RuleRecipe& recipe) { return recipe.passes && recipe.rule == "ENV-11"; });
    std::size_t survivors = 0;
    std::size_t made = 0;
    for (const Mutant& mutant : all_mutants()) {
        if (mutant.rule != "ENV-11" || mutant.kind == Kind::negated) continue;
        ++made;
        if (!is_killed(mutant, weak)) ++survivors;
    }
    EXPECT_EQ(made, 9U + 6);
    EXPECT_EQ(survivors, made);
}

}  // namespace
}  // namespace sfmkit::mutation
