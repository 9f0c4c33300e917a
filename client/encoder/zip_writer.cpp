#include "client/encoder/zip_writer.hpp"

#include "client/encoder/deflater.hpp"
#include "client/encoder/entry_reader.hpp"
#include "wire/http_grammar.hpp"

#include <fmt/format.h>

#include <limits>
#include <set>
#include <string_view>
#include <utility>
#include <vector>
#include <zlib.h>

namespace sfmkit::client {
namespace {

using platform::ByteBuffer;
using platform::Bytes;
using platform::Errc;
using platform::Error;
using platform::fail;
using platform::Result;

/// Above these an archive needs zip64, which no official file has.
constexpr std::size_t max_entries = std::numeric_limits<std::uint16_t>::max() - 1;
constexpr std::uint64_t max_bytes = std::numeric_limits<std::uint32_t>::max() - 1;
constexpr std::size_t max_name_bytes = std::numeric_limits<std::uint16_t>::max();

/// Packed content up to this size is kept, so that most entries are packed once.
constexpr std::size_t max_kept_bytes = std::size_t{1} << 20;

Error too_large(std::string actual) {
    return {
        .code = Errc::limit,
        .what = "the archive would need zip64",
        .expected = "at most 65534 entries and less than 4 GiB",
        .actual = std::move(actual),
    };
}

Result<void> check_names(std::span<const ZipEntry> entries) {
    if (entries.size() > max_entries) {
        return fail(too_large(fmt::format("{} entries", entries.size())));
    }
    std::set<std::string_view> seen;
    for (const ZipEntry& entry : entries) {
        std::string_view wrong;
        if (entry.name.empty()) wrong = "an empty name";
        if (entry.name.size() > max_name_bytes) wrong = "more than 65535 bytes";
        if (!wire::is_utf8(entry.name)) wrong = "bytes that are no UTF-8";
        if (!seen.insert(entry.name).second) wrong = "the name stands twice";
        if (wrong.empty()) continue;
        return fail({
            .code = Errc::usage,
            .what = "entries of an archive need names of their own",
            .where = entry.name,
            .expected = "each name once, in UTF-8",
            .actual = std::string(wrong),
            .next = "rename the document and run the same command again",
        });
    }
    return {};
}

/// What one reading of an entry's content gave. Bytes may be more than the format can hold.
struct Packed {
    std::uint32_t crc = 0;
    std::uint64_t bytes = 0;
    bool operator==(const Packed&) const = default;
};

/// Reads the content to its end and hands it to the sink as the archive holds it.
Result<Packed> pack(
    const EntryReader& content, ZipMethod method, Deflater& deflater, const ZipSink& sink
) {
    Packed packed;
    const auto put = [&](Bytes bytes) {
        packed.bytes += bytes.size();
        return sink(bytes);
    };
    deflater.restart();
    auto done = content.read([&](Bytes bytes) {
        packed.crc = static_cast<std::uint32_t>(
            crc32_z(packed.crc, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size())
        );
        return method == ZipMethod::deflate ? deflater.write(bytes, put) : put(bytes);
    });
    if (done && method == ZipMethod::deflate) done = deflater.finish(put);
    if (!done) return fail(done.error());
    return packed;
}

/// Writes one archive and knows how far it is.
class ArchiveWriter {
  public:
    ArchiveWriter(DosTime modified, ZipMethod method, const ZipSink& sink)
        : modified_(modified), method_(method), sink_(sink) {}

    Result<void> add(const ZipEntry& entry);
    Result<void> finish();

  private:
    Result<void> put(Bytes bytes) {
        offset_ += bytes.size();
        if (offset_ > max_bytes) return fail(too_large(fmt::format("{} bytes", offset_)));
        return sink_(bytes);
    }

    DosTime modified_;
    ZipMethod method_;
    const ZipSink& sink_;
    Deflater deflater_;
    std::uint64_t offset_ = 0;
    std::vector<ZipRecord> records_;
};

Result<void> ArchiveWriter::add(const ZipEntry& entry) {
    const auto content = EntryReader::open(entry, max_bytes);
    if (!content) return fail(content.error());
    ByteBuffer kept;
    bool all_kept = true;
    const auto first = pack(*content, method_, deflater_, [&](Bytes bytes) -> Result<void> {
        all_kept = all_kept && kept.size() + bytes.size() <= max_kept_bytes;
        if (all_kept) platform::append(kept, bytes);
        return {};
    });
    if (!first) return fail(first.error());
    if (first->bytes > max_bytes) return fail(too_large(fmt::format("{} bytes", first->bytes)));
    records_.push_back({
        .name = entry.name,
        .method = method_,
        .modified = modified_,
        .crc = first->crc,
        .packed_bytes = static_cast<std::uint32_t>(first->bytes),
        .bytes = static_cast<std::uint32_t>(content->size()),
        .offset = static_cast<std::uint32_t>(offset_),
    });
    if (auto written = put(local_header(records_.back())); !written) return written;
    if (all_kept) return put(kept);
    const auto second =
        pack(*content, method_, deflater_, [this](Bytes bytes) { return put(bytes); });
    if (!second) return fail(second.error());
    if (*second == *first) return {};
    return content->changed("the content that was read before", "another one");
}

Result<void> ArchiveWriter::finish() {
    const std::uint64_t directory = offset_;
    for (const ZipRecord& record : records_) {
        if (auto written = put(directory_header(record)); !written) return written;
    }
    return put(end_record(
        static_cast<std::uint16_t>(records_.size()),
        static_cast<std::uint32_t>(offset_ - directory),
        static_cast<std::uint32_t>(directory)
    ));
}

}  // namespace

Result<void> stream_zip(
    std::span<const ZipEntry> entries, const ZipOptions& options, const ZipSink& sink
) {
    const auto time = dos_time(options.modified);
    if (!time) return fail(time.error());
    if (auto good = check_names(entries); !good) return good;
    ArchiveWriter archive(*time, options.method, sink);
    for (const ZipEntry& entry : entries) {
        if (auto added = archive.add(entry); !added) return added;
    }
    return archive.finish();
}

Result<ByteBuffer> write_zip(std::span<const ZipEntry> entries, const ZipOptions& options) {
    ByteBuffer archive;
    auto written = stream_zip(entries, options, [&archive](Bytes bytes) -> Result<void> {
        platform::append(archive, bytes);
        return {};
    });
    if (!written) return fail(written.error());
    return archive;
}

}  // namespace sfmkit::client
