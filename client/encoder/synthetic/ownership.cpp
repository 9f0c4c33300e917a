#include "client/encoder/synthetic/ownership.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

namespace sfmkit::client {

void write_owner(XmlWriter& xml, Dice& dice, const Organisation& organisation) {
    const bool belongs_to_practice = dice.percent(40);
    const User& doctor = dice.from(organisation.doctors());
    if (belongs_to_practice) {
        xml.element("InstitusjonsId", organisation.institution.id);
    } else {
        xml.element("BrukerId", doctor.id);
    }
}

}  // namespace sfmkit::client
