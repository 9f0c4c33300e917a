#include "client/encoder/pending_file.hpp"

#include "platform/assert.hpp"

#include <tuple>
#include <utility>

namespace sfmkit::client {

using platform::Durability;
using platform::Errc;
using platform::fail;
using platform::Result;

namespace {

Result<void> check_target(
    platform::Files& files, const std::filesystem::path& target, platform::Existing existing
) {
    const auto status = files.status(target);
    if (!status) return fail(status.error());
    const auto& found = *status;
    if (found && found->kind == platform::FileKind::directory) {
        return fail({
            .code = Errc::already_exists,
            .what = "cannot write the file",
            .where = target.string(),
            .expected = "a name that is free",
            .actual = "a folder of that name",
        });
    }
    if (found && existing == platform::Existing::keep_and_fail) {
        return fail({
            .code = Errc::already_exists,
            .what = "the file exists already",
            .where = target.string(),
            .expected = "a name that is free",
        });
    }
    return {};
}

/// What an ended run left goes; what a running one writes stays.
Result<void> clear_away(platform::Files& files, const std::filesystem::path& partial) {
    const auto status = files.status(partial);
    if (!status) return fail(status.error());
    const auto& found = *status;
    if (!found) return {};
    std::unique_ptr<platform::FileLock> lock;
    if (found->kind == platform::FileKind::regular) {
        auto taken = files.lock(partial);
        if (!taken && taken.error().code == Errc::usage) return fail(taken.error());
        // One that may not even be opened can be removed all the same.
        if (taken) lock = std::move(*taken);
    }
    return files.remove(partial);
}

}  // namespace

Result<PendingFile> PendingFile::create(
    platform::Files& files,
    const std::filesystem::path& target,
    platform::Existing existing,
    platform::Access access
) {
    auto partial = target;
    partial += ".partial";
    if (auto free = check_target(files, target, existing); !free) return fail(free.error());
    // A file of its own is what no other writer, nor a link put there, can get at.
    if (auto cleared = clear_away(files, partial); !cleared) return fail(cleared.error());
    auto file = files.create(partial, platform::Existing::keep_and_fail, access);
    if (!file) {
        file.error().where = target.string();
        return fail(file.error());
    }
    auto lock = (*file)->lock();
    if (!lock) return fail(lock.error());
    PendingFile pending(files, target, std::move(partial), std::move(*file), std::move(*lock));
    // Another writer may have finished it meanwhile.
    if (auto free = check_target(files, target, existing); !free) return fail(free.error());
    return pending;
}

PendingFile::PendingFile(
    platform::Files& files,
    std::filesystem::path target,
    std::filesystem::path partial,
    std::unique_ptr<platform::WritableFile> file,
    std::unique_ptr<platform::FileLock> lock
)
    : files_(&files),
      target_(std::move(target)),
      partial_(std::move(partial)),
      file_(std::move(file)),
      lock_(std::move(lock)) {}

PendingFile::~PendingFile() {
    if (file_ == nullptr) return;
    file_.reset();
    // What failed before is what gets reported; a leftover that cannot be removed adds nothing.
    std::ignore = files_->remove(partial_);
}

Result<void> PendingFile::commit(Durability durability) {
    SFM_ASSERT(file_ != nullptr);
    if (durability == Durability::power) {
        if (auto synced = file_->sync(); !synced) return synced;
    }
    if (auto closed = file_->close(); !closed) return closed;
    if (auto renamed = files_->rename(partial_, target_); !renamed) return renamed;
    file_.reset();
    lock_.reset();
    if (durability == Durability::power) return files_->sync_directory(target_.parent_path());
    return {};
}

}  // namespace sfmkit::client
