#pragma once

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Organisation;
struct Patient;

/// Writes one `Legemiddelreaksjon`: a structured warning about a medicine or substance.
void write_allergy(
    XmlWriter& xml, Dice& dice, const Organisation& organisation, const Patient& patient
);

}  // namespace sfmkit::client
