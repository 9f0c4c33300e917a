#pragma once

namespace sfmkit::client {

class Dice;
class XmlWriter;
struct Organisation;

/// `BrukerId` or `InstitusjonsId`: a template, protocol or local medicine belongs to one doctor or
/// to the whole practice.
void write_owner(XmlWriter& xml, Dice& dice, const Organisation& organisation);

}  // namespace sfmkit::client
