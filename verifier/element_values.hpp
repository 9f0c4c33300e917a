#pragma once

#include "verifier/document_tree.hpp"

#include <cstdint>
#include <optional>

/// Values of XSD types as their elements hold them. What the schema refuses is none: it is told as
/// such, and no rule guesses at it.
namespace sfmkit::verifier {

/// A boolean that is true; false for no element.
bool is_true(Element element) noexcept;
/// `xsi:nil` is true.
bool is_nil(Element element) noexcept;
/// Nothing where there is no integer of 64 bits.
std::optional<std::int64_t> integer_in(Element element) noexcept;

}  // namespace sfmkit::verifier
