#pragma once

#include <cstdint>
#include <filesystem>

namespace sfmkit::test {

/// A file system of a few KiB in memory, mounted on a folder, to run out of space on. Only this
/// process and those it starts see it. Making one needs root; throws std::runtime_error otherwise.
class SmallDisk {
  public:
    /// True where small disks can be made.
    static bool possible();

    SmallDisk(std::filesystem::path folder, std::uint64_t kibibytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    /// Gives it another size; what it holds stays.
    void resize(std::uint64_t kibibytes);

  private:
    std::filesystem::path folder_;
};

}  // namespace sfmkit::test
