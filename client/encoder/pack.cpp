#include "client/encoder/pack.hpp"

#include "client/encoder/export_paths.hpp"
#include "client/encoder/index_file.hpp"
#include "client/encoder/norwegian_clock.hpp"
#include "client/encoder/pack_state.hpp"
#include "client/encoder/parallel.hpp"
#include "client/encoder/plain_folder.hpp"
#include "client/encoder/seal_file.hpp"
#include "platform/assert.hpp"

#include <openssl/x509.h>

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace sfmkit::client {
namespace {

namespace sfm = wire::sfm;
using platform::Errc;
using platform::Existing;
using platform::fail;
using platform::Files;
using platform::Result;
using platform::WallTime;

std::string fingerprint_of(const Sealing& sealing) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(sealing.recipient.get(), &der);
    SFM_ASSERT(size > 0);
    const auto bytes = std::as_bytes(std::span(der, static_cast<std::size_t>(size)));
    const auto digest = platform::digest_of(*sealing.algorithms.sha256, bytes);
    OPENSSL_free(der);
    return platform::to_hex(digest);
}

std::string digest_of_names(const PlainFolder& plain, const EVP_MD& sha256) {
    platform::Digest digest(sha256);
    for (const auto* guids : {&plain.patients, &plain.reports}) {
        for (const std::string& guid : *guids) digest.update(platform::as_bytes(guid));
        digest.update(platform::as_bytes("|"));
    }
    return platform::to_hex(digest.finish());
}

/// Two runs would hand each other half-written files. A folder that is not ours to fill is refused
/// before a lock is left beside it.
Result<std::unique_ptr<platform::FileLock>> keep_others_out(
    Files& files, const std::filesystem::path& output
) {
    const auto begun = files.status(pack_state_path(output));
    if (!begun) return fail(begun.error());
    if (!begun->has_value()) {
        if (auto made = make_empty_folder(files, output); !made) return fail(made.error());
    }
    return files.lock(pack_lock_path(output));
}

/// Begins a new export, or goes on with one that these documents and this recipient began.
Result<PackState> begin_or_resume(
    Files& files,
    const std::filesystem::path& state_path,
    const PackState& wanted,
    const std::filesystem::path& output
) {
    const auto found = read_pack_state(files, state_path);
    if (!found) return fail(found.error());
    const auto& before = *found;
    if (!before) {
        if (auto made = make_empty_folder(files, output); !made) return fail(made.error());
        auto written = write_pack_state(files, state_path, wanted);
        if (!written) return fail(written.error());
        return wanted;
    }
    const bool same_recipient = before->recipient == wanted.recipient;
    if (same_recipient && before->documents == wanted.documents) return *before;
    return fail({
        .code = Errc::changed,
        .what = "an unfinished export was begun otherwise",
        .where = output.string(),
        .expected = same_recipient ? "the patients and reports of the first run"
                                   : "the recipient of the first run",
        .actual = same_recipient ? "others" : "another certificate",
        .next = "remove " + output.string() + " and " + state_path.string() + ", then pack anew",
    });
}

/// Packs single files; used by all threads at once.
class Packer {
  public:
    Packer(
        Files& files,
        const Sealing& sealing,
        const PackOptions& options,
        const PlainFolder& plain,
        std::chrono::local_seconds exported_at
    )
        : files_(files),
          sealing_(sealing),
          options_(options),
          plain_(plain),
          exported_at_(exported_at) {}

    std::size_t count() const { return plain_.patients.size() + plain_.reports.size() + 1; }

    /// Patients, then reports, then the organisation file.
    Result<void> pack(std::size_t number) {
        if (number < plain_.patients.size()) return pack_patient(number);
        number -= plain_.patients.size();
        if (number < plain_.reports.size()) return pack_report(number);
        return pack_organisation();
    }

    Result<void> make_folders() {
        for (std::uint32_t i = 0; i * options_.files_per_folder < plain_.patients.size(); ++i) {
            auto made = files_.make_directories(patient_path(options_.output, i, "").parent_path());
            if (!made) return made;
        }
        for (std::uint32_t i = 0; i * options_.files_per_folder < plain_.reports.size(); ++i) {
            auto made = files_.make_directories(report_path(options_.output, i, "").parent_path());
            if (!made) return made;
        }
        return {};
    }

    std::uint32_t folder_of(std::size_t number) const {
        return static_cast<std::uint32_t>(number / options_.files_per_folder);
    }

    std::uint64_t bytes() const { return bytes_; }
    std::size_t already_there() const { return already_there_; }

  private:
    Result<void> pack_patient(std::size_t number) {
        const std::string& guid = plain_.patients[number];
        const auto documents = list_patient(files_, plain_.patient(guid));
        if (!documents) return fail(documents.error());
        const auto target = patient_path(options_.output, folder_of(number), guid);
        return pack_archive(documents->entries, documents->modified, target);
    }

    Result<void> pack_organisation() {
        const auto document = plain_.organisation_document();
        const auto modified = modified_of(document);
        if (!modified) return fail(modified.error());
        const ZipEntry entry{
            std::string(sfm::organisation_document), ZipEntryFile{files_, document}
        };
        return pack_archive(
            std::span(&entry, 1), *modified, options_.output / sfm::organisation_file
        );
    }

    Result<void> pack_report(std::size_t number) {
        const std::string& guid = plain_.reports[number];
        const auto document = plain_.report(guid);
        const auto modified = modified_of(document);
        if (!modified) return fail(modified.error());
        const auto target = report_path(options_.output, folder_of(number), guid);
        const auto done = is_done(target, *modified);
        if (!done) return fail(done.error());
        if (*done) return {};
        return count(seal_file(
            files_,
            sealing_,
            {.input = document, .output = target, .extension = "xps", .existing = Existing::replace}
        ));
    }

    Result<void> pack_archive(
        std::span<const ZipEntry> entries, WallTime modified, const std::filesystem::path& target
    ) {
        const auto done = is_done(target, modified);
        if (!done) return fail(done.error());
        if (*done) return {};
        return count(seal_archive(
            files_,
            sealing_,
            {.entries = entries,
             .modified = exported_at_,
             .target = target,
             .existing = Existing::replace}
        ));
    }

    Result<WallTime> modified_of(const std::filesystem::path& document) {
        const auto status = files_.status(document);
        if (!status) return fail(status.error());
        const auto& found = *status;
        if (found) return found->modified;
        return fail({
            .code = Errc::changed,
            .what = "a document went away while the export was packed",
            .where = document.string(),
        });
    }

    /// A final name stands for a complete file, and is as good as its documents are old.
    Result<bool> is_done(const std::filesystem::path& target, WallTime documents_modified) {
        const auto status = files_.status(target);
        if (!status) return fail(status.error());
        const auto& found = *status;
        if (!found || found->modified < documents_modified) return false;
        bytes_ += found->size_bytes;
        ++already_there_;
        return true;
    }

    Result<void> count(const Result<std::uint64_t>& size) {
        if (!size) return fail(size.error());
        bytes_ += *size;
        return {};
    }

    Files& files_;
    const Sealing& sealing_;
    const PackOptions& options_;
    const PlainFolder& plain_;
    std::chrono::local_seconds exported_at_;
    std::atomic<std::uint64_t> bytes_ = 0;
    std::atomic<std::size_t> already_there_ = 0;
};

std::vector<std::string> names_for_index(const Packer& packer, const PlainFolder& plain) {
    std::vector<std::string> names;
    names.reserve(plain.patients.size());
    for (std::size_t i = 0; i < plain.patients.size(); ++i) {
        names.push_back(index_name(packer.folder_of(i), plain.patients[i]));
    }
    return names;
}

}  // namespace

