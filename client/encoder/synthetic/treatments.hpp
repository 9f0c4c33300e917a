#pragma once

#include "client/encoder/synthetic/life_cycles.hpp"
#include "client/encoder/synthetic/norwegian_time.hpp"
#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/word_lists.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sfmkit::client {

class Dice;

/// Doctors work from eight to four.
inline constexpr std::uint64_t office_day_milliseconds = 28'800'000;

/// The four groups of Behandlinger, in the order of the document.
enum class TreatmentKind : std::uint8_t { medicine, nutrition, consumable, vaccine };

/// How a medicine is named in a prescription.
enum class DrugForm : std::uint8_t { substance, package, brand, mixture };

/// Whom a medicine is for.
struct Taker {
    Sex sex = Sex::female;
    LocalDate birth;
};
/// Whether someone of that sex and age may get it.
bool suits(const words::Drug& drug, const Taker& taker, LocalDate day);

/// What a treatment prescribes: a medicine or supplies.
struct Order {
    const words::Drug* drug = nullptr;      ///< medicine and vaccine
    const words::Supply* supply = nullptr;  ///< nutrition and consumables
    DrugForm form = DrugForm::substance;
    const words::Dosage* dosage = nullptr;  ///< one of the drug's
    std::optional<Taker> taker;             ///< nobody in a template
    std::string amount;                     ///< packages, or units of the substance
    std::int64_t repeats = 0;               ///< Reiterasjon
    std::string drug_id;                    ///< FEST id
    bool needs_exemption = false;           ///< the medicine has no marketing authorisation
    /// Of details that nothing else depends on; the same wherever the order is written.
    std::uint64_t details_seed = 0;
    std::uint64_t info_seed = 0;
};

/// Whoever wrote a prescription.
struct Prescriber {
    std::string name;
    std::string health_personnel_number;
};

struct PrescriptionVersion {
    std::string id;
    const VersionStep* step = nullptr;
    LocalTime time;
};

/// One ForskrivningsInfo.
struct PrescriptionInfo {
    std::string id;
    InfoState state = InfoState::draft;
    LocalDate written_on;
    LocalDate expires_on;
};

struct Prescription {
    std::string id;
    std::string previous_id;  ///< of the prescription that this one renews
    std::string register_id;  ///< ReseptId; empty when never in the register
    const LifeCycle* cycle = nullptr;
    bool is_head = true;
    Prescriber prescriber;
    const User* user = nullptr;                   ///< who works with it in this practice
    std::optional<std::uint64_t> initiator_seed;  ///< of somebody else who began the treatment
    std::vector<PrescriptionVersion> versions;
    std::vector<PrescriptionInfo> infos;

    const PrescriptionInfo& info_of(const PrescriptionVersion& version) const;
    /// The first version that carries a recall, or nothing.
    const PrescriptionVersion* recall() const;
    const PrescriptionVersion* stop() const;
};

struct Treatment {
    std::string id;  ///< LibId
    TreatmentKind kind = TreatmentKind::medicine;
    LocalDate started;
    Order order;
    std::vector<Prescription> prescriptions;
};

/// What an order to be drawn must be like.
struct OrderWish {
    TreatmentKind kind = TreatmentKind::medicine;
    std::optional<Taker> taker;
    std::vector<std::string_view> avoided;  ///< substances that the taker must not have
    /// Substances and supplies that come again only when no others are left.
    std::vector<std::string_view> in_use;
};

/// What a treatment to be drawn must be like.
struct TreatmentWish {
    OrderWish order;
    bool ordinary = false;           ///< one prescription in three versions
    std::size_t extra_versions = 0;  ///< of the last prescription
    LocalTime earliest;
    LocalTime latest;  ///< no version is later
};

/// day: on which the order is made.
Order draw_order(Dice& dice, const OrderWish& wish, LocalDate day);

Treatment draw_treatment(Dice& dice, const Organisation& organisation, const TreatmentWish& wish);

}  // namespace sfmkit::client
