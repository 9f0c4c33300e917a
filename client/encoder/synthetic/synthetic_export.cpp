#include "client/encoder/synthetic/synthetic_export.hpp"

#include "client/encoder/synthetic/dice.hpp"
#include "client/encoder/synthetic/messages.hpp"
#include "client/encoder/synthetic/organisation_document.hpp"
#include "client/encoder/synthetic/patient.hpp"
#include "client/encoder/synthetic/patient_document.hpp"
#include "client/encoder/synthetic/xps_report.hpp"
#include "platform/assert.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::client {
namespace {

PlainEntry entry_of(std::string_view name, std::string_view text) {
    return {.name = std::string(name), .bytes = platform::to_buffer(text)};
}

// The official examples hold 6 and 16 treatments; a practice has smaller and larger patients too.
std::size_t draw_extra_treatments(Dice& dice) {
    const std::uint64_t percent = dice.below(100);
    if (percent < 40) return dice.below(3);
    if (percent < 75) return 3 + dice.below(4);
    if (percent < 96) return 7 + dice.below(10);
    return 17 + dice.below(20);
}

PatientShape draw_shape(Dice& dice, const SyntheticSize& size) {
    PatientShape shape{.of_export = *size.shape};
    const std::size_t drawn_treatments = draw_extra_treatments(dice);
    shape.extra_treatments = size.shape->extra_treatments.value_or(drawn_treatments);
    // A visit makes four messages.
    const std::uint64_t wanted_visits = (size.messages + 3) / 4;
    const std::uint64_t drawn_visits = 1 + dice.below(2 + drawn_treatments * 2 / 3);
    shape.visits = std::max(wanted_visits, size.shape->visits.value_or(drawn_visits));
    return shape;
}

// Each of them has to be made again for the organisation document.
constexpr std::uint64_t most_inbox_subjects = 10;

// Day, month, year, hour and minute as figures.
std::string figures_of(LocalTime time) {
    std::string text = print_date_time(time).substr(0, 16);
    for (char& letter : text) {
        if (letter < '0' || letter > '9') letter = ' ';
    }
    return text;
}

}  // namespace

struct SyntheticExport::PatientContent {
    Patient patient;
    std::vector<Message> messages;
};

SyntheticExport::SyntheticExport(std::uint64_t seed, const SyntheticSize& size)
    : seed_(seed), size_(size), organisation_(draw_organisation(seed)) {
    SFM_ASSERT(size.patients <= max_synthetic_patients);
}

std::chrono::local_seconds SyntheticExport::exported_at() const {
    return std::chrono::floor<std::chrono::seconds>(organisation_.exported_at);
}

platform::Result<PlainPatient> SyntheticExport::patient(std::size_t number) const {
    return make_patient(number);
}

platform::Result<PlainReport> SyntheticExport::report(std::size_t number) const {
    const ReportRecord record = report_record(number);
    auto bytes = write_xps_report(
        fmt::format("{:04}", number + 1), figures_of(record.created_at), exported_at()
    );
    if (!bytes) return platform::fail(bytes.error());
    return PlainReport{.guid = record.id, .bytes = *std::move(bytes)};
}

platform::Result<PlainEntry> SyntheticExport::organisation_document() const {
    Dice dice(derive_seed(seed_, SeedUse::organisation_document, 0));
    OrganisationContents contents;
    for (std::uint64_t i = 0; i < size_.reports; ++i) contents.reports.push_back(report_record(i));
    contents.inbox_subjects = inbox_subjects();
    contents.has_empty_lists = size_.shape->has_empty_lists;
    return entry_of(
        wire::sfm::organisation_document, write_organisation_document(dice, organisation_, contents)
    );
}

PlainPatient SyntheticExport::make_patient(std::uint64_t index) const {
    const PatientContent content = draw_content(index);
    Dice dice(derive_seed(seed_, SeedUse::patient_document, index));
    PlainPatient documents;
    documents.guid = content.patient.id;
    for (const Message& message : content.messages) {
        documents.entries.push_back(entry_of(message.file_name, message.content));
    }
    documents.entries.push_back(entry_of(
        wire::sfm::patient_document,
        write_patient_document(dice, organisation_, content.patient, content.messages)
    ));
    return documents;
}

SyntheticExport::PatientContent SyntheticExport::draw_content(std::uint64_t index) const {
    Dice dice(derive_seed(seed_, SeedUse::patient, index));
    const PatientShape shape = draw_shape(dice, size_);
    PatientContent content;
    content.patient = draw_patient(dice, seed_, index, organisation_, shape);
    content.messages = draw_messages(dice, organisation_, content.patient);
    return content;
}

std::vector<InboxSubject> SyntheticExport::inbox_subjects() const {
    std::vector<InboxSubject> subjects;
    const std::uint64_t count = std::min(size_.patients, most_inbox_subjects);
    for (std::uint64_t index = 0; index < count; ++index) {
        const PatientContent content = draw_content(index);
        InboxSubject subject;
        subject.patient_id = content.patient.id;
        if (!content.patient.treatments.empty() && !content.messages.empty()) {
            subject.prescription_id = content.patient.treatments.front().prescriptions.front().id;
            subject.document_id = content.messages.front().id;
        }
        subjects.push_back(std::move(subject));
    }
    return subjects;
}

ReportRecord SyntheticExport::report_record(std::uint64_t index) const {
    Dice dice(derive_seed(seed_, SeedUse::report, index));
    ReportRecord record;
    record.id = dice.guid();
    record.created_at = on_database_grid(
        organisation_.exported_at - std::chrono::minutes(dice.between(30, 90'000))
    );
    const bool is_about_patient = index > 0 && size_.patients > 0;
    if (is_about_patient) record.patient_id = id_of_patient(seed_, dice.below(size_.patients));
    record.file = fmt::format(
        "{}{}\\{}.xps",
        wire::sfm::report_folder_prefix,
        index / wire::sfm::max_files_per_folder,
        record.id
    );
    return record;
}

}  // namespace sfmkit::client