Result<PackSummary> pack_export(Files& files, const Sealing& sealing, const PackOptions& options) {
    SFM_ASSERT(options.files_per_folder > 0);
    if (auto usable = check_recipient(sealing.recipient); !usable) return fail(usable.error());
    const auto plain = list_plain_folder(files, options.plain);
    if (!plain) return fail(plain.error());
    const auto lock = keep_others_out(files, options.output);
    if (!lock) return fail(lock.error());
    const auto state_path = pack_state_path(options.output);
    const PackState wanted{
        .recipient = fingerprint_of(sealing),
        .documents = digest_of_names(*plain, *sealing.algorithms.sha256),
        .started = options.now,
    };
    const auto state = begin_or_resume(files, state_path, wanted, options.output);
    if (!state) return fail(state.error());

    Packer packer(files, sealing, options, *plain, norwegian_wall_clock(state->started));
    if (auto made = packer.make_folders(); !made) return fail(made.error());
    auto packed = run_in_parallel(packer.count(), options.threads, [&packer](std::size_t number) {
        return packer.pack(number);
    });
    if (!packed) return fail(packed.error());
    const auto index_bytes = write_index(files, options.output, names_for_index(packer, *plain));
    if (!index_bytes) return fail(index_bytes.error());
    if (auto removed = files.remove(state_path); !removed) return fail(removed.error());
    // Who gets this lock next finds a complete export, so its file may go; the export is good when
    // that fails.
    std::ignore = files.remove(pack_lock_path(options.output));
    return PackSummary{
        .written =
            {
                .patients = plain->patients.size(),
                .reports = plain->reports.size(),
                .bytes = packer.bytes() + *index_bytes,
            },
        .already_there = packer.already_there(),
    };
}

}  // namespace sfmkit::client
