#include "client/encoder/zip_writer.hpp"

#include "client/encoder/zip_headers.hpp"
#include "client/encoder/zip_source.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <limits>
#include <memory>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace sfmkit::client {
namespace {

using platform::ByteBuffer;
using platform::Errc;
using platform::Error;
using platform::fail;
using platform::Result;

/// Above these an archive needs zip64, which no official file has.
constexpr std::size_t max_entries = std::numeric_limits<std::uint16_t>::max() - 1;
constexpr std::uint64_t max_bytes = std::numeric_limits<std::uint32_t>::max() - 1;

struct ArchiveDeleter {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, ArchiveDeleter>;

struct SourceDeleter {
    void operator()(zip_source_t* source) const noexcept { zip_source_free(source); }
};
using Source = std::unique_ptr<zip_source_t, SourceDeleter>;

Error too_large(std::string actual) {
    return {
        .code = Errc::limit,
        .what = "the archive would need zip64",
        .expected = "at most 65534 entries and less than 4 GiB",
        .actual = std::move(actual),
    };
}

Error zip_error(zip_error_t& error, const std::string& name) {
    return {
        .code = Errc::internal,
        .what = "libzip could not write the archive",
        .where = name,
        .actual = zip_error_strerror(&error),
    };
}

Result<void> check_names(std::span<const ZipEntry> entries) {
    if (entries.size() > max_entries) {
        return fail(too_large(fmt::format("{} entries", entries.size())));
    }
    std::set<std::string_view> seen;
    for (const ZipEntry& entry : entries) {
        if (!seen.insert(entry.name).second || entry.name.empty()) {
            return fail({
                .code = Errc::usage,
                .what = "entries of an archive need names of their own",
                .where = entry.name,
                .expected = "each name once",
                .actual = entry.name.empty() ? "an empty name" : "the name stands twice",
            });
        }
    }
    return {};
}

Result<void> add_entry(
    zip_t* archive, const ZipEntry& entry, EntrySource& content, ZipMethod method
) {
    Source source(content.make(archive));
    if (source == nullptr) return fail(zip_error(*zip_get_error(archive), entry.name));
    const zip_int64_t added =
        zip_file_add(archive, entry.name.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
    if (added < 0) return fail(zip_error(*zip_get_error(archive), entry.name));
    std::ignore = source.release();
    const auto index = static_cast<zip_uint64_t>(added);
    // Level 6 is the only one that libzip marks as "normal" (flags 0).
    constexpr zip_uint32_t normal_level = 6;
    const zip_int32_t code = method == ZipMethod::deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    if (zip_set_file_compression(archive, index, code, normal_level) != 0 ||
        zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_DOS, 0) != 0) {
        return fail(zip_error(*zip_get_error(archive), entry.name));
    }
    return {};
}

Result<ByteBuffer> read_back(zip_source_t* target) {
    zip_stat_t status;
    if (zip_source_stat(target, &status) != 0 || zip_source_open(target) != 0) {
        return fail(zip_error(*zip_source_error(target), {}));
    }
    if (status.size > max_bytes) return fail(too_large(fmt::format("{} bytes", status.size)));
    ByteBuffer bytes(status.size);
    const zip_int64_t count = zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    if (count != static_cast<zip_int64_t>(bytes.size())) {
        return fail(zip_error(*zip_source_error(target), {}));
    }
    return bytes;
}

}  // namespace

Result<ByteBuffer> write_zip(std::span<const ZipEntry> entries, const ZipOptions& options) {
    const auto time = dos_time(options.modified);
    if (!time) return fail(time.error());
    if (auto good = check_names(entries); !good) return fail(good.error());
    // libzip writes no archive without entries, so the end record is all there is to write.
    if (entries.empty()) return empty_archive();

    zip_error_t error;
    zip_error_init(&error);
    const Source target(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (target == nullptr) return fail(zip_error(error, {}));
    // Before the archive: it calls them until it is closed or discarded.
    std::vector<std::unique_ptr<EntrySource>> contents;
    contents.reserve(entries.size());
    Archive archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &error));
    if (archive == nullptr) return fail(zip_error(error, {}));
    zip_source_keep(target.get());  // one reference for the archive, one for reading back
    for (const ZipEntry& entry : entries) {
        contents.push_back(std::make_unique<EntrySource>(entry, max_bytes));
        auto added = add_entry(archive.get(), entry, *contents.back(), options.method);
        if (!added) return fail(added.error());
    }
    if (zip_close(archive.get()) != 0) {
        for (const auto& content : contents) {
            const auto& failure = content->failure();
            if (failure) return fail(*failure);
        }
        return fail(zip_error(*zip_get_error(archive.get()), {}));
    }
    std::ignore = archive.release();
    auto bytes = read_back(target.get());
    if (bytes) settle_headers(*bytes, *time);
    return bytes;
}

}  // namespace sfmkit::client
