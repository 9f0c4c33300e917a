#pragma once

#include "client/encoder/synthetic/norwegian_time.hpp"

namespace sfmkit::client {

class Dice;
class XmlWriter;
namespace words {
struct Supply;
}

/// Writes the product of an order of supplies: `Naringsmiddel`, `MedForbMatr` or `Brystprotese`,
/// with package, supplier, prices valid around that day, and reimbursement.
void write_product(XmlWriter& xml, Dice& dice, const words::Supply& supply, LocalDate day);

}  // namespace sfmkit::client
