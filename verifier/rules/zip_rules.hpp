#pragma once

#include "findings/judge.hpp"
#include "verifier/facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// ZIP: the archive inside a file, as our walk and libzip saw it.
std::span<const findings::CheckedRule<ArchiveFacts>> zip_rules() noexcept;

}  // namespace sfmkit::verifier
