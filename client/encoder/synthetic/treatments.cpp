#include "client/encoder/synthetic/treatments.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "platform/assert.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::client {
namespace {

using namespace std::chrono_literals;

constexpr Code morning{"1", "Morgen"};
constexpr Code midday{"3", "Midt på dagen"};
constexpr Code evening{"5", "Kveld"};

std::span<const Dosage> dosages() {
    static const std::array<Dosage, 3> list{{
        {" daglig", "1", {"93", "1 daglig", "7478"}, {morning}},
        {" 3 ganger daglig", "1", {"160", "1x3", "7478"}, {morning, midday, evening}},
        {" 3 ganger daglig", "0.5", {"15", "0,5x3", "7478"}, {morning, midday, evening}},
    }};
    return list;
}

const words::Drug& draw_drug(Dice& dice, TreatmentKind kind) {
    return dice.from(kind == TreatmentKind::vaccine ? words::vaccines() : words::drugs());
}

const words::Supply& draw_supply(Dice& dice, TreatmentKind kind) {
    const bool is_food = kind == TreatmentKind::nutrition;
    return dice.from(is_food ? words::nutrition() : words::consumables());
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

void add_infos(Dice& dice, Prescription& prescription) {
    for (const PrescriptionVersion& version : prescription.versions) {
        const auto same_state = [&](const PrescriptionInfo& info) {
            return info.state == version.step->info;
        };
        if (std::ranges::any_of(prescription.infos, same_state)) continue;
        prescription.infos.push_back(
            {.id = dice.guid(),
             .state = version.step->info,
             .written_on = date_of(prescription.versions.front().time)}
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

Order draw_order(Dice& dice, TreatmentKind kind) {
    Order order;
    order.repeats = dice.between(0, 3);
    order.details_seed = dice.seed();
    order.info_seed = dice.seed();
    if (kind == TreatmentKind::nutrition || kind == TreatmentKind::consumable) {
        order.supply = &draw_supply(dice, kind);
        order.amount = std::to_string(dice.between(1, 12));
        return order;
    }
    order.drug = &draw_drug(dice, kind);
    const bool is_mixture = kind == TreatmentKind::medicine && dice.percent(6);
    order.form = is_mixture ? DrugForm::mixture : static_cast<DrugForm>(dice.below(3));
    const bool by_package = order.form == DrugForm::package;
    order.amount = std::to_string(by_package ? dice.between(1, 4) : 10 * dice.between(1, 30));
    order.dosage = &dice.from(dosages());
    order.drug_id = dice.fest_id();
    order.needs_exemption = dice.percent(4);
    return order;
}

Treatment draw_treatment(Dice& dice, const Organisation& organisation, const TreatmentWish& wish) {
    Treatment treatment;
    treatment.id = dice.guid();
    treatment.kind = wish.kind;
    treatment.order = draw_order(dice, wish.kind);
    const LocalDate latest_start = date_of(wish.latest - longest_life);
    const auto days = (latest_start - date_of(wish.earliest)).count();
    const auto start_day = std::chrono::days(dice.between(0, days));
    const LocalTime first = draw_office_time(dice, date_of(wish.earliest) + start_day);
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
    // The start is told as a date; it may lie before the first version that is known.
    treatment.started = date_of(first) - std::chrono::days(dice.between(0, 5));
    return treatment;
}

}  // namespace sfmkit::client
