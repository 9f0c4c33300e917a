#include "client/encoder/synthetic/patient_document.hpp"

#include "client/encoder/synthetic/allergy_elements.hpp"
#include "client/encoder/synthetic/care_elements.hpp"
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
    if (patient.tells_nationality) write_code(xml, "Nationality", codes::norway);
    write_ident(xml, patient.national_number, code_of(patient.number_kind));
    write_ident(xml, patient.record_id, codes::other_person_id);
    write_home(xml, patient.address);
    if (patient.telephone.empty()) return;
    const auto telephone = xml.open("TeleCom");
    write_code(xml, "TypeTelecom", codes::mobile_telephone);
    const auto number = xml.open("TeleAddress");
    xml.attribute("V", patient.telephone);
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
        write_carers(xml, dice, organisation, patient);
        write_messages(xml, messages);
        for (const words::Drug* drug : patient.not_tolerated) {
            write_allergy(xml, dice, organisation, patient, *drug);
        }
        write_treatments(xml, dice, patient, messages);
        write_care(xml, dice, organisation, patient, messages);
    }
    return xml.take();
}

}  // namespace sfmkit::client
