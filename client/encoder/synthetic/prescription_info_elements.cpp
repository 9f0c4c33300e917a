#include "client/encoder/synthetic/prescription_info_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/order_elements.hpp"
#include "client/encoder/synthetic/treatments.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

namespace sfmkit::client {
namespace {

// What both kinds share. A prescription expires a year after it was written.
void write_common_info(XmlWriter& xml, const PrescriptionInfo& info) {
    using namespace std::chrono_literals;
    const LocalTime medicine_list_updated = info.written_on - std::chrono::days(6) + 11h + 37s;
    xml.element("Id", info.id);
    xml.element("Forskrivningsdato", print_zoned_date(info.written_on));
    write_code(xml, "ForskrivningsType", code_of(info.state));
    xml.element("Utloper", print_zoned_date(info.written_on + std::chrono::days(365)));
    xml.element("OppdatertFest", print_date_time(medicine_list_updated));
    xml.element("LastResept", false);
}

}  // namespace

void write_prescription_info(
    XmlWriter& xml, Dice& dice, const Order& order, const PrescriptionInfo& info
) {
    if (order.supply) {
        const auto scope = xml.open("HandelsvareForskrivningsInfo");
        write_common_info(xml, info);
        write_supply_order(xml, order);
        return;
    }
    const auto scope = xml.open("LegemiddelForskrivningsInfo");
    write_common_info(xml, info);
    write_drug_order(xml, order, info.written_on);
    xml.element("ConfirmedIsNotFertile", dice.percent(5));
    xml.element("DeliveryMode", "Undefined");
}

}  // namespace sfmkit::client
