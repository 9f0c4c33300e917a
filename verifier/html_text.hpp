#pragma once

#include <cstdint>
#include <string_view>

namespace sfmkit::verifier {

/// How often something was seen, and what the first one was. Names nothing that the text holds.
struct HtmlSighting {
    std::uint64_t times = 0;
    std::string_view first = {};
};

/// What a rule wants to know of a text that should be HTML. All texts have static storage.
struct HtmlFacts {
    /// Why it does not parse; empty when it does. End tags that HTML lets away are not missed.
    std::string_view problem = {};
    /// Elements, event attributes and addresses that are programs.
    HtmlSighting scripts = {};
    /// Attributes and styles that refer to what is not in the text.
    HtmlSighting references = {};
};

/// Reads the text once from begin to end, whatever it holds.
HtmlFacts html_facts_of(std::string_view text);

}  // namespace sfmkit::verifier
