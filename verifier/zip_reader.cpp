#include "verifier/zip_reader.hpp"

#include "verifier/zip_records.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sfmkit::verifier {
namespace {

using zip_records::EndRecord;
using zip_records::Header;

/// Bytes that one entry takes in the file, header and descriptor included.
struct Extent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::string name;
};

/// One walk over one archive.
class Walk {
  public:
    Walk(const platform::ReadableFile& archive, const Limits& limits)
        : archive_(archive), limits_(limits) {}

    platform::Result<ZipDirectory> run();

  private:
    void problem(ZipProblem problem);
    void check_end(const EndRecord& end);
    platform::Result<void> read_entries(const EndRecord& end);
    platform::Result<void> compare_with_local(const Header& central, ZipEntry& entry);
    void compare(const Header& central, const Header& local, std::uint64_t offset);
    platform::Result<std::uint64_t> end_of_data(
        const Header& central, std::uint64_t data_offset, std::uint64_t header_offset
    );
    void check_extents(std::uint64_t directory_offset);

    const platform::ReadableFile& archive_;
    const Limits& limits_;
    ZipDirectory directory_;
    std::vector<Extent> extents_;
};

void Walk::problem(ZipProblem problem) {
    if (directory_.problems.size() >= limits_.findings_of_one_kind) return;
    directory_.problems.push_back(std::move(problem));
}

void Walk::check_end(const EndRecord& end) {
    directory_.entry_count = end.entries;
    directory_.directory_bytes = end.directory_bytes;
    directory_.comment_bytes = end.comment_bytes;
    directory_.zip64 = end.zip64;
    if (end.bytes_behind > 0) {
        problem(
            {.byte_offset = end.offset,
             .expected = "the end record and its comment at the end of the archive",
             .actual = fmt::format("{} bytes behind them", end.bytes_behind),
             .message = "something was appended to the archive"}
        );
    }
    if (end.ambiguous) {
        problem(
            {.byte_offset = end.offset,
             .expected = "one end record",
             .actual = "two that both fit the end of the archive",
             .message = "readers can disagree about which directory counts"}
        );
    }
    if (end.several_disks) {
        problem(
            {.byte_offset = end.offset,
             .expected = "an archive in one piece",
             .actual = "disk numbers or entry counts of a split archive",
             .message = "the archive says that it is a part of several"}
        );
    }
    // Written without additions that a hostile offset could overflow.
    const bool fits = end.directory_bytes <= end.offset &&
                      end.directory_offset == end.offset - end.directory_bytes;
    if (!fits) {
        problem(
            {.byte_offset = end.offset,
             .expected = "the central directory right before its end record",
             .actual = fmt::format(
                 "offset {}, length {}, end record at {}",
                 end.directory_offset,
                 end.directory_bytes,
                 end.offset
             ),
             .message = "the archive does not begin at byte 0, or its directory is misplaced"}
        );
    }
}

void Walk::compare(const Header& central, const Header& local, std::uint64_t offset) {
    const auto differ = [&](std::string_view field, std::uint64_t here, std::uint64_t there) {
        if (here == there) return;
        problem(
            {.byte_offset = offset,
             .entry = central.name,
             .expected = fmt::format("{} {} as in the central directory", field, here),
             .actual = fmt::format("{}", there),
             .message = fmt::format("local header and central directory differ in {}", field)}
        );
    };
    differ("flags", central.flags, local.flags);
    differ("method", central.method, local.method);
    differ("time", central.dos_time, local.dos_time);
    differ("date", central.dos_date, local.dos_date);
    if (local.name != central.name) {
        problem(
            {.byte_offset = offset,
             .entry = central.name,
             .expected = "the same name in local header and central directory",
             .actual = local.name,
             .message = "local header and central directory name the entry differently"}
        );
    }
    // With bit 3 the local header may leave these to the descriptor behind the data.
    const bool left_out = (central.flags & 8U) != 0 && local.crc32 == 0 &&
                          local.compressed_bytes == 0 && local.expanded_bytes == 0;
    if (left_out) return;
    differ("CRC-32", central.crc32, local.crc32);
    differ("compressed size", central.compressed_bytes, local.compressed_bytes);
    differ("size", central.expanded_bytes, local.expanded_bytes);
}

platform::Result<std::uint64_t> Walk::end_of_data(
    const Header& central, std::uint64_t data_offset, std::uint64_t header_offset
) {
    const auto size = archive_.size();
    if (!size) return std::unexpected(size.error());
    if (data_offset > *size || central.compressed_bytes > *size - data_offset) {
        problem(
            {.byte_offset = header_offset,
             .entry = central.name,
             .expected = "data that ends inside the archive",
             .actual = fmt::format("{} bytes from byte {}", central.compressed_bytes, data_offset),
             .message = "the entry reaches beyond the end of the archive"}
        );
        return *size;
    }
    const std::uint64_t end = data_offset + central.compressed_bytes;
    if ((central.flags & 8U) == 0) return end;
    const auto descriptor = zip_records::read_descriptor(archive_, end, central);
    if (!descriptor) return std::unexpected(descriptor.error());
    if (*descriptor) return end + (*descriptor)->record_bytes;
    problem(
        {.byte_offset = end,
         .entry = central.name,
         .expected = "a data descriptor with the values of the central directory",
         .actual = "other bytes",
         .message = "flag bit 3 is set, but no descriptor follows the data"}
    );
    return end;
}

