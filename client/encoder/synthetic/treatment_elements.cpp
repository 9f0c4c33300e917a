#include "client/encoder/synthetic/treatment_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/message_file.hpp"
#include "client/encoder/synthetic/patient.hpp"
#include "client/encoder/synthetic/prescription_elements.hpp"
#include "client/encoder/synthetic/prescription_info_elements.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <array>

namespace sfmkit::client {
namespace {

struct Group {
    TreatmentKind kind;
    std::string_view element;
    bool has_own_stop;  ///< carries Seponering beside that of the prescription
    bool has_remarks;   ///< may carry comments, interactions and questions
};

// The fixed order of the groups in the schema.
constexpr std::array<Group, 4> groups{{
    {TreatmentKind::medicine, "Legemiddelbehandling", false, true},
    {TreatmentKind::nutrition, "NIBBehandling", true, false},
    {TreatmentKind::consumable, "FIBBehandling", true, false},
    {TreatmentKind::vaccine, "VaksineBehandling", false, false},
}};

void write_comment(
    XmlWriter& xml, Dice& dice, const Patient& patient, const User& user, LocalTime time
) {
    const bool is_deleted = dice.percent(30);
    const auto scope = xml.open("LokalKommentar");
    xml.element("Aktiv", !is_deleted);
    xml.element("Dato", print_date_time(time));
    xml.element("BrukerId", user.id);
    xml.element("Kommentar", draw_remark(dice, patient));
    if (is_deleted) {
        const auto deletion = xml.open("Slettet");
        xml.element("Dato", print_date_time(time));
        xml.element("BrukerId", user.id);
    }
}

/// What messages of that kind told about the prescription.
void write_told(
    XmlWriter& xml,
    std::string_view element,
    MessageKind kind,
    const Prescription& prescription,
    std::span<const Message> messages
) {
    for (const Message& message : messages) {
        if (message.kind != kind || message.prescription_id != prescription.id) continue;
        const auto scope = xml.open(element);
        xml.element("PrescriptionId", prescription.id);
        xml.element("MsgId", message.message_id);
        xml.element("MottattTidspunkt", print_date_time(message.recorded_at));
    }
}

void write_handled_interaction(XmlWriter& xml, const User& user, LocalTime time) {
    const auto scope = xml.open("InteraksjonHandtert");
    xml.element("Aktiv", true);
    xml.element("Begrunnelse", "Følges med blodprøver.");
    xml.element("Tidspunkt", print_date_time(time));
    xml.element("BrukerId", user.id);
}

void write_question(XmlWriter& xml, Dice& dice, const User& user, LocalTime time) {
    const std::string_view asker = dice.from(words::suppliers());
    const auto scope = xml.open("Sporsmal");
    write_code(xml, "Kode", {"1", "Spørsmål om dosering", "9101"});
    xml.element("Merknad", "Er dosen riktig for vekten?");
    xml.element("Tidspunkt", print_date_time(time));
    xml.element("Stiller", asker);
    xml.element("Mottaker", full_name(user.name));
    const auto answer = xml.open("Svar");
    write_code(xml, "Kode", {"2", "Som forskrevet", "9101"});
    xml.element("Merknad", "Ja, dosen er riktig.");
    xml.element("Tidspunkt", print_date_time(time));
}

void write_details(XmlWriter& xml, const Treatment& treatment) {
    const auto scope = xml.open("PrescriptionDetails");
    for (const Prescription& prescription : treatment.prescriptions) {
        for (const PrescriptionInfo& info : prescription.infos) {
            write_prescription_info(xml, treatment.order, info);
        }
    }
}

void write_treatment(
    XmlWriter& xml,
    Dice& dice,
    const Patient& patient,
    const Group& group,
    const Treatment& treatment,
    std::span<const Message> messages
) {
    const Prescription& head = treatment.prescriptions.back();
    const LocalTime last_change = head.versions.back().time;
    const bool is_commented = dice.percent(15) && group.has_remarks;
    const bool has_interaction = dice.percent(6) && group.has_remarks;
    const bool is_asked_about = dice.percent(5) && group.has_remarks;
    const auto scope = xml.open(group.element);
    xml.element("LibId", treatment.id);
    xml.element("DatoOppstart", print_date(treatment.started));
    if (is_commented) write_comment(xml, dice, patient, *head.user, last_change);
    if (group.has_own_stop && head.stop()) write_stop(xml, head);
    for (const Prescription& prescription : treatment.prescriptions) {
        write_prescription(xml, dice, prescription);
    }
    write_details(xml, treatment);
    for (const auto& [element, kind] :
         {std::pair("Utlevering", MessageKind::dispensings_listed),
          std::pair("SlvSvar", MessageKind::exemption_decided)}) {
        for (const Prescription& prescription : treatment.prescriptions) {
            write_told(xml, element, kind, prescription, messages);
        }
    }
    if (has_interaction) write_handled_interaction(xml, *head.user, last_change);
    if (is_asked_about) write_question(xml, dice, *head.user, last_change);
}

}  // namespace

void write_treatments(
    XmlWriter& xml, Dice& dice, const Patient& patient, std::span<const Message> messages
) {
    const auto scope = xml.open("Behandlinger");
    for (const Group& group : groups) {
        for (const Treatment& treatment : patient.treatments) {
            if (treatment.kind == group.kind)
                write_treatment(xml, dice, patient, group, treatment, messages);
        }
    }
}

}  // namespace sfmkit::client
