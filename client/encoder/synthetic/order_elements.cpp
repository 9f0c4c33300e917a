#include "client/encoder/synthetic/order_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/dosage_elements.hpp"
#include "client/encoder/synthetic/drug_elements.hpp"
#include "client/encoder/synthetic/supply_elements.hpp"
#include "client/encoder/synthetic/treatments.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <array>

namespace sfmkit::client {
namespace {

constexpr Code medicine{"L", "Legemiddel"};
constexpr Code supplies{"A", "Handelsvare"};
constexpr Code permanent_use{"1", "Fast"};
constexpr Code course_use{"2", "Kur"};
constexpr Code needed_use{"3", "Ved behov"};
constexpr Code vaccine_use{"4", "Vaksine"};
constexpr Code no_substitution{"1", "Reservasjon mot generisk bytte"};
constexpr std::array<Code, 2> legal_bases{{
    {"200", "§2", "7427"},
    {"300", "§3", "7427"},
}};
constexpr Code with_food{"1", "Tas sammen med mat", "7446"};

bool is_vaccine(const words::Drug& drug) {
    return drug.atc.starts_with("J07");
}

const Code& use_of(const Order& order) {
    if (is_vaccine(*order.drug)) return vaccine_use;
    if (order.dosage->as_needed) return needed_use;
    return order.dosage->course_days > 0 ? course_use : permanent_use;
}

void write_administration(XmlWriter& xml) {
    const auto scope = xml.open("AdministreringForskrivning");
    write_code(xml, "AdmVed", {"1", "Hjemmesykepleie"});
    write_code(xml, "AdmMate", {"2", "Observert inntak"});
    xml.element("AdmEtterSkjema", true);
    xml.element("AdmSkjema", "Skjema for gradvis økning");
}

void write_precaution(XmlWriter& xml, Dice& dice) {
    const bool is_coded = dice.percent(50);
    const auto scope = xml.open("Forholdsregelvedinntak");
    if (is_coded) {
        write_code(xml, "Kodet", with_food);
    } else {
        xml.element("Tekst", "Tas med rikelig vann, stående.");
    }
}

void write_prescribing(
    XmlWriter& xml,
    Dice& dice,
    const Order& order,
    LocalDate start,
    const OrderNamespaces& namespaces
) {
    const bool has_administration = dice.percent(5) && !is_vaccine(*order.drug);
    const bool has_precaution = dice.percent(8) && order.drug->is_swallowed;
    const Code& short_form = order.dosage->short_form;
    const auto scope = xml.open("Forskrivning");
    if (!namespaces.prescribing.empty()) xml.attribute("xmlns", namespaces.prescribing);
    xml.element("Bruksomrade", order.drug->used_for);
    xml.element("DosVeiledEnkel", dosage_text(order));
    xml.element("IngenKombinasjon", false);
    write_code(xml, "Bruk", use_of(order));
    if (!short_form.value.empty()) write_code(xml, "Kortdose", short_form);
    if (has_administration) write_administration(xml);
    write_dosage(xml, dice, order, start);
    write_drug(xml, dice, *order.drug, order.form, order.drug_id);
    if (has_precaution) write_precaution(xml, dice);
}

// A medicine that may not be sold in Norway needs a reason each time.
void write_exemption(XmlWriter& xml, Dice& dice) {
    const bool is_sent_directly = dice.percent(50);
    const auto scope = xml.open("LegemiddelUtenMt");
    xml.element("Begrunnelse", "Registrert alternativ tåles ikke.");
    xml.element("Produsent", dice.from(words::suppliers()));
    xml.element("DirektesoknadSlv", is_sent_directly);
}

}  // namespace

void write_drug_order(
    XmlWriter& xml, const Order& order, LocalDate start, const OrderNamespaces& namespaces
) {
    // The same details wherever the order is written.
    Dice dice(order.details_seed);
    const bool by_package = order.form == DrugForm::package;
    const bool has_remark = dice.percent(10);
    const bool is_refunded = dice.percent(35) && !order.drug->diagnosis.value.empty();
    const bool is_reserved = dice.percent(10);
    const auto scope = xml.open("ReseptDokLegemiddel");
    if (!namespaces.document.empty()) xml.attribute("xmlns", namespaces.document);
    write_code(xml, "Varegruppekode", medicine);
    if (by_package) xml.element("Antall", order.amount);
    if (has_remark) xml.element("Merknad", dice.from(words::remarks()));
    if (is_refunded) {
        write_code(xml, "RefHjemmel", dice.from(std::span<const Code>(legal_bases)));
    }
    const bool is_helped = has_remark && order.drug->is_swallowed;
    if (is_helped) xml.element("KomLegemdlAdm", "Trenger hjelp til å svelge.");
    if (is_refunded) write_code(xml, "RefKode", order.drug->diagnosis);
    xml.element("Reiterasjon", std::to_string(order.repeats));
    if (is_reserved) write_code(xml, "BytteresRekvirent", no_substitution);
    if (!by_package) write_quantity(xml, "Mengde", order.amount, order.drug->amount_unit);
    if (order.needs_exemption) write_exemption(xml, dice);
    write_prescribing(xml, dice, order, start, namespaces);
}

void write_supply_order(XmlWriter& xml, const Order& order, LocalDate start) {
    Dice dice(order.details_seed);
    const bool has_remark = dice.percent(20);
    const bool names_product = dice.percent(60);
    const auto scope = xml.open("ReseptDokHandelsvare");
    write_code(xml, "Varegruppekode", supplies);
    xml.element("Antall", order.amount);
    if (has_remark) xml.element("Merknad", dice.from(words::remarks()));
    write_code(xml, "RefHjemmel", order.supply->legal_basis);
    xml.element("Bruksveiledning", "Ikke oppgitt");
    write_code(xml, "ProdGruppe", order.supply->group);
    if (names_product) write_product(xml, dice, *order.supply, start);
}

}  // namespace sfmkit::client
