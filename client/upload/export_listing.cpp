#include "client/upload/export_listing.hpp"

#include <algorithm>
#include <tuple>

namespace sfmkit::client {
namespace {

namespace sfm = wire::sfm;
using platform::Errc;
using platform::FileKind;
using platform::Result;

/// A folder of an export with the extension of the files that belong there.
struct NumberedFolder {
    std::string name;
    std::string_view extension;
    sfm::FileKind kind = sfm::FileKind::unknown;
    std::uint32_t number = 0;
};

std::optional<NumberedFolder> numbered_folder(const std::string& name) {
    if (const auto number = sfm::numbered_folder(name, sfm::patient_folder_prefix)) {
        return NumberedFolder{name, sfm::patient_extension, sfm::FileKind::patient, *number};
    }
    if (const auto number = sfm::numbered_folder(name, sfm::report_folder_prefix)) {
        return NumberedFolder{name, sfm::report_extension, sfm::FileKind::report, *number};
    }
    return std::nullopt;
}

/// Files of the format that are no uploads, so that they are not told as left behind.
bool is_silent(const std::string& name) {
    return name == sfm::index_file || name == sfm::ledger_file;
}

Result<ExportFile> describe_file(
    platform::Files& files, const std::filesystem::path& path, std::string name, sfm::FileKind kind
) {
    auto status = files.status(path);
    if (!status) return std::unexpected(status.error());
    if (!*status) {
        return platform::fail(
            {.code = Errc::changed,
             .what = "a file went away while the export was listed",
             .where = path.string()}
        );
    }
    return ExportFile{std::move(name), path, kind, (*status)->size_bytes, (*status)->modified};
}

/// Names are UTF-8; the path of an entry is built from them as such.
std::filesystem::path entry_path(const std::filesystem::path& folder, const std::string& name) {
    return folder / std::filesystem::path(std::u8string(name.begin(), name.end()));
}

Result<void> list_numbered(
    platform::Files& files,
    const std::filesystem::path& root,
    const NumberedFolder& folder,
    ExportListing& listing
) {
    const auto path = entry_path(root, folder.name);
    auto entries = files.list(path);
    if (!entries) return std::unexpected(entries.error());
    for (const auto& entry : *entries) {
        std::string name = folder.name + '/' + entry.name;
        const bool belongs =
            entry.kind == FileKind::regular && entry.name.ends_with(folder.extension);
        if (!belongs) {
            listing.skipped.push_back(std::move(name));
            continue;
        }
        auto file =
            describe_file(files, entry_path(path, entry.name), std::move(name), folder.kind);
        if (!file) return std::unexpected(file.error());
        listing.others.push_back(std::move(*file));
    }
    return {};
}

Result<void> check_folder(platform::Files& files, const std::filesystem::path& folder) {
    auto status = files.status(folder);
    if (!status) return std::unexpected(status.error());
    // A link to a folder is followed when it is listed, so only plain files are refused here.
    if (*status && (*status)->kind != FileKind::regular) return {};
    return platform::fail(
        {.code = Errc::not_found,
         .what = "there is no such export folder",
         .where = folder.string(),
         .expected = "a folder with " + std::string(sfm::organisation_file),
         .actual = *status ? "a file" : "nothing",
         .next = "sfmkit generate OUT makes a synthetic one"}
    );
}

}  // namespace

Result<ExportListing> list_export(platform::Files& files, const std::filesystem::path& folder) {
    if (auto checked = check_folder(files, folder); !checked) {
        return std::unexpected(checked.error());
    }
    auto entries = files.list(folder);
    if (!entries) return std::unexpected(entries.error());

    ExportListing listing;
    bool has_organisation = false;
    std::vector<NumberedFolder> folders;
    for (const auto& entry : *entries) {
        if (entry.name == sfm::organisation_file && entry.kind == FileKind::regular) {
            auto file = describe_file(
                files, entry_path(folder, entry.name), entry.name, sfm::FileKind::organisation
            );
            if (!file) return std::unexpected(file.error());
            listing.organisation = std::move(*file);
            has_organisation = true;
            continue;
        }
        auto numbered = numbered_folder(entry.name);
        if (numbered && entry.kind == FileKind::directory) {
            folders.push_back(std::move(*numbered));
        } else if (!is_silent(entry.name)) {
            listing.skipped.push_back(entry.name);
        }
    }
    if (!has_organisation) {
        return platform::fail(
            {.code = Errc::malformed,
             .what = "the export folder has no organisation file",
             .where = folder.string(),
             .expected = std::string(sfm::organisation_file) + " (exactly so)",
             .actual = "no file of that name",
             .next = "sfmkit verify " + folder.string() + " tells what else is wrong"}
        );
    }
    std::sort(folders.begin(), folders.end(), [](const auto& a, const auto& b) {
        return std::tuple(a.kind, a.number) < std::tuple(b.kind, b.number);
    });
    for (const auto& numbered : folders) {
        if (auto listed = list_numbered(files, folder, numbered, listing); !listed) {
            return std::unexpected(listed.error());
        }
    }
    return listing;
}

}  // namespace sfmkit::client
