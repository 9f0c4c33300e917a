#include "client/encoder/synthetic/treatments.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/people.hpp"
#include "platform/assert.hpp"

#include <algorithm>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;

bool holds(const std::vector<std::string_view>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

const words::Drug& draw_drug(Dice& dice, const OrderWish& wish, LocalDate day) {
    const bool is_vaccine = wish.kind == TreatmentKind::vaccine;
    std::vector<const words::Drug*> suitable;
    std::vector<const words::Drug*> unused;
    for (const words::Drug& drug : is_vaccine ? words::vaccines() : words::drugs()) {
        if (wish.taker && !suits(drug, *wish.taker, day)) continue;
        if (holds(wish.avoided, drug.substance)) continue;
        suitable.push_back(&drug);
        if (!holds(wish.in_use, drug.substance)) unused.push_back(&drug);
    }
    SFM_ASSERT(!suitable.empty());
    const auto& choice = unused.empty() ? suitable : unused;
    return *dice.from(std::span<const words::Drug* const>(choice));
}

const words::Dosage& draw_dosage(Dice& dice, const Order& order, LocalDate day) {
    // Templates are for adults.
    constexpr std::int64_t adult = 40;
    const std::int64_t age = order.taker ? age_on(order.taker->birth, day) : adult;
    std::vector<const words::Dosage*> fitting;
    for (const words::Dosage& dosage : order.drug->dosages) {
        if (dosage.from_age <= age && age <= dosage.to_age) fitting.push_back(&dosage);
    }
    SFM_ASSERT(!fitting.empty());
    return *dice.from(std::span<const words::Dosage* const>(fitting));
}

const words::Supply& draw_supply(Dice& dice, const OrderWish& wish) {
    const bool is_food = wish.kind == TreatmentKind::nutrition;
    const bool is_man = wish.taker && wish.taker->sex == Sex::male;
    std::vector<const words::Supply*> fitting;
    std::vector<const words::Supply*> unused;
    for (const words::Supply& supply : is_food ? words::nutrition() : words::consumables()) {
        if (is_man && supply.kind == words::SupplyKind::prosthesis) continue;
        fitting.push_back(&supply);
        if (!holds(wish.in_use, supply.name)) unused.push_back(&supply);
    }
    return *dice.from(std::span<const words::Supply* const>(unused.empty() ? fitting : unused));
}

LocalTime draw_office_time(Dice& dice, LocalDate day) {
    const auto milliseconds = std::chrono::milliseconds(dice.below(office_day_milliseconds));
    return on_database_grid(day + 8h + milliseconds);
}

LocalTime after(Dice& dice, LocalTime time, Pause pause) {
    const auto milliseconds = std::chrono::milliseconds(dice.below(1000));
    switch (pause) {
        case Pause::none:
            break;
        case Pause::seconds:
            return on_database_grid(time + milliseconds + 1s * dice.between(1, 40));
        case Pause::minutes:
            return on_database_grid(time + milliseconds + 1s * dice.between(60, 1500));
        case Pause::days:
            return draw_office_time(dice, date_of(time) + std::chrono::days(dice.between(1, 40)));
    }
    return time;
}

std::vector<PrescriptionVersion> draw_versions(
    Dice& dice, const LifeCycle& cycle, LocalTime first
) {
    std::vector<PrescriptionVersion> versions;
    LocalTime time = first;
    for (const VersionStep& step : cycle.steps) {
        time = after(dice, time, step.pause);
        versions.push_back({.id = dice.guid(), .step = &step, .time = time});
    }
    return versions;
}

/// A year after it was written, or on the day before the register took it out.
LocalDate last_day_of(const Prescription& prescription) {
    for (const PrescriptionVersion& version : prescription.versions) {
        if (version.step->event != StepEvent::removed) continue;
        return date_of(version.time) - std::chrono::days(1);
    }
    return date_of(prescription.versions.front().time) + std::chrono::days(365);
}

void add_infos(Dice& dice, Prescription& prescription) {
    for (const PrescriptionVersion& version : prescription.versions) {
        const auto same_state = [&](const PrescriptionInfo& info) {
            return info.state == version.step->info;
        };
        if (std::ranges::any_of(prescription.infos, same_state)) continue;
        prescription.infos.push_back(
            {.id = dice.guid(),
             .state = version.step->info,
             .written_on = date_of(prescription.versions.front().time),
             .expires_on = last_day_of(prescription)}
        );
    }
}

Prescriber draw_outside_prescriber(Dice& dice) {
    Prescriber prescriber;
    const Sex sex = draw_sex(dice);
    prescriber.name = full_name(draw_name(dice, sex));
    prescriber.health_personnel_number = draw_health_personnel_number(dice);
    return prescriber;
}

Prescription draw_prescription(
    Dice& dice, const Organisation& organisation, const LifeCycle& cycle, LocalTime first
) {
    Prescription prescription;
    prescription.id = dice.guid();
    prescription.cycle = &cycle;
    if (cycle.in_register) prescription.register_id = dice.guid();
    prescription.user = &dice.from(organisation.doctors());
    if (cycle.by_other_practice) {
        prescription.prescriber = draw_outside_prescriber(dice);
    } else {
        prescription.prescriber = {
            .name = full_name(prescription.user->name),
            .health_personnel_number = prescription.user->health_personnel_number
        };
    }
    const bool has_initiator = dice.percent(12);
    const std::uint64_t initiator_seed = dice.seed();
    if (has_initiator) prescription.initiator_seed = initiator_seed;
    prescription.versions = draw_versions(dice, cycle, first);
    add_infos(dice, prescription);
    return prescription;
}

void repeat_last_version(Dice& dice, Prescription& prescription, std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
        PrescriptionVersion version = prescription.versions.back();
        version.id = dice.guid();
        version.time = after(dice, version.time, Pause::minutes);
        prescription.versions.push_back(std::move(version));
    }
}

