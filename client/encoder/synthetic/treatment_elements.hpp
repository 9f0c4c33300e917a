#pragma once

#include <span>

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Message;
struct Patient;

/// Writes `Behandlinger`: medicine, nutrition, consumables and vaccines, each group in the order
/// in which the patient has them. Nothing when there is no treatment.
void write_treatments(
    XmlWriter& xml, Dice& dice, const Patient& patient, std::span<const Message> messages
);

}  // namespace sfmkit::client
