#pragma once

#include <filesystem>

namespace sfmkit::platform {

/// Who may read a file, by the modes of its file system.
enum class FileReaders {
    owner,     ///< and nobody else (0600 or less)
    others,    ///< its group or everybody
    not_known  ///< the file system keeps no modes of its own (FAT, NTFS, shares), or does not say
};

/// Links are followed.
FileReaders readers_of(const std::filesystem::path& path);

/// The same from what the system says: the mode, and the kind of the file system as statfs tells.
FileReaders readers_by(unsigned mode, unsigned long file_system) noexcept;

}  // namespace sfmkit::platform
