#pragma once

#include "findings/judge.hpp"
#include "verifier/limits.hpp"
#include "verifier/rules/catalogue.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace sfmkit::mutation {

enum class Kind { negated, bound, severity, place };
std::string_view name_of(Kind kind) noexcept;

/// A rule set, or the limits of reading, with one thing changed.
struct Mutant {
    std::string rule;
    Kind kind = Kind::negated;
    std::string what;
    /// Judges with the changed thing; the changed row lives as long as the call.
    std::function<
        void(const std::function<void(const verifier::RuleSet&, const verifier::Limits&)>&)>
        with;
};

/// Every mutant of every rule that is built, in the order of the catalogue.
std::vector<Mutant> all_mutants();

}  // namespace sfmkit::mutation
