#pragma once

#include "client/encoder/synthetic/coded_values.hpp"
#include "client/encoder/synthetic/identity_numbers.hpp"
#include "client/encoder/synthetic/norwegian_time.hpp"
#include "client/encoder/synthetic/word_lists.hpp"

#include <cstdint>
#include <string>

namespace sfmkit::client {

class Dice;
class XmlWriter;

struct PersonName {
    std::string family;
    std::string middle;  ///< often empty
    std::string given;
};

/// Given name, middle name if any, family name: how a signature reads.
std::string full_name(const PersonName& name);

struct Address {
    std::string street;
    const words::City* city = nullptr;
};

PersonName draw_name(Dice& dice, Sex sex);
Address draw_address(Dice& dice);
Sex draw_sex(Dice& dice);
/// Full years.
std::int64_t age_on(LocalDate birth, LocalDate day);

const Code& code_of(Sex sex);
const Code& code_of(NumberKind kind);

/// FamilyName, MiddleName if wanted, GivenName.
void write_name(XmlWriter& xml, const PersonName& name);

/// The id of the patient with this index; reports name patients by it.
std::string id_of_patient(std::uint64_t seed, std::uint64_t index);
/// The birth date of the patient with this index: with the series it makes national numbers of
/// different patients different. Years 1930 to 2014.
LocalDate birth_date_of_patient(std::uint64_t seed, std::uint64_t index);
/// The series of the patient with this index; below the one that users have.
unsigned identity_series_of_patient(std::uint64_t index);
/// Most patients that can have different numbers.
inline constexpr std::uint64_t max_synthetic_patients = 200'000;
/// The series of doctors and other users.
inline constexpr unsigned identity_series_of_users = identity_series_count - 1;

}  // namespace sfmkit::client
