#include "client/encoder/synthetic/supply_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/word_lists.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <fmt/format.h>

#include <string>

namespace sfmkit::client {
namespace {

constexpr Code piece{"stk", "stykk", "7452"};
constexpr Code retail_price{"1", "Maksimal utsalgspris", "7453"};

void write_package(XmlWriter& xml, Dice& dice, const words::Supply& supply) {
    const std::string count = std::to_string(dice.between(1, 100));
    const auto scope = xml.open("ProduktInfoVare");
    xml.element("ProduktNr", "P" + std::string(supply.item_number));
    xml.element("Volum", supply.size);
    write_code(xml, "EnhetStorrelse", piece);
    xml.element("AntPerPakning", count);
    xml.element("RefVilkar", "Bare etter søknad");
    xml.element("TillattMerMakspris", dice.percent(20));
}

void write_supplier(XmlWriter& xml, Dice& dice) {
    const std::string_view name = dice.from(words::suppliers());
    const std::string_view street = dice.from(words::streets());
    const std::string telephone = dice.digits(8);
    const auto scope = xml.open("Leverandor");
    xml.element("Navn", name);
    xml.element("Adresse", street);
    xml.element("Telefon", telephone);
}

void write_price(XmlWriter& xml, Dice& dice, LocalDate day) {
    const std::int64_t crowns = dice.between(20, 2500);
    const auto scope = xml.open("PrisVare");
    write_code(xml, "Type", retail_price);
    {
        const auto price = xml.open("Pris");
        xml.attribute("V", fmt::format("{}.50", crowns));
        xml.attribute("U", "NOK");
    }
    xml.element("GyldigFraDato", print_date(day - std::chrono::days(90)));
    xml.element("GyldigTilDato", print_date(day + std::chrono::days(275)));
}

void write_reimbursement(XmlWriter& xml, const words::Supply& supply, LocalDate day) {
    const auto scope = xml.open("Refusjon");
    xml.element("RefRefusjonsgruppe", supply.group.value);
    xml.element("GyldigFraDato", print_date(day - std::chrono::days(400)));
    xml.element("ForskrivesTilDato", print_date(day + std::chrono::days(400)));
    xml.element("UtleveresTilDato", print_date(day + std::chrono::days(765)));
}

void write_goods(XmlWriter& xml, Dice& dice, const words::Supply& supply, LocalDate day) {
    const bool has_reimbursement = dice.percent(70);
    xml.element("Nr", supply.item_number);
    xml.element("Navn", supply.name);
    write_package(xml, dice, supply);
    write_supplier(xml, dice);
    write_price(xml, dice, day);
    if (has_reimbursement) write_reimbursement(xml, supply, day);
}

}  // namespace

void write_product(XmlWriter& xml, Dice& dice, const words::Supply& supply, LocalDate day) {
    switch (supply.kind) {
        case words::SupplyKind::nutrition: {
            const auto scope = xml.open("Naringsmiddel");
            write_goods(xml, dice, supply, day);
            const auto substance = xml.open("StyrkeFormStoff");
            xml.element("Styrke", supply.content);
            xml.element("Form", supply.form);
            xml.element("Stoff", supply.stuff);
            xml.element("Stoff", supply.other_stuff);
            return;
        }
        case words::SupplyKind::consumable: {
            const auto scope = xml.open("MedForbMatr");
            write_goods(xml, dice, supply, day);
            const auto part = xml.open("BestanddelMatr");
            xml.element("Navn", supply.content);
            xml.element("Materiale", supply.form);
            return;
        }
        case words::SupplyKind::prosthesis: {
            const auto scope = xml.open("Brystprotese");
            write_goods(xml, dice, supply, day);
            return;
        }
    }
}

}  // namespace sfmkit::client
