#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"

#include <span>

/// The rows of the TRT family by what they look at; rules/trt_rules.hpp has them all.
namespace sfmkit::verifier {

/// How versions follow each other, and prescriptions renew others.
std::span<const findings::CheckedRule<ContentFacts>> trt_version_rules() noexcept;
/// Details, messages and users that are named elsewhere.
std::span<const findings::CheckedRule<ContentFacts>> trt_reference_rules() noexcept;
/// Statuses, kinds and codes.
std::span<const findings::CheckedRule<ContentFacts>> trt_word_rules() noexcept;
/// Medicines, amounts and doses.
std::span<const findings::CheckedRule<ContentFacts>> trt_order_rules() noexcept;
/// Times and days.
std::span<const findings::CheckedRule<ContentFacts>> trt_time_rules() noexcept;

}  // namespace sfmkit::verifier