platform::Result<void> Walk::compare_with_local(const Header& central, ZipEntry& entry) {
    const std::uint64_t offset = central.local_offset;
    const auto local = zip_records::read_local_header(archive_, offset);
    if (!local) return std::unexpected(local.error());
    if (!*local) {
        problem(
            {.byte_offset = entry.directory_offset,
             .entry = central.name,
             .expected = fmt::format("a local header at byte {}", offset),
             .actual = "other bytes",
             .message = "the central directory points at no local header"}
        );
        return {};
    }
    compare(central, **local, offset);
    entry.extra_bytes += (*local)->extra_bytes;
    entry.data_offset = offset + (*local)->record_bytes;
    const auto end = end_of_data(central, entry.data_offset, offset);
    if (!end) return std::unexpected(end.error());
    extents_.push_back({.begin = offset, .end = *end, .name = central.name});
    return {};
}

platform::Result<void> Walk::read_entries(const EndRecord& end) {
    std::uint64_t offset = end.offset - end.directory_bytes;
    for (std::uint64_t i = 0; i < end.entries; ++i) {
        const auto central = zip_records::read_central_header(archive_, offset);
        if (!central) return std::unexpected(central.error());
        const bool inside = *central && (*central)->record_bytes <= end.offset - offset;
        if (!inside) {
            problem(
                {.byte_offset = offset,
                 .expected = fmt::format("{} central headers", end.entries),
                 .actual = fmt::format("{}", i),
                 .message = "the central directory ends too early"}
            );
            return {};
        }
        const Header& header = **central;
        ZipEntry entry{
            .name = header.name,
            .flags = header.flags,
            .method = header.method,
            .dos_time = header.dos_time,
            .dos_date = header.dos_date,
            .crc32 = header.crc32,
            .compressed_bytes = header.compressed_bytes,
            .expanded_bytes = header.expanded_bytes,
            .local_offset = header.local_offset,
            .directory_offset = offset,
            .extra_bytes = header.extra_bytes,
            .comment_bytes = header.comment_bytes,
            .zip64 = header.zip64,
        };
        if (auto compared = compare_with_local(header, entry); !compared) return compared;
        directory_.entries.push_back(std::move(entry));
        offset += header.record_bytes;
    }
    if (offset != end.offset) {
        problem(
            {.byte_offset = offset,
             .expected = "the end record right behind the last central header",
             .actual = fmt::format("{} other bytes", end.offset - offset),
             .message = "the central directory is longer than its entries"}
        );
    }
    return {};
}

/// Entries must lie one behind the other without gap: bytes that no header owns, or that two own,
/// are read differently by readers that go from the front and readers that go by the directory.
void Walk::check_extents(std::uint64_t directory_offset) {
    std::ranges::sort(extents_, {}, &Extent::begin);
    std::uint64_t expected = 0;
    for (const Extent& extent : extents_) {
        if (extent.begin != expected) {
            problem(
                {.byte_offset = extent.begin,
                 .entry = extent.name,
                 .expected = fmt::format("the entry at byte {}", expected),
                 .actual = fmt::format("byte {}", extent.begin),
                 .message = extent.begin < expected ? "two entries overlap"
                                                    : "bytes before the entry belong to none"}
            );
        }
        expected = extent.end;
    }
    if (expected != directory_offset) {
        problem(
            {.byte_offset = expected,
             .expected = fmt::format("the central directory at byte {}", expected),
             .actual = fmt::format("byte {}", directory_offset),
             .message = "the last entry does not end where the directory begins"}
        );
    }
}

platform::Result<ZipDirectory> Walk::run() {
    const auto end = zip_records::read_end_record(archive_);
    if (!end) return std::unexpected(end.error());
    if (!*end) {
        problem(
            {.expected = "an end-of-central-directory record",
             .actual = "none in the last 65557 bytes",
             .message = "the archive was cut, or is none"}
        );
        return directory_;
    }
    check_end(**end);
    directory_.beyond_limits =
        (*end)->entries > limits_.entries || (*end)->directory_bytes > limits_.directory_bytes;
    if (directory_.beyond_limits || !directory_.problems.empty()) return directory_;
    if (auto read = read_entries(**end); !read) return std::unexpected(read.error());
    if (directory_.problems.empty()) {
        check_extents((*end)->offset - (*end)->directory_bytes);
    }
    return directory_;
}

}  // namespace

platform::Result<ZipDirectory> read_zip_directory(
    const platform::ReadableFile& archive, const Limits& limits
) {
    return Walk(archive, limits).run();
}

}  // namespace sfmkit::verifier
