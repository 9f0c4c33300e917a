#include "client/encoder/synthetic/patient_document.hpp"

#include "client/encoder/synthetic/allergy_elements.hpp"
#include "client/encoder/synthetic/message_file.hpp"
#include "client/encoder/synthetic/patient.hpp"
#include "client/encoder/synthetic/treatment_elements.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"
#include "wire/sfm_names.hpp"

namespace sfmkit::client {
namespace {

void write_home(XmlWriter& xml, const Address& address) {
    const auto scope = xml.open("Address");
    write_code(xml, "Type", codes::home_address);
    xml.element("StreetAdr", address.street);
    xml.element("PostalCode", address.city->postal_code);
    xml.element("City", address.city->name);
    xml.element("Postbox", "");
    write_code(xml, "County", address.city->county);
    write_code(xml, "Country", codes::norway);
}

void write_demography(XmlWriter& xml, const Patient& patient) {
    const auto scope = xml.open("DemografiskInfo");
    write_name(xml, patient.name);
    write_code(xml, "Sex", code_of(patient.sex));
    xml.element("DateOfBirth", print_date(patient.birth));
    write_ident(xml, patient.national_number, code_of(patient.number_kind));
    write_ident(xml, patient.record_id, codes::other_person_id);
    write_home(xml, patient.address);
}

void write_message_record(XmlWriter& xml, const Message& message) {
    const MessageType& type = type_of(message.kind);
    const auto scope = xml.open("Melding");
    xml.element("Id", message.id);
    xml.optional_element("ParentId", message.parent_id);
    xml.element("Korrespondance", message.correspondence);
    xml.element("State", message.state);
    xml.element("MsgId", message.message_id);
    write_code(xml, "Type", {type.code, type.name});
    xml.element("GenDate", print_date_time(message.recorded_at));
    xml.element("MeldingsFil", message.file_name);
}

void write_messages(XmlWriter& xml, std::span<const Message> messages) {
    if (messages.empty()) return;
    const auto scope = xml.open("Meldinger");
    for (const Message& message : messages) write_message_record(xml, message);
}

}  // namespace

std::string write_patient_document(
    Dice& dice,
    const Organisation& organisation,
    const Patient& patient,
    std::span<const Message> messages
) {
    XmlWriter xml;
    xml.declaration();
    {
        const auto root = xml.open(wire::sfm::patient_root, wire::sfm::export_namespace);
        xml.element("Id", patient.id);
        write_demography(xml, patient);
        write_messages(xml, messages);
        write_allergy(xml, dice, organisation, patient);
        write_treatments(xml, dice, patient.treatments);
    }
    return xml.take();
}

}  // namespace sfmkit::client
