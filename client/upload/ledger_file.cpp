#include "client/upload/ledger_file.hpp"

#include "client/encoder/norwegian_clock.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::client {
namespace {

using platform::Errc;
using platform::Result;

/// Some 500 bytes an entry; room for half a million files.
constexpr std::uint64_t ledger_limit_bytes = 1ULL << 28;

std::string with_slashes(std::string path) {
    std::replace(path.begin(), path.end(), '\\', '/');
    return path;
}

std::string with_backslashes(std::string path) {
    std::replace(path.begin(), path.end(), '/', '\\');
    return path;
}

std::vector<const ExportFile*> all_files(const ExportListing& listing) {
    std::vector<const ExportFile*> files = {&listing.organisation};
    for (const ExportFile& file : listing.others) files.push_back(&file);
    return files;
}

Result<Ledger> read_ledger(platform::Files& files, const std::filesystem::path& path) {
    const auto content = files.read_all(path, ledger_limit_bytes);
    if (!content) return std::unexpected(content.error());
    auto ledger = parse_ledger(platform::as_text(*content), path.string());
    // Like a journal that is damaged: nothing is wrong with the export itself.
    if (!ledger) ledger.error().code = Errc::usage;
    return ledger;
}

Result<void> check_service(
    const Ledger& ledger, const Url& service, const std::filesystem::path& path
) {
    for (const LedgerEntry& entry : ledger.entries) {
        if (!entry.upload) continue;
        const auto url = parse_url(*entry.upload);
        if (url && same_origin(*url, service)) continue;
        return platform::fail(
            {.code = Errc::usage,
             .what = "the ledger belongs to another service",
             .where = path.string(),
             .expected = "uploads at " + host_field(service),
             .actual = *entry.upload,
             .next = "give the service's address as --url, or move the ledger away to start over"}
        );
    }
    return {};
}

LedgerStatus status_of(FileResult result) noexcept {
    const bool done = result == FileResult::completed || result == FileResult::already_done;
    return done ? LedgerStatus::completed : LedgerStatus::failed;
}

}  // namespace

LedgerFile::LedgerFile(platform::Files& files, platform::Clock& clock, std::filesystem::path path)
    : files_(&files), clock_(&clock), path_(std::move(path)) {}

