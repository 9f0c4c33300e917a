#include "client/encoder/synthetic/organisation.hpp"

#include "client/encoder/synthetic/dice.hpp"

#include <fmt/format.h>

#include <array>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view nil_guid = "00000000-0000-0000-0000-000000000000";
constexpr std::size_t doctor_count = 4;

// Every export lies in 2024: after the schema of today was published, and never in the future.
LocalTime draw_export_time(Dice& dice) {
    const LocalDate first_day{std::chrono::year{2024} / 6 / 3};
    const LocalDate day = first_day + std::chrono::days(dice.below(180));
    const auto minutes = std::chrono::minutes(dice.below(8 * 60));
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

User draw_employee(Dice& dice, std::string_view type, std::size_t number) {
    User user;
    user.id = dice.guid();
    user.type = type;
    user.sex = draw_sex(dice);
    user.name = draw_name(dice, user.sex);
    const LocalDate first_birth{std::chrono::year{1958} / 1 / 1};
    // Users are born in different years, so no two can get the same number.
    const auto year_offset = std::chrono::days(366 * 3 * static_cast<int>(number));
    user.birth = first_birth + year_offset + std::chrono::days(dice.below(365));
    user.national_number = draw_national_number(
        dice, user.birth, user.sex, NumberKind::birth_number, identity_series_of_users
    );
    user.login = fmt::format("bruker{:02}", number + 1);
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
    organisation.doctor_count = doctor_count;
    for (std::size_t i = 0; i < doctor_count; ++i) {
        User doctor = draw_employee(dice, "Doctor", i);
        doctor.health_personnel_number = draw_health_personnel_number(dice);
        organisation.users.push_back(std::move(doctor));
    }
    organisation.users.push_back(draw_employee(dice, "Assistant", doctor_count));
    return organisation;
}

}  // namespace sfmkit::client
