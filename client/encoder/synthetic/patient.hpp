#pragma once

#include "client/encoder/synthetic/coded_values.hpp"
#include "client/encoder/synthetic/export_shape.hpp"
#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/people.hpp"
#include "client/encoder/synthetic/treatments.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::client {

/// A review of all medicines, after which the list goes to the register as ERM251.
struct Review {
    LocalTime time;
    const User* doctor = nullptr;
    std::string message_id;    ///< of that ERM251
    bool is_approval = false;  ///< VibGodkjenning, otherwise RegistrertLegemiddelgjennomgang
};

/// An application for individual reimbursement at Helfo.
struct ReimbursementApplication {
    LocalTime time;
    const User* doctor = nullptr;
    std::string drug_id;     ///< FEST id
    std::string message_id;  ///< of the ERM2; empty for a draft
    bool is_answered = false;
    bool is_granted = false;
    bool is_deleted = false;

    bool is_draft() const noexcept { return message_id.empty(); }
    const Code& decision() const noexcept { return is_granted ? codes::granted : codes::refused; }
};

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
    std::string telephone;  ///< `tel:…`, or empty
    bool tells_nationality = false;
    /// Medicines that the patient does not tolerate, and therefore is not given.
    std::vector<const words::Drug*> not_tolerated;
    const User* doctor = nullptr;
    std::vector<Treatment> treatments;
    std::vector<LocalTime> visits;  ///< when the register was asked about the patient
    std::vector<Review> reviews;    ///< in the order of time
    std::optional<ReimbursementApplication> application;
    std::optional<LocalTime> multidose_since;  ///< medicines come packed by dose since then
    std::string history;                       ///< an HTML document, or empty
    std::size_t remark_repeats = 1;            ///< how often each remark says the same
    bool has_empty_lists = false;              ///< lists are there and hold nothing
};

/// No medicine that the patient does not tolerate was registered as such before that day.
LocalDate first_warning_day(const Organisation& organisation);

/// What a doctor remarks about the patient.
std::string draw_remark(Dice& dice, const Patient& patient);

/// How much a patient has to get; the rest is drawn.
struct PatientShape {
    const ExportShape& of_export;
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
