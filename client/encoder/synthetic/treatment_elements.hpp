#pragma once

#include <span>

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Treatment;

/// Writes `Behandlinger`: medicine, nutrition, consumables and vaccines, each group in the order
/// given.
void write_treatments(XmlWriter& xml, Dice& dice, std::span<const Treatment> treatments);

}  // namespace sfmkit::client
