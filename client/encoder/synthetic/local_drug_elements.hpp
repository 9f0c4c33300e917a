#pragma once

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Organisation;

/// `LokaltLegemiddel`, `LokaltMagistreltLegemiddel`, `LokaltKosttilskudd`: what the practice added
/// to the national list of medicines.
void write_local_drugs(XmlWriter& xml, Dice& dice, const Organisation& organisation);

}  // namespace sfmkit::client
