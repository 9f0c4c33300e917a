#include "verifier/zip_content.hpp"

#include <zip.h>

#include <algorithm>
#include <limits>
#include <span>

namespace sfmkit::verifier {

/// What libzip reads from: a position in a file of ours, and the last failure in libzip's words.
struct ZipContent::Source {
    const platform::ReadableFile* file = nullptr;
    std::uint64_t size = 0;
    std::uint64_t position = 0;
    zip_error_t error{};
    std::optional<platform::Error> failure = {};

    static zip_int64_t handle(
        void* state, void* data, zip_uint64_t length, zip_source_cmd_t command
    );
    zip_int64_t read(std::span<std::byte> target);
    zip_int64_t seek(void* data, zip_uint64_t length);
    zip_int64_t describe(void* data) const;
};

namespace {

constexpr zip_int64_t failed = -1;

std::unexpected<platform::Error> malformed(std::string what, const char* actual) {
    return platform::fail({
        .code = platform::Errc::malformed,
        .what = std::move(what),
        .actual = actual,
    });
}

}  // namespace

void ZipContent::SourceDeleter::operator()(Source* source) const noexcept {
    zip_error_fini(&source->error);
    delete source;
}

void ZipDeleter::operator()(zip* archive) const noexcept {
    zip_discard(archive);
}

void ZipDeleter::operator()(zip_file* entry) const noexcept {
    zip_fclose(entry);
}

zip_int64_t ZipContent::Source::read(std::span<std::byte> target) {
    const auto count = file->read_at(position, target);
    if (!count) {
        failure = count.error();
        zip_error_set(&error, ZIP_ER_READ, 0);
        return failed;
    }
    position += *count;
    return static_cast<zip_int64_t>(*count);
}

zip_int64_t ZipContent::Source::seek(void* data, zip_uint64_t length) {
    const zip_int64_t target = zip_source_seek_compute_offset(position, size, data, length, &error);
    if (target < 0) return failed;
    position = static_cast<std::uint64_t>(target);
    return 0;
}

zip_int64_t ZipContent::Source::describe(void* data) const {
    auto* const status = static_cast<zip_stat_t*>(data);
    zip_stat_init(status);
    status->valid = ZIP_STAT_SIZE;
    status->size = size;
    return sizeof(zip_stat_t);
}

zip_int64_t ZipContent::Source::handle(
    void* state, void* data, zip_uint64_t length, zip_source_cmd_t command
) {
    auto& source = *static_cast<Source*>(state);
    if (command == ZIP_SOURCE_OPEN) source.position = 0;
    if (command == ZIP_SOURCE_READ) {
        return source.read({static_cast<std::byte*>(data), static_cast<std::size_t>(length)});
    }
    if (command == ZIP_SOURCE_SEEK) return source.seek(data, length);
    if (command == ZIP_SOURCE_TELL) return static_cast<zip_int64_t>(source.position);
    if (command == ZIP_SOURCE_STAT) return source.describe(data);
    if (command == ZIP_SOURCE_ERROR) return zip_error_to_data(&source.error, data, length);
    if (command == ZIP_SOURCE_SUPPORTS) {
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN,
            ZIP_SOURCE_READ,
            ZIP_SOURCE_CLOSE,
            ZIP_SOURCE_STAT,
            ZIP_SOURCE_ERROR,
            ZIP_SOURCE_FREE,
            ZIP_SOURCE_SEEK,
            ZIP_SOURCE_TELL,
            ZIP_SOURCE_SUPPORTS,
            -1
        );
    }
    return 0;
}

platform::Result<std::size_t> ZipStream::read(platform::MutableBytes target) {
    std::size_t filled = 0;
    while (filled < target.size()) {
        const platform::MutableBytes rest = target.subspan(filled);
        const zip_int64_t count = zip_fread(entry_.get(), rest.data(), rest.size());
        if (count < 0) {
            // The text dies with the entry, so the error keeps a copy.
            return malformed("the entry cannot be inflated", zip_file_strerror(entry_.get()));
        }
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
    }
    return filled;
}

ZipContent::ZipContent(std::unique_ptr<Source, SourceDeleter> source, zip* archive)
    : source_(std::move(source)), archive_(archive) {}

platform::Result<ZipContent> ZipContent::open(const platform::ReadableFile& archive) {
    const auto size = archive.size();
    if (!size) return std::unexpected(size.error());
    if (*size > static_cast<std::uint64_t>(std::numeric_limits<zip_int64_t>::max())) {
        return malformed("libzip cannot open the archive", "longer than libzip can address");
    }
    std::unique_ptr<Source, SourceDeleter> source(new Source{.file = &archive, .size = *size});
    zip_error_init(&source->error);
    zip_error_t error{};
    zip_error_init(&error);
    zip_source_t* const reader = zip_source_function_create(&Source::handle, source.get(), &error);
    zip_t* const opened =
        reader == nullptr ? nullptr : zip_open_from_source(reader, ZIP_RDONLY, &error);
    if (opened == nullptr) {
        zip_source_free(reader);
        if (source->failure) return std::unexpected(*source->failure);
        auto result = malformed("libzip cannot open the archive", zip_error_strerror(&error));
        zip_error_fini(&error);
        return result;
    }
    zip_error_fini(&error);
    return ZipContent(std::move(source), opened);
}

std::uint64_t ZipContent::entry_count() const {
    const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
    return count < 0 ? 0 : static_cast<std::uint64_t>(count);
}

std::string ZipContent::name(std::uint64_t index) const {
    const char* const name = zip_get_name(archive_.get(), index, ZIP_FL_ENC_RAW);
    return name == nullptr ? std::string() : std::string(name);
}

const std::optional<platform::Error>& ZipContent::file_failure() const noexcept {
    return source_->failure;
}

platform::Result<ZipStream> ZipContent::open_entry(std::uint64_t index) const {
    std::unique_ptr<zip_file, ZipDeleter> entry(zip_fopen_index(archive_.get(), index, 0));
    if (!entry) return malformed("the entry cannot be opened", zip_strerror(archive_.get()));
    return ZipStream(std::move(entry));
}

}  // namespace sfmkit::verifier
