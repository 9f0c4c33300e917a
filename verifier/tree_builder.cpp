#include "verifier/tree_builder.hpp"

#include <algorithm>
#include <new>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t least_bytes = 4096;

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace

TreeBuilder::TreeBuilder(std::size_t document_bytes)
    : store_(std::make_unique<ElementStore>(std::max(least_bytes, document_bytes))),
      numbers_(&store_->memory) {}

std::string_view TreeBuilder::kept(std::string_view text) {
    if (text.empty()) return {};
    auto* const copy = static_cast<char*>(store_->memory.allocate(text.size(), 1));
    std::ranges::copy(text, copy);
    return {copy, text.size()};
}

std::uint32_t TreeBuilder::number_of(std::string_view name) {
    const auto known = numbers_.find(name);
    if (known != numbers_.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(store_->names.size());
    store_->names.push_back(kept(name));
    numbers_.emplace(store_->names.back(), number);
    return number;
}

void TreeBuilder::start(
    std::uint32_t name_number, std::uint64_t offset, std::span<const NamedValue> attributes
) {
    std::pmr::polymorphic_allocator<> memory(&store_->memory);
    auto* const node = memory.new_object<ElementNode>();
    node->name = store_->names[name_number];
    node->name_number = name_number;
    node->offset = offset;
    if (!attributes.empty()) {
        auto* const all = memory.allocate_object<Attribute>(attributes.size());
        std::ranges::transform(attributes, all, [&](const NamedValue& one) {
            return Attribute{store_->names[one.name_number], kept(trimmed(one.value))};
        });
        node->attributes = {all, attributes.size()};
    }
    if (open_.empty()) {
        store_->root = node;
    } else {
        Open& parent = open_.back();
        node->parent = parent.element;
        const ElementNode*& link =
            parent.last_child == nullptr ? parent.element->first_child : parent.last_child->next;
        link = node;
        parent.last_child = node;
    }
    ++store_->count;
    open_.push_back({.element = node});
}

void TreeBuilder::text(std::string_view run) {
    ElementNode& element = *open_.back().element;
    if (element.text.empty()) element.text = kept(trimmed(run));
}

void TreeBuilder::end() {
    open_.pop_back();
}

}  // namespace sfmkit::verifier
