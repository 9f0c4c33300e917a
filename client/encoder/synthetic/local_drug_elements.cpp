#include "client/encoder/synthetic/local_drug_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/drug_elements.hpp"
#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/ownership.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

namespace sfmkit::client {
namespace {

constexpr Code unspecified_form{"173", "(ikke angitt)", "7448"};
constexpr Code gram{"g", "gram", "7452"};
constexpr Code medicine{"7", "Legemiddel"};
constexpr Code food_supplement{"8", "Kosttilskudd"};

LocalTime draw_time(Dice& dice, const Organisation& organisation) {
    const auto days = std::chrono::days(dice.between(10, 900));
    const auto milliseconds = std::chrono::milliseconds(dice.below(3'600'000));
    return on_database_grid(organisation.exported_at - days - milliseconds);
}

void write_ingredient(XmlWriter& xml, Dice& dice, const words::Drug& drug) {
    const std::string strength = std::to_string(dice.between(1, 80));
    const auto scope = xml.open("Virkestoff");
    write_substance(xml, dice, drug);
    const auto ratio = xml.open("Styrke");
    write_strength(xml, "Teller", strength, "mg");
    write_strength(xml, "Nevner", "1", "g");
}

void write_local_item(
    XmlWriter& xml, Dice& dice, const Organisation& organisation, const Code& kind
) {
    const words::Drug& drug = dice.from(words::drugs());
    const LocalTime updated = draw_time(dice, organisation);
    const bool has_texts = dice.percent(60);
    const bool has_code = dice.percent(50);
    const auto scope = xml.open("LokalVare");
    xml.element("Navn", std::string(drug.name) + " lokal");
    write_code(xml, "Form", unspecified_form);
    write_code(xml, "Forskrivningsenhet", gram);
    if (has_code) {
        const auto atc = xml.open("ATC");
        write_code(xml, "ATCKode", {drug.atc, drug.substance, "7180"});
    }
    xml.element("Produsent", dice.from(words::suppliers()));
    write_code(xml, "Reseptgruppe", {"C", "Reseptgruppe C"});
    write_ingredient(xml, dice, drug);
    if (has_texts) {
        xml.element("Indikasjon", "Når registrert vare ikke tåles");
        xml.element("Bruksomrade", drug.used_for);
        xml.element("ForenkletDoseringsveildening", "1 måleskje om kvelden");
    }
    xml.element("SistOppdatert", print_date_time(updated));
    write_code(xml, "PreparatType", kind);
    xml.element("Aktiv", dice.percent(30));
    write_owner(xml, dice, organisation);
}

void write_local_mixture(XmlWriter& xml, Dice& dice, const Organisation& organisation) {
    const std::string id = dice.guid();
    const LocalTime created = draw_time(dice, organisation);
    const auto scope = xml.open("LokaltMagistreltLegemiddel");
    xml.element("Id", id);
    xml.element("DatoOpprettet", print_date_time(created));
    write_mixture(xml, dice, "Magistrell smertepumpe nr. 9");
    xml.element("Aktiv", dice.percent(20));
    write_owner(xml, dice, organisation);
}

}  // namespace

void write_local_drugs(XmlWriter& xml, Dice& dice, const Organisation& organisation) {
    const std::uint64_t medicines = 2 + dice.below(6);
    const std::uint64_t mixtures = 2 + dice.below(8);
    const std::uint64_t supplements = 1 + dice.below(3);
    for (std::uint64_t i = 0; i < medicines; ++i) {
        const std::string id = dice.guid();
        const auto scope = xml.open("LokaltLegemiddel");
        xml.element("Id", id);
        write_local_item(xml, dice, organisation, medicine);
    }
    for (std::uint64_t i = 0; i < mixtures; ++i) write_local_mixture(xml, dice, organisation);
    for (std::uint64_t i = 0; i < supplements; ++i) {
        const std::string id = dice.guid();
        const auto scope = xml.open("LokaltKosttilskudd");
        xml.element("Id", id);
        write_local_item(xml, dice, organisation, food_supplement);
    }
}

}  // namespace sfmkit::client
