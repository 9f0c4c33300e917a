#include "client/encoder/synthetic/message_bodies.hpp"

#include "client/encoder/synthetic/message_file.hpp"
#include "client/encoder/synthetic/order_elements.hpp"
#include "client/encoder/synthetic/patient.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"
#include "wire/base64.hpp"

#include <array>

namespace sfmkit::client {
namespace {

constexpr Code compressed{"1", "Ja"};
constexpr Code recall_done{"1", "Resept tilbakekalt", "7503"};
constexpr Code nothing_found{"4", "Ingen resept på dette søk"};

// Code list 7408: the letter that goes with each text of RfStatus.
constexpr std::array<Code, 5> register_states{{
    {"E", "Ekspederbar"},
    {"U", "Under ekspedering"},
    {"T", "Tilbakekalt"},
    {"R", "Resept avsluttet"},
    {"F", "Foreldet"},
}};

const Code* register_state_of(std::string_view status) {
    for (const Code& state : register_states) {
        if (state.name == status) return &state;
    }
    return nullptr;
}

XmlWriter::Scope open_body(XmlWriter& xml, MessageKind kind) {
    const MessageType& type = type_of(kind);
    return xml.open(type.body, type.body_namespace);
}

/// The state that the register told last before that time; nothing when it did not know yet.
const Code* register_state_at(const Prescription& prescription, LocalTime time) {
    const Code* state = nullptr;
    for (const PrescriptionVersion& version : prescription.versions) {
        if (version.time > time) break;
        state = register_state_of(version.step->register_status);
    }
    return prescription.register_id.empty() ? nullptr : state;
}

void write_personnel_number(XmlWriter& xml, std::string_view number) {
    const auto scope = xml.open("HprId");
    {
        const auto id = xml.open("Id", message_names::common_namespace);
        xml.text(number);
    }
    const auto type = xml.open("TypeId", message_names::common_namespace);
    xml.attribute("V", codes::health_personnel_number.value);
    xml.attribute("DN", codes::health_personnel_number.name);
}

void write_role(XmlWriter& xml, const Code& role, const Prescriber& prescriber) {
    const auto scope = xml.open("Rolle");
    write_code(xml, "Rolle", role);
    const auto person = xml.open("Helseperson");
    write_personnel_number(xml, prescriber.health_personnel_number);
    xml.element("Etternavn", prescriber.name);
}

std::string order_in_base64(const Treatment& treatment) {
    XmlWriter order;
    if (treatment.order.drug) {
        const OrderNamespaces namespaces{
            .document = type_of(MessageKind::prescription).body_namespace,
            .prescribing = message_names::prescribing_namespace
        };
        write_drug_order(order, treatment.order, treatment.started, namespaces);
    } else {
        write_supply_order(order, treatment.order, treatment.started);
    }
    return wire::encode_base64(platform::as_bytes(order.take()));
}

void write_entry_in_use(XmlWriter& xml, const Treatment& treatment, LocalTime time) {
    constexpr Code electronic{"E", "Eresept"};
    constexpr Code requester{"R", "Rekvirent"};
    const Prescription& prescription = treatment.prescriptions.back();
    const auto entry = xml.open("EnkeltoppforingLIB");
    xml.element("Id", treatment.id);
    write_code(xml, "Type", electronic);
    xml.optional_element("ReseptId", prescription.register_id);
    xml.element("SistEndret", print_date_time(time));
    xml.element("DatoOppstart", print_date(treatment.started));
    write_role(xml, requester, prescription.prescriber);
    xml.element("ReseptDokLegemiddelB64", order_in_base64(treatment));
}

}  // namespace

std::string prescription_body(const Order& order, const PrescriptionInfo& info) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::prescription);
        xml.element("Forskrivningsdato", print_zoned_date(info.written_on));
        xml.element("Utloper", print_zoned_date(info.expires_on));
        if (order.drug) {
            const OrderNamespaces namespaces{
                .document = {}, .prescribing = message_names::prescribing_namespace
            };
            write_drug_order(xml, order, info.written_on, namespaces);
        } else {
            write_supply_order(xml, order, info.written_on);
        }
        xml.element("LastResept", false);
    }
    return xml.take();
}

std::string recall_body(const Prescription& prescription, std::string_view renewed_by) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::recall);
        xml.element("ReseptId", prescription.register_id);
        xml.element("Merknad", "Ikke oppgitt");
        write_code(xml, "Arsak", *prescription.cycle->recall_cause);
        xml.optional_element("NyReseptId", renewed_by);
    }
    return xml.take();
}