const PrescriptionVersion* first_version_with(
    const Prescription& prescription, bool VersionStep::* mark
) {
    const auto found = std::ranges::find_if(prescription.versions, [&](const auto& version) {
        return version.step->*mark;
    });
    return found == prescription.versions.end() ? nullptr : &*found;
}

// The longest life cycle and a renewal after it.
constexpr auto longest_life = std::chrono::days(41 * 5);

}  // namespace

bool suits(const words::Drug& drug, const Taker& taker, LocalDate day) {
    const std::int64_t age = age_on(taker.birth, day);
    const bool has_sex = !drug.only_women || taker.sex == Sex::female;
    return has_sex && drug.from_age <= age && age <= drug.to_age;
}

const PrescriptionInfo& Prescription::info_of(const PrescriptionVersion& version) const {
    const auto found = std::ranges::find(infos, version.step->info, &PrescriptionInfo::state);
    SFM_ASSERT(found != infos.end());
    return *found;
}

const PrescriptionVersion* Prescription::recall() const {
    return first_version_with(*this, &VersionStep::recalled);
}

const PrescriptionVersion* Prescription::stop() const {
    return first_version_with(*this, &VersionStep::stopped);
}

Order draw_order(Dice& dice, const OrderWish& wish, LocalDate day) {
    Order order;
    order.taker = wish.taker;
    const std::int64_t repeats = dice.between(0, 3);
    order.details_seed = dice.seed();
    order.info_seed = dice.seed();
    if (wish.kind == TreatmentKind::nutrition || wish.kind == TreatmentKind::consumable) {
        order.repeats = repeats;
        order.supply = &draw_supply(dice, wish);
        order.amount = std::to_string(dice.between(1, 12));
        return order;
    }
    order.drug = &draw_drug(dice, wish, day);
    order.dosage = &draw_dosage(dice, order, day);
    const bool is_mixture = dice.percent(60) && order.drug->is_mixed;
    order.form = static_cast<DrugForm>(dice.below(3));
    if (is_mixture) order.form = DrugForm::mixture;
    const std::int64_t any_packages = dice.between(1, 4);
    const bool is_limited = order.dosage->packages > 0;
    const std::int64_t packages = is_limited ? order.dosage->packages : any_packages;
    const bool by_package = order.form == DrugForm::package;
    order.amount = std::to_string(by_package ? packages : packages * order.drug->package_size);
    // What group A holds, and what is over after a while, is prescribed once.
    if (!is_limited && order.drug->prescription_group != "A") order.repeats = repeats;
    order.drug_id = dice.fest_id();
    order.needs_exemption = dice.percent(4);
    return order;
}

Treatment draw_treatment(Dice& dice, const Organisation& organisation, const TreatmentWish& wish) {
    Treatment treatment;
    treatment.id = dice.guid();
    treatment.kind = wish.order.kind;
    const LocalDate latest_start = date_of(wish.latest - longest_life);
    const auto days = (latest_start - date_of(wish.earliest)).count();
    const auto start_day = std::chrono::days(dice.between(0, days));
    const LocalTime first = draw_office_time(dice, date_of(wish.earliest) + start_day);
    // The start is told as a date; it may lie before the first version that is known.
    treatment.started = date_of(first) - std::chrono::days(dice.between(0, 5));
    treatment.order = draw_order(dice, wish.order, treatment.started);
    const LifeCycle& cycle = wish.ordinary ? life_cycles().front() : dice.from(life_cycles());
    const bool is_renewed = !wish.ordinary && dice.percent(20);
    LocalTime next = first;
    if (is_renewed) {
        treatment.prescriptions.push_back(
            draw_prescription(dice, organisation, replaced_life_cycle(), first)
        );
        Prescription& replaced = treatment.prescriptions.back();
        replaced.is_head = false;
        next = after(dice, replaced.versions.back().time, Pause::minutes);
    }
    treatment.prescriptions.push_back(draw_prescription(dice, organisation, cycle, next));
    repeat_last_version(dice, treatment.prescriptions.back(), wish.extra_versions);
    if (is_renewed) {
        treatment.prescriptions.back().previous_id = treatment.prescriptions.front().id;
    }
    return treatment;
}

}  // namespace sfmkit::client
