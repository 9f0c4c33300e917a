#include "client/encoder/synthetic/word_lists.hpp"

#include <array>

namespace sfmkit::client::words {
namespace {

constexpr std::array<std::string_view, 32> family_name_list{
    "Ærfjell",       "Østmyrvik",    "Åsgrind",      "Blåklokkeli",   "Tåkedal",
    "Sørlynghei",    "Nøkkeltjern",  "Brømsåker",    "Kråkeberghaug", "Lærkevang",
    "Måneskjær",     "Rødtindgård",  "Skogstjernes", "Våtmyrløkken",  "Fjærekvist",
    "Gråsteinsund",  "Høstvindli",   "Isbrekåsa",    "Juvfossmo",     "Kvernbekksæter",
    "Løvsanghagen",  "Multemyrås",   "Nordlysvær",   "Osperødvang",   "Pilegrønd",
    "Regnbuestø",    "Snøklokkevik", "Tyttebærhei",  "Ugledalsrud",   "Vinterlønn",
    "Ytterskjærnes", "Ørretkulp-Ås"
};

constexpr std::array<std::string_view, 20> female_name_list{
    "Åsvør",   "Bjørghild", "Dagrønn",  "Eldbjæra", "Frøyvår", "Gulløy",  "Hæge Lin",
    "Ingvør",  "Jøra",      "Kristbjø", "Lynghild", "Mårfrid", "Nattsøl", "Oddløg",
    "Ragnvær", "Sølvår",    "Torbjæg",  "Unnløv",   "Vårin",   "Ylvør"
};

constexpr std::array<std::string_view, 20> male_name_list{
    "Ærling",  "Bjørgolf",    "Dagfrød",  "Eirvåg", "Frøystein", "Gråmund",  "Håbrand",
    "Isbjørn", "Jøstein",     "Kårulf",   "Løvar",  "Mørkolf",   "Njålmar",  "Oddvær",
    "Ragnsøl", "Snøfrid Ulv", "Torgrønn", "Ulvåre", "Vårmund",   "Østein Bø"
};

constexpr std::array<std::string_view, 14> unusual_name_list{
    "Čáhceŋuolu-Ŧ",
    "Þórðarðóttir",
    "Łękażółw",
    "Dvořáčkěnsk",
    "Nguyễnỡng",
    "Ὀδυσσεύνα",
    "Щёлкунайте",
    "王小川林",
    "آرزونیا",
    "אריאלון",
    "Å\u030ase-Decomposed",
    "𐍆𐌹𐍃𐌺𐍃",
    "O'Nøll & Sønn",
    "<Åse> \"Sitat\""
};

constexpr std::array<std::string_view, 16> street_list{
    "Blåbærstien",
    "Åkerrikseveien",
    "Grønnspettlia",
    "Sølvrevgata",
    "Tømmerfløterveien",
    "Kløverbakken",
    "Måltrostvegen",
    "Ørneberget",
    "Fiskebølgata",
    "Rådyrtråkket",
    "Hønsehaukvegen",
    "Lærkesvingen",
    "Bjørkefeltet",
    "Gåsungegata",
    "Nøtteliveien",
    "Skjærgårdsallmenningen"
};

constexpr std::array<City, 10> city_list{{
    {"0191", "Fjordbyåsen", {"0301", "Oslo"}},
    {"1432", "Ålesundmarka", {"3201", "Bærum"}},
    {"2817", "Gjøvikmoen", {"3407", "Gjøvik"}},
    {"3044", "Drammensør", {"3301", "Drammen"}},
    {"4027", "Våglandsjøen", {"1103", "Stavanger"}},
    {"5063", "Bryggeløkken", {"4601", "Bergen"}},
    {"6018", "Skjærvågen", {"1508", "Ålesund"}},
    {"7048", "Nidelvøra", {"5001", "Trondheim"}},
    {"8072", "Saltstraumåsen", {"1804", "Bodø"}},
    {"9019", "Isbjørnvær", {"5501", "Tromsø"}},
}};

constexpr std::array<std::string_view, 8> practice_list{
    "Blåveisen legesenter",
    "Tåkefjord legekontor",
    "Snøklokka helsehus",
    "Øyværet legegruppe",
    "Gråsteinen fastlegesenter",
    "Måsvær helsestasjon",
    "Løvsprett legekontor",
    "Åkerspor legesenter"
};

constexpr std::array<std::string_view, 6> supplier_list{
    "Sølvpil Bandasje AS",
    "Nordøst Apotek",
    "Kløvermøllen Helse AS",
    "Fjellvåk Medisinteknikk",
    "Apotek Blåmeisen",
    "Tindegrønn Ernæring AS"
};

constexpr Code nutrition_group{"603", "Næringsmidler", "7403"};
constexpr Code nutrition_basis{"603", "§6 næringsmidler", "7427"};
constexpr Code consumable_group{"506", "Forbruksmateriell", "7403"};
constexpr Code consumable_basis{"506", "§5 forbruksmateriell", "7427"};

constexpr std::array<Supply, 3> nutrition_list{{
    {SupplyKind::nutrition,
     "Energidrikk Blåbær",
     nutrition_group,
     nutrition_basis,
     "910101",
     "200 ml",
     "1,5 kcal/ml",
     "Drikk",
     "Mjølkeprotein",
     "Rapsfrøolje"},
    {SupplyKind::nutrition,
     "Glutenfri mjølblanding",
     nutrition_group,
     nutrition_basis,
     "910102",
     "500 g",
     "345 kcal/100 g",
     "Mjøl",
     "Maisstivelse",
     "Rismjøl"},
    {SupplyKind::nutrition,
     "Proteinpulver Fjellmjølk",
     nutrition_group,
     nutrition_basis,
     "910103",
     "400 g",
     "87 g/100 g",
     "Pulver",
     "Mjølkeprotein",
     "Lecitin"},
}};

constexpr std::array<Supply, 4> consumable_list{{
    {SupplyKind::consumable,
     "Teststrimler Sølvdråpe",
     consumable_group,
     consumable_basis,
     "920101",
     "50 stk",
     "Boks",
     "Plast"},
    {SupplyKind::consumable,
     "Stomipose Myrull",
     consumable_group,
     consumable_basis,
     "920102",
     "350 ml",
     "Overtrekk",
     "Bomull & viskose"},
    {SupplyKind::consumable,
     "Kompresjonsstrømpe Bølge",
     consumable_group,
     consumable_basis,
     "920103",
     "1 par",
     "Strikk",
     "Nylon & elastan"},
    {SupplyKind::prosthesis,
     "Brystprotese Solvår",
     consumable_group,
     consumable_basis,
     "920104",
     "1 stk",
     {},
     {}},
}};

constexpr std::array<std::string_view, 8> remark_list{
    "Vurderes på nytt ved neste kontroll.",
    "Ønsker å prøve lavere dose.",
    "Gjelder også for påfølgende år.",
    "Avtalt på telefon.",
    "Tåler ikke høyere dose.",
    "Følges opp av sykepleier.",
    "Gjennomgått med pasient & pårørende.",
    "Prøver < 3 måneder."
};

}  // namespace

std::span<const std::string_view> family_names() {
    return family_name_list;
}
std::span<const std::string_view> female_names() {
    return female_name_list;
}
std::span<const std::string_view> male_names() {
    return male_name_list;
}
std::span<const std::string_view> unusual_names() {
    return unusual_name_list;
}
std::span<const std::string_view> streets() {
    return street_list;
}
std::span<const City> cities() {
    return city_list;
}
std::span<const std::string_view> practices() {
    return practice_list;
}
std::span<const std::string_view> suppliers() {
    return supplier_list;
}
std::span<const Supply> nutrition() {
    return nutrition_list;
}
std::span<const Supply> consumables() {
    return consumable_list;
}
std::span<const std::string_view> remarks() {
    return remark_list;
}

}  // namespace sfmkit::client::words
