#pragma once

#include <cstdint>
#include <string_view>

namespace sfmkit::client {

class Dice;
class XmlWriter;
enum class DrugForm : std::uint8_t;
namespace words {
struct Drug;
}

/// Writes the drug of a prescription: `LegemiddelVirkestoff`, `Legemiddelpakning`,
/// `LegemiddelMerkevare` or `Legemiddelblanding`. drug_id: its FEST id.
void write_drug(
    XmlWriter& xml, Dice& dice, const words::Drug& drug, DrugForm form, std::string_view drug_id
);

/// `<Virkestoff><VirkestoffId>…</VirkestoffId><VirkestoffNavn>…`
void write_substance(XmlWriter& xml, Dice& dice, const words::Drug& drug);

/// `Legemiddelblanding`: a mixture that a pharmacy makes, of one to five parts.
void write_mixture(XmlWriter& xml, Dice& dice, std::string_view name);

}  // namespace sfmkit::client
