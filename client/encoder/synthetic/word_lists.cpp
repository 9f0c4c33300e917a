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

constexpr Code tablet{"53", "Tablett", "7448"};
constexpr Code mixture{"9", "Mikstur", "7448"};
constexpr Code cream{"34", "Krem", "7448"};
constexpr Code drops{"6", "Dråper", "7448"};
constexpr Code unspecified_form{"173", "(ikke angitt)", "7448"};

constexpr std::array<Drug, 16> drug_list{{
    {"Blåmodol",
     "Paracetamol",
     "N02BE01",
     tablet,
     "Tab 500 mg",
     "tablett",
     "stk",
     "C",
     "MOT SMERTER",
     "900101"},
    {"Ibuværin",
     "Ibuprofen",
     "M01AE01",
     tablet,
     "Tab 400 mg",
     "tablett",
     "stk",
     "C",
     "MOT BETENNELSE",
     "900102"},
    {"Trykksenk Ås",
     "Amlodipin",
     "C08CA01",
     tablet,
     "Tab 5 mg",
     "tablett",
     "stk",
     "C",
     "MOT HØYT BLODTRYKK",
     "900103"},
    {"Hjertero",
     "Metoprolol",
     "C07AB02",
     tablet,
     "Depottab 47,5 mg",
     "tablett",
     "stk",
     "C",
     "FOR HJERTET",
     "900104"},
    {"Statinør",
     "Simvastatin",
     "C10AA01",
     tablet,
     "Tab 20 mg",
     "tablett",
     "stk",
     "C",
     "SENKER KOLESTEROL",
     "900105"},
    {"Sukkerbrems",
     "Metformin",
     "A10BA02",
     tablet,
     "Tab 500 mg",
     "tablett",
     "stk",
     "C",
     "MOT DIABETES",
     "900106"},
    {"Tynnblodåre",
     "Warfarin",
     "B01AA03",
     tablet,
     "Tab 2,5 mg",
     "tablett",
     "stk",
     "C",
     "FOREBYGGER BLODPROPP",
     "900107"},
    {"Penivæsk",
     "Fenoksymetylpenicillin",
     "J01CE02",
     mixture,
     "Mikst 50 mg/ml",
     "ml",
     "ml",
     "C",
     "MOT INFEKSJON",
     "900108"},
    {"Kløefri",
     "Hydrokortison",
     "D07AA02",
     cream,
     "Krem 1 %",
     "påføring",
     "g",
     "C",
     "MOT KLØE",
     "900109"},
    {"Øyedugg",
     "Timolol",
     "S01ED01",
     drops,
     "Øyedr 5 mg/ml",
     "dråpe",
     "ml",
     "C",
     "MOT GRØNN STÆR",
     "900110"},
    {"Søvnløkka",
     "Zopiklon",
     "N05CF01",
     tablet,
     "Tab 7,5 mg",
     "tablett",
     "stk",
     "B",
     "MOT SØVNLØSHET",
     "900111"},
    {"Roligåsen",
     "Diazepam",
     "N05BA01",
     tablet,
     "Tab 5 mg",
     "tablett",
     "stk",
     "B",
     "MOT URO",
     "900112"},
    {"Sterkmorfør",
     "Morfin",
     "N02AA01",
     tablet,
     "Depottab 10 mg",
     "tablett",
     "stk",
     "A",
     "MOT STERKE SMERTER",
     "900113"},
    {"Luftveisvår",
     "Montelukast",
     "R03DC03",
     tablet,
     "Tyggetab 5 mg",
     "tablett",
     "stk",
     "C",
     "MOT ASTMA",
     "900114"},
    {"Lettsinnål",
     "Escitalopram",
     "N06AB10",
     tablet,
     "Tab 10 mg",
     "tablett",
     "stk",
     "C",
     "MOT DEPRESJON",
     "900115"},
    {"Stoffskiftære",
     "Levotyroksin",
     "H03AA01",
     tablet,
     "Tab 100 mikrog",
     "tablett",
     "stk",
     "C",
     "FOR STOFFSKIFTET",
     "900116"},
}};

constexpr std::array<Drug, 3> vaccine_list{{
    {"Tetanør",
     "Tetanustoksoid",
     "J07AM01",
     unspecified_form,
     "Inj",
     "dose",
     "dose",
     "C",
     "FOREBYGGER STIVKRAMPE",
     "900201"},
    {"Influsnø",
     "Influensa, inaktivert",
     "J07BB02",
     unspecified_form,
     "Inj",
     "dose",
     "dose",
     "C",
     "FOREBYGGER INFLUENSA",
     "900202"},
    {"Hepavåg",
     "Hepatitt B",
     "J07BC01",
     unspecified_form,
     "Inj",
     "dose",
     "dose",
     "C",
     "FOREBYGGER HEPATITT B",
     "900203"},
}};

constexpr Code nutrition_group{"603", "Næringsmidler", "7403"};
constexpr Code nutrition_basis{"603", "§6 næringsmidler", "7427"};
constexpr Code consumable_group{"506", "Forbruksmateriell", "7403"};
constexpr Code consumable_basis{"506", "§5 forbruksmateriell", "7427"};

constexpr std::array<Supply, 3> nutrition_list{{
    {SupplyKind::nutrition, "Energidrikk Blåbær", nutrition_group, nutrition_basis, "910101"},
    {SupplyKind::nutrition, "Glutenfri mjølblanding", nutrition_group, nutrition_basis, "910102"},
    {SupplyKind::nutrition, "Proteinpulver Fjellmjølk", nutrition_group, nutrition_basis, "910103"},
}};

constexpr std::array<Supply, 4> consumable_list{{
    {SupplyKind::consumable, "Teststrimler Sølvdråpe", consumable_group, consumable_basis, "920101"
    },
    {SupplyKind::consumable, "Stomipose Myrull", consumable_group, consumable_basis, "920102"},
    {SupplyKind::consumable,
     "Kompresjonsstrømpe Bølge",
     consumable_group,
     consumable_basis,
     "920103"},
    {SupplyKind::prosthesis, "Brystprotese Solvår", consumable_group, consumable_basis, "920104"},
}};

constexpr std::array<std::string_view, 8> remark_list{
    "Vurderes på nytt ved neste kontroll.",
    "Ønsker å prøve lavere dose.",
    "Gjelder også for påfølgende år.",
    "Avtalt på telefon.",
    "Tåler ikke høyere dose.",
    "Følges opp av sykepleier.",
    "Må tas sammen med mat & drikke.",
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
std::span<const Drug> drugs() {
    return drug_list;
}
std::span<const Drug> vaccines() {
    return vaccine_list;
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
