#include "client/encoder/seal_file.hpp"

#include "client/encoder/pending_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sfmkit::client {
namespace {

using platform::Access;
using platform::Bytes;
using platform::Durability;
using platform::Errc;
using platform::Existing;
using platform::fail;
using platform::Result;

constexpr std::size_t read_bytes = std::size_t{64} * 1024;

struct ExtensionRow {
    std::string_view file;
    std::string_view plaintext;
};

/// What the files of an export hold (NHN page: patient and organisation files are zip archives,
/// reports are XPS documents).
constexpr std::array<ExtensionRow, 3> extensions = {{
    {.file = "dat", .plaintext = "zip"},
    {.file = "pat", .plaintext = "zip"},
    {.file = "rpt", .plaintext = "xps"},
}};

EnvelopeSink into(PendingFile& target) {
    return [&target](Bytes bytes) { return target.file().append(bytes); };
}

Result<void> copy_into(EnvelopeWriter& envelope, const platform::ReadableFile& input) {
    const auto size = input.size();
    if (!size) return fail(size.error());
    std::array<std::byte, read_bytes> buffer;
    std::uint64_t offset = 0;
    std::size_t count = buffer.size();
    while (count == buffer.size()) {
        const auto read = input.read_at(offset, buffer);
        if (!read) return fail(read.error());
        count = *read;
        if (auto written = envelope.write(Bytes(buffer).first(count)); !written) return written;
        offset += count;
    }
    if (offset == *size) return {};
    return fail({
        .code = platform::Errc::changed,
        .what = "the file changed while it was read",
        .expected = fmt::format("{} bytes, as at the beginning", *size),
        .actual = fmt::format("{} bytes", offset),
    });
}

}  // namespace

std::string extension_of_plaintext(const std::filesystem::path& name) {
    std::string extension = name.extension().string();
    if (!extension.empty()) extension.erase(0, 1);
    const auto row = std::ranges::find(extensions, extension, &ExtensionRow::file);
    return row == extensions.end() ? extension : std::string(row->plaintext);
}

Result<std::uint64_t> seal_file(
    platform::Files& files, const Sealing& sealing, const SealFileOptions& options
) {
    const auto input = files.open_for_reading(options.input);
    if (!input) return fail(input.error());
    auto output = PendingFile::create(files, options.output, options.existing, Access::everybody);
    if (!output) return fail(output.error());
    auto envelope = EnvelopeWriter::start(sealing, options.extension, into(*output));
    if (!envelope) return fail(envelope.error());
    if (auto copied = copy_into(*envelope, **input); !copied) {
        if (copied.error().where.empty()) copied.error().where = options.input.string();
        return fail(copied.error());
    }
    const auto size = envelope->finish();
    if (!size) return size;
    if (auto done = output->commit(Durability::process); !done) return fail(done.error());
    return size;
}

Result<std::uint64_t> seal_document(
    platform::Files& files, const Sealing& sealing, const SealDocument& document
) {
    auto output = PendingFile::create(files, document.target, document.existing, Access::everybody);
    if (!output) return fail(output.error());
    auto envelope = EnvelopeWriter::start(sealing, document.extension, into(*output));
    if (!envelope) return fail(envelope.error());
    auto written = envelope->write(document.plaintext);
    if (!written) return fail(written.error());
    const auto size = envelope->finish();
    if (!size) return size;
    if (auto done = output->commit(Durability::process); !done) return fail(done.error());
    return size;
}

Result<std::uint64_t> seal_archive(
    platform::Files& files, const Sealing& sealing, const SealArchive& archive
) {
    const auto bytes = write_zip(archive.entries, {.modified = archive.modified});
    if (!bytes) return fail(bytes.error());
    return seal_document(
        files,
        sealing,
        {.plaintext = *bytes,
         .extension = "zip",
         .target = archive.target,
         .existing = archive.existing}
    );
}

}  // namespace sfmkit::client
