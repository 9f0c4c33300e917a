#pragma once

#include "client/encoder/synthetic/norwegian_time.hpp"

#include <string>

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Order;

/// `DosVeiledEnkel`: the dosage in words.
std::string dosage_text(const Order& order);

/// Writes one `Dosering`: doses at fixed times, or as needed.
void write_dosage(XmlWriter& xml, Dice& dice, const Order& order, LocalDate start);

}  // namespace sfmkit::client
