#include "verifier/message_facts.hpp"

namespace sfmkit::verifier {

MessageFacts message_facts_of(
    const DocumentTree& tree, std::string entry, std::string root_namespace
) {
    return {
        .entry = std::move(entry),
        .read = true,
        .root_name = std::string(tree.root().name()),
        .root_namespace = std::move(root_namespace),
    };
}

}  // namespace sfmkit::verifier
