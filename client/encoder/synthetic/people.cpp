#include "client/encoder/synthetic/people.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"
#include "platform/assert.hpp"

#include <fmt/format.h>

#include <utility>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;

constexpr LocalDate first_birth_date{std::chrono::year{1930} / 1 / 1};
constexpr LocalDate end_of_birth_dates{std::chrono::year{2015} / 1 / 1};
constexpr auto birth_date_count =
    static_cast<std::uint64_t>((end_of_birth_dates - first_birth_date).count());

// A step without common factor with the count of dates visits every date once before it repeats.
constexpr std::uint64_t birth_date_step = 12'289;
static_assert(birth_date_count % birth_date_step != 0, "the step is a prime number");
static_assert(max_synthetic_patients <= birth_date_count * (identity_series_count - 1));

}  // namespace

std::string full_name(const PersonName& name) {
    if (name.middle.empty()) return name.given + " " + name.family;
    return name.given + " " + name.middle + " " + name.family;
}

PersonName draw_name(Dice& dice, Sex sex) {
    PersonName name;
    name.family = dice.from(words::family_names());
    const bool has_middle_name = dice.percent(25);
    if (has_middle_name) name.middle = dice.from(words::family_names());
    name.given = dice.from(sex == Sex::female ? words::female_names() : words::male_names());
    return name;
}

Address draw_address(Dice& dice) {
    Address address;
    const std::string_view street = dice.from(words::streets());
    const std::uint64_t number = 1 + dice.below(120);
    address.street = fmt::format("{} {}", street, number);
    address.city = &dice.from(words::cities());
    return address;
}

Sex draw_sex(Dice& dice) {
    return dice.percent(50) ? Sex::female : Sex::male;
}

std::int64_t age_on(LocalDate birth, LocalDate day) {
    const std::chrono::year_month_day born(birth);
    const std::chrono::year_month_day today(day);
    const std::int64_t years = int(today.year()) - int(born.year());
    const bool had_birthday =
        std::pair(today.month(), today.day()) >= std::pair(born.month(), born.day());
    return had_birthday ? years : years - 1;
}

const Code& code_of(Sex sex) {
    return sex == Sex::female ? codes::female : codes::male;
}

const Code& code_of(NumberKind kind) {
    return kind == NumberKind::d_number ? codes::d_number : codes::birth_number;
}

void write_name(XmlWriter& xml, const PersonName& name) {
    xml.element("FamilyName", name.family);
    xml.optional_element("MiddleName", name.middle);
    xml.element("GivenName", name.given);
}

std::string id_of_patient(std::uint64_t seed, std::uint64_t index) {
    Dice dice(derive_seed(seed, SeedUse::patient_id, index));
    return dice.guid();
}

LocalDate birth_date_of_patient(std::uint64_t seed, std::uint64_t index) {
    const std::uint64_t start = derive_seed(seed, SeedUse::catalogue, 0) % birth_date_count;
    const std::uint64_t place =
        (start + index % birth_date_count * birth_date_step) % birth_date_count;
    return first_birth_date + std::chrono::days(place);
}

unsigned identity_series_of_patient(std::uint64_t index) {
    SFM_ASSERT(index < max_synthetic_patients);
    return static_cast<unsigned>(index / birth_date_count);
}

}  // namespace sfmkit::client
