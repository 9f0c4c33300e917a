#include "client/encoder/synthetic/drug_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/treatments.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <string>

namespace sfmkit::client {
namespace {

constexpr Code mixture_form{"173", "(ikke angitt)", "7448"};
constexpr Code mixture_type{"3", "PAR-SME", "(ukjent)", "Parenteral smerteblanding"};
constexpr Code fill_up_to{"1", "Ad."};

void write_drug_type(XmlWriter& xml, const words::Drug& drug, std::string_view name) {
    const std::string text = std::string(name) + " " + std::string(drug.form_and_strength);
    const std::string group_name = "Reseptgruppe " + std::string(drug.prescription_group);
    write_code(xml, "Atc", {drug.atc, drug.substance, "7180"});
    xml.element("NavnFormStyrke", text);
    write_code(xml, "Reseptgruppe", {drug.prescription_group, group_name});
    write_code(xml, "LegemiddelformKort", drug.form);
}

void write_plain_drug(
    XmlWriter& xml, Dice& dice, const words::Drug& drug, DrugForm form, std::string_view drug_id
) {
    if (form == DrugForm::substance) {
        const auto scope = xml.open("LegemiddelVirkestoff");
        write_drug_type(xml, drug, drug.substance);
        xml.element("Id", drug_id);
    } else if (form == DrugForm::package) {
        const auto scope = xml.open("Legemiddelpakning");
        write_drug_type(xml, drug, drug.name);
        xml.element("Id", drug_id);
        xml.element("Varenr", drug.item_number);
    } else {
        const bool names_substance = dice.percent(40);
        const auto scope = xml.open("LegemiddelMerkevare");
        write_drug_type(xml, drug, drug.name);
        xml.element("LegemiddelId", drug_id);
        xml.element("LegemiddelNavn", drug.name);
        if (names_substance) write_substance(xml, dice, drug);
    }
}

void write_part_amount(XmlWriter& xml, Dice& dice) {
    const bool fills_up = dice.percent(30);
    const std::string amount = std::to_string(dice.between(1, 20));
    if (fills_up) {
        const auto scope = xml.open("Utblanding");
        write_code(xml, "Adqs", fill_up_to);
        return;
    }
    const auto scope = xml.open("MengdeBestanddel");
    write_quantity(xml, "Mengde", amount, "ml");
}

void write_part_strength(XmlWriter& xml, Dice& dice) {
    const std::string strength = std::to_string(dice.between(1, 5));
    const auto scope = xml.open("Styrke");
    write_strength(xml, "Teller", strength, "mg");
    write_strength(xml, "Nevner", "1", "ml");
}

const words::Drug& part_number(std::uint64_t number) {
    const auto parts = words::mixture_parts();
    return parts[number % parts.size()];
}

void write_drug_part(XmlWriter& xml, Dice& dice, const words::Drug& drug) {
    const std::uint64_t kind = dice.below(4);
    const std::string id = dice.fest_id();
    const auto scope = xml.open("BestanddelLegemiddel");
    if (kind == 3) {
        xml.element("FreeTextMedicationId", id);
    } else {
        write_plain_drug(xml, dice, drug, static_cast<DrugForm>(kind), id);
    }
    write_part_amount(xml, dice);
}

void write_other_part(XmlWriter& xml, Dice& dice) {
    const bool has_strength = dice.percent(50);
    const auto scope = xml.open("BestanddelAnnet");
    xml.element("NavnFormStyrke", "Saltvann Tåkefjord Inf 9 mg/ml");
    if (has_strength) {
        write_part_strength(xml, dice);
    } else {
        write_part_amount(xml, dice);
    }
}

void write_substance_part(XmlWriter& xml, Dice& dice, const words::Drug& drug) {
    const bool has_strength = dice.percent(50);
    const std::string amount = std::to_string(dice.between(1, 20));
    const auto scope = xml.open("BestanddelVirkestoff");
    write_substance(xml, dice, drug);
    if (has_strength) {
        write_part_strength(xml, dice);
        return;
    }
    const auto part = xml.open("MengdeBestanddel");
    write_quantity(xml, "Mengde", amount, "ml");
}

}  // namespace

void write_drug(
    XmlWriter& xml, Dice& dice, const words::Drug& drug, DrugForm form, std::string_view drug_id
) {
    if (form == DrugForm::mixture) {
        write_mixture(xml, dice, drug.name);
    } else {
        write_plain_drug(xml, dice, drug, form, drug_id);
    }
}

void write_substance(XmlWriter& xml, Dice& dice, const words::Drug& drug) {
    const std::string id = dice.fest_id();
    const auto scope = xml.open("Virkestoff");
    xml.element("VirkestoffId", id);
    xml.element("VirkestoffNavn", drug.substance);
}

void write_mixture(XmlWriter& xml, Dice& dice, std::string_view name) {
    const std::string id = dice.fest_id();
    const std::string amount = std::to_string(50 * dice.between(1, 4));
    const std::uint64_t drugs = dice.below(3);
    const std::uint64_t substances = 1 + dice.below(2);
    const bool has_other_part = dice.percent(50);
    const auto scope = xml.open("Legemiddelblanding");
    xml.element("Id", id);
    write_code(xml, "Type", mixture_type);
    xml.element("Navn", std::string(name) + " blanding");
    xml.element("TilbOppl", "Blandes sterilt");
    write_strength(xml, "Mengde", amount, "ml");
    write_code(xml, "Legemiddelform", mixture_form);
    for (std::uint64_t i = 0; i < drugs; ++i) {
        write_drug_part(xml, dice, part_number(substances + i));
    }
    if (has_other_part) write_other_part(xml, dice);
    // Morphine first; no substance is in it twice.
    for (std::uint64_t i = 0; i < substances; ++i) write_substance_part(xml, dice, part_number(i));
}

}  // namespace sfmkit::client
