#include "client/encoder/synthetic/template_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/order_elements.hpp"
#include "client/encoder/synthetic/ownership.hpp"
#include "client/encoder/synthetic/treatments.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <fmt/format.h>

#include <array>

namespace sfmkit::client {
namespace {

constexpr std::array<TreatmentKind, 4> template_kinds{
    TreatmentKind::medicine,
    TreatmentKind::medicine,
    TreatmentKind::nutrition,
    TreatmentKind::consumable
};

std::string name_of(const Order& order) {
    return "Mal: " + std::string(order.drug ? order.drug->name : order.supply->name);
}

void write_order(XmlWriter& xml, const Order& order, LocalDate day) {
    if (order.drug) {
        write_drug_order(xml, order, day);
    } else {
        write_supply_order(xml, order, day);
    }
}

void write_template(
    XmlWriter& xml, const Organisation& organisation, const PrescriptionTemplate& planned
) {
    Dice dice(planned.details_seed);
    const TreatmentKind kind = dice.from(std::span<const TreatmentKind>(template_kinds));
    const LocalTime updated = organisation.exported_at - std::chrono::days(dice.between(1, 200));
    OrderWish wish;
    wish.kind = kind;
    const Order order = draw_order(dice, wish, date_of(updated));
    const bool has_texts = dice.percent(50);
    const auto scope = xml.open("Mal");
    xml.element("Id", planned.id);
    xml.element("Navn", name_of(order));
    write_owner(xml, dice, organisation);
    xml.element("ForskrivningsType", "eRp");
    xml.element("SoktIndividRefusjon", false);
    xml.element("Vergeinnsynsreservasjon", false);
    xml.element("TilEgenPraksis", dice.percent(10));
    xml.element("RekvLegensNavn", dice.percent(10));
    if (has_texts) xml.element("RefNr", dice.digits(6));
    xml.element("OppdatertFest", print_date_time(updated));
    xml.element("LastResept", false);
    if (has_texts) {
        const auto indication = xml.open("Indikasjon");
        xml.element("Indikasjon", "Som avtalt på årskontroll");
    }
    write_order(xml, order, date_of(updated));
    if (!has_texts) return;
    xml.element("ForholdsregelVedInntak", "Brukes som avtalt.");
    xml.element("BegrunnelseReservasjonGeneriskBytte", "Tåler ikke annet merke.");
}

void write_limits(XmlWriter& xml, Dice& dice) {
    const std::int64_t lower = dice.between(40, 90);
    const std::int64_t upper = lower + dice.between(10, 60);
    xml.element("OvreGrense", fmt::format("{}.5", upper));
    xml.element("NedreGrense", std::to_string(lower));
    write_code(xml, "Enhet", {"kg", "kilogram", "7452"});
}

}  // namespace

std::vector<PrescriptionTemplate> draw_templates(Dice& dice) {
    std::vector<PrescriptionTemplate> templates(3 + dice.below(6));
    for (PrescriptionTemplate& planned : templates) {
        planned.id = dice.guid();
        planned.details_seed = dice.seed();
    }
    return templates;
}

void write_templates(
    XmlWriter& xml,
    const Organisation& organisation,
    const std::vector<PrescriptionTemplate>& templates
) {
    const auto scope = xml.open("ForskrivningsMaler");
    for (const PrescriptionTemplate& planned : templates) {
        write_template(xml, organisation, planned);
    }
}

void write_protocols(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const std::vector<PrescriptionTemplate>& templates
) {
    const std::uint64_t count = 1 + dice.below(2);
    const auto scope = xml.open("Protokoller");
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string id = dice.guid();
        const LocalTime created =
            organisation.exported_at - std::chrono::days(dice.between(50, 900));
        const bool has_limits = dice.percent(70);
        const auto protocol = xml.open("Protokoll");
        xml.element("Id", id);
        xml.element("Name", "Kur etter Blåveis-protokollen");
        xml.element("Description", "Oppstart, opptrapping og vedlikehold");
        xml.element("Created", print_date_time(created));
        write_owner(xml, dice, organisation);
        write_code(xml, "Diagnosekode", {"C50", "Ondartet svulst i bryst", "7435"});
        write_code(xml, "Behandlingsfase", {"1", "Oppstart", "9201"});
        write_code(xml, "Oppmerksomhet", {"2", "Sjekk nyrefunksjon", "9202"});
        write_code(xml, "DoseresEtter", {"1", "Kroppsvekt"});
        if (has_limits) write_limits(xml, dice);
        for (const PrescriptionTemplate& planned : templates) {
            const auto member = xml.open("Maler");
            xml.element("MalId", planned.id);
        }
    }
}

}  // namespace sfmkit::client