Result<LedgerFile> LedgerFile::open(
    platform::Files& files,
    platform::Clock& clock,
    const std::filesystem::path& path,
    const ExportListing& listing,
    const Url& service
) {
    LedgerFile file(files, clock, path);
    const auto status = files.status(path);
    if (!status) return std::unexpected(status.error());
    if (*status) {
        auto ledger = read_ledger(files, path);
        if (!ledger) return std::unexpected(std::move(ledger.error()));
        file.ledger_ = std::move(*ledger);
        file.written_ = (*status)->modified;
    }
    if (auto checked = check_service(file.ledger_, service, path); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    for (std::size_t i = 0; i < file.ledger_.entries.size(); ++i) {
        file.entry_of_.emplace(with_slashes(file.ledger_.entries[i].relative_path), i);
    }
    file.add_missing_entries(listing);
    return file;
}

void LedgerFile::add_missing_entries(const ExportListing& listing) {
    const std::string added = time_of_change();
    for (const ExportFile* file : all_files(listing)) {
        if (!entry_of_.emplace(file->name, ledger_.entries.size()).second) continue;
        LedgerEntry entry;
        entry.relative_path = with_backslashes(file->name);
        entry.kind = file->kind;
        entry.added = entry.modified = added;
        ledger_.entries.push_back(std::move(entry));
    }
}

std::string LedgerFile::time_of_change() const {
    const platform::WallTime time = clock_->wall_now();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto local = norwegian_wall_clock(seconds);
    const auto offset = local.time_since_epoch() - seconds.time_since_epoch();
    // Decimals as System.Text.Json prints them: without zeros at their end.
    std::string decimals = fmt::format(".{:03}", (time - seconds).count());
    decimals.erase(decimals.find_last_not_of("0.") + 1);
    return fmt::format(
        "{:%Y-%m-%dT%H:%M:%S}{}+{:02}:00",
        std::chrono::sys_seconds(local.time_since_epoch()),
        decimals,
        std::chrono::duration_cast<std::chrono::hours>(offset).count()
    );
}

std::optional<std::string> LedgerFile::session() const {
    if (!ledger_.session || !wire::sfm::is_guid(*ledger_.session)) return std::nullopt;
    return ledger_.session;
}

std::vector<std::string> LedgerFile::missing(const ExportListing& listing) const {
    std::map<std::string, std::size_t> left = entry_of_;
    for (const ExportFile* file : all_files(listing)) left.erase(file->name);
    std::vector<std::string> names;
    for (const auto& [name, index] : left) {
        const LedgerEntry& entry = ledger_.entries[index];
        const bool of_the_export = entry.kind != wire::sfm::FileKind::unknown;
        if (of_the_export && entry.status != LedgerStatus::completed) names.push_back(name);
    }
    return names;
}

bool LedgerFile::says_failed(const std::string& file) const {
    const auto found = entry_of_.find(file);
    return found != entry_of_.end() &&
           ledger_.entries[found->second].status == LedgerStatus::failed;
}

std::vector<JournalRecord> LedgerFile::news_for(
    const JournalState& journal, const ExportListing& listing
) const {
    using Event = JournalRecord::Event;
    std::vector<JournalRecord> news;
    for (const ExportFile* file : all_files(listing)) {
        const LedgerEntry& entry = ledger_.entries[entry_of_.at(file->name)];
        if (!entry.upload) continue;
        const auto known = journal.files.find(file->name);
        const bool ended_elsewhere = entry.status == LedgerStatus::completed;
        const bool knows_better =
            known != journal.files.end() &&
            (known->second.completed || (known->second.upload && !ended_elsewhere));
        if (knows_better) continue;
        news.push_back(
            {.event = Event::adopted,
             .chunk_bytes = wire::sfm::chunk_bytes,
             .file = file->name,
             .fingerprint =
                 {.size_bytes = file->size_bytes, .modified = std::min(file->modified, written_)},
             .upload = *entry.upload}
        );
        if (ended_elsewhere) news.push_back({.event = Event::completed, .file = file->name});
    }
    return news;
}

Result<void> LedgerFile::tell(Journal& journal, const ExportListing& listing) const {
    for (const JournalRecord& record : news_for(journal.state(), listing)) {
        const auto told =
            record.event == JournalRecord::Event::completed
                ? journal.note_completed(record.file)
                : journal.note_adopted(
                      record.file, record.fingerprint, record.upload, record.chunk_bytes
                  );
        if (!told) return told;
    }
    return {};
}

void LedgerFile::note(
    const std::string& file,
    LedgerStatus status,
    const std::optional<std::string>& upload,
    const std::string& session
) {
    const auto found = entry_of_.find(file);
    if (found == entry_of_.end()) return;
    LedgerEntry& entry = ledger_.entries[found->second];
    const bool keeps_its_end =
        entry.status == LedgerStatus::completed && status == LedgerStatus::failed;
    if (keeps_its_end || (entry.status == status && entry.upload == upload)) return;
    entry.status = status;
    entry.upload = upload;
    entry.modified = time_of_change();
    ledger_.session = session;
    const std::string text = print_ledger(ledger_);
    const auto written = platform::replace_file(
        *files_,
        path_,
        platform::as_bytes(text),
        platform::Access::everybody,
        platform::Durability::process
    );
    if (!written && !failure_) failure_ = written.error();
}

void LedgerRecorder::upload_known(const ExportFile& file, const std::string& upload) {
    ledger_.note(file.name, LedgerStatus::ongoing, upload, journal_.state().session);
    ForwardingObserver::upload_known(file, upload);
}

void LedgerRecorder::file_ended(const ExportFile& file, const FileOutcome& outcome) {
    if (outcome.result != FileResult::stopped) {
        const JournalFile* known = journal_.find(file.name);
        const auto upload = known == nullptr ? std::nullopt : known->upload;
        ledger_.note(file.name, status_of(outcome.result), upload, journal_.state().session);
    }
    ForwardingObserver::file_ended(file, outcome);
}

}  // namespace sfmkit::client
