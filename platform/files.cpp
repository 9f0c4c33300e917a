#include "platform/files.hpp"

#include <utility>

namespace sfmkit::platform {

Result<ByteBuffer> Files::read_all(const std::filesystem::path& path, std::uint64_t limit_bytes) {
    auto file = open_for_reading(path);
    if (!file) return std::unexpected(std::move(file.error()));
    const auto size = (*file)->size();
    if (!size) return std::unexpected(size.error());
    if (*size > limit_bytes) {
        return fail({
            .code = Errc::limit,
            .what = "the file is larger than it may be",
            .where = path.string(),
            .expected = "at most " + std::to_string(limit_bytes) + " bytes",
            .actual = std::to_string(*size) + " bytes",
        });
    }
    ByteBuffer content(static_cast<std::size_t>(*size));
    const auto count = (*file)->read_at(0, content);
    if (!count) return std::unexpected(count.error());
    content.resize(*count);
    return content;
}

namespace {

Result<void> write_new_file(
    Files& files,
    const std::filesystem::path& path,
    Bytes content,
    Access access,
    Durability durability
) {
    auto file = files.create(path, Existing::replace, access);
    if (!file) return std::unexpected(std::move(file.error()));
    if (auto written = (*file)->append(content); !written) return written;
    if (durability == Durability::power) {
        if (auto synced = (*file)->sync(); !synced) return synced;
    }
    return (*file)->close();
}

}  // namespace

Result<void> replace_file(
    Files& files,
    const std::filesystem::path& target,
    Bytes content,
    Access access,
    Durability durability
) {
    auto beside = target;
    beside += unfinished_suffix;
    auto done = write_new_file(files, beside, content, access, durability);
    if (done) done = files.rename(beside, target);
    if (!done) {
        // The first failure is the one to report; a file that cannot be removed either adds
        // nothing.
        (void)files.remove(beside);
        return done;
    }
    if (durability == Durability::power) return files.sync_directory(target.parent_path());
    return {};
}

}  // namespace sfmkit::platform
