#include "client/encoder/export_folder.hpp"

#include "client/encoder/export_paths.hpp"
#include "client/encoder/index_file.hpp"
#include "client/encoder/seal_file.hpp"
#include "platform/assert.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>

namespace sfmkit::client {
namespace {

namespace sfm = wire::sfm;
using platform::Bytes;
using platform::fail;
using platform::Files;
using platform::Result;

/// Writes the parts of one encrypted export and counts them.
class SealedWriter {
  public:
    SealedWriter(
        Files& files,
        const Sealing& sealing,
        const std::filesystem::path& folder,
        std::chrono::local_seconds exported_at,
        std::size_t files_per_folder
    )
        : files_(files),
          sealing_(sealing),
          folder_(folder),
          exported_at_(exported_at),
          files_per_folder_(files_per_folder) {
        SFM_ASSERT(files_per_folder > 0);
    }

    Result<void> add_patient(const PlainPatient& patient) {
        if (auto good = check_guid(patient.guid); !good) return good;
        const auto number = static_cast<std::uint32_t>(summary_.patients / files_per_folder_);
        const auto target = patient_path(folder_, number, patient.guid);
        if (auto made = files_.make_directories(target.parent_path()); !made) return made;
        if (auto added = add_archive(patient.entries, target); !added) return added;
        index_.push_back(index_name(number, patient.guid));
        ++summary_.patients;
        return {};
    }

    Result<void> add_report(const PlainReport& report) {
        if (auto good = check_guid(report.guid); !good) return good;
        const auto number = static_cast<std::uint32_t>(summary_.reports / files_per_folder_);
        const auto target = report_path(folder_, number, report.guid);
        if (auto made = files_.make_directories(target.parent_path()); !made) return made;
        const auto size = seal_document(
            files_, sealing_, {.plaintext = report.bytes, .extension = "xps", .target = target}
        );
        if (!size) return fail(size.error());
        summary_.bytes += *size;
        ++summary_.reports;
        return {};
    }

    Result<void> add_organisation(const PlainEntry& document) {
        return add_archive(std::span(&document, 1), folder_ / sfm::organisation_file);
    }

    /// The index comes last: where it is there, everything else is.
    Result<ExportSummary> finish() {
        const std::string content = index_content(std::move(index_));
        auto written = platform::replace_file(
            files_,
            folder_ / sfm::index_file,
            platform::as_bytes(content),
            platform::Access::everybody,
            platform::Durability::process
        );
        if (!written) return fail(written.error());
        summary_.bytes += content.size();
        return summary_;
    }

  private:
    Result<void> add_archive(
        std::span<const PlainEntry> documents, const std::filesystem::path& target
    ) {
        std::vector<ZipEntry> entries;
        entries.reserve(documents.size());
        for (const PlainEntry& document : documents) {
            entries.push_back({.name = document.name, .content = Bytes(document.bytes)});
        }
        const auto size = seal_archive(
            files_, sealing_, {.entries = entries, .modified = exported_at_, .target = target}
        );
        if (!size) return fail(size.error());
        summary_.bytes += *size;
        return {};
    }

    Files& files_;
    const Sealing& sealing_;
    const std::filesystem::path& folder_;
    std::chrono::local_seconds exported_at_;
    std::size_t files_per_folder_;
    std::vector<std::string> index_;
    ExportSummary summary_;
};

/// Writes the parts of one unencrypted export and counts them.
class PlainWriter {
  public:
    PlainWriter(Files& files, const std::filesystem::path& folder)
        : files_(files), folder_(folder) {}

    Result<void> add_patient(const PlainPatient& patient) {
        if (auto good = check_guid(patient.guid); !good) return good;
        const auto place = folder_ / "Patients" / patient.guid;
        for (const PlainEntry& entry : patient.entries) {
            if (auto added = add(place, entry.name, entry.bytes); !added) return added;
        }
        ++summary_.patients;
        return {};
    }

    Result<void> add_report(const PlainReport& report) {
        if (auto good = check_guid(report.guid); !good) return good;
        ++summary_.reports;
        return add(folder_ / "Reports", report.guid + ".xps", report.bytes);
    }

    Result<void> add_organisation(const PlainEntry& document) {
        return add(folder_, document.name, document.bytes);
    }

    Result<ExportSummary> finish() const { return summary_; }

  private:
    Result<void> add(const std::filesystem::path& place, const std::string& name, Bytes bytes) {
        if (auto made = files_.make_directories(place); !made) return made;
        summary_.bytes += bytes.size();
        return platform::replace_file(
            files_, place / name, bytes, platform::Access::everybody, platform::Durability::process
        );
    }

    Files& files_;
    const std::filesystem::path& folder_;
    ExportSummary summary_;
};

/// Takes the documents in the order that PlainExport promises.
template <class Folder>
Result<ExportSummary> write_all(PlainExport& documents, Folder& folder) {
    while (true) {
        const auto next = documents.next_patient();
        if (!next) return fail(next.error());
        const auto& patient = *next;
        if (!patient) break;
        if (auto added = folder.add_patient(*patient); !added) return fail(added.error());
    }
    while (true) {
        const auto next = documents.next_report();
        if (!next) return fail(next.error());
        const auto& report = *next;
        if (!report) break;
        if (auto added = folder.add_report(*report); !added) return fail(added.error());
    }
    const auto organisation = documents.organisation_document();
    if (!organisation) return fail(organisation.error());
    if (auto added = folder.add_organisation(*organisation); !added) return fail(added.error());
    return folder.finish();
}

}  // namespace

Result<ExportSummary> write_sealed_export(
    PlainExport& documents,
    Files& files,
    const Sealing& sealing,
    const std::filesystem::path& folder,
    std::size_t files_per_folder
) {
    if (auto usable = check_recipient(sealing.recipient); !usable) return fail(usable.error());
    if (auto made = make_empty_folder(files, folder); !made) return fail(made.error());
    SealedWriter sealed(files, sealing, folder, documents.exported_at(), files_per_folder);
    return write_all(documents, sealed);
}

Result<ExportSummary> write_plain_export(
    PlainExport& documents, Files& files, const std::filesystem::path& folder
) {
    if (auto made = make_empty_folder(files, folder); !made) return fail(made.error());
    PlainWriter plain(files, folder);
    return write_all(documents, plain);
}

}  // namespace sfmkit::client
