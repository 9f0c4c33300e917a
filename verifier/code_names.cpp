#include "verifier/code_names.hpp"

#include <mutex>

namespace sfmkit::verifier {

std::optional<CodeNames::Name> CodeNames::find(const TextDigest& code) const {
    const std::shared_lock lock(mutex_);
    const auto found = names_.find(code);
    if (found == names_.end()) return std::nullopt;
    return found->second;
}

void CodeNames::add(const TextDigest& code, const Name& name) {
    const std::unique_lock lock(mutex_);
    if (names_.size() < most_kept) names_.emplace(code, name);
}

}  // namespace sfmkit::verifier
