#include "verifier/file_reader.hpp"

#include "verifier/folder_reader.hpp"
#include "verifier/input_list.hpp"

namespace sfmkit::verifier {
namespace {

using platform::Result;

bool is_same_file(
    const std::optional<platform::FileStatus>& before,
    const std::optional<platform::FileStatus>& after
) {
    return before && after && before->size_bytes == after->size_bytes &&
           before->modified == after->modified;
}

FileReading failed(platform::Error error) {
    FileReading reading;
    reading.failure = std::move(error);
    return reading;
}

}  // namespace

FileReader::FileReader(
    const VerifyWorld& world, const VerifyOptions& options, const ExportSurroundings& surroundings
)
    : world_(world), options_(options), surroundings_(surroundings) {
    if (options.key != nullptr) key_.emplace(options.key->duplicate());
}

FileReading FileReader::read(const std::filesystem::path& path, const std::string& name) const {
    const auto before = world_.files.status(path);
    if (!before) return failed(before.error());
    const auto file = world_.files.open_for_reading(path);
    if (!file) return failed(file.error());
    FileReading reading;
    reading.kind = kind_of_file(name);
    auto read = read_into(reading, **file, name);
    const auto after = world_.files.status(path);
    reading.changed = !after || !is_same_file(*before, *after);
    if (!read && !reading.changed) return failed(read.error());
    return reading;
}

Result<void> FileReader::read_into(
    FileReading& reading, const platform::ReadableFile& file, const std::string& name
) const {
    auto input = hash_input(file, name, world_.algorithms);
    if (!input) return std::unexpected(input.error());
    reading.input = std::move(*input);
    // The strict profile rejects the legacy layout; the lenient one goes on to see what is inside.
    const auto legacy = options_.profile == findings::Profile::lenient ? LegacyLayout::decrypt
                                                                       : LegacyLayout::leave;
    auto examined = examine(file, key_ ? &*key_ : nullptr, world_.algorithms, legacy);
    if (!examined) return std::unexpected(examined.error());
    reading.header = std::move(examined->header);
    reading.opened = std::move(examined->opened);
    reading.no_padding_unwraps = examined->no_padding_unwraps;
    reading.diagnoses = std::move(examined->diagnoses);
    if (!reading.opened) return {};
    // It reads from the file, which is closed when the reading is handed on.
    const auto plaintext = std::move(reading.opened->plaintext);
    if (!plaintext || !reading.opened->begins_like_zip()) return {};
    auto archive = ArchiveJudge(options_, surroundings_, name).read(*plaintext, reading.kind);
    if (!archive) return std::unexpected(archive.error());
    reading.archive = std::move(*archive);
    return {};
}

}  // namespace sfmkit::verifier
