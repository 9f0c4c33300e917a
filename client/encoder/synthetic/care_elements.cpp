#include "client/encoder/synthetic/care_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/message_file.hpp"
#include "client/encoder/synthetic/patient.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"
#include "platform/assert.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::client {
namespace {

constexpr std::array<std::string_view, 5> approval_kinds{
    "Admission", "PreliminaryAdmission", "Discharge", "AfterChange", "Other"
};
constexpr std::array<std::string_view, 4> application_kinds{
    "Product", "Brand", "FreeText", "Preparation"
};
constexpr std::array<Code, 3> information_sources{{
    {"1", "Pasient"},
    {"2", "Pårørende"},
    {"3", "Hjemmesykepleie"},
}};

void write_doctor(
    XmlWriter& xml, std::string_view element, std::string_view number, std::string_view name
) {
    const auto scope = xml.open(element);
    xml.element("HprId", number);
    xml.element("Navn", name);
}

void write_dispensing_comments(XmlWriter& xml, Dice& dice, const Patient& patient) {
    for (const bool is_default : {true, false}) {
        const auto scope = xml.open("EkspederingsAnmodningKommentar");
        xml.element("Kommentar", draw_remark(dice, patient));
        xml.element("IsDefault", is_default);
    }
}

void write_review(XmlWriter& xml, Dice& dice, const Patient& patient, const Review& review) {
    const auto scope = xml.open("RegistrertLegemiddelgjennomgang");
    xml.element("Dato", print_date_time(on_database_grid(review.time)));
    xml.element("BrukerId", review.doctor->id);
    xml.element("Kommentar", draw_remark(dice, patient));
    write_code(xml, "Kilde", dice.from(std::span<const Code>(information_sources)));
    xml.element("M251MessageId", review.message_id);
}

void write_reviews(
    XmlWriter& xml, Dice& dice, const Organisation& organisation, const Patient& patient
) {
    const LocalDate next =
        date_of(organisation.exported_at) + std::chrono::days(dice.between(20, 300));
    const auto scope = xml.open("Legemiddelgjennomgang");
    xml.element("DatoNestePlanlagt", print_date(next));
    xml.element("EkskluderPasient", dice.percent(10));
    for (const Review& review : patient.reviews) {
        if (!review.is_approval) write_review(xml, dice, patient, review);
    }
}

const Message& message_with(std::span<const Message> messages, std::string_view message_id) {
    const auto found = std::ranges::find(messages, message_id, &Message::message_id);
    SFM_ASSERT(found != messages.end());
    return *found;
}

void write_decision(
    XmlWriter& xml, const ReimbursementApplication& application, const Message& answer
) {
    // The schema wants an int for the time and nobody says what it counts: seconds since 1970.
    const auto seconds = std::chrono::floor<std::chrono::seconds>(answer.created_at);
    const LocalDate decided = date_of(answer.created_at);
    const auto scope = xml.open("Svar");
    xml.element("M12MeldingsId", answer.message_id);
    xml.element("Tidspunkt", std::to_string(seconds.time_since_epoch().count()));
    write_code(xml, "Beslutning", application.decision());
    if (!application.is_granted) write_code(xml, "Avslagsgrunn", {"2", "Vilkår ikke oppfylt"});
    xml.element(
        "Begrunnelse",
        application.is_granted ? "Vilkårene er oppfylt." : "Prøv først et annet legemiddel."
    );
    xml.element("Vedtaksdato", print_date(decided));
    if (application.is_granted) {
        xml.element("GyldigTil", print_date(decided + std::chrono::days(365)));
    }
}

void write_application(
    XmlWriter& xml,
    Dice& dice,
    const ReimbursementApplication& application,
    std::span<const Message> messages
) {
    const User& doctor = *application.doctor;
    const std::string_view kind = dice.from(std::span<const std::string_view>(application_kinds));
    const auto root = xml.open("HelfoSoknader");
    const auto scope = xml.open("Soknad");
    xml.element("LegemiddelType", kind);
    xml.element("LegemiddelId", application.drug_id);
    xml.element("Sendt", print_date_time(application.time));
    xml.element("LegeHpr", doctor.health_personnel_number);
    xml.element("SokerNavn", full_name(doctor.name));
    xml.element("SoknadKladd", application.is_draft());
    xml.optional_element("M2MeldingsId", application.message_id);
    if (application.is_answered) {
        const Message& asked = message_with(messages, application.message_id);
        const auto answer = std::ranges::find(messages, asked.id, &Message::parent_id);
        SFM_ASSERT(answer != messages.end());
        write_decision(xml, application, *answer);
    }
    write_code(xml, "RefHjemmel", codes::individual_reimbursement);
    write_code(xml, "RefKode", {"G35", "Multippel sklerose", "7435"});
    if (application.is_deleted) {
        const auto deletion = xml.open("Slettet");
        xml.element("Tidspunkt", print_date_time(application.time + std::chrono::hours(2)));
        xml.element("BrukerId", doctor.id);
    }
}

/// Another medicine than the first one, or nothing.
const Treatment* second_medicine(const Patient& patient) {
    if (patient.treatments.empty()) return nullptr;
    const Treatment& first = patient.treatments.front();
    const auto found = std::ranges::find_if(patient.treatments, [&](const Treatment& other) {
        return other.kind == TreatmentKind::medicine &&
               other.order.drug->substance != first.order.drug->substance;
    });
    return found == patient.treatments.end() ? nullptr : &*found;
}

void write_handled_interactions(
    XmlWriter& xml, Dice& dice, const Patient& patient, const Treatment& second
) {
    const User& doctor = *patient.doctor;
    const Treatment& first = patient.treatments.front();
    const std::string interaction = dice.fest_id();
    const LocalTime time = std::max(
        first.prescriptions.back().versions.back().time,
        second.prescriptions.back().versions.back().time
    );
    const auto root = xml.open("HandterteInteraksjoner");
    const auto scope = xml.open("HandertInteraksjon");
    xml.element("LibId1", first.id);
    xml.element("LibId2", second.id);
    xml.element("FestInteraksjonsId", interaction);
    xml.element("Aktiv", true);
    xml.element("Begrunnelse", "Nytten er større enn ulempen.");
    xml.element("Tidspunkt", print_date_time(time));
    xml.element("BrukerId", doctor.id);
}

void write_approval(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const Patient& patient,
    const Review& review,
    std::span<const Message> messages
) {
    const std::string_view kind = dice.from(std::span<const std::string_view>(approval_kinds));
    const auto scope = xml.open("VibGodkjenning");
    xml.element("BrukerId", review.doctor->id);
    xml.element("Tidspunkt", print_date_time(on_database_grid(review.time)));
    xml.element("TypeGodkjenning", kind);
    xml.element("Kommentar", draw_remark(dice, patient));
    xml.element("AnnenInformasjon", "Pasienten får hjelp til å dosere.");
    xml.element("InstitusjonId", organisation.institution.id);
    xml.element("M251DokumentId", message_with(messages, review.message_id).id);
    write_code(xml, "Kilde", dice.from(std::span<const Code>(information_sources)));
}

}  // namespace

