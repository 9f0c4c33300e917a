#include "client/encoder/synthetic/word_lists.hpp"

#include <array>

namespace sfmkit::client::words {
namespace {

constexpr TimeOfDay morning{{"1", "Morgen"}, "08:00:00"};
constexpr TimeOfDay midday{{"3", "Midt på dagen"}, "12:30:00"};
constexpr TimeOfDay evening{{"5", "Kveld"}, "20:00:00"};
constexpr std::array in_morning{morning};
constexpr std::array in_evening{evening};
constexpr std::array twice{morning, evening};
constexpr std::array thrice{morning, midday, evening};

constexpr Code once_daily{"93", "1 daglig", "7478"};
constexpr Code one_thrice{"160", "1x3", "7478"};
constexpr Code half_thrice{"15", "0,5x3", "7478"};
constexpr Code one_in_morning{"5507", "1+0+0+0", "7478"};

constexpr std::int64_t adult = 18;
constexpr std::int64_t teenager = 12;

constexpr Dosage daily{"1", " daglig", in_morning, once_daily};
constexpr Dosage by_morning{"1", " om morgenen", in_morning, one_in_morning};
constexpr Dosage by_evening{"1", " om kvelden", in_evening, once_daily};
constexpr Dosage by_both{"1", " morgen og kveld", twice};
constexpr Dosage three_times{"1", " 3 ganger daglig", thrice, one_thrice};
constexpr Dosage half_three_times{"0.5", " 3 ganger daglig", thrice, half_thrice};
constexpr Dosage four_if_needed{
    .amount = "1", .text = " ved behov, høyst 4 i døgnet", .as_needed = Limits{"4", "2", "12", "6"}
};
constexpr Dosage three_if_needed{
    .amount = "1", .text = " ved behov, høyst 3 i døgnet", .as_needed = Limits{"3", "1", "8", "8"}
};

constexpr Dosage for_ages(std::int64_t from, std::int64_t to, Dosage dosage) {
    dosage.from_age = from;
    dosage.to_age = to;
    return dosage;
}
constexpr Dosage on_days(DoseDays days, Dosage dosage) {
    dosage.days = days;
    return dosage;
}
constexpr Dosage as_course(std::int64_t days, std::int64_t packages, Dosage dosage) {
    dosage.course_days = days;
    dosage.packages = packages;
    return dosage;
}

constexpr std::array daily_doses{daily, by_morning};
constexpr std::array evening_doses{by_evening};
constexpr std::array both_doses{by_both};
constexpr std::array metformin_doses{three_times, daily};
constexpr std::array paracetamol_doses{
    for_ages(0, teenager - 1, half_three_times),
    for_ages(teenager, 200, three_times),
    for_ages(teenager, 200, four_if_needed)
};
constexpr std::array ibuprofen_doses{three_times, three_if_needed};
constexpr std::array diazepam_doses{half_three_times, three_if_needed};
constexpr std::array salbutamol_doses{four_if_needed};
constexpr std::array warfarin_doses{Dosage{
    .amount = "1",
    .text = " om kvelden, justeres etter INR",
    .times = in_evening,
    .short_form = once_daily,
    .by_blood_test = true
}};
constexpr std::array penicillin_doses{
    for_ages(0, teenager - 1, as_course(10, 1, {"5", " 3 ganger daglig i 10 dager", thrice})),
    for_ages(teenager, 200, as_course(10, 3, {"15", " 3 ganger daglig i 10 dager", thrice}))
};
constexpr std::array lactulose_doses{
    for_ages(0, teenager - 1, {"10", " om morgenen", in_morning}),
    for_ages(teenager, 200, {"15", " om morgenen", in_morning})
};
constexpr std::array cream_doses{
    by_both,
    on_days(
        DoseDays::every_other, {"1", " om kvelden mandag, onsdag, fredag og søndag", in_evening}
    )
};
constexpr std::array eye_doses{Dosage{"1", " i hvert øye morgen og kveld", twice}};
constexpr std::array pill_doses{on_days(
    DoseDays::three_weeks_of_four,
    {"1", " daglig i 21 dager, deretter 7 dager pause", in_evening, once_daily}
)};
constexpr std::array weekly_doses{
    on_days(DoseDays::mondays, {"1", " hver mandag morgen", in_morning})
};
constexpr std::array infusion_doses{Dosage{
    .amount = "48",
    .text = " i døgnet som infusjon, 2 ml i timen",
    .times = in_morning,
    .infusion = "2"
}};
constexpr std::array vaccine_doses{as_course(0, 1, {"1", " som engangsdose"})};

struct Naming {
    std::string_view name;
    std::string_view substance;
    std::string_view atc;
};
struct Make {
    Code form;
    std::string_view strength;
    std::string_view dose_unit;
    std::string_view amount_unit;
    std::int64_t package_size;
};
struct Use {
    std::string_view group;
    std::string_view used_for;
    std::string_view item_number;
    Code diagnosis = {};
};
struct Takers {
    std::int64_t from_age = adult;
    std::int64_t to_age = 200;
    bool only_women = false;
};

constexpr Code tablet_form{"53", "Tablett", "7448"};
constexpr Code mixture_form{"9", "Mikstur", "7448"};
constexpr Code cream_form{"34", "Krem", "7448"};
constexpr Code drops_form{"6", "Dråper", "7448"};
constexpr Code unspecified_form{"173", "(ikke angitt)", "7448"};

constexpr Make tablets(std::string_view strength, std::int64_t count) {
    return {tablet_form, strength, "tablett", "stk", count};
}
constexpr Make liquid(std::string_view strength, std::int64_t millilitres) {
    return {mixture_form, strength, "ml", "ml", millilitres};
}
constexpr Make vaccine{unspecified_form, "Inj", "dose", "dose", 1};
constexpr Make solution(std::string_view strength) {
    return {unspecified_form, strength, "ml", "ml", 50};
}

constexpr Drug drug(
    const Naming& naming,
    const Make& make,
    const Use& use,
    std::span<const Dosage> dosages,
    const Takers& takers = {}
) {
    return {
        .name = naming.name,
        .substance = naming.substance,
        .atc = naming.atc,
        .form = make.form,
        .form_and_strength = make.strength,
        .dose_unit = make.dose_unit,
        .amount_unit = make.amount_unit,
        .package_size = make.package_size,
        .prescription_group = use.group,
        .used_for = use.used_for,
        .item_number = use.item_number,
        .diagnosis = use.diagnosis,
        .dosages = dosages,
        .from_age = takers.from_age,
        .to_age = takers.to_age,
        .only_women = takers.only_women,
        .is_swallowed =
            make.form.value == tablet_form.value || make.form.value == mixture_form.value,
        .is_mixed = false
    };
}

constexpr Drug mixed(Drug drug) {
    drug.is_mixed = true;
    return drug;
}

constexpr Code pain{"R52", "Smerte, ikke klassifisert annet sted", "7435"};
constexpr Code high_pressure{"I10", "Essensiell hypertensjon", "7435"};
constexpr Code cholesterol{"E78", "Forstyrrelser i lipoproteinmetabolismen", "7435"};
constexpr Code diabetes{"E11", "Diabetes mellitus type 2", "7435"};
constexpr Code flutter{"I48", "Atrieflimmer og atrieflutter", "7435"};
constexpr Code eczema{"L20", "Atopisk dermatitt", "7435"};
constexpr Code glaucoma{"H40", "Glaukom", "7435"};
constexpr Code asthma{"J45", "Astma", "7435"};
constexpr Code depression{"F32", "Depressiv episode", "7435"};
constexpr Code low_metabolism{"E03", "Annen hypotyreose", "7435"};
constexpr Code weak_bones{"M81", "Osteoporose uten patologisk brudd", "7435"};
constexpr Code hay_fever{"J30", "Allergisk rhinitt", "7435"};

constexpr std::array drug_list{
    drug(
        {"Blåmodol", "Paracetamol", "N02BE01"},
        tablets("Tab 500 mg", 100),
        {"C", "MOT SMERTER", "900101", pain},
        paracetamol_doses,
        {.from_age = 0}
    ),
    drug(
        {"Ibuværin", "Ibuprofen", "M01AE01"},
        tablets("Tab 400 mg", 30),
        {"C", "MOT BETENNELSE", "900102", pain},
        ibuprofen_doses,
        {.from_age = teenager}
    ),
    drug(
        {"Trykksenk Ås", "Amlodipin", "C08CA01"},
        tablets("Tab 5 mg", 98),
        {"C", "MOT HØYT BLODTRYKK", "900103", high_pressure},
        daily_doses
    ),
    drug(
        {"Hjertero", "Metoprolol", "C07AB02"},
        tablets("Depottab 47,5 mg", 98),
        {"C", "FOR HJERTET", "900104", high_pressure},
        daily_doses
    ),
    drug(
        {"Statinør", "Simvastatin", "C10AA01"},
        tablets("Tab 20 mg", 98),
        {"C", "SENKER KOLESTEROL", "900105", cholesterol},
        evening_doses
    ),
    drug(
        {"Sukkerbrems", "Metformin", "A10BA02"},
        tablets("Tab 500 mg", 100),
        {"C", "MOT DIABETES", "900106", diabetes},
        metformin_doses
    ),
    drug(
        {"Tynnblodåre", "Warfarin", "B01AA03"},
        tablets("Tab 2,5 mg", 100),
        {"C", "FOREBYGGER BLODPROPP", "900107", flutter},
        warfarin_doses
    ),
    drug(
        {"Penivæsk", "Fenoksymetylpenicillin", "J01CE02"},
        liquid("Mikst 50 mg/ml", 200),
        {"C", "MOT INFEKSJON", "900108"},
        penicillin_doses,
        {.from_age = 0}
    ),
    drug(
        {"Kløefri", "Hydrokortison", "D07AA02"},
        {cream_form, "Krem 1 %", "påføring", "g", 30},
        {"C", "MOT KLØE", "900109", eczema},
        cream_doses,
        {.from_age = 0}
    ),
    drug(
        {"Øyedugg", "Timolol", "S01ED01"},
        {drops_form, "Øyedr 5 mg/ml", "dråpe", "ml", 5},
        {"C", "MOT GRØNN STÆR", "900110", glaucoma},
        eye_doses
    ),
    drug(
        {"Søvnløkka", "Zopiklon", "N05CF01"},
        tablets("Tab 7,5 mg", 10),
        {"B", "MOT SØVNLØSHET", "900111"},
        evening_doses
    ),
    drug(
        {"Roligåsen", "Diazepam", "N05BA01"},
        tablets("Tab 5 mg", 25),
        {"B", "MOT URO", "900112"},
        diazepam_doses
    ),
    drug(
        {"Sterkmorfør", "Morfin", "N02AA01"},
        tablets("Depottab 10 mg", 20),
        {"A", "MOT STERKE SMERTER", "900113", pain},
        both_doses
    ),
    drug(
        {"Luftveisvår", "Montelukast", "R03DC03"},
        tablets("Tyggetab 5 mg", 98),
        {"C", "MOT ASTMA", "900114", asthma},
        evening_doses,
        {.from_age = 6, .to_age = 14}
    ),
    drug(
        {"Lettsinnål", "Escitalopram", "N06AB10"},
        tablets("Tab 10 mg", 98),
        {"C", "MOT DEPRESJON", "900115", depression},
        daily_doses
    ),
    drug(
        {"Stoffskiftære", "Levotyroksin", "H03AA01"},
        tablets("Tab 100 mikrog", 100),
        {"C", "FOR STOFFSKIFTET", "900116", low_metabolism},
        daily_doses
    ),
    drug(
        {"Magevind", "Laktulose", "A06AD11"},
        liquid("Mikst 670 mg/ml", 500),
        {"C", "MOT FORSTOPPELSE", "900117"},
        lactulose_doses,
        {.from_age = 0}
    ),
    drug(
        {"Pustelønn", "Salbutamol", "R03AC02"},
        {unspecified_form, "Inh 0,1 mg/dose", "inhalasjon", "dose", 200},
        {"C", "MOT ASTMA", "900118", asthma},
        salbutamol_doses,
        {.from_age = 5}
    ),
    drug(
        {"Pollenvåg", "Cetirizin", "R06AE07"},
        tablets("Tab 10 mg", 100),
        {"C", "MOT ALLERGI", "900119", hay_fever},
        daily_doses,
        {.from_age = teenager}
    ),
    drug(
        {"Månepillær", "Levonorgestrel og østrogen", "G03AA07"},
        tablets("Tab 21 stk", 63),
        {"C", "PREVENSJON", "900120"},
        pill_doses,
        {.from_age = 15, .to_age = 49, .only_women = true}
    ),
    drug(
        {"Beinsterkåd", "Alendronsyre", "M05BA04"},
        tablets("Tab 70 mg", 12),
        {"C", "MOT BEINSKJØRHET", "900121", weak_bones},
        weekly_doses,
        {.from_age = 50}
    ),
    mixed(drug(
        {"Sterkmorfør infusjon", "Morfin", "N02AA01"},
        solution("Inf 1 mg/ml"),
        {"A", "MOT STERKE SMERTER", "900122", pain},
        infusion_doses,
        {.from_age = 60}
    ))
};

constexpr std::array vaccine_list{
    drug(
        {"Tetanør", "Tetanustoksoid", "J07AM01"},
        vaccine,
        {"C", "FOREBYGGER STIVKRAMPE", "900201"},
        vaccine_doses,
        {.from_age = 0}
    ),
    drug(
        {"Influsnø", "Influensa, inaktivert", "J07BB02"},
        vaccine,
        {"C", "FOREBYGGER INFLUENSA", "900202"},
        vaccine_doses,
        {.from_age = 0}
    ),
    drug(
        {"Hepavåg", "Hepatitt B", "J07BC01"},
        vaccine,
        {"C", "FOREBYGGER HEPATITT B", "900203"},
        vaccine_doses,
        {.from_age = 0}
    )
};

constexpr std::array mixture_part_list{
    drug(
        {"Sterkmorfør", "Morfin", "N02AA01"},
        solution("Inj"),
        {"A", "MOT STERKE SMERTER", "900301"},
        infusion_doses
    ),
    drug(
        {"Kvalmelind", "Haloperidol", "N05AD01"},
        solution("Inj"),
        {"C", "MOT KVALME", "900302"},
        infusion_doses
    ),
    drug(
        {"Søvnsøkk", "Midazolam", "N05CD08"},
        solution("Inj"),
        {"B", "MOT URO", "900303"},
        infusion_doses
    ),
    drug(
        {"Slimtørk", "Glykopyrronium", "A03AB02"},
        solution("Inj"),
        {"C", "MOT SLIM", "900304"},
        infusion_doses
    )
};

}  // namespace

std::span<const Drug> drugs() {
    return drug_list;
}
std::span<const Drug> vaccines() {
    return vaccine_list;
}
std::span<const Drug> mixture_parts() {
    return mixture_part_list;
}

}  // namespace sfmkit::client::words
