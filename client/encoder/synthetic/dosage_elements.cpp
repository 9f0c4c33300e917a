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
constexpr std::array<std::string_view, 4> clock_times{
    "08:00:00", "12:30:00", "18:00:00", "22:15:00"
};

void write_date(XmlWriter& xml, std::string_view element, LocalDate date) {
    const auto scope = xml.open(element);
    xml.attribute("V", print_date(date));
}

void write_infusion(XmlWriter& xml) {
    const auto scope = xml.open("Infusjonshastighet");
    write_quantity(xml, "Volum", "25", "ml");
    write_code(xml, "Tidsenhet", {"t", "Time"});
}

// Certain days of the week, or some days on and some off.
void write_days(XmlWriter& xml, Dice& dice) {
    const bool by_weekday = dice.percent(50);
    const auto scope = xml.open("FastDose");
    if (by_weekday) {
        for (std::size_t day = 0; day < weekdays.size(); day += 2) {
            write_code(xml, "FasteUkedager", weekdays[day]);
        }
        return;
    }
    xml.element("DagerPa", std::to_string(dice.between(1, 21)));
    xml.element("DagerAv", std::to_string(dice.between(1, 7)));
}

void write_fixed_dose(XmlWriter& xml, Dice& dice, const Order& order, const Code& time_of_day) {
    const bool is_exact = dice.percent(15);
    const bool has_days = dice.percent(10);
    const bool is_infusion = dice.percent(3);
    const std::string_view clock = dice.from(std::span<const std::string_view>(clock_times));
    const auto scope = xml.open("DoseFastTidspunkt");
    write_quantity(xml, "Mengde", order.dosage->amount, order.drug->dose_unit);
    write_quantity(xml, "Intervall", "1", one_day);
    if (is_infusion) write_infusion(xml);
    if (is_exact) xml.element("Klokkeslett", clock);
    write_code(xml, "Tidsomrade", time_of_day);
    xml.element("GisEksakt", is_exact);
    if (has_days) write_days(xml, dice);
}

void write_dose_as_needed(XmlWriter& xml, Dice& dice, const Order& order) {
    const std::string most = std::to_string(dice.between(3, 8));
    const auto scope = xml.open("DoseEtterBehov");
    write_quantity(xml, "Mengde", order.dosage->amount, order.drug->dose_unit);
    write_quantity(xml, "DoseDognMaks", most, order.drug->dose_unit);
    write_quantity(xml, "DoseTidsromMaks", "2", order.drug->dose_unit);
    write_quantity(xml, "Tidsrom", "12", one_hour);
    write_quantity(xml, "DoseIntervallMin", "4", one_hour);
}

}  // namespace

std::string dosage_text(const Order& order) {
    std::string amount(order.dosage->amount);
    const std::size_t point = amount.find('.');
    if (point != std::string::npos) amount[point] = ',';
    return amount + " " + std::string(order.drug->dose_unit) + std::string(order.dosage->text);
}

void write_dosage(XmlWriter& xml, Dice& dice, const Order& order, LocalDate start) {
    const bool has_end = dice.percent(15);
    const auto days = std::chrono::days(dice.between(5, 200));
    const bool has_rule = dice.percent(8);
    const bool as_needed = dice.percent(12);
    const auto scope = xml.open("Dosering");
    write_date(xml, "Starttidspunkt", start);
    if (has_end) write_date(xml, "Sluttidspunkt", start + days);
    if (has_rule) {
        const auto rule = xml.open("Doseringsregel");
        write_code(xml, "DoseresEtter", {"1", "INR-måling"});
        xml.element("Merknad", "Etter skriftlig plan");
    }
    if (as_needed) {
        write_dose_as_needed(xml, dice, order);
        return;
    }
    for (const Code& time_of_day : order.dosage->times) {
        write_fixed_dose(xml, dice, order, time_of_day);
    }
}

}  // namespace sfmkit::client
