#include "client/encoder/synthetic/organisation.hpp"

#include "client/encoder/synthetic/dice.hpp"

#include <fmt/format.h>

#include <array>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view nil_guid = "00000000-0000-0000-0000-000000000000";
constexpr Code nurse{"SP", "Sykepleier"};
constexpr Code midwife{"JO", "Jordmor"};
constexpr std::array<Code, 3> specialities{{
    {"21", "Allmennmedisin"},
    {"41", "Revmatologi"},
    {"65", "Anatomi"},
}};

/// A kind of employee and how many of them work there.
struct Role {
    std::string_view type;
    std::size_t count;
    const Code* profession;
    bool has_personnel_number;
    bool is_active;
};
// Doctors first: patients are given to the active ones.
constexpr std::array<Role, 5> roles{{
    {"Doctor", 4, &codes::doctor, true, true},
    {"Doctor", 1, &codes::doctor, true, false},
    {"Assistant", 1, nullptr, false, true},
    {"Nurse", 1, &nurse, true, true},
    {"Midwife", 1, &midwife, true, true},
}};

// Every export lies in 2024: after the schema of today was published, and never in the future.
LocalTime draw_export_time(Dice& dice) {
    const LocalDate first_day{std::chrono::year{2024} / 6 / 3};
    const LocalDate day = first_day + std::chrono::days(dice.below(180));
    const auto minutes = std::chrono::minutes(dice.below(8 * std::uint64_t{60}));
    const auto seconds = std::chrono::seconds(2 * dice.below(30));
    return day + 8h + minutes + seconds;
}

Institution draw_institution(Dice& dice) {
    Institution institution;
    institution.id = dice.guid();
    institution.name = dice.from(words::practices());
    institution.her_id = draw_her_id(dice);
    institution.organisation_number = draw_organisation_number(dice);
    institution.address = draw_address(dice);
    institution.telephone = "tel:" + dice.digits(8);
    return institution;
}

// The account that the system itself uses: in the official example inactive, with the nil GUID.
User system_user(Dice& dice) {
    User user;
    user.id = nil_guid;
    user.login = dice.guid();
    user.active = false;
    user.name = {.family = "Systembruker", .middle = "", .given = "Forskrivningsmodul"};
    return user;
}

User administrator(Dice& dice) {
    User user;
    user.id = dice.guid();
    user.login = "admin";
    user.type = "Admin";
    return user;
}

void draw_profession(Dice& dice, const Role& role, User& user) {
    const bool is_specialist = dice.percent(50);
    const bool has_two_specialities = dice.percent(30);
    const bool has_telephone = dice.percent(40);
    user.profession = role.profession;
    if (role.has_personnel_number) {
        user.health_personnel_number = draw_health_personnel_number(dice);
    }
    if (has_telephone) user.telephone = "tel:" + dice.digits(8);
    user.has_right_to_prescribe = role.profession == &midwife;
    if (role.profession != &codes::doctor) return;
    user.may_prescribe_all = true;
    if (is_specialist) user.specialities.push_back(&specialities[0]);
    if (is_specialist && has_two_specialities) {
        user.specialities.push_back(&specialities[1 + dice.below(2)]);
    }
}

// number: counted over all employees, which are born in different years, so that no two can get
// the same national number.
User draw_employee(Dice& dice, const Role& role, std::size_t number) {
    User user;
    user.id = dice.guid();
    user.type = role.type;
    user.active = role.is_active;
    user.sex = draw_sex(dice);
    user.name = draw_name(dice, user.sex);
    const LocalDate first_birth{std::chrono::year{1958} / 1 / 1};
    const auto years = std::chrono::days(366 * 3 * static_cast<int>(number));
    user.birth = first_birth + years + std::chrono::days(dice.below(365));
    user.national_number = draw_national_number(
        dice, user.birth, user.sex, NumberKind::birth_number, identity_series_of_users
    );
    user.login = fmt::format("bruker{:02}", number + 1);
    draw_profession(dice, role, user);
    return user;
}

}  // namespace

Organisation draw_organisation(std::uint64_t seed) {
    Dice dice(derive_seed(seed, SeedUse::organisation, 0));
    Organisation organisation;
    organisation.exported_at = draw_export_time(dice);
    organisation.institution = draw_institution(dice);
    organisation.users.push_back(system_user(dice));
    organisation.users.push_back(administrator(dice));
    organisation.first_doctor = organisation.users.size();
    organisation.doctor_count = roles.front().count;
    std::size_t number = 0;
    for (const Role& role : roles) {
        for (std::size_t i = 0; i < role.count; ++i) {
            organisation.users.push_back(draw_employee(dice, role, number));
            ++number;
        }
    }
    return organisation;
}

}  // namespace sfmkit::client
