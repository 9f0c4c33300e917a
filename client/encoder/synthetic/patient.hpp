#pragma once

#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/people.hpp"
#include "client/encoder/synthetic/treatments.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sfmkit::client {

/// A person that does not exist, and the treatments of that person.
struct Patient {
    std::string id;
    std::string record_id;  ///< the id of the electronic health record, an ident of type XXX
    PersonName name;
    Sex sex = Sex::female;
    LocalDate birth;
    NumberKind number_kind = NumberKind::birth_number;
    std::string national_number;
    Address address;
    const User* doctor = nullptr;
    std::vector<Treatment> treatments;
    std::vector<LocalTime> visits;  ///< when the register was asked about the patient
};

/// How much a patient has to get; the rest is drawn.
struct PatientShape {
    std::size_t extra_treatments = 0;  ///< beside the ordinary one that each patient has
    std::size_t visits = 1;
};

/// The patient with this index. Equal arguments, equal patient, whatever was drawn before.
Patient draw_patient(
    Dice& dice,
    std::uint64_t seed,
    std::uint64_t index,
    const Organisation& organisation,
    const PatientShape& shape
);

}  // namespace sfmkit::client
