#pragma once

#include "client/upload/journal.hpp"
#include "client/upload/ledger.hpp"
#include "client/upload/migration.hpp"

#include <filesystem>
#include <map>

namespace sfmkit::client {

/// The `.ledger` of an export on disk, so that the official uploader and we can go on where the
/// other one stopped. Written anew, in one step, whenever a file's state changes.
class LedgerFile {
  public:
    /// Reads the file, or begins one when there is none; files of the export that it does not name
    /// are added as not started, as the official uploader does. Errc::usage when it is no ledger
    /// or when its uploads lie at another service. Nothing is written yet.
    static platform::Result<LedgerFile> open(
        platform::Files& files,
        platform::Clock& clock,
        const std::filesystem::path& path,
        const ExportListing& listing,
        const Url& service
    );

    const std::filesystem::path& path() const noexcept { return path_; }
    /// Of the run that changed it last, when that is a GUID.
    std::optional<std::string> session() const;
    /// What is not uploaded yet by the ledger and not in the folder any more.
    std::vector<std::string> missing(const ExportListing& listing) const;
    /// Whether the last try of the file failed, by the ledger.
    bool says_failed(const std::string& file) const;
    /// What the journal does not know yet of the uploads in the ledger. A file that was written
    /// after the ledger is taken for another one than was uploaded, and will be refused.
    std::vector<JournalRecord> news_for(const JournalState& journal, const ExportListing& listing)
        const;
    /// Tells the journal of uploads that it does not know: those news.
    platform::Result<void> tell(Journal& journal, const ExportListing& listing) const;
    /// Writes what differs; what is not changed keeps its bytes. A completed file stays completed.
    void note(
        const std::string& file,
        LedgerStatus status,
        const std::optional<std::string>& upload,
        const std::string& session
    );
    /// The first write that failed.
    const std::optional<platform::Error>& failure() const noexcept { return failure_; }

  private:
    LedgerFile(platform::Files& files, platform::Clock& clock, std::filesystem::path path);
    void add_missing_entries(const ExportListing& listing);
    std::string time_of_change() const;

    platform::Files* files_;
    platform::Clock* clock_;
    std::filesystem::path path_;
    Ledger ledger_;
    std::map<std::string, std::size_t> entry_of_;  ///< by name with slashes
    platform::WallTime written_;                   ///< when the file was read
    std::optional<platform::Error> failure_;
};

/// Keeps the ledger up to date during a run; everything is handed on to the next observer.
class LedgerRecorder final : public ForwardingObserver {
  public:
    LedgerRecorder(LedgerFile& ledger, const Journal& journal, MigrationObserver& next)
        : ForwardingObserver(next), ledger_(ledger), journal_(journal) {}

    void upload_known(const ExportFile& file, const std::string& upload) override;
    void file_ended(const ExportFile& file, const FileOutcome& outcome) override;

  private:
    LedgerFile& ledger_;
    const Journal& journal_;
};

}  // namespace sfmkit::client
