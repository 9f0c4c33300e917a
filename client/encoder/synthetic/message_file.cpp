#include "client/encoder/synthetic/message_file.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/patient.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"
#include "wire/base64.hpp"

namespace sfmkit::client {
namespace {

constexpr Code xml_document{"XML", "XML-instans"};
constexpr Code attachment{"V", "Vedlegg"};

// The national prescription register: public numbers of a public body.
constexpr std::string_view register_name = "Reseptformidleren";
constexpr std::string_view register_her_id = "80624";
constexpr std::string_view register_organisation_number = "994598759";

void write_address(XmlWriter& xml, const Address& address, const Code& type) {
    const auto scope = xml.open("Address");
    write_code(xml, "Type", type);
    xml.element("StreetAdr", address.street);
    xml.element("PostalCode", address.city->postal_code);
    xml.element("City", address.city->name);
    write_code(xml, "County", address.city->county);
}

void write_practice(XmlWriter& xml, const MessageParties& parties) {
    const Institution& institution = parties.organisation.institution;
    const auto scope = xml.open("Organisation");
    xml.element("OrganisationName", institution.name);
    write_ident(xml, institution.organisation_number, codes::organisation_number);
    write_ident(xml, institution.her_id, codes::her_id);
    write_address(xml, institution.address, codes::visiting_address);
    const auto professional = xml.open("HealthcareProfessional");
    write_code(xml, "TypeHealthcareProfessional", codes::doctor);
    write_name(xml, parties.doctor.name);
    write_code(xml, "Sex", code_of(parties.doctor.sex));
    write_ident(xml, parties.doctor.health_personnel_number, codes::health_personnel_number);
}

void write_outside_practice(XmlWriter& xml, const Prescriber& prescriber) {
    const auto scope = xml.open("Organisation");
    xml.element("OrganisationName", "Nabobygda legekontor");
    const auto professional = xml.open("HealthcareProfessional");
    write_code(xml, "TypeHealthcareProfessional", codes::doctor);
    xml.element("FamilyName", prescriber.name);
    write_ident(xml, prescriber.health_personnel_number, codes::health_personnel_number);
}

void write_register(XmlWriter& xml) {
    const auto scope = xml.open("Organisation");
    xml.element("OrganisationName", register_name);
    write_ident(xml, register_organisation_number, codes::organisation_number);
    write_ident(xml, register_her_id, codes::her_id);
}

void write_party(XmlWriter& xml, const MessageParties& parties, bool is_register) {
    if (is_register) {
        write_register(xml);
    } else if (parties.outside_prescriber) {
        write_outside_practice(xml, *parties.outside_prescriber);
    } else {
        write_practice(xml, parties);
    }
}

void write_patient(XmlWriter& xml, const Patient& patient) {
    const auto scope = xml.open("Patient");
    write_name(xml, patient.name);
    write_code(xml, "Sex", code_of(patient.sex));
    write_ident(xml, patient.national_number, code_of(patient.number_kind));
    write_address(xml, patient.address, codes::home_address);
}

void write_head(
    XmlWriter& xml,
    const Message& message,
    const MessageParties& parties,
    std::string_view answered_message_id
) {
    const MessageType& type = type_of(message.kind);
    const auto scope = xml.open("MsgInfo");
    write_code(xml, "Type", {type.code, type.inner_name});
    xml.element("MIGversion", message_names::head_version);
    xml.element("GenDate", print_zoned_date_time(message.created_at));
    xml.element("MsgId", message.message_id);
    if (!answered_message_id.empty()) {
        const auto conversation = xml.open("ConversationRef");
        xml.element("RefToParent", answered_message_id);
        xml.element("RefToConversation", answered_message_id);
    }
    {
        const auto sender = xml.open("Sender");
        write_party(xml, parties, !type.sent);
    }
    {
        const auto receiver = xml.open("Receiver");
        write_party(xml, parties, type.sent);
    }
    if (type.names_patient) write_patient(xml, parties.patient);
}

void write_body(XmlWriter& xml, std::string_view body) {
    const auto document = xml.open("Document");
    const auto reference = xml.open("RefDoc");
    write_code(xml, "MsgType", xml_document);
    const auto content = xml.open("Content");
    xml.fragment(body);
}

void write_attachment(XmlWriter& xml, std::string_view bytes) {
    const auto document = xml.open("Document");
    write_code(xml, "DocumentConnection", attachment);
    const auto reference = xml.open("RefDoc");
    write_code(xml, "MsgType", xml_document);
    const auto content = xml.open("Content");
    const auto container = xml.open("bas:Base64Container");
    xml.attribute("xmlns:bas", message_names::base64_namespace);
    xml.text(wire::encode_base64(platform::as_bytes(bytes)));
}

void write_algorithm(XmlWriter& xml, std::string_view element, std::string_view uri) {
    const auto scope = xml.open(element);
    xml.attribute("Algorithm", uri);
}

// Shape and size of what a practice signs with; the digest and the value are drawn, so the
// signature proves nothing and no reader of test data may trust it.
void write_signature(XmlWriter& xml, Dice& dice) {
    const platform::ByteBuffer digest = dice.bytes(32);
    const platform::ByteBuffer value = dice.bytes(256);
    const auto signature = xml.open("Signature", message_names::signature_namespace);
    {
        const auto info = xml.open("SignedInfo");
        constexpr std::string_view exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
        write_algorithm(xml, "CanonicalizationMethod", exclusive);
        write_algorithm(
            xml, "SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
        );
        const auto reference = xml.open("Reference");
        xml.attribute("URI", "");
        {
            const auto transforms = xml.open("Transforms");
            write_algorithm(
                xml, "Transform", "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
            );
            write_algorithm(xml, "Transform", exclusive);
        }
        write_algorithm(xml, "DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha256");
        xml.element("DigestValue", wire::encode_base64(digest));
    }
    xml.element("SignatureValue", wire::encode_base64(value));
    const auto key = xml.open("KeyInfo");
    xml.element("KeyName", "sfmkit synthetic");
}

// Organisation of one side in an AppRec, whose schema has its own names.
void write_acknowledging_party(
    XmlWriter& xml, std::string_view side, std::string_view name, std::string_view her_id
) {
    const auto scope = xml.open(side);
    const auto party = xml.open("HCP");
    const auto institution = xml.open("Inst");
    xml.element("Name", name);
    xml.element("Id", her_id);
    write_code(xml, "TypeId", {codes::her_id.value, codes::her_id.name});
}

}  // namespace

std::string write_message_file(
    Dice& dice,
    const Message& message,
    const MessageParties& parties,
    std::string_view answered_message_id,
    std::string_view body,
    std::span<const std::string> attachments
) {
    XmlWriter xml;
    {
        const auto root = xml.open("MsgHead", message_names::head_namespace);
        write_head(xml, message, parties, answered_message_id);
        write_body(xml, body);
        for (const std::string& attached : attachments) write_attachment(xml, attached);
        if (type_of(message.kind).sent) write_signature(xml, dice);
    }
    return xml.take();
}

std::string write_acknowledgement_file(
    const Message& acknowledgement, const Message& acknowledged, const MessageParties& parties
) {
    const Institution& practice = parties.organisation.institution;
    const MessageType& type = type_of(acknowledged.kind);
    const bool sent_by_practice = !type.sent;
    XmlWriter xml;
    {
        const auto root = xml.open("AppRec", message_names::acknowledgement_namespace);
        {
            const auto message_type = xml.open("MsgType");
            xml.attribute("V", "APPREC");
        }
        xml.element("MIGversion", message_names::acknowledgement_version);
        xml.element("GenDate", print_zoned_date_time(acknowledgement.created_at));
        xml.element("Id", acknowledgement.message_id);
        if (sent_by_practice) {
            write_acknowledging_party(xml, "Sender", practice.name, practice.her_id);
            write_acknowledging_party(xml, "Receiver", register_name, register_her_id);
        } else {
            write_acknowledging_party(xml, "Sender", register_name, register_her_id);
            write_acknowledging_party(xml, "Receiver", practice.name, practice.her_id);
        }
        write_code(xml, "Status", {"1", "OK"});
        const auto original = xml.open("OriginalMsgId");
        write_code(xml, "MsgType", {type.code, type.inner_name});
        xml.element("IssueDate", print_zoned_date_time(acknowledged.created_at));
        xml.element("Id", acknowledged.message_id);
    }
    return xml.take();
}

}  // namespace sfmkit::client
