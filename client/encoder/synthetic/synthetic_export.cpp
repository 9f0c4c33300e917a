#include "client/encoder/synthetic/synthetic_export.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/messages.hpp"
#include "client/encoder/synthetic/organisation_document.hpp"
#include "client/encoder/synthetic/patient.hpp"
#include "client/encoder/synthetic/patient_document.hpp"
#include "platform/assert.hpp"
#include "wire/sfm_names.hpp"

#include <algorithm>

namespace sfmkit::client {
namespace {

PlainEntry entry_of(std::string_view name, std::string_view text) {
    return {.name = std::string(name), .bytes = platform::to_buffer(text)};
}

// Most patients are small, a few are large: as a practice has them.
PatientShape draw_shape(Dice& dice, std::uint64_t least_messages) {
    PatientShape shape;
    const std::uint64_t percent = dice.below(100);
    if (percent < 55) {
        shape.extra_treatments = dice.below(3);
    } else if (percent < 85) {
        shape.extra_treatments = 3 + dice.below(4);
    } else if (percent < 97) {
        shape.extra_treatments = 7 + dice.below(8);
    } else {
        shape.extra_treatments = 15 + dice.below(16);
    }
    // A visit makes four messages.
    const std::uint64_t wanted_visits = (least_messages + 3) / 4;
    const std::uint64_t drawn_visits = dice.below(2 + shape.extra_treatments / 2);
    shape.visits = std::max(wanted_visits, drawn_visits);
    return shape;
}

}  // namespace

SyntheticExport::SyntheticExport(std::uint64_t seed, const SyntheticSize& size)
    : seed_(seed), size_(size), organisation_(draw_organisation(seed)) {
    SFM_ASSERT(size.patients <= max_synthetic_patients);
}

std::chrono::local_seconds SyntheticExport::exported_at() const {
    return std::chrono::floor<std::chrono::seconds>(organisation_.exported_at);
}

platform::Result<std::optional<PlainPatient>> SyntheticExport::next_patient() {
    if (next_patient_ == size_.patients) return std::nullopt;
    const std::uint64_t index = next_patient_++;
    return make_patient(index);
}

platform::Result<std::optional<PlainReport>> SyntheticExport::next_report() {
    return std::nullopt;
}

platform::Result<PlainEntry> SyntheticExport::organisation_document() {
    return entry_of(wire::sfm::organisation_document, write_organisation_document(organisation_));
}

PlainPatient SyntheticExport::make_patient(std::uint64_t index) const {
    Dice dice(derive_seed(seed_, SeedUse::patient, index));
    const PatientShape shape = draw_shape(dice, size_.messages);
    const Patient patient = draw_patient(dice, seed_, index, organisation_, shape);
    const std::vector<Message> messages = draw_messages(dice, organisation_, patient);
    PlainPatient documents;
    documents.guid = patient.id;
    for (const Message& message : messages) {
        documents.entries.push_back(entry_of(message.file_name, message.content));
    }
    documents.entries.push_back(entry_of(
        wire::sfm::patient_document, write_patient_document(dice, organisation_, patient, messages)
    ));
    return documents;
}

}  // namespace sfmkit::client
