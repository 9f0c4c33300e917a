#include "verifier/verify_job.hpp"

#include "findings/judge.hpp"
#include "verifier/dos_time.hpp"
#include "verifier/file_reader.hpp"
#include "verifier/folder_reader.hpp"
#include "verifier/index_reader.hpp"
#include "verifier/input_list.hpp"
#include "verifier/ledger_reader.hpp"
#include "verifier/ordered_work.hpp"
#include "verifier/rules/catalogue.hpp"
#include "verifier/shared_secrets.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace sfmkit::verifier {
namespace {

using findings::Report;
using platform::Result;

bool is_sent(const FolderFacts::File& file) {
    return file.kind == platform::FileKind::regular && has_export_extension(file.path);
}

bool is_organisation(const FolderFacts::File& file) {
    return file.path == wire::sfm::organisation_file;
}

std::filesystem::path path_of(const std::filesystem::path& folder, const FolderFacts::File& file) {
    return folder / std::u8string(file.path.begin(), file.path.end());
}

/// One run of verifying over one folder or file.
class VerifyJob {
  public:
    VerifyJob(const VerifyWorld& world, const VerifyOptions& options, std::string target)
        : world_(world),
          options_(options),
          now_(world.clock.wall_now()),
          inputs_(world.algorithms),
          judge_(report_, options.profile) {
        if (options_.schema == nullptr) options_.schema = &own_schema_.emplace(XmlSchema::own());
        report_.ruleset = ruleset;
        report_.profile = options.profile;
        report_.started = now_;
        report_.target = std::move(target);
        report_.overrides = options.overrides;
        report_.rules = catalogue();
        if (options.certificate == nullptr) {
            judge_.not_checked("ENV-19", "no certificate was given (--cert FILE)", "");
        }
        tell_not_built(judge_);
    }

    Result<void> judge_folder(const std::filesystem::path& folder);
    /// The run is about this file and no other.
    Result<void> judge_only(const std::filesystem::path& path, const std::string& name);
    Report finish();

  private:
    void judge_index(const FolderFacts& facts);
    void judge_ledger(const FolderFacts& facts);
    void judge_files(const std::filesystem::path& folder, const FolderFacts& facts);
    std::optional<FileReading> read_organisation(
        const std::filesystem::path& folder,
        std::span<const FolderFacts::File* const> sent,
        const ExportSurroundings& surroundings
    ) const;
    void begin();
    void tell_progress();
    /// What is known of one file, in the order of the report.
    void judge_file(const FileReading& reading, const std::string& name);
    void judge_envelope(const FileReading& reading, const std::string& name);
    void judge_archive(const ArchiveReading& reading, const std::string& name);
    void judge_across(const ArchiveReading& reading, const std::string& name);
    void note_failure(const platform::Error& error, const std::string& name);
    void note_change(const std::string& name);
    void note_interruption();
    /// Of the file that is judged.
    std::uint32_t file_number() const { return static_cast<std::uint32_t>(names_.size() - 1); }
    void note_time(const ZipDirectory& directory);
    std::string why_not_opened(const EnvelopeFacts& facts);
    void tell_kinds_not_judged();

