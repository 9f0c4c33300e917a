#include "client/encoder/seal_file.hpp"

#include "client/encoder/pending_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

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

struct Target {
    const std::filesystem::path& path;
    std::string_view extension;
    platform::Existing existing;
};

/// The file has its name when the plaintext was fed to its end, and is gone otherwise.
Result<std::uint64_t> seal(
    platform::Files& files,
    const Sealing& sealing,
    const Target& target,
    const std::function<Result<void>(EnvelopeWriter&)>& feed
) {
    auto output = PendingFile::create(files, target.path, target.existing, Access::everybody);
    if (!output) return fail(output.error());
    const auto sink = [&output](Bytes bytes) { return output->file().append(bytes); };
    auto envelope = EnvelopeWriter::start(sealing, target.extension, sink);
    if (!envelope) return fail(envelope.error());
    if (auto fed = feed(*envelope); !fed) return fail(fed.error());
    const auto size = envelope->finish();
    if (!size) return size;
    if (auto done = output->commit(Durability::process); !done) return fail(done.error());
    return size;
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
    const Target target{options.output, options.extension, options.existing};
    return seal(files, sealing, target, [&](EnvelopeWriter& envelope) {
        auto copied = copy_into(envelope, **input);
        if (!copied && copied.error().where.empty()) {
            copied.error().where = options.input.string();
        }
        return copied;
    });
}

Result<std::uint64_t> seal_document(
    platform::Files& files, const Sealing& sealing, const SealDocument& document
) {
    const Target target{document.target, document.extension, document.existing};
    return seal(files, sealing, target, [&](EnvelopeWriter& envelope) {
        return envelope.write(document.plaintext);
    });
}

Result<std::uint64_t> seal_archive(
    platform::Files& files, const Sealing& sealing, const SealArchive& archive
) {
    const Target target{archive.target, "zip", archive.existing};
    return seal(files, sealing, target, [&](EnvelopeWriter& envelope) {
        return stream_zip(
            archive.entries,
            {.modified = archive.modified},
            [&envelope](Bytes bytes) { return envelope.write(bytes); }
        );
    });
}

}  // namespace sfmkit::client
