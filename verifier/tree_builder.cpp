#include "verifier/tree_builder.hpp"

#include "verifier/xml_text.hpp"

#include <algorithm>
#include <utility>

namespace sfmkit::verifier {
namespace {

constexpr std::size_t least_bytes = 4096;

}  // namespace

TreeBuilder::TreeBuilder(std::size_t document_bytes)
    : store_(std::make_unique<ElementStore>(std::max(least_bytes, document_bytes))) {}

std::string_view TreeBuilder::kept(std::string_view text) {
    if (text.empty()) return {};
    auto* const copy = static_cast<char*>(store_->memory.allocate(text.size(), 1));
    std::ranges::copy(text, copy);
    return {copy, text.size()};
}

void TreeBuilder::start(
    std::string_view local_name, std::uint64_t offset, std::span<const Attribute> attributes
) {
    std::pmr::polymorphic_allocator<> memory(&store_->memory);
    auto* const node = memory.new_object<ElementNode>();
    node->name = local_name;
    node->offset = offset;
    if (!attributes.empty()) {
        auto* const all = memory.allocate_object<Attribute>(attributes.size());
        std::ranges::transform(attributes, all, [&](const Attribute& one) {
            return Attribute{one.name, kept(trimmed(one.value))};
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

std::unique_ptr<ElementStore> TreeBuilder::finish(std::shared_ptr<const void> names) {
    store_->names = std::move(names);
    return std::move(store_);
}

}  // namespace sfmkit::verifier
