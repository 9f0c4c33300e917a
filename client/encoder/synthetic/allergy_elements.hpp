#pragma once

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Organisation;
struct Patient;
namespace words {
struct Drug;
}

/// Writes one `Legemiddelreaksjon`: a structured warning about a medicine or substance.
void write_allergy(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const Patient& patient,
    const words::Drug& drug
);

}  // namespace sfmkit::client