void write_carers(
    XmlWriter& xml, Dice& dice, const Organisation& organisation, const Patient& patient
) {
    const bool knows_own_doctor = dice.percent(40);
    const bool has_home_care = dice.percent(12);
    const std::string her_id = draw_her_id(dice);
    const User& doctor = *patient.doctor;
    const words::City& city = *organisation.institution.address.city;
    if (knows_own_doctor) {
        write_doctor(xml, "Fastlege", doctor.health_personnel_number, full_name(doctor.name));
    }
    if (patient.multidose_since) {
        write_doctor(
            xml, "MultidoseAnsvarligLege", doctor.health_personnel_number, full_name(doctor.name)
        );
    }
    if (!has_home_care) return;
    const auto scope = xml.open("PLOInformasjon");
    xml.element("HerId", her_id);
    xml.element("Navn", std::string(city.name) + " hjemmesykepleie");
    xml.element("Kommune", city.county.value);
}

void write_care(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const Patient& patient,
    std::span<const Message> messages
) {
    const bool has_comments = dice.percent(10);
    const Treatment* second = second_medicine(patient);
    const bool has_interaction = dice.percent(15) && second != nullptr;
    if (has_comments) write_dispensing_comments(xml, dice, patient);
    if (patient.has_empty_lists) xml.element("Legemiddelgjennomgang", "");
    if (!patient.reviews.empty()) write_reviews(xml, dice, organisation, patient);
    if (patient.application) write_application(xml, dice, *patient.application, messages);
    xml.optional_element("UstrukturertHistorikk", patient.history);
    if (has_interaction) write_handled_interactions(xml, dice, patient, *second);
    const bool has_approvals =
        std::ranges::any_of(patient.reviews, [](const Review& r) { return r.is_approval; });
    if (!has_approvals) return;
    const auto scope = xml.open("VibGodkjenninger");
    for (const Review& review : patient.reviews) {
        if (review.is_approval) {
            write_approval(xml, dice, organisation, patient, review, messages);
        }
    }
}

}  // namespace sfmkit::client
