#include "client/encoder/synthetic/order_elements.hpp"

#include "client/encoder/synthetic/treatments.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

namespace sfmkit::client {
namespace {

constexpr Code medicine{"L", "Legemiddel"};
constexpr Code supplies{"A", "Handelsvare"};
constexpr Code permanent_use{"1", "Fast"};
constexpr Code vaccine_use{"4", "Vaksine"};
constexpr std::string_view one_day = "Døgn";

bool is_vaccine(const words::Drug& drug) {
    return drug.atc.starts_with("J07");
}

void write_drug_name(XmlWriter& xml, const words::Drug& drug, std::string_view name) {
    const std::string group_name = "Reseptgruppe " + std::string(drug.prescription_group);
    write_code(xml, "Atc", {drug.atc, drug.substance, "7180"});
    xml.element("NavnFormStyrke", std::string(name) + " " + std::string(drug.form_and_strength));
    write_code(xml, "Reseptgruppe", {drug.prescription_group, group_name});
    write_code(xml, "LegemiddelformKort", drug.form);
}

void write_drug(XmlWriter& xml, const Order& order) {
    const words::Drug& drug = *order.drug;
    switch (order.form) {
        case DrugForm::substance: {
            const auto scope = xml.open("LegemiddelVirkestoff");
            write_drug_name(xml, drug, drug.substance);
            xml.element("Id", order.drug_id);
            return;
        }
        case DrugForm::package: {
            const auto scope = xml.open("Legemiddelpakning");
            write_drug_name(xml, drug, drug.name);
            xml.element("Id", order.drug_id);
            xml.element("Varenr", drug.item_number);
            return;
        }
        case DrugForm::brand: {
            const auto scope = xml.open("LegemiddelMerkevare");
            write_drug_name(xml, drug, drug.name);
            xml.element("LegemiddelId", order.drug_id);
            xml.element("LegemiddelNavn", drug.name);
            return;
        }
    }
}

void write_dosage(XmlWriter& xml, const Order& order, LocalDate start) {
    const auto scope = xml.open("Dosering");
    {
        const auto begin = xml.open("Starttidspunkt");
        xml.attribute("V", print_date(start));
    }
    for (const Code& time : order.dosage->times) {
        const auto dose = xml.open("DoseFastTidspunkt");
        write_quantity(xml, "Mengde", order.dosage->amount, order.drug->dose_unit);
        write_quantity(xml, "Intervall", "1", one_day);
        write_code(xml, "Tidsomrade", time);
        xml.element("GisEksakt", false);
    }
}

std::string dosage_text(const Order& order) {
    std::string amount(order.dosage->amount);
    const std::size_t point = amount.find('.');
    if (point != std::string::npos) amount[point] = ',';
    return amount + " " + std::string(order.drug->dose_unit) + std::string(order.dosage->text);
}

void write_prescribing(
    XmlWriter& xml, const Order& order, LocalDate start, const OrderNamespaces& namespaces
) {
    const auto scope = xml.open("Forskrivning");
    if (!namespaces.prescribing.empty()) xml.attribute("xmlns", namespaces.prescribing);
    xml.element("Bruksomrade", order.drug->used_for);
    xml.element("DosVeiledEnkel", dosage_text(order));
    xml.element("IngenKombinasjon", false);
    write_code(xml, "Bruk", is_vaccine(*order.drug) ? vaccine_use : permanent_use);
    write_code(xml, "Kortdose", order.dosage->short_form);
    write_dosage(xml, order, start);
    write_drug(xml, order);
}

}  // namespace

void write_drug_order(
    XmlWriter& xml, const Order& order, LocalDate start, const OrderNamespaces& namespaces
) {
    const auto scope = xml.open("ReseptDokLegemiddel");
    if (!namespaces.document.empty()) xml.attribute("xmlns", namespaces.document);
    const bool by_package = order.form == DrugForm::package;
    write_code(xml, "Varegruppekode", medicine);
    if (by_package) xml.element("Antall", order.amount);
    xml.element("Reiterasjon", std::to_string(order.repeats));
    if (!by_package) write_quantity(xml, "Mengde", order.amount, order.drug->amount_unit);
    write_prescribing(xml, order, start, namespaces);
}

void write_supply_order(XmlWriter& xml, const Order& order) {
    const auto scope = xml.open("ReseptDokHandelsvare");
    write_code(xml, "Varegruppekode", supplies);
    xml.element("Antall", order.amount);
    write_code(xml, "RefHjemmel", order.supply->legal_basis);
    xml.element("Bruksveiledning", "Ikke oppgitt");
    write_code(xml, "ProdGruppe", order.supply->group);
}

}  // namespace sfmkit::client
