#pragma once

#include <string_view>

namespace sfmkit::client {

class XmlWriter;

/// A value of a code list. With a list it is written with the attributes V, S, DN (type CV of the
/// schema), without one with V, DN (type CS).
struct Code {
    std::string_view value;
    std::string_view name;
    std::string_view list = {};  ///< e.g. `7448`; what follows 2.16.578.1.12.4.1.1.
    std::string_view original_text = {};
};

void write_code(XmlWriter& xml, std::string_view element, const Code& code);

/// `<Mengde U="stk" V="1" />`.
void write_quantity(
    XmlWriter& xml, std::string_view element, std::string_view value, std::string_view unit
);
/// Value before unit: how the official exporter writes mixtures and strengths.
void write_strength(
    XmlWriter& xml, std::string_view element, std::string_view value, std::string_view unit
);

/// `<Ident><Id>…</Id><TypeId …/></Ident>`.
void write_ident(XmlWriter& xml, std::string_view id, const Code& type);
/// The same content in an element of another name, e.g. `HerId`.
void write_ident_as(
    XmlWriter& xml, std::string_view element, std::string_view id, const Code& type
);

namespace codes {
inline constexpr Code birth_number{"FNR", "Fødselsnummer", "8116"};
inline constexpr Code d_number{"DNR", "D-nummer", "8116"};
inline constexpr Code health_personnel_number{"HPR", "HPR-nummer", "8116"};
inline constexpr Code other_person_id{"XXX", "Annet", "8116"};
inline constexpr Code her_id{"HER", "HER-id", "9051"};
inline constexpr Code organisation_number{"ENH", "Organisasjonsnummeret i Enhetsregister", "9051"};
inline constexpr Code male{"1", "Mann"};
inline constexpr Code female{"2", "Kvinne"};
inline constexpr Code norway{"NO", "Norge"};
inline constexpr Code home_address{"H", "Bostedsadresse"};
inline constexpr Code visiting_address{"RES", "Besøksadresse"};
inline constexpr Code main_telephone{"HP", "Hovedtelefon"};
inline constexpr Code mobile_telephone{"MC", "Mobiltelefon"};
inline constexpr Code doctor{"LE", "Lege"};
inline constexpr Code individual_reimbursement{"300", "§3", "7427"};
inline constexpr Code granted{"1", "Innvilget"};
inline constexpr Code refused{"2", "Avslag"};
}  // namespace codes

}  // namespace sfmkit::client
