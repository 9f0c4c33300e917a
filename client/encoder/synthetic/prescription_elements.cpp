#include "client/encoder/synthetic/prescription_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/treatments.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <array>

namespace sfmkit::client {
namespace {

constexpr Code deleted_by_mistake{"1", "Feilregistrering", "9237"};
constexpr Code treatment_ended{"A", "Avsluttet behandling"};

void write_recall(XmlWriter& xml, const Prescription& prescription) {
    const PrescriptionVersion* recall = prescription.recall();
    const auto scope = xml.open("Tilbakekalling");
    xml.element("Merknad", "Ikke oppgitt");
    write_code(xml, "Arsak", *prescription.cycle->recall_cause);
    xml.element("Tidspunkt", print_date_time(recall->time));
}

void write_deletion(
    XmlWriter& xml, const Prescription& prescription, const PrescriptionVersion& version
) {
    const auto scope = xml.open("Slettet");
    xml.element("Tidspunkt", print_date_time(version.time));
    xml.element("BrukerId", prescription.user->id);
    write_code(xml, "Arsak", deleted_by_mistake);
    xml.element("Merknad", "Registrert på feil pasient.");
}

void write_discard(
    XmlWriter& xml, const Prescription& prescription, const PrescriptionVersion& version
) {
    const auto scope = xml.open("Fjernet");
    xml.element("Navn", full_name(prescription.user->name));
    xml.element("Tidspunkt", print_date_time(version.time));
    xml.element("BrukerId", prescription.user->id);
    xml.element("Merknad", "Ryddet i legemidler i bruk.");
}

void write_initiating_organisation(XmlWriter& xml, Dice& dice) {
    const std::string her_id = draw_her_id(dice);
    const auto scope = xml.open("Organisasjon");
    write_ident_as(xml, "HerId", her_id, codes::her_id);
    xml.element("Inst", "Fjellheimen sykehus");
    xml.element("Dept", "Medisinsk avdeling Øst");
    write_code(xml, "InstitusjonsID", {her_id, "Fjellheimen sykehus", "9051"});
}

void write_initiating_specialist(XmlWriter& xml, Dice& dice) {
    const Sex sex = draw_sex(dice);
    const PersonName name = draw_name(dice, sex);
    const std::string number = draw_health_personnel_number(dice);
    const auto scope = xml.open("Helseperson");
    write_ident_as(xml, "HprId", number, codes::health_personnel_number);
    xml.element("Fornavn", name.given);
    xml.element("Etternavn", name.family);
    write_code(xml, "Spesialitet", {"41", "Revmatologi", "7426"});
}

// Who began the treatment, when it was not the prescriber.
void write_initiator(XmlWriter& xml, Dice& dice) {
    const auto scope = xml.open("InstituertAv");
    write_initiating_organisation(xml, dice);
    write_initiating_specialist(xml, dice);
    xml.element("Freetekst", "Startet under innleggelse.");
}

void write_local_user(XmlWriter& xml, const User& user, std::string_view role) {
    const auto scope = xml.open("Bruker");
    xml.element("BrukerId", user.id);
    xml.element("Navn", full_name(user.name));
    xml.element("TypeOppdatering", role);
}

void write_prescriber(XmlWriter& xml, const Prescriber& prescriber, std::string_view role) {
    const auto scope = xml.open("Bruker");
    xml.element("Hpr", prescriber.health_personnel_number);
    xml.element("Navn", prescriber.name);
    xml.element("TypeOppdatering", role);
}

// The block of six (sometimes five) in the order of both official examples.
void write_users(XmlWriter& xml, Dice& dice, const Prescription& prescription) {
    const bool was_requested = dice.percent(93);
    const auto scope = xml.open("Brukere");
    const User& user = *prescription.user;
    write_local_user(xml, user, "Registered by");
    if (was_requested) write_local_user(xml, user, "Requested by");
    write_local_user(xml, user, "Created by");
    write_local_user(xml, user, "LastEdited by");
    write_prescriber(xml, prescription.prescriber, "Forskriver");
    write_prescriber(xml, prescription.prescriber, "Signed by");
}

void write_version(
    XmlWriter& xml,
    Dice& dice,
    const Prescription& prescription,
    const PrescriptionVersion& version,
    const PrescriptionVersion* previous
) {
    const VersionStep& step = *version.step;
    const auto scope = xml.open("Prescription");
    xml.element("PrescriptionId", prescription.id);
    xml.element("HeadOfHistory", prescription.is_head);
    xml.element("Aktiv", &version == &prescription.versions.back());
    xml.optional_element("RefForrigePrescription", prescription.previous_id);
    xml.element("PrescriptionVersionId", version.id);
    if (previous) xml.element("RefForrigePrescriptionVersion", previous->id);
    xml.element("ForskrivningsInfoId", prescription.info_of(version).id);
    xml.element("Tidspunkt", print_date_time(version.time));
    xml.optional_element("ReseptId", prescription.register_id);
    if (prescription.initiator_seed) {
        Dice initiator(*prescription.initiator_seed);
        write_initiator(xml, initiator);
    }
    xml.optional_element("RfSendStatus", step.send_status);
    xml.optional_element("RFSendFeilmelding", step.failure);
    if (step.recalled) write_recall(xml, prescription);
    if (step.deleted) write_deletion(xml, prescription, version);
    if (step.discarded) write_discard(xml, prescription, version);
    xml.optional_element("RfStatus", step.register_status);
    xml.element("ItemSource", step.source);
    xml.element("LokalKjent", step.known_locally);
    xml.element("InVib", true);
    xml.optional_element("Kladd", step.draft_of);
    write_users(xml, dice, prescription);
    if (step.stopped) write_stop(xml, prescription);
}

}  // namespace

void write_stop(XmlWriter& xml, const Prescription& prescription) {
    const auto scope = xml.open("Seponering");
    // The official example stops at midnight of the day.
    xml.element("Tidspunkt", print_date_time(date_of(prescription.stop()->time)));
    write_code(xml, "Arsak", treatment_ended);
    xml.element("Merknad", "Etter avtale med pasienten.");
    xml.element("BrukerId", prescription.user->id);
    xml.element("Navn", full_name(prescription.user->name));
}

void write_prescription(XmlWriter& xml, Dice& dice, const Prescription& prescription) {
    const PrescriptionVersion* previous = nullptr;
    for (const PrescriptionVersion& version : prescription.versions) {
        write_version(xml, dice, prescription, version, previous);
        previous = &version;
    }
}

}  // namespace sfmkit::client
