#include "client/encoder/synthetic/inbox_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/organisation_document.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <array>

namespace sfmkit::client {
namespace {

constexpr std::string_view system_sender = "Forskrivningsmodulen";
constexpr std::string_view register_sender = "Reseptformidleren";

struct Notice {
    Code type;
    std::string_view sender;
};

// Type numbers as in the official example; those about no patient first.
constexpr std::array<Notice, 4> general_notices{{
    {{"6", "Oppdatering av FEST feilet"}, system_sender},
    {{"15", "FEST oppdatert"}, system_sender},
    {{"27", "Melding fra legemiddelmyndigheten"}, "SLV"},
    {{"31", "Verifisering mot RF feilet"}, system_sender},
}};
constexpr std::array<Notice, 4> patient_notices{{
    {{"2", "Resept slettet"}, register_sender},
    {{"29", "Pasienten endret opplysninger i RF"}, register_sender},
    {{"22", "Spørsmål fra apotek"}, "Apotek Blåmeisen"},
    {{"3", "Utleveringsrapport til fastlege"}, register_sender},
}};

void write_notice(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const Notice& notice,
    const InboxSubject* subject
) {
    const std::string id = dice.guid();
    const User& doctor = dice.from(organisation.doctors());
    const auto age = std::chrono::minutes(dice.between(60, 60 * 24 * 300));
    const bool has_text = dice.percent(10);
    const LocalTime time = std::chrono::floor<std::chrono::seconds>(organisation.exported_at - age);
    const auto scope = xml.open("Melding");
    xml.element("Id", id);
    xml.element("LegeBrukerId", doctor.id);
    xml.element("Sender", notice.sender);
    write_code(xml, "MeldingsType", notice.type);
    xml.element("Tidspunkt", print_date_time(time));
    if (subject) {
        xml.element("PasientId", subject->patient_id);
        xml.optional_element("PrescriptionId", subject->prescription_id);
        xml.optional_element("DokumentId", subject->document_id);
    }
    if (has_text) xml.element("Melding", dice.from(words::remarks()));
}

}  // namespace

void write_inbox(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const std::vector<InboxSubject>& subjects
) {
    const std::uint64_t general = 10 + dice.below(60);
    const auto scope = xml.open("Inboks");
    for (std::uint64_t i = 0; i < general; ++i) {
        const Notice& notice = dice.from(std::span<const Notice>(general_notices));
        write_notice(xml, dice, organisation, notice, nullptr);
    }
    for (const InboxSubject& subject : subjects) {
        const Notice& notice = dice.from(std::span<const Notice>(patient_notices));
        write_notice(xml, dice, organisation, notice, &subject);
    }
}

}  // namespace sfmkit::client
