#pragma once

#include "client/encoder/synthetic/coded_values.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// The words that synthetic documents are made of: all invented, none taken from an example.
namespace sfmkit::client::words {

struct City {
    std::string_view postal_code;
    std::string_view name;
    Code county;  ///< the municipality, four digits
};

struct TimeOfDay {
    Code code;  ///< Tidsomrade
    std::string_view clock;
};

/// The limits of a dose that is taken when it is needed.
struct Limits {
    std::string_view most_in_day;
    std::string_view most_in_period;
    std::string_view period_hours;
    std::string_view pause_hours;  ///< the least between two doses
};

enum class DoseDays : std::uint8_t { every, mondays, every_other, three_weeks_of_four };

/// One way to take a medicine.
struct Dosage {
    std::string_view amount;  ///< of one dose
    std::string_view text;    ///< DosVeiledEnkel after amount and unit, e.g. ` 3 ganger daglig`
    std::span<const TimeOfDay> times = {};  ///< none: given once
    Code short_form = {};                   ///< Kortdose; without value where none fits
    std::optional<Limits> as_needed = {};   ///< instead of fixed times
    std::int64_t from_age = 0;
    std::int64_t to_age = 200;
    DoseDays days = DoseDays::every;
    std::int64_t course_days = 0;    ///< the treatment ends after so many; 0: it goes on
    std::int64_t packages = 0;       ///< prescribed; 0: any number
    std::string_view infusion = {};  ///< ml in an hour
    bool by_blood_test = false;      ///< adjusted after a measurement of INR
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
    std::int64_t package_size = 1;        ///< in amount_unit
    std::string_view prescription_group;  ///< A, B, C, CF or F
    std::string_view used_for;
    std::string_view item_number;  ///< six digits
    Code diagnosis;                ///< that it is refunded for; without value where it is not
    std::span<const Dosage> dosages;
    std::int64_t from_age = 0;
    std::int64_t to_age = 200;
    bool only_women = false;
    bool is_swallowed = false;
    bool is_mixed = false;  ///< pharmacies also mix it with other medicines
};

enum class SupplyKind : std::uint8_t { nutrition, consumable, prosthesis };

/// Supplies on prescription: nutrition or consumables.
struct Supply {
    SupplyKind kind;
    std::string_view name;
    Code group;
    Code legal_basis;
    std::string_view item_number;
    std::string_view size;     ///< of one piece
    std::string_view content;  ///< strength of nutrition, part of a consumable
    std::string_view form;     ///< form of nutrition, material of the part
    std::string_view stuff = {};
    std::string_view other_stuff = {};
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
/// What a pharmacy mixes against pain; nothing of it is among the other medicines but morphine.
std::span<const Drug> mixture_parts();
std::span<const Supply> nutrition();
std::span<const Supply> consumables();
/// Short remarks as doctors leave them.
std::span<const std::string_view> remarks();

}  // namespace sfmkit::client::words
