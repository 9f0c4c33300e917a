#pragma once

#include <string_view>

/// What the name of an entry says, whoever wrote it: the archive, or a document that refers to it.
namespace sfmkit::verifier {

/// Does it leave the folder that an importer would unpack the archive to?
bool leaves_its_folder(std::string_view name) noexcept;

/// Does it have a folder in front, with a slash or a backslash?
bool is_in_folder(std::string_view name) noexcept;

/// A constant of the official uploader has this name; what stands behind it, nobody has said.
bool is_unstructured_history(std::string_view name) noexcept;

}  // namespace sfmkit::verifier
