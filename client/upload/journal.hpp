#pragma once

#include "client/upload/journal_record.hpp"
#include "platform/files.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace sfmkit::client {

/// The memory of a migration across runs: an append-only file of JSON lines. A record is handed to
/// the operating system before the call returns; those that the next run cannot do without are
/// synced as well. It belongs to one service and one export folder. After a failed write the file
/// ends with the last whole record and every further note fails with the same error.
class Journal {
  public:
    struct Owner {
        std::string service;      ///< URL, as printed
        std::string export_name;  ///< last part of the folder's path
        std::string session;      ///< for a new journal; an existing one keeps its own
    };

    /// Opens or makes the journal and keeps other runs out of it. Errc::usage when one has it
    /// already, when it is damaged, or when it belongs to another service or folder; one that holds
    /// no upload yet belongs to nobody and is begun anew.
    static platform::Result<Journal> open(
        platform::Files& files,
        const std::filesystem::path& path,
        const Owner& owner,
        std::uint64_t chunk_bytes
    );

    /// What the earlier runs left: nothing is made, taken or changed. Empty when there is no
    /// journal, or when it belongs to nobody.
    static platform::Result<JournalState> look(
        platform::Files& files, const std::filesystem::path& path, const Owner& owner
    );

    const JournalState& state() const noexcept { return state_; }
    /// What an earlier run knew about the file, if anything.
    const JournalFile* find(const std::string& file) const;
    /// True when an earlier run had begun it.
    bool resumed() const noexcept { return resumed_; }

    /// Before a POST: a crash from here on may leave an upload that nobody knows. Survives power
    /// loss when it returns, so that such an upload is counted after that as well.
    platform::Result<void> note_intent(const std::string& file, const Fingerprint& fingerprint);
    platform::Result<void> note_not_created(const std::string& file);
    /// Survives power loss when it returns: only then may the first byte be sent.
    platform::Result<void> note_created(
        const std::string& file,
        const std::string& upload,
        std::optional<platform::WallTime> expires
    );
    /// An upload that another program began, by its own memory. chunk_bytes: the largest chunk of
    /// it that may still be under way to the server.
    platform::Result<void> note_adopted(
        const std::string& file,
        const Fingerprint& fingerprint,
        const std::string& upload,
        std::uint64_t chunk_bytes
    );
    platform::Result<void> note_extended(const std::string& file, platform::WallTime expires);
    platform::Result<void> note_gone(const std::string& file);
    platform::Result<void> note_completed(const std::string& file);
    platform::Result<void> note_refused(const std::string& file);
    platform::Result<void> note_failed(const std::string& file);
    /// What was noted survives power loss when it returns.
    platform::Result<void> sync();

  private:
    Journal(
        std::unique_ptr<platform::FileLock> lock,
        std::unique_ptr<platform::WritableFile> file,
        JournalState state,
        std::uint64_t good_bytes
    );

    platform::Result<void> append(const JournalRecord& record);
    platform::Result<void> append_synced(const JournalRecord& record);

    std::unique_ptr<platform::FileLock> lock_;
    std::unique_ptr<platform::WritableFile> file_;
    JournalState state_;
    std::uint64_t good_bytes_ = 0;  ///< end of the last whole record
    std::optional<platform::Error> failure_;
    bool resumed_ = false;
};

}  // namespace sfmkit::client
