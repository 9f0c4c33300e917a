#pragma once

#include <span>

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Message;
struct Patient;

/// Writes `Behandlinger`: medicine, nutrition, consumables and vaccines, each group in the order
/// in which the patient has them.
void write_treatments(
    XmlWriter& xml, Dice& dice, const Patient& patient, std::span<const Message> messages
);

}  // namespace sfmkit::client
