#include "tests/support/small_disk.hpp"

#include <sched.h>
#include <stdexcept>
#include <string>
#include <sys/mount.h>
#include <utility>

namespace sfmkit::test {
namespace {

/// Leaves the mounts of everybody else, once. They end with this process then.
bool has_mounts_of_its_own() {
    static const bool separated = ::unshare(CLONE_NEWNS) == 0 &&
                                  ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    return separated;
}

void mount_disk(
    const std::filesystem::path& folder, std::uint64_t kibibytes, unsigned long further
) {
    const std::string options = "mode=0777,size=" + std::to_string(kibibytes) + "k";
    const unsigned long flags = MS_NOSUID | MS_NODEV | further;
    if (::mount("tmpfs", folder.c_str(), "tmpfs", flags, options.c_str()) != 0) {
        throw std::runtime_error("cannot mount a small disk on " + folder.string());
    }
}

}  // namespace

bool SmallDisk::possible() {
    return has_mounts_of_its_own();
}

SmallDisk::SmallDisk(std::filesystem::path folder, std::uint64_t kibibytes)
    : folder_(std::move(folder)) {
    if (!possible()) throw std::runtime_error("mounting needs root");
    std::filesystem::create_directories(folder_);
    mount_disk(folder_, kibibytes, 0);
}

SmallDisk::~SmallDisk() {
    ::umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::resize(std::uint64_t kibibytes) {
    mount_disk(folder_, kibibytes, MS_REMOUNT);
}

}  // namespace sfmkit::test
