#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

namespace sfmkit::verifier {

/// MSG: messages and their files.
std::span<const findings::CheckedRule<ContentFacts>> msg_rules() noexcept;
/// Those about a message file alone: they are judged also where the patient document cannot be.
std::span<const findings::CheckedRule<DocumentFacts>> msg_document_rules() noexcept;

}  // namespace sfmkit::verifier
