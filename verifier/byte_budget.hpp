#pragma once

#include "verifier/envelope_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sfmkit::verifier {

/// One stretch of a file. Together the rows cover it from the first byte to the last.
struct BudgetRow {
    std::string field;
    std::uint64_t offset_bytes = 0;
    std::uint64_t length_bytes = 0;
    std::string meaning;
};

/// Where each byte of the file belongs, as far as its header tells; a stretch that the header
/// promises and the file does not hold is shortened or left out.
std::vector<BudgetRow> byte_budget(const EnvelopeHeader& header);

/// The sum of the lengths: always the size of the file.
std::uint64_t total_bytes(const std::vector<BudgetRow>& budget) noexcept;

}  // namespace sfmkit::verifier
