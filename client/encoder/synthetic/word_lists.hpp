#pragma once

#include "client/encoder/synthetic/coded_values.hpp"

#include <cstdint>
#include <span>
#include <string_view>

/// The words that synthetic documents are made of: all invented, none taken from an example.
namespace sfmkit::client::words {

struct City {
    std::string_view postal_code;
    std::string_view name;
    Code county;  ///< the municipality, four digits
};

/// A medicine that does not exist. The ATC code is a real one, so that rules about it can be tried.
struct Drug {
    std::string_view name;
    std::string_view substance;
    std::string_view atc;
    Code form;
    std::string_view form_and_strength;
    std::string_view dose_unit;
    std::string_view amount_unit;
    std::string_view prescription_group;  ///< A, B, C, CF or F
    std::string_view used_for;
    std::string_view item_number;  ///< six digits
};

enum class SupplyKind : std::uint8_t { nutrition, consumable, prosthesis };

/// Supplies on prescription: nutrition or consumables.
struct Supply {
    SupplyKind kind;
    std::string_view name;
    Code group;
    Code legal_basis;
    std::string_view item_number;
};

std::span<const std::string_view> family_names();
std::span<const std::string_view> female_names();
std::span<const std::string_view> male_names();
/// Letters of many scripts, combining marks and what XML has to escape.
std::span<const std::string_view> unusual_names();
std::span<const std::string_view> streets();
std::span<const City> cities();
std::span<const std::string_view> practices();
std::span<const std::string_view> suppliers();
std::span<const Drug> drugs();
std::span<const Drug> vaccines();
std::span<const Supply> nutrition();
std::span<const Supply> consumables();
/// Short remarks as doctors leave them.
std::span<const std::string_view> remarks();

}  // namespace sfmkit::client::words
