#include "verifier/zip_records.hpp"

#include "wire/cursor.hpp"

#include <algorithm>
#include <array>

namespace sfmkit::verifier::zip_records {
namespace {

constexpr std::uint64_t longest_comment = 0xFFFF;
constexpr std::uint32_t in_zip64_field = 0xFFFFFFFF;
constexpr std::uint16_t zip64_field_id = 1;

platform::Result<platform::ByteBuffer> read_piece(
    const platform::ReadableFile& archive, std::uint64_t offset, std::uint64_t length
) {
    platform::ByteBuffer bytes(static_cast<std::size_t>(length));
    const auto count = archive.read_at(offset, bytes);
    if (!count) return std::unexpected(count.error());
    bytes.resize(*count);
    return bytes;
}

std::uint64_t u64_le(wire::Cursor& cursor) {
    const std::uint64_t low = cursor.u32_le().value_or(0);
    const std::uint64_t high = cursor.u32_le().value_or(0);
    return low | high << 32U;
}

/// Replaces what the header left to the zip64 extra field, in the order of APPNOTE 4.5.3.
void apply_zip64_field(Header& header, platform::Bytes extra) {
    wire::Cursor cursor(extra);
    while (cursor.remaining() >= 4) {
        const auto id = cursor.u16_le();
        const auto length = cursor.u16_le();
        const auto field = cursor.take(length.value_or(0));
        if (!id || !field) return;
        if (*id != zip64_field_id) continue;
        wire::Cursor values(*field);
        for (std::uint64_t* const value :
             {&header.expanded_bytes, &header.compressed_bytes, &header.local_offset}) {
            if (*value != in_zip64_field || values.remaining() < 8) continue;
            *value = u64_le(values);
            header.zip64 = true;
        }
        return;
    }
}

/// Name, extra field and comment behind the fixed part; false when the file ends before.
platform::Result<bool> read_texts(
    const platform::ReadableFile& archive,
    std::uint64_t offset,
    std::size_t name_bytes,
    Header& header
) {
    const std::uint64_t length = name_bytes + header.extra_bytes + header.comment_bytes;
    const auto bytes = read_piece(archive, offset, length);
    if (!bytes) return std::unexpected(bytes.error());
    if (bytes->size() != length) return false;
    const platform::Bytes view = *bytes;
    header.name = std::string(platform::as_text(view.first(name_bytes)));
    apply_zip64_field(header, view.subspan(name_bytes, header.extra_bytes));
    return true;
}

/// The fields that stand in the same order in both headers, from the flags on.
void take_common_fields(wire::Cursor& cursor, Header& header) {
    header.flags = cursor.u16_le().value_or(0);
    header.method = cursor.u16_le().value_or(0);
    header.dos_time = cursor.u16_le().value_or(0);
    header.dos_date = cursor.u16_le().value_or(0);
    header.crc32 = cursor.u32_le().value_or(0);
    header.compressed_bytes = cursor.u32_le().value_or(0);
    header.expanded_bytes = cursor.u32_le().value_or(0);
}

std::uint32_t u32_at(platform::Bytes bytes, std::size_t offset) {
    return wire::Cursor(bytes.subspan(offset)).u32_le().value_or(0);
}

std::uint16_t u16_at(platform::Bytes bytes, std::size_t offset) {
    return wire::Cursor(bytes.subspan(offset)).u16_le().value_or(0);
}

EndRecord parse_end_record(platform::Bytes record, std::uint64_t offset) {
    EndRecord end;
    end.offset = offset;
    const std::uint16_t entries_here = u16_at(record, 8);
    end.entries = u16_at(record, 10);
    end.directory_bytes = u32_at(record, 12);
    end.directory_offset = u32_at(record, 16);
    end.comment_bytes = u16_at(record, 20);
    end.several_disks =
        u16_at(record, 4) != 0 || u16_at(record, 6) != 0 || entries_here != end.entries;
    return end;
}

/// Takes the 64-bit values where a locator stands right before the end record.
platform::Result<void> apply_zip64_end(const platform::ReadableFile& archive, EndRecord& end) {
    if (end.offset < zip64_locator_bytes) return {};
    const auto locator = read_piece(archive, end.offset - zip64_locator_bytes, zip64_locator_bytes);
    if (!locator) return std::unexpected(locator.error());
    if (locator->size() < zip64_locator_bytes) return {};
    if (u32_at(*locator, 0) != zip64_locator_signature) return {};
    const std::uint64_t offset = u32_at(*locator, 8) | std::uint64_t{u32_at(*locator, 12)} << 32U;
    const auto record = read_piece(archive, offset, zip64_end_bytes);
    if (!record) return std::unexpected(record.error());
    const bool fits = record->size() == zip64_end_bytes &&
                      u32_at(*record, 0) == zip64_end_signature &&
                      offset + zip64_end_bytes + zip64_locator_bytes == end.offset;
    if (!fits) return {};
    wire::Cursor cursor(*record);
    cursor.skip(32);
    end.entries = u64_le(cursor);
    end.directory_bytes = u64_le(cursor);
    end.directory_offset = u64_le(cursor);
    end.offset = offset;
    end.zip64 = true;
    return {};
}

}  // namespace

OptionalHeader read_local_header(const platform::ReadableFile& archive, std::uint64_t offset) {
    const auto bytes = read_piece(archive, offset, local_bytes);
    if (!bytes) return std::unexpected(bytes.error());
    if (bytes->size() < local_bytes || u32_at(*bytes, 0) != local_signature) return std::nullopt;
    wire::Cursor cursor(*bytes);
    cursor.skip(6);
    Header header;
    take_common_fields(cursor, header);
    const std::size_t name_bytes = cursor.u16_le().value_or(0);
    header.extra_bytes = cursor.u16_le().value_or(0);
    const auto whole = read_texts(archive, offset + local_bytes, name_bytes, header);
    if (!whole) return std::unexpected(whole.error());
    if (!*whole) return std::nullopt;
    header.record_bytes = local_bytes + name_bytes + header.extra_bytes;
    return header;
}

OptionalHeader read_central_header(const platform::ReadableFile& archive, std::uint64_t offset) {
    const auto bytes = read_piece(archive, offset, central_bytes);
    if (!bytes) return std::unexpected(bytes.error());
    if (bytes->size() < central_bytes || u32_at(*bytes, 0) != central_signature) {
        return std::nullopt;
    }
    wire::Cursor cursor(*bytes);
    cursor.skip(8);
    Header header;
    take_common_fields(cursor, header);
    const std::size_t name_bytes = cursor.u16_le().value_or(0);
    header.extra_bytes = cursor.u16_le().value_or(0);
    header.comment_bytes = cursor.u16_le().value_or(0);
    header.local_offset = u32_at(*bytes, 42);
    const auto whole = read_texts(archive, offset + central_bytes, name_bytes, header);
    if (!whole) return std::unexpected(whole.error());
    if (!*whole) return std::nullopt;
    header.record_bytes = central_bytes + name_bytes + header.extra_bytes + header.comment_bytes;
    return header;
}

platform::Result<std::optional<EndRecord>> read_end_record(const platform::ReadableFile& archive) {
    const auto size = archive.size();
    if (!size) return std::unexpected(size.error());
    const std::uint64_t tail_bytes = std::min(*size, end_bytes + longest_comment);
    const std::uint64_t tail_offset = *size - tail_bytes;
    const auto tail = read_piece(archive, tail_offset, tail_bytes);
    if (!tail) return std::unexpected(tail.error());
    std::optional<EndRecord> fitting;
    std::optional<EndRecord> last;
    const std::string_view text = platform::as_text(*tail);
    for (std::size_t i = text.find(end_signature); i != text.npos;
         i = text.find(end_signature, i + 1)) {
        if (i + end_bytes > text.size()) break;
        const platform::Bytes record = platform::Bytes(*tail).subspan(i);
        last = parse_end_record(record, tail_offset + i);
        const std::uint64_t end = last->offset + end_bytes + last->comment_bytes;
        last->bytes_behind = end <= *size ? *size - end : 0;
        if (end != *size) continue;
        const bool second = fitting.has_value();
        fitting = last;
        fitting->ambiguous = second;
    }
    if (!fitting) fitting = last;
    if (!fitting) return std::nullopt;
    if (auto applied = apply_zip64_end(archive, *fitting); !applied) {
        return std::unexpected(applied.error());
    }
    return fitting;
}

platform::Result<std::optional<Descriptor>> read_descriptor(
    const platform::ReadableFile& archive, std::uint64_t offset, const Header& expected
) {
    constexpr std::uint64_t longest = 24;
    const auto bytes = read_piece(archive, offset, longest);
    if (!bytes) return std::unexpected(bytes.error());
    for (const bool with_signature : {true, false}) {
        for (const bool wide : {false, true}) {
            wire::Cursor cursor(*bytes);
            if (with_signature && cursor.u32_le() != descriptor_signature) continue;
            Descriptor found;
            found.crc32 = cursor.u32_le().value_or(0);
            found.compressed_bytes = wide ? u64_le(cursor) : cursor.u32_le().value_or(0);
            found.expanded_bytes = wide ? u64_le(cursor) : cursor.u32_le().value_or(0);
            found.record_bytes = cursor.offset();
            if (!cursor.failed() && found.crc32 == expected.crc32 &&
                found.compressed_bytes == expected.compressed_bytes &&
                found.expanded_bytes == expected.expanded_bytes) {
                return found;
            }
        }
    }
    return std::nullopt;
}

}  // namespace sfmkit::verifier::zip_records
