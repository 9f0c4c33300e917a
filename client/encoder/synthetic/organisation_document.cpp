#include "client/encoder/synthetic/organisation_document.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/inbox_elements.hpp"
#include "client/encoder/synthetic/local_drug_elements.hpp"
#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/template_elements.hpp"
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

void write_user_idents(XmlWriter& xml, const User& user, bool is_system) {
    if (!user.national_number.empty()) write_ident(xml, user.national_number, codes::birth_number);
    if (!user.health_personnel_number.empty()) {
        write_ident(xml, user.health_personnel_number, codes::health_personnel_number);
    }
    if (is_system) write_ident(xml, user.login, codes::other_person_id);
}

void write_user(XmlWriter& xml, const User& user, const Institution& institution) {
    const bool is_system = user.type.empty();
    const bool is_employee = !user.national_number.empty();
    const auto scope = xml.open("Helseperson");
    xml.element("Id", user.id);
    xml.element("Brukernavn", user.login);
    xml.element("Brukertype", user.type);
    xml.element("Aktiv", user.active);
    xml.optional_element("FamilyName", user.name.family);
    xml.optional_element("MiddleName", user.name.middle);
    xml.optional_element("GivenName", user.name.given);
    if (is_employee) xml.element("DateOfBirth", print_date(user.birth));
    if (is_employee) write_code(xml, "Nationality", codes::norway);
    write_user_idents(xml, user, is_system);
    if (!user.telephone.empty()) {
        write_address(xml, institution.address);
        write_telephone(xml, user.telephone);
    }
    if (user.profession) write_code(xml, "TypeHealthcareProfessional", *user.profession);
    for (const Code* speciality : user.specialities) write_code(xml, "Spesialitet", *speciality);
    xml.element("BrukICPC", user.profession != nullptr);
    if (user.has_right_to_prescribe) xml.element("HarForskrivningsrett", true);
    if (user.may_prescribe_all) xml.element("ForskrivningsrettAB", "All");
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

void write_report(XmlWriter& xml, const Organisation& organisation, const ReportRecord& report) {
    const bool is_about_practice = report.patient_id.empty();
    const auto scope = xml.open("Rapport");
    xml.element("Id", report.id);
    xml.element("Titel", is_about_practice ? "Årsoversikt A- og B-preparater" : "Legemiddelkort");
    xml.element("BrukerId", organisation.doctors().front().id);
    xml.optional_element("PasientId", report.patient_id);
    if (is_about_practice) xml.element("InstitusjonsId", organisation.institution.id);
    xml.element("Tidspunkt", print_date_time(report.created_at));
    xml.element("RapportFil", report.file);
}

void write_library(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const OrganisationContents& contents
) {
    const std::vector<PrescriptionTemplate> templates = draw_templates(dice);
    write_templates(xml, organisation, templates);
    if (!contents.reports.empty()) {
        const auto list = xml.open("Rapporter");
        for (const ReportRecord& report : contents.reports) {
            write_report(xml, organisation, report);
        }
    }
    write_protocols(xml, dice, organisation, templates);
    write_local_drugs(xml, dice, organisation);
    write_inbox(xml, dice, organisation, contents.inbox_subjects);
}

}  // namespace

std::string write_organisation_document(
    Dice& dice, const Organisation& organisation, const OrganisationContents& contents
) {
    XmlWriter xml;
    xml.declaration();
    {
        const auto root = xml.open(wire::sfm::organisation_root, wire::sfm::export_namespace);
        {
            const auto users = xml.open("Brukere");
            for (const User& user : organisation.users) {
                write_user(xml, user, organisation.institution);
            }
        }
        write_institution(xml, organisation.institution);
        if (contents.has_empty_lists) {
            xml.element("Inboks", "");
        } else {
            write_library(xml, dice, organisation, contents);
        }
    }
    return xml.take();
}

}  // namespace sfmkit::client
