#include "platform/file_readers.hpp"

#include <algorithm>
#include <array>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace sfmkit::platform {
namespace {

/// File systems whose modes are made up at mounting, as statfs(2) numbers them.
constexpr std::array<unsigned long, 9> without_modes = {
    0x4d44,      // FAT
    0x2011bab0,  // exFAT
    0x5346544e,  // NTFS
    0x7366746e,  // NTFS, the newer driver
    0x65735546,  // FUSE: NTFS-3G and others
    0x517b,      // SMB
    0xff534d42,  // CIFS
    0xfe534d42,  // SMB 2
    0x01021997,  // 9P: folders of a host in a virtual machine
};

constexpr unsigned of_group_and_others = 077;

}  // namespace

FileReaders readers_by(unsigned mode, unsigned long file_system) noexcept {
    if (std::ranges::find(without_modes, file_system) != without_modes.end()) {
        return FileReaders::not_known;
    }
    return (mode & of_group_and_others) == 0 ? FileReaders::owner : FileReaders::others;
}

FileReaders readers_of(const std::filesystem::path& path) {
    struct stat status{};
    struct statfs system{};
    const bool told = ::stat(path.c_str(), &status) == 0 && ::statfs(path.c_str(), &system) == 0;
    if (!told) return FileReaders::not_known;
    // Some numbers are negative where the field is signed and short.
    return readers_by(status.st_mode, static_cast<unsigned long>(system.f_type) & 0xffffffffUL);
}

}  // namespace sfmkit::platform
