#pragma once

#include <span>
#include <string>

namespace sfmkit::client {

class Dice;
struct Message;
struct Organisation;
struct Patient;

/// The bytes of PatientData.xml.
std::string write_patient_document(
    Dice& dice,
    const Organisation& organisation,
    const Patient& patient,
    std::span<const Message> messages
);

}  // namespace sfmkit::client
