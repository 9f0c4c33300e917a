#include "verifier/element_path.hpp"

#include <fmt/format.h>

namespace sfmkit::verifier {
namespace {

/// Beyond it positions are no longer counted: no real parent has so many kinds of children.
constexpr std::size_t most_names_per_parent = 4096;

}  // namespace

void ElementPath::end() noexcept {
    if (!steps_.empty()) steps_.pop_back();
}

void ElementPath::start(std::string_view name) {
    Step step{.name = std::string(name), .position = 1, .children = {}};
    if (!steps_.empty()) {
        auto& siblings = steps_.back().children;
        const auto known = siblings.find(name);
        if (known != siblings.end()) {
            step.position = ++known->second;
        } else if (siblings.size() < most_names_per_parent) {
            siblings.emplace(name, 1);
        }
    }
    steps_.push_back(std::move(step));
}

std::string ElementPath::xpath() const {
    std::string path;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        path += '/';
        path += steps_[i].name;
        if (i > 0) path += fmt::format("[{}]", steps_[i].position);
    }
    return path;
}

std::string_view ElementPath::name(std::size_t levels_up) const noexcept {
    if (levels_up >= steps_.size()) return {};
    return steps_[steps_.size() - 1 - levels_up].name;
}

}  // namespace sfmkit::verifier
