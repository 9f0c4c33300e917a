#include "verifier/element_path.hpp"

#include "verifier/known_names.hpp"

#include <fmt/format.h>

namespace sfmkit::verifier {

bool add_step(std::string& xpath, std::string_view name, std::uint64_t position) {
    constexpr std::string_view rest = "/...";
    const std::size_t before = xpath.size();
    xpath.append("/").append(name);
    if (before != 0) {
        const fmt::format_int digits(position);
        xpath.append("[").append(digits.data(), digits.size()).append("]");
    }
    const bool fits = xpath.size() + rest.size() <= max_xpath_bytes;
    if (!fits) xpath.replace(before, std::string::npos, rest);
    return fits;
}

void ElementPath::end() noexcept {
    if (!steps_.empty()) steps_.pop_back();
}

void ElementPath::start(
    std::string_view name, std::string_view uri, TextPlace place, std::uint64_t namespaces
) {
    Step step;
    step.name = known_name(name);
    step.uri = uri;
    step.place = place;
    step.declared = declared(name, uri);
    step.namespaces = namespaces + (steps_.empty() ? 0 : steps_.back().namespaces);
    if (!steps_.empty()) {
        Step& parent = steps_.back();
        ++parent.child_count;
        // `*[n]` is the n-th child of any name.
        step.position =
            step.name == unknown_name ? parent.child_count : ++parent.children[step.name];
    }
    steps_.push_back(std::move(step));
}

const ContentOutline::Element* ElementPath::declared(std::string_view name, std::string_view uri)
    const {
    if (steps_.empty()) return outline_ == nullptr ? nullptr : outline_->root(name);
    // The format is one namespace: an element of another one is none of its elements.
    const Step& parent = steps_.back();
    if (parent.content() == nullptr || parent.uri != uri) return nullptr;
    return parent.content()->element(name);
}

std::string ElementPath::xpath() const {
    std::string path;
    for (const Step& step : steps_) {
        if (!add_step(path, step.name, step.position)) break;
    }
    return path;
}

const ElementPath::Step* ElementPath::step(std::size_t levels_up) const noexcept {
    return levels_up >= steps_.size() ? nullptr : &steps_[steps_.size() - 1 - levels_up];
}

}  // namespace sfmkit::verifier
