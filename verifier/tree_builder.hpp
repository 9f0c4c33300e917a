#pragma once

#include "verifier/element.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sfmkit::verifier {

/// The elements of one document with their names and texts, in memory that is freed at once.
struct ElementStore {
    explicit ElementStore(std::size_t expected_bytes) : memory(expected_bytes) {}

    std::pmr::monotonic_buffer_resource memory;
    std::pmr::vector<std::string_view> names{&memory};  ///< by their numbers
    const ElementNode* root = nullptr;
    std::size_t count = 0;  ///< of elements
};

/// Makes the elements of a document from its events. Everything is copied.
class TreeBuilder {
  public:
    struct NamedValue {
        std::uint32_t name_number = 0;
        std::string_view value = {};
    };

    /// The document has so many bytes: what is kept of it mostly takes a few times more.
    explicit TreeBuilder(std::size_t document_bytes);

    /// The number of a local name; for the caller to remember, if it can.
    std::uint32_t number_of(std::string_view name);

    void start(
        std::uint32_t name_number, std::uint64_t offset, std::span<const NamedValue> attributes
    );
    /// All text up to the next tag. An element keeps the first that is not blank.
    void text(std::string_view run);
    void end();

    /// Call once, after the end of the root.
    std::unique_ptr<ElementStore> finish() { return std::move(store_); }

  private:
    struct Open {
        ElementNode* element = nullptr;
        ElementNode* last_child = nullptr;
    };

    std::string_view kept(std::string_view text);

    std::unique_ptr<ElementStore> store_;
    std::pmr::unordered_map<std::string_view, std::uint32_t> numbers_;
    std::vector<Open> open_;
};

}  // namespace sfmkit::verifier
