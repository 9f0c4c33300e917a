#include "client/encoder/synthetic/organisation_document.hpp"

#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"
#include "wire/sfm_names.hpp"

namespace sfmkit::client {
namespace {

void write_address(XmlWriter& xml, const Address& address) {
    const auto scope = xml.open("Address");
    xml.element("StreetAdr", address.street);
    xml.element("PostalCode", address.city->postal_code);
    xml.element("City", address.city->name);
    write_code(xml, "Country", codes::norway);
}

void write_telephone(XmlWriter& xml, const std::string& number) {
    const auto scope = xml.open("TeleCom");
    write_code(xml, "TypeTelecom", codes::main_telephone);
    const auto address = xml.open("TeleAddress");
    xml.attribute("V", number);
}

void write_user(XmlWriter& xml, const User& user) {
    const auto scope = xml.open("Helseperson");
    const bool is_doctor = !user.health_personnel_number.empty();
    xml.element("Id", user.id);
    xml.element("Brukernavn", user.login);
    xml.element("Brukertype", user.type);
    xml.element("Aktiv", user.active);
    xml.optional_element("FamilyName", user.name.family);
    xml.optional_element("MiddleName", user.name.middle);
    xml.optional_element("GivenName", user.name.given);
    if (is_doctor) xml.element("DateOfBirth", print_date(user.birth));
    if (!user.national_number.empty()) write_ident(xml, user.national_number, codes::birth_number);
    if (is_doctor) {
        write_ident(xml, user.health_personnel_number, codes::health_personnel_number);
    }
    if (!user.active) write_ident(xml, user.login, codes::other_person_id);
    if (is_doctor) write_code(xml, "TypeHealthcareProfessional", codes::doctor);
    xml.element("BrukICPC", is_doctor);
    if (is_doctor) xml.element("ForskrivningsrettAB", "All");
}

void write_institution(XmlWriter& xml, const Institution& institution) {
    const auto scope = xml.open("Institusjon");
    xml.element("Id", institution.id);
    xml.element("Navn", institution.name);
    write_ident(xml, institution.her_id, codes::her_id);
    write_ident(xml, institution.organisation_number, codes::organisation_number);
    write_address(xml, institution.address);
    write_telephone(xml, institution.telephone);
}

}  // namespace

std::string write_organisation_document(const Organisation& organisation) {
    XmlWriter xml;
    xml.declaration();
    {
        const auto root = xml.open(wire::sfm::organisation_root, wire::sfm::export_namespace);
        {
            const auto users = xml.open("Brukere");
            for (const User& user : organisation.users) write_user(xml, user);
        }
        write_institution(xml, organisation.institution);
    }
    return xml.take();
}

}  // namespace sfmkit::client
