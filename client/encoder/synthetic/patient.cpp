#include "client/encoder/synthetic/patient.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/xml_writer.hpp"

#include <algorithm>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;

// Treatments lie in the two years before the export.
constexpr auto oldest_treatment = std::chrono::days(700);
constexpr auto oldest_warning = std::chrono::days(1300);
constexpr std::int64_t adult = 18;

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
    return person;
}

Taker taker_of(const Patient& patient) {
    return {.sex = patient.sex, .birth = patient.birth};
}

void draw_warnings(Dice& dice, const Organisation& organisation, Patient& patient) {
    const bool are_many = dice.percent(15);
    const std::uint64_t many = 2 + dice.below(5);
    const LocalDate day = first_warning_day(organisation);
    std::vector<const words::Drug*> left;
    for (const words::Drug& drug : words::drugs()) {
        if (suits(drug, taker_of(patient), day)) left.push_back(&drug);
    }
    // The others remain for treatments.
    const std::uint64_t most = left.size() / 2;
    const std::uint64_t count = std::min(are_many ? many : 1, most);
    for (std::uint64_t i = 0; i < count; ++i) {
        const words::Drug* drug = dice.from(std::span<const words::Drug* const>(left));
        patient.not_tolerated.push_back(drug);
        std::erase_if(left, [&](const auto* other) { return other->substance == drug->substance; });
    }
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
    return day + 8h + std::chrono::milliseconds(dice.below(office_day_milliseconds));
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

std::optional<ReimbursementApplication> draw_application(
    Dice& dice, const Organisation& organisation
) {
    const bool applies = dice.percent(8);
    ReimbursementApplication application;
    application.time = draw_visit(dice, organisation.exported_at);
    application.doctor = &dice.from(organisation.doctors());
    application.drug_id = dice.fest_id();
    const bool is_draft = dice.percent(30);
    const std::string message_id = dice.guid();
    if (!is_draft) application.message_id = message_id;
    application.is_answered = dice.percent(75) && !is_draft;
    application.is_granted = dice.percent(60);
    application.is_deleted = dice.percent(30) && is_draft;
    if (!applies) return std::nullopt;
    return application;
}

// Text inside the HTML document, which itself is text inside XML.
std::string escaped(const std::string& text) {
    XmlWriter html;
    {
        const auto scope = html.open("p");
        html.text(text);
    }
    const std::string paragraph = html.take();
    return paragraph.substr(3, paragraph.size() - 7);
}

// A note of an older system that could not be taken apart.
std::string history_of(const Patient& patient, std::size_t paragraphs) {
    std::string text = "<html><head><title>Tidligere medisinering</title></head><body><h1>" +
                       escaped(full_name(patient.name)) + "</h1>";
    for (std::size_t i = 0; i < paragraphs; ++i) {
        text +=
            "<p>Overført fra eldre journal: brukte smertestillende &quot;ved behov&quot;, sluttet "
            "på blodtrykksmedisin. Tåler ikke sjømat.</p>";
    }
    return text + "</body></html>";
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string result = text;
    for (std::size_t i = 1; i < times; ++i) result += ' ' + text;
    return result;
}

void lengthen_texts(Patient& patient) {
    constexpr std::size_t name_parts = 12;
    patient.name.family = repeated(patient.name.family, name_parts);
    patient.name.given = repeated(patient.name.given, name_parts);
    patient.address.street = repeated(patient.address.street, name_parts);
    patient.remark_repeats = 400;
    constexpr std::size_t about_one_megabyte = 8'000;
    patient.history = history_of(patient, about_one_megabyte);
}

void draw_unusual_name(Dice& dice, Patient& patient) {
    patient.name.family = dice.from(words::unusual_names());
    patient.name.middle = dice.from(words::unusual_names());
    patient.name.given = dice.from(words::unusual_names());
}

void draw_treatments(
    Dice& dice, const Organisation& organisation, const PatientShape& shape, Patient& patient
) {
    TreatmentWish wish;
    wish.earliest = organisation.exported_at - oldest_treatment;
    wish.latest = organisation.exported_at - std::chrono::days(1);
    wish.extra_versions = shape.of_export.extra_versions;
    wish.ordinary = true;
    wish.order.taker = taker_of(patient);
    for (const words::Drug* drug : patient.not_tolerated) {
        wish.order.avoided.push_back(drug->substance);
    }
    const auto add = [&] {
        patient.treatments.push_back(draw_treatment(dice, organisation, wish));
        const Order& order = patient.treatments.back().order;
        wish.order.in_use.push_back(order.drug ? order.drug->substance : order.supply->name);
    };
    add();
    wish.ordinary = wish.extra_versions > 0;
    for (std::size_t i = 0; i < shape.extra_treatments; ++i) {
        wish.order.kind = draw_kind(dice);
        add();
    }
}

}  // namespace

LocalDate first_warning_day(const Organisation& organisation) {
    return date_of(organisation.exported_at) - oldest_warning;
}

std::string draw_remark(Dice& dice, const Patient& patient) {
    return repeated(std::string(dice.from(words::remarks())), patient.remark_repeats);
}

Patient draw_patient(
    Dice& dice,
    std::uint64_t seed,
    std::uint64_t index,
    const Organisation& organisation,
    const PatientShape& shape
) {
    Patient patient = draw_person(dice, seed, index);
    patient.doctor = &dice.from(organisation.doctors());
    if (shape.of_export.has_unusual_letters) draw_unusual_name(dice, patient);
    if (shape.of_export.has_long_texts) lengthen_texts(patient);
    patient.has_empty_lists = shape.of_export.has_empty_lists;
    if (patient.has_empty_lists) return patient;
    draw_warnings(dice, organisation, patient);
    const bool has_history = dice.percent(12);
    if (has_history && patient.history.empty()) patient.history = history_of(patient, 3);
    draw_treatments(dice, organisation, shape, patient);
    for (std::size_t i = 0; i < shape.visits; ++i) {
        patient.visits.push_back(draw_visit(dice, organisation.exported_at));
    }
    std::ranges::sort(patient.visits);
    patient.reviews = draw_reviews(dice, organisation);
    const bool was_adult = age_on(patient.birth, first_warning_day(organisation)) >= adult;
    const bool has_multidose = dice.percent(8) && was_adult;
    const LocalTime multidose_since = draw_visit(dice, organisation.exported_at);
    if (has_multidose) patient.multidose_since = multidose_since;
    const auto application = draw_application(dice, organisation);
    if (was_adult) patient.application = application;
    return patient;
}

}  // namespace sfmkit::client
