#pragma once

#include "client/encoder/plain_export.hpp"
#include "client/encoder/synthetic/export_shape.hpp"
#include "client/encoder/synthetic/organisation.hpp"
#include "client/encoder/synthetic/organisation_document.hpp"

#include <cstdint>

namespace sfmkit::client {

struct SyntheticSize {
    std::uint64_t patients = 12;  ///< at most max_synthetic_patients
    std::uint64_t messages = 0;   ///< each patient has at least so many
    std::uint64_t reports = 2;  ///< the first one is about the practice, the others about patients
    /// How each patient is; its own numbers of patients and reports are for who asks for it.
    const ExportShape* shape = &ordinary_shape();
};

/// An export of people who do not exist, from a seed: equal seed and size, equal bytes, on every
/// machine. Patients are made when they are asked for, so memory does not grow with their number.
class SyntheticExport final : public PlainExport {
  public:
    SyntheticExport(std::uint64_t seed, const SyntheticSize& size);

    std::chrono::local_seconds exported_at() const override;
    std::size_t patients() const override { return size_.patients; }
    platform::Result<PlainPatient> patient(std::size_t number) const override;
    std::size_t reports() const override { return size_.reports; }
    platform::Result<PlainReport> report(std::size_t number) const override;
    platform::Result<PlainEntry> organisation_document() const override;

    /// The patient with this index, independent of all others.
    PlainPatient make_patient(std::uint64_t index) const;

  private:
    struct PatientContent;
    PatientContent draw_content(std::uint64_t index) const;
    std::vector<InboxSubject> inbox_subjects() const;
    ReportRecord report_record(std::uint64_t index) const;

    std::uint64_t seed_;
    SyntheticSize size_;
    Organisation organisation_;
};

}  // namespace sfmkit::client
