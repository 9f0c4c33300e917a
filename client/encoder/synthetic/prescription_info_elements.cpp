#include "client/encoder/synthetic/prescription_info_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/identity_numbers.hpp"
#include "client/encoder/synthetic/order_elements.hpp"
#include "client/encoder/synthetic/people.hpp"
#include "client/encoder/synthetic/treatments.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <array>

namespace sfmkit::client {
namespace {

constexpr Code general_practice{"21", "Allmennmedisin", "7426"};
constexpr std::array<std::string_view, 4> delivery_modes{
    "Dosett", "Multidose", "NeitherPlo", "NeitherPatient"
};

bool is_of_age(const Order& order, LocalDate day, std::int64_t from, std::int64_t to) {
    if (!order.taker) return false;
    const std::int64_t age = age_on(order.taker->birth, day);
    return from <= age && age <= to;
}

// A wish about where and how the medicine is handed out.
void write_dispensing_request(XmlWriter& xml, Dice& dice) {
    const std::string_view supplier = dice.from(words::suppliers());
    const std::string organisation_number = draw_organisation_number(dice);
    const words::City& city = dice.from(words::cities());
    const auto scope = xml.open("EkspAnm");
    xml.element("Vilkar", dice.percent(50));
    write_code(xml, "MetodeEkspedering", {"1", "Hentes på apotek"});
    xml.element("Utleverer", "Apotek");
    xml.element("Kontaktperson", "Vakthavende farmasøyt");
    {
        const auto address = xml.open("Adresse");
        write_code(xml, "Type", codes::visiting_address);
        xml.element("StreetAdr", dice.from(words::streets()));
        xml.element("PostalCode", city.postal_code);
        xml.element("City", city.name);
    }
    xml.element("Merknad", "Ring når varen er klar.");
    xml.element("OrgNrUtleverer", organisation_number);
    xml.element("UtlevererNavn", supplier);
}

// What both kinds share.
void write_common_info(
    XmlWriter& xml, Dice& dice, const Order& order, const PrescriptionInfo& info
) {
    using namespace std::chrono_literals;
    const LocalTime medicine_list_updated = info.written_on - std::chrono::days(6) + 11h + 37s;
    const bool has_flags = dice.percent(20);
    const bool has_reference = dice.percent(10);
    const bool has_request = dice.percent(6);
    const bool has_earliest_day = dice.percent(25);
    xml.element("Id", info.id);
    xml.element("Forskrivningsdato", print_zoned_date(info.written_on));
    write_code(xml, "ForskrivningsType", code_of(info.state));
    xml.element("Utloper", print_zoned_date(info.expires_on));
    if (has_flags) {
        xml.element("Vernepliktig", dice.percent(20) && is_of_age(order, info.written_on, 19, 28));
        xml.element("SoktIndividRefusjon", dice.percent(30));
        xml.element("Frikort", dice.percent(30));
        xml.element("Vergeinnsynsreservasjon", dice.percent(10));
        xml.element("TilEgenPraksis", false);
        xml.element("RekvLegensNavn", dice.percent(10));
    }
    if (has_reference) {
        xml.element("RefNr", dice.digits(6));
        write_code(xml, "Spesialitet", general_practice);
    }
    if (has_request) write_dispensing_request(xml, dice);
    xml.element("OppdatertFest", print_date_time(medicine_list_updated));
    if (has_earliest_day) xml.element("TidligsteUtlevering", print_date(info.written_on));
    if (has_flags) xml.element("UtskrevetSykehus", dice.percent(30));
    xml.element("LastResept", false);
}

void write_indication(XmlWriter& xml, Dice& dice, const words::Drug& drug) {
    const bool has_diagnosis = dice.percent(60) && !drug.diagnosis.value.empty();
    const auto scope = xml.open("Indikasjon");
    xml.element("Indikasjon", "Etter vurdering, jf. journal");
    if (has_diagnosis) write_code(xml, "Diagnose", drug.diagnosis);
}

// The control of how blood clots, which goes with some medicines.
void write_coagulation(XmlWriter& xml, LocalDate day) {
    const auto scope = xml.open("AkInformasjon");
    xml.element("Inr", "2.4");
    xml.element("DatoInrKontroll", print_date(day - std::chrono::days(3)));
    xml.element("InrMinimum", "2.0");
    xml.element("InrMaximum", "3.0");
    xml.element("DatoNesteInrKontroll", print_date(day + std::chrono::days(25)));
    xml.element("Kommentar", "Stabil. Kontroll hver fjerde uke på Øyværet.");
    xml.element("DatoDosekontroll", print_date(day + std::chrono::days(25)));
}

void write_medicine_reasons(XmlWriter& xml, Dice& dice, const Order& order, LocalDate day) {
    const bool is_change = dice.percent(8);
    const bool has_precaution = dice.percent(8) && order.drug->is_swallowed;
    const bool may_be_infertile =
        order.taker && order.taker->sex == Sex::female && is_of_age(order, day, 50, 200);
    if (has_precaution) xml.element("ForholdsregelVedInntak", "Skal ikke tas sammen med alkohol.");
    if (dice.percent(8)) {
        xml.element(
            "BegrunnelseReservasjonGeneriskBytte", "Reagerer på fargestoff i kopipreparat."
        );
    }
    if (dice.percent(6))
        xml.element("BegrunnelseCaveOverstyring", "Advarselen gjelder et annet virkestoff.");
    if (is_change) xml.element("ReasonForChange", "Endret dose etter kontroll");
    xml.element("ConfirmedIsNotFertile", dice.percent(30) && may_be_infertile);
    if (order.form == DrugForm::mixture) xml.element("PreparationId", order.drug_id);
    if (dice.percent(3)) xml.element("FreeetextMedicationId", order.drug_id);
}

}  // namespace

void write_prescription_info(XmlWriter& xml, const Order& order, const PrescriptionInfo& info) {
    // The draft and what became of it tell the same.
    Dice dice(order.info_seed);
    if (order.supply) {
        const auto scope = xml.open("HandelsvareForskrivningsInfo");
        write_common_info(xml, dice, order, info);
        write_supply_order(xml, order, info.written_on);
        return;
    }
    const bool has_indication = dice.percent(20);
    const bool is_dosed = order.drug->is_swallowed && !order.dosage->as_needed;
    const bool has_delivery_mode = dice.percent(10) && is_dosed;
    const auto scope = xml.open("LegemiddelForskrivningsInfo");
    write_common_info(xml, dice, order, info);
    if (has_indication) write_indication(xml, dice, *order.drug);
    write_drug_order(xml, order, info.written_on);
    if (order.dosage->by_blood_test) write_coagulation(xml, info.written_on);
    write_medicine_reasons(xml, dice, order, info.written_on);
    const std::string_view mode = dice.from(std::span<const std::string_view>(delivery_modes));
    xml.element("DeliveryMode", has_delivery_mode ? mode : "Undefined");
}

}  // namespace sfmkit::client
