#include "client/encoder/synthetic/allergy_elements.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/patient.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <array>

namespace sfmkit::client {
namespace {

constexpr std::array<Code, 3> reactions{{
    {"1", "Anafylaktisk reaksjon", "7497"},
    {"2", "Hudreaksjon", "7497"},
    {"3", "Annen reaksjon", "7497"},
}};
constexpr std::array<Code, 2> sources{{
    {"1", "Egen observasjon", "7498"},
    {"2", "Pasientens opplysning", "7498"},
}};
constexpr std::array<Code, 2> severities{{{"A", "Alvorlig"}, {"K", "Kritisk"}}};
constexpr std::array<Code, 2> likelihoods{{
    {"1", "Bekreftet", "7521"},
    {"2", "Sannsynlig", "7521"},
}};

}  // namespace

void write_allergy(
    XmlWriter& xml, Dice& dice, const Organisation& organisation, const Patient& patient
) {
    const User& doctor = *patient.doctor;
    const std::string id = dice.guid();
    const std::string group_id = dice.guid();
    const words::Drug& drug = dice.from(words::drugs());
    const LocalDate changed =
        date_of(organisation.exported_at) - std::chrono::days(dice.between(1, 900));
    const LocalDate registered = changed - std::chrono::days(dice.between(0, 400));
    const auto scope = xml.open("Legemiddelreaksjon");
    xml.element("GruppeId", group_id);
    xml.element("Id", id);
    xml.element("HeadOfHistory", true);
    {
        const auto warning = xml.open("CAVE");
        xml.element("CAVEId", id);
        xml.element("RegisteringsDato", print_date(registered));
        xml.element("Signatur", full_name(doctor.name));
        {
            const auto substance = xml.open("Virkestoff");
            xml.element("VirkestoffId", dice.fest_id());
            xml.element("VirkestoffNavn", drug.substance);
        }
        write_code(xml, "Reaksjon", dice.from(std::span<const Code>(reactions)));
        write_code(xml, "Kilde", dice.from(std::span<const Code>(sources)));
        write_code(xml, "Alvorlighetsgrad", dice.from(std::span<const Code>(severities)));
        write_code(xml, "Sannsynlighet", dice.from(std::span<const Code>(likelihoods)));
        const auto discovered = xml.open("Oppdaget");
        xml.element("IkkeOppgitt", true);
    }
    xml.element("SistOppdatertDato", print_date(changed));
    xml.element("RegistrertAv", doctor.id);
}

}  // namespace sfmkit::client