    VerifyWorld world_;
    VerifyOptions options_;
    std::optional<XmlSchema> own_schema_;
    platform::WallTime now_;
    Report report_;
    InputList inputs_;
    findings::Judge judge_;
    VerifyProgress progress_;
    bool organisation_judged_ = false;
    bool patient_judged_ = false;
    std::optional<std::chrono::sys_seconds> export_began_;  ///< first time in an archive
    std::size_t findings_told_ = 0;                         ///< to the observer
    ExportIdentifiers identifiers_;
    /// Files in the order of their numbers; the names outlive the judging.
    std::vector<std::string_view> names_;
    SharedSecrets secrets_;
};

Result<void> VerifyJob::judge_folder(const std::filesystem::path& folder) {
    const auto facts = read_export_folder(world_.files, folder, options_.limits);
    if (!facts) return std::unexpected(facts.error());
    for (const FolderFacts::File& file : facts->files) {
        if (!is_sent(file)) continue;
        ++progress_.files;
        progress_.bytes += file.size_bytes;
    }
    begin();
    judge_.run(options_.rules.folder, *facts, "");
    if (facts->index) {
        const std::string name(wire::sfm::index_file);
        inputs_.add_file(world_.files, folder / name, name);
    }
    if (facts->ledger) {
        const std::string name(wire::sfm::ledger_file);
        inputs_.add_file(world_.files, folder / name, name);
    }
    judge_index(*facts);
    judge_ledger(*facts);
    tell_progress();
    judge_files(folder, *facts);
    return {};
}

void VerifyJob::judge_files(const std::filesystem::path& folder, const FolderFacts& facts) {
    std::vector<const FolderFacts::File*> sent;
    for (const FolderFacts::File& file : facts.files) {
        if (is_sent(file)) sent.push_back(&file);
    }
    // First, because the patients are judged against it.
    ExportSurroundings surroundings{.now = now_, .folder = &facts, .codes = &identifiers_.codes()};
    auto organisation = read_organisation(folder, sent, surroundings);
    std::shared_ptr<const OrganisationIndex> index;
    if (organisation && organisation->archive) index = organisation->archive->organisation;
    surroundings.organisation = index.get();
    const auto make_reader = [&] {
        auto own_reader = std::make_shared<FileReader>(world_, options_, surroundings);
        return [&, reader = std::move(own_reader)](std::size_t number) {
            const FolderFacts::File& file = *sent[number];
            if (file.size_bytes == 0 || options_.is_cancelled()) return FileReading{};
            if (is_organisation(file) && organisation) return *std::move(organisation);
            return reader->read(path_of(folder, file), file.path);
        };
    };
    OrderedWork<FileReading>(sent.size(), options_.jobs)
        .run(make_reader, [&](std::size_t number, const FileReading& reading) {
            const FolderFacts::File& file = *sent[number];
            if (options_.is_cancelled()) {
                note_interruption();
                return false;
            }
            if (file.size_bytes == 0) {
                inputs_.add_empty(file.path);
                judge_.not_reached("envelope, archive, document", "the file is empty", file.path);
            } else {
                judge_file(reading, file.path);
            }
            ++progress_.files_judged;
            progress_.bytes_judged += file.size_bytes;
            tell_progress();
            return true;
        });
}

std::optional<FileReading> VerifyJob::read_organisation(
    const std::filesystem::path& folder,
    std::span<const FolderFacts::File* const> sent,
    const ExportSurroundings& surroundings
) const {
    const auto file =
        std::ranges::find_if(sent, [](const auto* one) { return is_organisation(*one); });
    if (file == sent.end() || (*file)->size_bytes == 0) return std::nullopt;
    const FileReader reader(world_, options_, surroundings);
    return reader.read(path_of(folder, **file), (*file)->path);
}

Result<void> VerifyJob::judge_only(const std::filesystem::path& path, const std::string& name) {
    const auto status = world_.files.status(path);
    progress_ = {.files = 1, .bytes = status && *status ? (*status)->size_bytes : 0};
    begin();
    judge_.not_checked(
        rules_across_files(options_.rules), "they compare the files of an export", name
    );
    const FileReading reading = FileReader(world_, options_, {.now = now_}).read(path, name);
    if (options_.is_cancelled()) {
        note_interruption();
        return {};
    }
    if (reading.failure) return std::unexpected(*reading.failure);
    judge_file(reading, name);
    progress_.files_judged = progress_.files;
    progress_.bytes_judged = progress_.bytes;
    tell_progress();
    return {};
}

void VerifyJob::begin() {
    if (options_.observer != nullptr) options_.observer->begun(report_, progress_);
}

void VerifyJob::tell_progress() {
    const auto added = std::span<const findings::Finding>(report_.findings).subspan(findings_told_);
    findings_told_ = report_.findings.size();
    if (options_.observer != nullptr) options_.observer->judged(report_, added, progress_);
}

void VerifyJob::judge_index(const FolderFacts& facts) {
    const std::string name(wire::sfm::index_file);
    if (!facts.index) {
        // It is missing, or no regular file.
        const bool listed =
            std::ranges::find(facts.files, name, &FolderFacts::File::path) != facts.files.end();
        const auto reason = "there is no Index.txt to read";
        judge_.superseded("IDX-01 to IDX-12", reason, name, listed ? "DIR-15" : "DIR-02");
        return;
    }
    const Index index(facts, options_.limits);
    judge_.run(options_.rules.index, index, name);
    if (!index.complete()) judge_.not_reached("IDX-02", "the index is longer than is read", name);
}

void VerifyJob::judge_ledger(const FolderFacts& facts) {
    if (!facts.ledger) return;
    const std::string name(wire::sfm::ledger_file);
    const Ledger ledger(facts, options_.limits);
    if (facts.ledger_is_cut || !ledger.complete()) {
        judge_.not_reached("LED-01, LED-02, LED-03", "the ledger is longer than is read", name);
        return;
    }
    judge_.run(options_.rules.ledger, ledger, name);
}

void VerifyJob::judge_file(const FileReading& reading, const std::string& name) {
    // It was there when the folder was listed.
    names_.push_back(name);
    const bool gone = reading.failure && reading.failure->code == platform::Errc::not_found;
    if (reading.failure && !gone) note_failure(*reading.failure, name);
    if (reading.input) inputs_.add(*reading.input);
    if (reading.header) judge_envelope(reading, name);
    if (gone || reading.changed) note_change(name);
}

/// The other files are judged all the same: what is wrong there is worth knowing.
void VerifyJob::note_failure(const platform::Error& error, const std::string& name) {
    const std::string reason = fmt::format("{}: {}", error.what, error.actual);
    judge_.not_reached("envelope, archive, document", reason, name);
    if (report_.cut_short.empty()) report_.cut_short = fmt::format("{}: {}", name, reason);
}

/// No verdict on an export that somebody writes at the same time, unless it is bad already.
void VerifyJob::note_change(const std::string& name) {
    judge_.not_reached(
        "archive, document", "the file changed or went away while it was read", name
    );
    report_.cut_short = "the export changed while it was read: " + name;
}

void VerifyJob::note_interruption() {
    report_.interrupted = true;
    report_.cut_short =
        fmt::format("interrupted after {} of {} files", progress_.files_judged, progress_.files);
    judge_.not_reached("envelope, archive, document", "the run was interrupted", "");
}

void VerifyJob::judge_envelope(const FileReading& reading, const std::string& name) {
    ++report_.coverage.files;
    report_.coverage.bytes += reading.header->file_bytes;
    EnvelopeFacts facts{.header = &*reading.header, .kind = reading.kind, .now = now_};
    facts.certificate = options_.certificate;
    if (options_.key != nullptr) facts.key_modulus_bytes = options_.key->modulus_bytes();
    facts.no_padding_unwraps = reading.no_padding_unwraps;
    if (reading.opened) facts.opened = &*reading.opened;
    facts.diagnoses = reading.diagnoses;
    secrets_.look_at(facts, file_number(), names_);
    judge_.run(options_.rules.envelope, facts, name);
    if (reading.archive) {
        judge_archive(*reading.archive, name);
    } else {
        judge_.not_reached("archive, document", why_not_opened(facts), name);
    }
}

void VerifyJob::judge_archive(const ArchiveReading& reading, const std::string& name) {
    ++report_.coverage.decrypted;
    verifier::judge_archive(
        judge_, options_.rules, reading, {.now = now_, .export_began = export_began_}, name
    );
    judge_across(reading, name);
    if (reading.identifiers) {
        organisation_judged_ |= reading.facts.kind == FileKind::organisation;
        patient_judged_ |= reading.facts.kind == FileKind::patient;
    }
    // A report was made before the export run.
    if (reading.facts.kind != FileKind::report) note_time(reading.directory);
}

void VerifyJob::judge_across(const ArchiveReading& reading, const std::string& name) {
    if (!reading.identifiers) return;
    const AcrossFacts facts{
        .file = &*reading.identifiers, .before = &identifiers_, .name = name, .files = names_
    };
    judge_.run_families(options_.rules.across, facts, name);
    identifiers_.add(*reading.identifiers, file_number());
}

void VerifyJob::note_time(const ZipDirectory& directory) {
    for (const ZipEntry& entry : directory.entries) {
        if (export_began_) return;
        export_began_ = dos_timestamp(entry.dos_date, entry.dos_time);
    }
}

std::string VerifyJob::why_not_opened(const EnvelopeFacts& facts) {
    if (facts.no_padding_unwraps) return "the key does not fit the file";
    if (options_.key == nullptr && facts.header->can_be_decrypted()) {
        report_.cut_short = "no private key was given, so nothing was decrypted";
        report_.key_missing = true;
        return "no private key was given (--key FILE)";
    }
    return "the file cannot be decrypted";
}

/// Rules about one kind of document have nothing to say about the others: that is no sign that they
/// are kept.
void VerifyJob::tell_kinds_not_judged() {
    // Without any document the stage is told as a whole.
    if (report_.coverage.documents == 0) return;
    const auto tell = [&](std::string_view family, const char* reason) {
        judge_.not_checked(ids_of_family(family), reason, {});
    };
    if (!organisation_judged_) tell("ORG", "no organisation document was judged");
    if (patient_judged_) return;
    for (const std::string_view family : {"PAT", "TRT", "MSG"}) {
        tell(family, "no patient document was judged");
    }
}

Report VerifyJob::finish() {
    tell_kinds_not_judged();
    // What nobody read does not conform, however mild the profile is about the reason.
    for (const findings::Gap& gap : report_.not_reached) {
        if (!report_.cut_short.empty() || !gap.superseded_by.empty()) continue;
        report_.cut_short = gap.what + " not read: " + gap.reason;
    }
    report_.inputs = inputs_.finish();
    report_.verdict = findings::verdict_of(report_);
    return std::move(report_);
}

}  // namespace

Result<Report> verify_path(
    const VerifyWorld& world, const std::filesystem::path& path, const VerifyOptions& options
) {
    const auto status = world.files.status(path);
    if (!status) return std::unexpected(status.error());
    if (!*status) {
        return platform::fail({
            .code = platform::Errc::not_found,
            .what = "nothing there to verify",
            .where = path.string(),
            .expected = "an export folder or an encrypted file",
            .next = "sfmkit verify --help",
        });
    }
    const bool is_folder = (*status)->kind == platform::FileKind::directory;
    VerifyJob job(world, options, path.string());
    auto judged =
        is_folder ? job.judge_folder(path) : job.judge_only(path, path.filename().string());
    if (!judged) return std::unexpected(judged.error());
    return job.finish();
}

Result<Report> verify_file(
    const VerifyWorld& world,
    const std::filesystem::path& path,
    const std::string& name,
    const VerifyOptions& options
) {
    VerifyJob job(world, options, name);
    auto judged = job.judge_only(path, name);
    if (!judged) return std::unexpected(judged.error());
    return job.finish();
}

}  // namespace sfmkit::verifier
