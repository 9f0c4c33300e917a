#include "verifier/element_path.hpp"

#include "verifier/known_names.hpp"

#include <fmt/format.h>

namespace sfmkit::verifier {
void ElementPath::end() noexcept {
    if (!steps_.empty()) steps_.pop_back();
}

void ElementPath::start(std::string_view name) {
    Step step;
    step.name = known_name(name);
    if (!steps_.empty()) {
        Step& parent = steps_.back();
        ++parent.child_count;
        // `*[n]` is the n-th child of any name.
        step.position =
            step.name == unknown_name ? parent.child_count : ++parent.children[step.name];
    }
    steps_.push_back(std::move(step));
}

std::string ElementPath::xpath() const {
    constexpr std::string_view rest = "/...";
    std::string path;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        std::string step = fmt::format("/{}", steps_[i].name);
        if (i > 0) step += fmt::format("[{}]", steps_[i].position);
        if (path.size() + step.size() + rest.size() > max_xpath_bytes) {
            path += rest;
            break;
        }
        path += step;
    }
    return path;
}

std::string_view ElementPath::name(std::size_t levels_up) const noexcept {
    if (levels_up >= steps_.size()) return {};
    return steps_[steps_.size() - 1 - levels_up].name;
}

}  // namespace sfmkit::verifier
