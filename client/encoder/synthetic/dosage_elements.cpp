#include "client/encoder/synthetic/dosage_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/treatments.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <array>

namespace sfmkit::client {
namespace {

constexpr std::string_view one_day = "Døgn";
constexpr std::string_view one_hour = "Time";

constexpr std::array<Code, 7> weekdays{{
    {"1", "Mandag"},
    {"2", "Tirsdag"},
    {"3", "Onsdag"},
    {"4", "Torsdag"},
    {"5", "Fredag"},
    {"6", "Lørdag"},
    {"7", "Søndag"},
}};
void write_date(XmlWriter& xml, std::string_view element, LocalDate date) {
    const auto scope = xml.open(element);
    xml.attribute("V", print_date(date));
}

void write_infusion(XmlWriter& xml, std::string_view millilitres) {
    const auto scope = xml.open("Infusjonshastighet");
    write_quantity(xml, "Volum", millilitres, "ml");
    write_code(xml, "Tidsenhet", {"t", "Time"});
}

void write_days(XmlWriter& xml, words::DoseDays days) {
    if (days == words::DoseDays::every) return;
    const auto scope = xml.open("FastDose");
    if (days == words::DoseDays::three_weeks_of_four) {
        xml.element("DagerPa", "21");
        xml.element("DagerAv", "7");
        return;
    }
    const std::size_t count = days == words::DoseDays::mondays ? 1 : weekdays.size();
    for (std::size_t day = 0; day < count; day += 2) {
        write_code(xml, "FasteUkedager", weekdays[day]);
    }
}

void write_fixed_dose(
    XmlWriter& xml, const Order& order, const words::TimeOfDay& time, bool is_exact
) {
    const words::Dosage& dosage = *order.dosage;
    const auto scope = xml.open("DoseFastTidspunkt");
    write_quantity(xml, "Mengde", dosage.amount, order.drug->dose_unit);
    write_quantity(xml, "Intervall", "1", one_day);
    if (!dosage.infusion.empty()) write_infusion(xml, dosage.infusion);
    if (is_exact) xml.element("Klokkeslett", time.clock);
    write_code(xml, "Tidsomrade", time.code);
    xml.element("GisEksakt", is_exact);
    write_days(xml, dosage.days);
}

void write_single_dose(XmlWriter& xml, const Order& order) {
    const auto scope = xml.open("DoseFastTidspunkt");
    write_quantity(xml, "Mengde", order.dosage->amount, order.drug->dose_unit);
    xml.element("GisEksakt", false);
}

void write_dose_as_needed(XmlWriter& xml, const Order& order, const words::Limits& limits) {
    const std::string_view unit = order.drug->dose_unit;
    const auto scope = xml.open("DoseEtterBehov");
    write_quantity(xml, "Mengde", order.dosage->amount, unit);
    write_quantity(xml, "DoseDognMaks", limits.most_in_day, unit);
    write_quantity(xml, "DoseTidsromMaks", limits.most_in_period, unit);
    write_quantity(xml, "Tidsrom", limits.period_hours, one_hour);
    write_quantity(xml, "DoseIntervallMin", limits.pause_hours, one_hour);
}

}  // namespace

std::string dosage_text(const Order& order) {
    std::string amount(order.dosage->amount);
    const std::size_t point = amount.find('.');
    if (point != std::string::npos) amount[point] = ',';
    return amount + " " + std::string(order.drug->dose_unit) + std::string(order.dosage->text);
}

void write_dosage(XmlWriter& xml, Dice& dice, const Order& order, LocalDate start) {
    const words::Dosage& dosage = *order.dosage;
    const bool is_exact = dice.percent(15);
    const auto scope = xml.open("Dosering");
    write_date(xml, "Starttidspunkt", start);
    if (dosage.course_days > 0) {
        write_date(xml, "Sluttidspunkt", start + std::chrono::days(dosage.course_days));
    }
    if (dosage.by_blood_test) {
        const auto rule = xml.open("Doseringsregel");
        write_code(xml, "DoseresEtter", {"1", "INR-måling"});
        xml.element("Merknad", "Etter skriftlig plan");
    }
    if (dosage.as_needed) {
        write_dose_as_needed(xml, order, *dosage.as_needed);
        return;
    }
    if (dosage.times.empty()) write_single_dose(xml, order);
    for (const words::TimeOfDay& time : dosage.times) {
        write_fixed_dose(xml, order, time, is_exact);
    }
}

}  // namespace sfmkit::client
