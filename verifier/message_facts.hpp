#pragma once

#include "verifier/document_tree.hpp"

#include <string>

namespace sfmkit::verifier {

/// What the rules need to know of one message file; its tree is gone when they judge.
struct MessageFacts {
    std::string entry = {};
    bool read = false;  ///< well-formed and small enough to be looked at; all else is empty if not
    std::string root_name = {};
    std::string root_namespace = {};
};

/// Reads the facts from a message.
MessageFacts message_facts_of(
    const DocumentTree& tree, std::string entry, std::string root_namespace
);

}  // namespace sfmkit::verifier
