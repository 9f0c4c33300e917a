#include "client/upload/journal.hpp"

#include "platform/assert.hpp"

namespace sfmkit::client {
namespace {

using platform::Errc;
using platform::Result;
using Event = JournalRecord::Event;

/// A record is under 1 KiB; this is room for half a million files.
constexpr std::uint64_t journal_limit_bytes = 1ULL << 30;

/// One text of the journal that must equal what is wanted now.
struct Belonging {
    const char* what;
    const std::string& expected;
    const std::string& actual;
};

Result<void> check_owner(
    const JournalState& state, const Journal::Owner& owner, const std::filesystem::path& path
) {
    const Belonging belongings[] = {
        {"the journal belongs to another service", state.service, owner.service},
        {"the journal belongs to another export folder", state.export_name, owner.export_name},
    };
    for (const auto& [what, expected, actual] : belongings) {
        if (expected == actual) continue;
        return platform::fail(
            {.code = Errc::usage,
             .what = what,
             .where = path.string(),
             .expected = expected,
             .actual = actual,
             .next = "give another file with --journal, or move this one away"}
        );
    }
    return {};
}

/// False when the journal holds nothing that a later run would miss.
bool concerns_any_upload(const JournalState& state) {
    for (const auto& [name, file] : state.files) {
        if (file.upload || file.completed) return true;
    }
    return state.orphans() > 0;
}

/// Taken on the journal itself: two runs would create every upload twice.
Result<std::unique_ptr<platform::FileLock>> take(
    platform::Files& files, const std::filesystem::path& path
) {
    auto lock = files.lock(path);
    if (!lock && lock.error().code == Errc::usage) {
        lock.error().what = "another upload uses this journal";
        lock.error().next = "wait until it has ended, or interrupt it";
    }
    return lock;
}

struct Opened {
    std::unique_ptr<platform::FileLock> lock;
    std::unique_ptr<platform::WritableFile> file;
    JournalState state;
    std::uint64_t good_bytes = 0;
};

Result<Replay> read(
    platform::Files& files, const std::filesystem::path& path, std::uint64_t& size_bytes
) {
    const auto content = files.read_all(path, journal_limit_bytes);
    if (!content) return std::unexpected(content.error());
    size_bytes = content->size();
    return replay_journal(platform::as_text(*content), path.string());
}

Result<Opened> reopen(platform::Files& files, const std::filesystem::path& path) {
    // Before anything is read: what another run writes meanwhile would not be seen.
    auto lock = take(files, path);
    if (!lock) return std::unexpected(lock.error());
    std::uint64_t size_bytes = 0;
    auto replay = read(files, path, size_bytes);
    if (!replay) return std::unexpected(replay.error());
    auto file = files.open_for_appending(path);
    if (!file) return std::unexpected(file.error());
    if (replay->good_bytes < size_bytes) {
        auto cut = (*file)->truncate(replay->good_bytes);
        // Otherwise a power cut could bring torn old bytes back in the middle of new lines.
        if (cut) cut = (*file)->sync();
        if (!cut) return std::unexpected(cut.error());
    }
    return Opened{std::move(*lock), std::move(*file), std::move(replay->state), replay->good_bytes};
}

Result<Opened> make(platform::Files& files, const std::filesystem::path& path) {
    auto file = files.create(path, platform::Existing::keep_and_fail, platform::Access::owner_only);
    if (!file) return std::unexpected(file.error());
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    // Without this a power cut could take the whole file away, synced or not.
    if (auto synced = files.sync_directory(folder); !synced) {
        return std::unexpected(synced.error());
    }
    auto lock = take(files, path);
    if (!lock) return std::unexpected(lock.error());
    return Opened{std::move(*lock), std::move(*file), {}, 0};
}

}  // namespace

Journal::Journal(
    std::unique_ptr<platform::FileLock> lock,
    std::unique_ptr<platform::WritableFile> file,
    JournalState state,
    std::uint64_t good_bytes
)
    : lock_(std::move(lock)),
      file_(std::move(file)),
      state_(std::move(state)),
      good_bytes_(good_bytes),
      resumed_(!state_.session.empty()) {}

Result<Journal> Journal::open(
    platform::Files& files,
    const std::filesystem::path& path,
    const Owner& owner,
    std::uint64_t chunk_bytes
) {
    auto status = files.status(path);
    if (!status) return std::unexpected(status.error());
    auto opened = *status ? reopen(files, path) : make(files, path);
    if (!opened) return std::unexpected(opened.error());
    if (!concerns_any_upload(opened->state)) {
        // A first try at a wrong address, or a crash before the first line was whole.
        if (auto cut = opened->file->truncate(0); !cut) return std::unexpected(cut.error());
        opened->state = {};
        opened->good_bytes = 0;
    }
    Journal journal(
        std::move(opened->lock),
        std::move(opened->file),
        std::move(opened->state),
        opened->good_bytes
    );
    if (journal.resumed()) {
        if (auto checked = check_owner(journal.state_, owner, path); !checked) {
            return std::unexpected(checked.error());
        }
    } else {
        const JournalRecord begun{
            .event = Event::begun,
            .service = owner.service,
            .export_name = owner.export_name,
            .session = owner.session
        };
        if (auto written = journal.append(begun); !written) {
            // Nothing was sent, so there is nothing to remember.
            static_cast<void>(files.remove(path));
            return std::unexpected(written.error());
        }
    }
    const JournalRecord started{.event = Event::started, .chunk_bytes = chunk_bytes};
    if (auto written = journal.append(started); !written) return std::unexpected(written.error());
    return journal;
}

Result<JournalState> Journal::look(
    platform::Files& files, const std::filesystem::path& path, const Owner& owner
) {
    const auto status = files.status(path);
    if (!status) return std::unexpected(status.error());
    if (!*status) return JournalState{};
    std::uint64_t size_bytes = 0;
    auto replay = read(files, path, size_bytes);
    if (!replay) return std::unexpected(std::move(replay.error()));
    if (auto checked = check_owner(replay->state, owner, path); !checked) {
        if (!concerns_any_upload(replay->state)) return JournalState{};
        return std::unexpected(std::move(checked.error()));
    }
    return std::move(replay->state);
}

const JournalFile* Journal::find(const std::string& file) const {
    const auto found = state_.files.find(file);
    return found == state_.files.end() ? nullptr : &found->second;
}

Result<void> Journal::append(const JournalRecord& record) {
    if (failure_) return std::unexpected(*failure_);
    const std::string line = print_record(record);
    if (auto written = file_->append(platform::as_bytes(line)); !written) {
        failure_ = written.error();
        // A part of the line may be there. When this fails too the part stays the last of the file,
        // where the next run expects it.
        static_cast<void>(file_->truncate(good_bytes_));
        return written;
    }
    good_bytes_ += line.size();
    const bool fits = apply(state_, record);
    SFM_ASSERT(fits);
    return {};
}

Result<void> Journal::append_synced(const JournalRecord& record) {
    if (auto written = append(record); !written) return written;
    return sync();
}

Result<void> Journal::sync() {
    if (auto synced = file_->sync(); !synced) {
        failure_ = synced.error();
        return synced;
    }
    return {};
}

Result<void> Journal::note_intent(const std::string& file, const Fingerprint& fingerprint) {
    return append_synced({.event = Event::intent, .file = file, .fingerprint = fingerprint});
}

Result<void> Journal::note_not_created(const std::string& file) {
    return append({.event = Event::not_created, .file = file});
}

Result<void> Journal::note_created(
    const std::string& file, const std::string& upload, std::optional<platform::WallTime> expires
) {
    return append_synced(
        {.event = Event::created, .file = file, .upload = upload, .expires = expires}
    );
}

Result<void> Journal::note_adopted(
    const std::string& file,
    const Fingerprint& fingerprint,
    const std::string& upload,
    std::uint64_t chunk_bytes
) {
    return append_synced(
        {.event = Event::adopted,
         .chunk_bytes = chunk_bytes,
         .file = file,
         .fingerprint = fingerprint,
         .upload = upload}
    );
}

Result<void> Journal::note_extended(const std::string& file, platform::WallTime expires) {
    return append({.event = Event::extended, .file = file, .expires = expires});
}

Result<void> Journal::note_gone(const std::string& file) {
    return append({.event = Event::gone, .file = file});
}

Result<void> Journal::note_completed(const std::string& file) {
    return append({.event = Event::completed, .file = file});
}

Result<void> Journal::note_refused(const std::string& file) {
    return append({.event = Event::refused, .file = file});
}

Result<void> Journal::note_failed(const std::string& file) {
    return append({.event = Event::failed, .file = file});
}

}  // namespace sfmkit::client
