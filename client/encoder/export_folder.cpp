#include "client/encoder/export_folder.hpp"

#include "client/encoder/export_paths.hpp"
#include "client/encoder/index_file.hpp"
#include "client/encoder/parallel.hpp"
#include "client/encoder/seal_file.hpp"
#include "platform/assert.hpp"

#include <atomic>
#include <span>
#include <utility>

namespace sfmkit::client {
namespace {

namespace sfm = wire::sfm;
using platform::Bytes;
using platform::fail;
using platform::Files;
using platform::Result;

/// Writes the parts of one encrypted export and counts their bytes; used by several threads at
/// once.
class SealedWriter {
  public:
    SealedWriter(
        const PlainExport& documents,
        Files& files,
        const Sealing& sealing,
        const std::filesystem::path& folder,
        std::size_t files_per_folder
    )
        : files_(files),
          sealing_(sealing),
          folder_(folder),
          exported_at_(documents.exported_at()),
          files_per_folder_(files_per_folder),
          index_(documents.patients()) {
        SFM_ASSERT(files_per_folder > 0);
    }

    Result<std::uint64_t> add_patient(std::size_t number, const PlainPatient& patient) {
        const auto target = patient_path(folder_, folder_of(number), patient.guid);
        index_[number] = index_name(folder_of(number), patient.guid);
        if (auto made = files_.make_directories(target.parent_path()); !made) {
            return fail(made.error());
        }
        return add_archive(patient.entries, target);
    }

    Result<std::uint64_t> add_report(std::size_t number, const PlainReport& report) {
        const auto target = report_path(folder_, folder_of(number), report.guid);
        if (auto made = files_.make_directories(target.parent_path()); !made) {
            return fail(made.error());
        }
        return seal_document(
            files_, sealing_, {.plaintext = report.bytes, .extension = "xps", .target = target}
        );
    }

    Result<std::uint64_t> add_organisation(const PlainEntry& document) {
        return add_archive(std::span(&document, 1), folder_ / sfm::organisation_file);
    }

    /// The index comes last: where it is there, everything else is.
    Result<std::uint64_t> finish() { return write_index(files_, folder_, std::move(index_)); }

  private:
    std::uint32_t folder_of(std::size_t number) const {
        return static_cast<std::uint32_t>(number / files_per_folder_);
    }

    Result<std::uint64_t> add_archive(
        std::span<const PlainEntry> documents, const std::filesystem::path& target
    ) {
        std::vector<ZipEntry> entries;
        entries.reserve(documents.size());
        for (const PlainEntry& document : documents) {
            entries.push_back({.name = document.name, .content = Bytes(document.bytes)});
        }
        return seal_archive(
            files_, sealing_, {.entries = entries, .modified = exported_at_, .target = target}
        );
    }

    Files& files_;
    const Sealing& sealing_;
    const std::filesystem::path& folder_;
    std::chrono::local_seconds exported_at_;
    std::size_t files_per_folder_;
    std::vector<std::string> index_;  ///< a line for each patient, each written by one thread
};

/// The same for an unencrypted export.
class PlainWriter {
  public:
    PlainWriter(Files& files, const std::filesystem::path& folder)
        : files_(files), folder_(folder) {}

    Result<std::uint64_t> add_patient(std::size_t, const PlainPatient& patient) {
        const auto place = folder_ / "Patients" / patient.guid;
        std::uint64_t bytes = 0;
        for (const PlainEntry& entry : patient.entries) {
            const auto size = add(place, entry.name, entry.bytes);
            if (!size) return size;
            bytes += *size;
        }
        return bytes;
    }

    Result<std::uint64_t> add_report(std::size_t, const PlainReport& report) {
        return add(folder_ / "Reports", report.guid + ".xps", report.bytes);
    }

    Result<std::uint64_t> add_organisation(const PlainEntry& document) {
        return add(folder_, document.name, document.bytes);
    }

    Result<std::uint64_t> finish() const { return 0; }

  private:
    Result<std::uint64_t> add(
        const std::filesystem::path& place, const std::string& name, Bytes bytes
    ) {
        if (auto made = files_.make_directories(place); !made) return fail(made.error());
        auto written = platform::replace_file(
            files_, place / name, bytes, platform::Access::everybody, platform::Durability::process
        );
        if (!written) return fail(written.error());
        return bytes.size();
    }

    Files& files_;
    const std::filesystem::path& folder_;
};

/// Makes one document and writes it: patients, then reports, then the organisation document.
template <class Folder>
Result<std::uint64_t> write_one(const PlainExport& documents, Folder& folder, std::size_t number) {
    if (number < documents.patients()) {
        const auto patient = documents.patient(number);
        if (!patient) return fail(patient.error());
        if (auto good = check_guid(patient->guid); !good) return fail(good.error());
        return folder.add_patient(number, *patient);
    }
    number -= documents.patients();
    if (number < documents.reports()) {
        const auto report = documents.report(number);
        if (!report) return fail(report.error());
        if (auto good = check_guid(report->guid); !good) return fail(good.error());
        return folder.add_report(number, *report);
    }
    const auto organisation = documents.organisation_document();
    if (!organisation) return fail(organisation.error());
    return folder.add_organisation(*organisation);
}

template <class Folder>
Result<ExportSummary> write_all(const PlainExport& documents, Folder& folder, std::size_t threads) {
    const std::size_t count = documents.patients() + documents.reports() + 1;
    std::atomic<std::uint64_t> bytes = 0;
    auto done = run_in_parallel(count, threads, [&](std::size_t number) -> Result<void> {
        const auto size = write_one(documents, folder, number);
        if (!size) return fail(size.error());
        bytes += *size;
        return {};
    });
    if (!done) return fail(done.error());
    const auto last = folder.finish();
    if (!last) return fail(last.error());
    return ExportSummary{
        .patients = documents.patients(), .reports = documents.reports(), .bytes = bytes + *last
    };
}

}  // namespace

Result<ExportSummary> write_sealed_export(
    const PlainExport& documents,
    Files& files,
    const Sealing& sealing,
    const std::filesystem::path& folder,
    const WriteOptions& options
) {
    if (auto usable = check_recipient(sealing.recipient); !usable) return fail(usable.error());
    if (auto made = make_empty_folder(files, folder); !made) return fail(made.error());
    SealedWriter sealed(documents, files, sealing, folder, options.files_per_folder);
    return write_all(documents, sealed, options.threads);
}

Result<ExportSummary> write_plain_export(
    const PlainExport& documents,
    Files& files,
    const std::filesystem::path& folder,
    const WriteOptions& options
) {
    if (auto made = make_empty_folder(files, folder); !made) return fail(made.error());
    PlainWriter plain(files, folder);
    return write_all(documents, plain, options.threads);
}

}  // namespace sfmkit::client
