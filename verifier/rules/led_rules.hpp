#pragma once

#include "findings/judge.hpp"
#include "verifier/ledger_reader.hpp"

#include <span>

namespace sfmkit::verifier {

/// LED: what an official uploader left in the folder. The ledger is no part of an export.
std::span<const findings::CheckedRule<Ledger>> led_rules() noexcept;

}  // namespace sfmkit::verifier
