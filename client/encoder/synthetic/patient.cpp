#include "client/encoder/synthetic/patient.hpp"

#include "client/encoder/synthetic/dice.hpp"

#include <algorithm>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;

// Treatments lie in the two years before the export.
constexpr auto oldest_treatment = std::chrono::days(700);

Patient draw_person(Dice& dice, std::uint64_t seed, std::uint64_t index) {
    Patient person;
    person.id = id_of_patient(seed, index);
    person.record_id = dice.guid();
    person.sex = draw_sex(dice);
    person.name = draw_name(dice, person.sex);
    person.birth = birth_date_of_patient(seed, index);
    // D-numbers of people born before 1940 have ranges of their own.
    const bool may_have_d_number = person.birth >= LocalDate(std::chrono::year{1940} / 1 / 1);
    const bool has_d_number = dice.percent(5) && may_have_d_number;
    person.number_kind = has_d_number ? NumberKind::d_number : NumberKind::birth_number;
    person.national_number = draw_national_number(
        dice, person.birth, person.sex, person.number_kind, identity_series_of_patient(index)
    );
    person.address = draw_address(dice);
    const bool has_telephone = dice.percent(30);
    const std::string telephone = "tel:" + dice.digits(8);
    if (has_telephone) person.telephone = telephone;
    person.tells_nationality = dice.percent(20);
    const bool has_many_allergies = dice.percent(15);
    person.allergies = has_many_allergies ? 2 + dice.below(5) : 1;
    return person;
}

TreatmentKind draw_kind(Dice& dice) {
    const std::uint64_t percent = dice.below(100);
    if (percent < 70) return TreatmentKind::medicine;
    if (percent < 80) return TreatmentKind::nutrition;
    if (percent < 90) return TreatmentKind::consumable;
    return TreatmentKind::vaccine;
}

LocalTime draw_visit(Dice& dice, LocalTime exported_at) {
    const LocalDate day = date_of(exported_at) - std::chrono::days(dice.between(1, 500));
    return day + 8h + std::chrono::milliseconds(dice.below(8 * 3'600'000));
}

std::vector<Review> draw_reviews(Dice& dice, const Organisation& organisation) {
    std::vector<Review> reviews;
    const bool is_reviewed = dice.percent(25);
    const std::uint64_t count = is_reviewed ? 1 + dice.below(3) : 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        Review review;
        review.time = draw_visit(dice, organisation.exported_at);
        review.doctor = &dice.from(organisation.doctors());
        review.message_id = dice.guid();
        review.is_approval = dice.percent(40);
        reviews.push_back(std::move(review));
    }
    std::ranges::sort(reviews, {}, &Review::time);
    return reviews;
}

}  // namespace

Patient draw_patient(
    Dice& dice,
    std::uint64_t seed,
    std::uint64_t index,
    const Organisation& organisation,
    const PatientShape& shape
) {
    Patient patient = draw_person(dice, seed, index);
    patient.doctor = &dice.from(organisation.doctors());
    TreatmentWish wish;
    wish.earliest = organisation.exported_at - oldest_treatment;
    wish.latest = organisation.exported_at - std::chrono::days(1);
    wish.ordinary = true;
    patient.treatments.push_back(draw_treatment(dice, organisation, wish));
    wish.ordinary = false;
    for (std::size_t i = 0; i < shape.extra_treatments; ++i) {
        wish.kind = draw_kind(dice);
        patient.treatments.push_back(draw_treatment(dice, organisation, wish));
    }
    for (std::size_t i = 0; i < shape.visits; ++i) {
        patient.visits.push_back(draw_visit(dice, organisation.exported_at));
    }
    std::ranges::sort(patient.visits);
    patient.reviews = draw_reviews(dice, organisation);
    const bool has_multidose = dice.percent(8);
    const LocalTime multidose_since = draw_visit(dice, organisation.exported_at);
    if (has_multidose) patient.multidose_since = multidose_since;
    return patient;
}

}  // namespace sfmkit::client
