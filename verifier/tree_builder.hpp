#pragma once

#include "verifier/element.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// The elements of one document with their names and texts, in memory that is freed at once.
struct ElementStore {
    explicit ElementStore(std::size_t expected_bytes) : memory(expected_bytes) {}

    std::pmr::monotonic_buffer_resource memory;
    std::shared_ptr<const void> names;  ///< what holds the names, where they are not held here
    const ElementNode* root = nullptr;
    std::size_t count = 0;  ///< of elements
};

/// Makes the elements of a document from its events. Texts and values are copied; names are not,
/// and have to live as long as the store.
class TreeBuilder {
  public:
    /// The document has so many bytes: what is kept of it mostly takes a few times more.
    explicit TreeBuilder(std::size_t document_bytes);

    /// A copy of a name that lives long enough.
    std::string_view kept(std::string_view text);

    void start(
        std::string_view local_name, std::uint64_t offset, std::span<const Attribute> attributes
    );
    /// All text up to the next tag. An element keeps the first that is not blank.
    void text(std::string_view run);
    void end();

    /// Call once, after the end of the root, with what has to live as long as the elements.
    std::unique_ptr<ElementStore> finish(std::shared_ptr<const void> names = nullptr);

  private:
    struct Open {
        ElementNode* element = nullptr;
        ElementNode* last_child = nullptr;
    };

    std::unique_ptr<ElementStore> store_;
    std::vector<Open> open_;
};

}  // namespace sfmkit::verifier
