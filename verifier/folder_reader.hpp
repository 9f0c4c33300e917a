#pragma once

#include "platform/files.hpp"
#include "verifier/facts.hpp"
#include "verifier/limits.hpp"

#include <filesystem>

namespace sfmkit::verifier {

/// Lists an export folder with all that is below it; links are listed, never followed.
/// Errc::limit when folders are nested deeper than anybody exports.
platform::Result<FolderFacts> read_export_folder(
    platform::Files& files, const std::filesystem::path& folder, const Limits& limits
);

/// What a file is by its place in the export folder, or else by its extension.
FileKind kind_of_file(std::string_view path) noexcept;

/// Would the official uploader send a file of this name?
bool has_export_extension(std::string_view path) noexcept;

}  // namespace sfmkit::verifier
