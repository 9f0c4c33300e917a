#pragma once

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Prescription;

/// Writes one `Prescription` for each version, the last one active.
void write_prescription(XmlWriter& xml, Dice& dice, const Prescription& prescription);

/// Writes the `Seponering` of a prescription that was stopped.
void write_stop(XmlWriter& xml, const Prescription& prescription);

}  // namespace sfmkit::client
