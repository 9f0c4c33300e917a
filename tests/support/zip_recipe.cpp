#include "tests/support/zip_recipe.hpp"

#include <stdexcept>
#include <zlib.h>

namespace sfmkit::test {
namespace {

void append_u16(std::string& target, std::uint32_t value) {
    target += static_cast<char>(value & 0xFFU);
    target += static_cast<char>((value >> 8U) & 0xFFU);
}

void append_u32(std::string& target, std::size_t value) {
    append_u16(target, static_cast<std::uint32_t>(value & 0xFFFFU));
    append_u16(target, static_cast<std::uint32_t>((value >> 16U) & 0xFFFFU));
}

Bytef* zlib_bytes(std::string& text) {
    return reinterpret_cast<Bytef*>(text.data());
}

std::string deflated(std::string content) {
    z_stream stream{};
    // Negative window bits: raw deflate without zlib header, as zip stores it.
    if (deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("deflateInit2");
    }
    std::string result(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
    stream.next_in = zlib_bytes(content);
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = zlib_bytes(result);
    stream.avail_out = static_cast<uInt>(result.size());
    const int ended = deflate(&stream, Z_FINISH);
    result.resize(stream.total_out);
    deflateEnd(&stream);
    if (ended != Z_STREAM_END) throw std::runtime_error("deflate");
    return result;
}

/// Values of one entry as both headers tell them.
struct Written {
    std::string data;
    std::uint32_t crc32 = 0;
    std::size_t expanded = 0;
    std::uint16_t flags = 0;
    std::size_t offset = 0;
};

Written written_of(const ZipRecipe::Entry& entry) {
    std::string content = entry.content;
    Written written;
    const uLong crc = ::crc32(0, zlib_bytes(content), static_cast<uInt>(content.size()));
    written.crc32 = entry.crc32.value_or(static_cast<std::uint32_t>(crc));
    written.expanded = entry.expanded.value_or(static_cast<std::uint32_t>(content.size()));
    written.flags = static_cast<std::uint16_t>(entry.flags | (entry.descriptor ? 8U : 0U));
    written.data = entry.method == 8 ? deflated(content) : content;
    return written;
}

void append_local(std::string& target, const ZipRecipe::Entry& entry, const Written& written) {
    const std::string& name = entry.local_name ? *entry.local_name : entry.name;
    append_u32(target, 0x04034b50);
    append_u16(target, 20);
    append_u16(target, written.flags);
    append_u16(target, entry.local_method.value_or(entry.method));
    append_u16(target, entry.dos_time);
    append_u16(target, entry.dos_date);
    append_u32(target, entry.descriptor ? 0 : entry.local_crc32.value_or(written.crc32));
    append_u32(target, entry.descriptor ? 0 : written.data.size());
    append_u32(target, entry.descriptor ? 0 : written.expanded);
    append_u16(target, static_cast<std::uint32_t>(name.size()));
    append_u16(target, static_cast<std::uint32_t>(entry.extra.size()));
    target += name + entry.extra + written.data;
    if (!entry.descriptor) return;
    append_u32(target, 0x08074b50);
    append_u32(target, written.crc32);
    append_u32(target, written.data.size());
    append_u32(target, written.expanded);
}

void append_central(std::string& target, const ZipRecipe::Entry& entry, const Written& written) {
    append_u32(target, 0x02014b50);
    append_u16(target, 20);
    append_u16(target, 20);
    append_u16(target, written.flags);
    append_u16(target, entry.method);
    append_u16(target, entry.dos_time);
    append_u16(target, entry.dos_date);
    append_u32(target, written.crc32);
    append_u32(target, written.data.size());
    append_u32(target, written.expanded);
    append_u16(target, static_cast<std::uint32_t>(entry.name.size()));
    append_u16(target, static_cast<std::uint32_t>(entry.extra.size()));
    append_u16(target, static_cast<std::uint32_t>(entry.comment.size()));
    append_u16(target, 0);
    append_u16(target, 0);
    append_u32(target, 0);
    append_u32(target, written.offset);
    target += entry.name + entry.extra + entry.comment;
}

}  // namespace

std::string make_zip(const ZipRecipe& recipe) {
    std::string file = recipe.prefix;
    const std::size_t base = recipe.prefix_counts ? 0 : recipe.prefix.size();
    std::string directory;
    for (const ZipRecipe::Entry& entry : recipe.entries) {
        Written written = written_of(entry);
        written.offset = file.size() - base;
        append_local(file, entry, written);
        append_central(directory, entry, written);
    }
    file += recipe.gap;
    const std::size_t directory_offset = file.size() - base;
    file += directory;
    const auto count =
        recipe.entry_count.value_or(static_cast<std::uint16_t>(recipe.entries.size()));
    append_u32(file, 0x06054b50);
    append_u16(file, recipe.disk);
    append_u16(file, recipe.disk);
    append_u16(file, count);
    append_u16(file, count);
    append_u32(file, recipe.directory_bytes.value_or(static_cast<std::uint32_t>(directory.size())));
    append_u32(file, directory_offset);
    append_u16(file, static_cast<std::uint32_t>(recipe.comment.size()));
    return file + recipe.comment + recipe.suffix;
}

}  // namespace sfmkit::test
