#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

/// The closed lists of words for treatments, as the documentation of the published schema and the
/// official examples have them.
namespace sfmkit::verifier::trt {

using Words = std::span<const std::string_view>;

Words send_statuses() noexcept;
Words failed_send_statuses() noexcept;
/// Display texts of kodeverk 7408, and the one for what is not in the register.
Words register_statuses() noexcept;
/// Letters that kodeverk 7408 has for the first five of them.
Words register_status_codes() noexcept;
Words item_sources() noexcept;
Words drafts() noexcept;
/// The documented kinds and the spellings of the official examples.
Words update_kinds() noexcept;
Words delivery_modes() noexcept;
Words prescribing_types() noexcept;
/// Of kodeverk 7500.
Words recall_causes() noexcept;

bool is_among(std::string_view word, Words words) noexcept;
/// The word of the list that differs in the case of letters only; empty when there is none.
std::string_view without_case(std::string_view word, Words words) noexcept;
/// `A, B or C`
std::string listing(Words words);

}  // namespace sfmkit::verifier::trt
