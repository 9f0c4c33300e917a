#include "verifier/folder_reader.hpp"

#include <algorithm>
#include <span>

namespace sfmkit::verifier {
namespace {

constexpr std::string_view organisation_extension = ".dat";

platform::Result<void> list_into(
    FolderFacts& facts,
    platform::Files& files,
    const std::filesystem::path& folder,
    const std::string& prefix,
    std::uint32_t depth_left
) {
    if (depth_left == 0) {
        return platform::fail({
            .code = platform::Errc::limit,
            .what = "folders are nested too deep for an export",
            .where = folder.string(),
        });
    }
    const auto entries = files.list(folder);
    if (!entries) return std::unexpected(entries.error());
    for (const platform::DirectoryEntry& entry : *entries) {
        const std::string path = prefix + entry.name;
        const std::filesystem::path full =
            folder / std::u8string(entry.name.begin(), entry.name.end());
        if (entry.kind == platform::FileKind::directory) {
            facts.folders.push_back(path);
            auto listed = list_into(facts, files, full, path + '/', depth_left - 1);
            if (!listed) return listed;
            continue;
        }
        FolderFacts::File file{.path = path, .kind = entry.kind};
        if (entry.kind == platform::FileKind::regular) {
            const auto status = files.status(full);
            if (!status) return std::unexpected(status.error());
            if (*status) file.size_bytes = (*status)->size_bytes;
        }
        facts.files.push_back(std::move(file));
    }
    return {};
}

/// The beginning of a file in the root of the export, as far as it is read.
struct Content {
    std::optional<std::string> text;  ///< nothing: no such file
    bool is_cut = false;
};

platform::Result<Content> read_content(
    const FolderFacts& facts,
    platform::Files& files,
    const std::filesystem::path& folder,
    std::string_view name,
    std::uint64_t most_bytes
) {
    const auto listed = std::ranges::find(facts.files, name, [](const auto& file) {
        return std::string_view(file.path);
    });
    if (listed == facts.files.end() || listed->kind != platform::FileKind::regular)
        return Content{};
    const auto file = files.open_for_reading(folder / std::string(name));
    if (!file) return std::unexpected(file.error());
    const auto size = (*file)->size();
    if (!size) return std::unexpected(size.error());
    std::string text(std::min(*size, most_bytes), '\0');
    const auto count = (*file)->read_at(0, std::as_writable_bytes(std::span(text)));
    if (!count) return std::unexpected(count.error());
    text.resize(*count);
    return Content{.text = std::move(text), .is_cut = *size > most_bytes};
}

}  // namespace

platform::Result<FolderFacts> read_export_folder(
    platform::Files& files, const std::filesystem::path& folder, const Limits& limits
) {
    FolderFacts facts;
    auto listed = list_into(facts, files, folder, "", limits.folder_depth);
    if (!listed) return std::unexpected(listed.error());
    std::ranges::sort(facts.files, {}, &FolderFacts::File::path);
    std::ranges::sort(facts.folders);
    auto index = read_content(facts, files, folder, wire::sfm::index_file, limits.index_bytes);
    if (!index) return std::unexpected(index.error());
    facts.index = std::move(index->text);
    facts.index_is_cut = index->is_cut;
    auto ledger = read_content(facts, files, folder, wire::sfm::ledger_file, limits.ledger_bytes);
    if (!ledger) return std::unexpected(ledger.error());
    facts.ledger = std::move(ledger->text);
    facts.ledger_is_cut = ledger->is_cut;
    return facts;
}

FileKind kind_of_file(std::string_view path) noexcept {
    const FileKind by_place = wire::sfm::kind_of_export_path(path);
    if (by_place != FileKind::unknown) return by_place;
    if (path.ends_with(wire::sfm::patient_extension)) return FileKind::patient;
    if (path.ends_with(wire::sfm::report_extension)) return FileKind::report;
    if (path.ends_with(organisation_extension)) return FileKind::organisation;
    return FileKind::unknown;
}

bool has_export_extension(std::string_view path) noexcept {
    return path.ends_with(wire::sfm::patient_extension) ||
           path.ends_with(wire::sfm::report_extension) || path.ends_with(organisation_extension);
}

}  // namespace sfmkit::verifier
