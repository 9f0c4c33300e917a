#include "client/encoder/synthetic/allergy_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/drug_elements.hpp"
#include "client/encoder/synthetic/patient.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::client {
namespace {

constexpr Code serious{"A", "Alvorlig"};
constexpr Code critical{"K", "Kritisk"};

struct Reaction {
    Code code;
    Code severity;
    std::string_view grounds;
};

constexpr std::array<Reaction, 3> reactions{{
    {{"1", "Anafylaktisk reaksjon", "7497"},
     critical,
     "Tungpust og blodtrykksfall like etter inntak."},
    {{"2", "Hudreaksjon", "7497"}, serious, "Utslett ett døgn etter første dose."},
    {{"3", "Annen reaksjon", "7497"}, serious, "Kraftig kvalme ved hver dose."},
}};
constexpr std::array<Code, 2> sources{{
    {"1", "Egen observasjon", "7498"},
    {"2", "Pasientens opplysning", "7498"},
}};
constexpr std::array<Code, 2> likelihoods{{
    {"1", "Bekreftet", "7521"},
    {"2", "Sannsynlig", "7521"},
}};

/// What later versions of the same warning share.
struct Warning {
    const words::Drug& drug;
    const User& doctor;
    std::string group_id;
    LocalDate registered;
    std::uint64_t target = 0;  ///< substance, brand or ATC code
    std::uint64_t discovery = 0;
    std::int64_t age = 0;  ///< at the discovery
    const Reaction* reaction = nullptr;
};

void write_target(XmlWriter& xml, Dice& dice, const Warning& warning) {
    const std::string id = dice.fest_id();
    switch (warning.target) {
        case 0:
            write_substance(xml, dice, warning.drug);
            return;
        case 1:
            write_drug(xml, dice, warning.drug, DrugForm::brand, id);
            return;
        default: {
            const auto scope = xml.open("ATC");
            write_code(xml, "ATCKode", {warning.drug.atc, warning.drug.substance, "7180"});
        }
    }
}

void write_discovery(XmlWriter& xml, const Warning& warning) {
    const auto scope = xml.open("Oppdaget");
    switch (warning.discovery) {
        case 0:
            xml.element("IkkeOppgitt", true);
            return;
        case 1:
            xml.element("Ukjent", true);
            return;
        case 2:
            xml.element("Alder", std::to_string(warning.age));
            return;
        default:
            xml.element("Dato", print_date(warning.registered - std::chrono::days(30)));
    }
}

void write_warning(
    XmlWriter& xml, Dice& dice, const Warning& warning, std::string_view id, bool is_refuted
) {
    const bool has_grounds = dice.percent(30);
    const bool is_inactive = dice.percent(10);
    const auto scope = xml.open("CAVE");
    xml.element("CAVEId", id);
    if (has_grounds) {
        xml.element("HjelpestoffReaksjon", dice.percent(20));
        xml.element("GrunnlagForCAVE", warning.reaction->grounds);
    }
    xml.element("RegisteringsDato", print_date(warning.registered));
    xml.element("Signatur", full_name(warning.doctor.name));
    if (is_inactive) xml.element("Innaktiv", true);
    write_target(xml, dice, warning);
    write_code(xml, "Reaksjon", warning.reaction->code);
    write_code(xml, "Kilde", dice.from(std::span<const Code>(sources)));
    write_code(xml, "Alvorlighetsgrad", warning.reaction->severity);
    // A note in the schema: no likelihood when the warning was refuted.
    if (is_refuted) {
        xml.element("Avkreftet", true);
    } else {
        write_code(xml, "Sannsynlighet", dice.from(std::span<const Code>(likelihoods)));
    }
    write_discovery(xml, warning);
}

void write_version(
    XmlWriter& xml, Dice& dice, const Warning& warning, LocalDate changed, bool is_head
) {
    const std::string id = dice.guid();
    // What was refuted stays so.
    const bool is_refuted = dice.percent(15) && is_head;
    const bool is_deleted = dice.percent(20) && !is_head;
    const auto scope = xml.open("Legemiddelreaksjon");
    xml.element("GruppeId", warning.group_id);
    xml.element("Id", id);
    xml.element("HeadOfHistory", is_head);
    write_warning(xml, dice, warning, id, is_refuted);
    xml.element("SistOppdatertDato", print_date(changed));
    xml.element("RegistrertAv", warning.doctor.id);
    if (is_refuted) xml.element("AvkreftetKommentar", "Provosert på sykehus uten reaksjon.");
    if (!is_head) xml.element("Discarded", true);
    if (is_deleted) {
        const auto deletion = xml.open("Deleted");
        write_code(xml, "Reason", {"1", "Feilregistrering"});
        xml.element("DeletedBy", warning.doctor.id);
    }
}

}  // namespace

void write_allergy(
    XmlWriter& xml,
    Dice& dice,
    const Organisation& organisation,
    const Patient& patient,
    const words::Drug& drug
) {
    Warning warning{
        .drug = drug, .doctor = *patient.doctor, .group_id = dice.guid(), .registered = {}
    };
    const LocalDate changed =
        date_of(organisation.exported_at) - std::chrono::days(dice.between(1, 900));
    warning.registered = changed - std::chrono::days(dice.between(0, 400));
    warning.target = dice.below(3);
    warning.discovery = dice.below(4);
    const std::int64_t latest_age =
        std::min(drug.to_age, age_on(patient.birth, warning.registered));
    warning.age = dice.between(std::min(drug.from_age, latest_age), latest_age);
    warning.reaction = &dice.from(std::span<const Reaction>(reactions));
    const bool has_earlier_version = dice.percent(20);
    if (has_earlier_version) write_version(xml, dice, warning, warning.registered, false);
    write_version(xml, dice, warning, changed, true);
}

}  // namespace sfmkit::client
