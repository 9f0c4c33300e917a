#include "client/encoder/pending_file.hpp"

#include "platform/assert.hpp"

#include <tuple>
#include <utility>

namespace sfmkit::client {

using platform::Durability;
using platform::Errc;
using platform::fail;
using platform::Result;

Result<PendingFile> PendingFile::create(
    platform::Files& files,
    const std::filesystem::path& target,
    platform::Existing existing,
    platform::Access access
) {
    const auto there = files.status(target);
    if (!there) return fail(there.error());
    const auto& found = *there;
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
    auto partial = target;
    partial += ".partial";
    // What an ended run left goes first: a file of its own is what no other writer, nor a link put
    // there, can get at.
    if (auto removed = files.remove(partial); !removed) return fail(removed.error());
    auto file = files.create(partial, platform::Existing::keep_and_fail, access);
    if (!file) {
        file.error().where = target.string();
        return fail(file.error());
    }
    return PendingFile(files, target, std::move(partial), std::move(*file));
}

PendingFile::PendingFile(
    platform::Files& files,
    std::filesystem::path target,
    std::filesystem::path partial,
    std::unique_ptr<platform::WritableFile> file
)
    : files_(&files),
      target_(std::move(target)),
      partial_(std::move(partial)),
      file_(std::move(file)) {}

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
    if (durability == Durability::power) return files_->sync_directory(target_.parent_path());
    return {};
}

}  // namespace sfmkit::client