std::string recall_receipt_body(const Prescription& prescription) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::recall_receipt);
        xml.element("ReseptId", prescription.register_id);
        write_code(xml, "Status", recall_done);
    }
    return xml.take();
}

std::string deleted_in_register_body(LocalTime time) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::deleted_in_register);
        xml.element("Tidspunkt", print_zoned_date_time(time));
    }
    return xml.take();
}

std::string prescriptions_asked_body(const Patient& patient) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::prescriptions_asked);
        xml.element("Fnr", patient.national_number);
        write_code(xml, "AlleResepter", {"1", "Ja"});
        xml.element("Komprimering", compressed.value);
    }
    return xml.take();
}

std::string prescriptions_listed_body(const Patient& patient, LocalTime time) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::prescriptions_listed);
        bool found = false;
        for (const Treatment& treatment : patient.treatments) {
            for (const Prescription& prescription : treatment.prescriptions) {
                const Code* state = register_state_at(prescription, time);
                if (!state) continue;
                found = true;
                const auto entry = xml.open("Listeelement");
                xml.element("ReseptId", prescription.register_id);
                write_code(xml, "Status", *state);
                const bool is_recalled = state->value == "T";
                if (is_recalled) write_code(xml, "Arsak", *prescription.cycle->recall_cause);
            }
        }
        if (!found) write_code(xml, "StatusSok", nothing_found);
    }
    return xml.take();
}

std::string dispensings_asked_body(const Prescription& prescription) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::dispensings_asked);
        xml.element("ReseptId", prescription.register_id);
        xml.element("Komprimering", compressed.value);
    }
    return xml.take();
}

std::string dispensings_listed_body(const Prescription& prescription, LocalTime time) {
    std::size_t count = 0;
    for (const PrescriptionVersion& version : prescription.versions) {
        if (version.step->event == StepEvent::dispensed && version.time <= time) ++count;
    }
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::dispensings_listed);
        xml.element("AntallUtleveringer", std::to_string(count));
    }
    return xml.take();
}

std::string medicines_in_use_asked_body(const Patient& patient) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::medicines_in_use_asked);
        xml.element("Fnr", patient.national_number);
        xml.element("Komprimering", compressed.value);
    }
    return xml.take();
}

std::string medicines_in_use_listed_body(
    const Patient& patient, std::string_view message_id, std::string_view file
) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::medicines_in_use_listed);
        const auto entry = xml.open("Pasient");
        xml.element("Fnr", patient.national_number);
        xml.optional_element("RefMsgId", message_id);
        const std::string list = wire::encode_base64(platform::as_bytes(file));
        xml.optional_element("VarerIBrukB64", list);
    }
    return xml.take();
}

std::string medicines_in_use_body(const MessageParties& parties, LocalTime time) {
    constexpr Code responsible{"M", "Multidoseansvarlig lege"};
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::medicines_in_use);
        const Prescriber doctor{
            .name = full_name(parties.doctor.name),
            .health_personnel_number = parties.doctor.health_personnel_number
        };
        write_role(xml, responsible, doctor);
        for (const Treatment& treatment : parties.patient.treatments) {
            const bool was_known = treatment.prescriptions.front().versions.front().time <= time;
            if (was_known) write_entry_in_use(xml, treatment, time);
        }
    }
    return xml.take();
}

std::string multidose_registration_body(LocalTime time) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::multidose_registration);
        write_code(xml, "Status", {"R", "Registrering"});
        xml.element("GjelderFra", print_zoned_date(date_of(time)));
    }
    return xml.take();
}

std::string multidose_receipt_body(const MessageParties& parties) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::multidose_receipt);
        xml.element("RegistrertEndring", true);
        const auto doctor = xml.open("Multidoselege", message_names::multidose_namespace);
        xml.element("HprNr", parties.doctor.health_personnel_number);
        xml.element("Navn", full_name(parties.doctor.name));
        xml.element("Org", parties.organisation.institution.name);
    }
    return xml.take();
}

std::string reimbursement_asked_body(const ReimbursementApplication& application) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::reimbursement_asked);
        xml.element("LegemiddelId", application.drug_id);
        write_code(xml, "RefHjemmel", codes::individual_reimbursement);
    }
    return xml.take();
}

std::string reimbursement_decided_body(const ReimbursementApplication& application) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::reimbursement_decided);
        write_code(xml, "Beslutning", application.decision());
    }
    return xml.take();
}

std::string exemption_decided_body(const Prescription& prescription) {
    XmlWriter xml;
    {
        const auto root = open_body(xml, MessageKind::exemption_decided);
        xml.element("ReseptId", prescription.register_id);
        write_code(xml, "Beslutning", codes::granted);
    }
    return xml.take();
}

}  // namespace sfmkit::client
