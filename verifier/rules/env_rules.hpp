#pragma once

#include "findings/judge.hpp"
#include "verifier/facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// ENV: the encrypted file, from its first byte to the key and the padding of the last block.
std::span<const findings::CheckedRule<EnvelopeFacts>> env_rules() noexcept;

}  // namespace sfmkit::verifier
