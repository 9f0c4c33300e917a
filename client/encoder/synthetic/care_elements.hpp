#pragma once

#include <span>

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Message;
struct Organisation;
struct Patient;

/// `Fastlege`, `MultidoseAnsvarligLege`, `PLOInformasjon`: who cares for the patient.
void write_carers(
    XmlWriter& xml, Dice& dice, const Organisation& organisation, const Patient& patient
);

/// From `EkspederingsAnmodningKommentar` to `VibGodkjenninger`: what follows the treatments.
void write_care(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const Patient& patient,
    std::span<const Message> messages
);

}  // namespace sfmkit::client
