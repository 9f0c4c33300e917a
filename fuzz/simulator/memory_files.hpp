#pragma once

#include "platform/files.hpp"
#include "platform/random.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace sfmkit::fuzz {

/// A file system in memory that knows what a power cut would leave. Contents count as safe after
/// sync() of the file; names (made, renamed, removed) after sync_directory() of their folder.
/// Folders themselves are safe at once. Every change of the world can be made to fail.
class MemoryFiles final : public platform::Files {
  public:
    explicit MemoryFiles(const platform::Clock& clock);
    ~MemoryFiles() override;

    /// How much of what was not synced is lost.
    enum class Loss {
        nothing,     ///< the process was killed, the machine goes on
        everything,  ///< only what was synced is left
        some         ///< each file keeps a random part of what was appended, each name by chance
    };
    /// Ends the world: open files fail from now on. random is needed for Loss::some only.
    void crash(Loss loss, platform::Random* random = nullptr);

    /// Is asked before each call that can fail, with the call's name (`append`, `sync`, …) and its
    /// path; the error that it gives is what the caller gets, and nothing is done.
    using Fault =
        std::function<std::optional<platform::Error>(std::string_view, const std::string& path)>;
    void set_fault(Fault fault) { fault_ = std::move(fault); }
    /// Most bytes of all files together; more is Errc::disk_full.
    void set_capacity(std::uint64_t bytes) { capacity_ = bytes; }
    /// Calls that could have failed so far, for tests that let the n-th one fail.
    std::uint64_t calls() const noexcept { return calls_; }

    /// For tests: whole contents, without faults. Folders are made as needed, all is synced.
    void put(const std::filesystem::path& path, std::string_view content);
    std::optional<std::string> content(const std::filesystem::path& path) const;
    /// What a power cut now would leave of the file.
    std::optional<std::string> safe_content(const std::filesystem::path& path) const;

    platform::Result<std::unique_ptr<platform::ReadableFile>> open_for_reading(
        const std::filesystem::path& path
    ) override;
    platform::Result<std::unique_ptr<platform::WritableFile>> create(
        const std::filesystem::path& path, platform::Existing existing, platform::Access access
    ) override;
    platform::Result<std::unique_ptr<platform::WritableFile>> open_for_appending(
        const std::filesystem::path& path
    ) override;
    platform::Result<std::unique_ptr<platform::FileLock>> lock(const std::filesystem::path& path
    ) override;
    platform::Result<std::optional<platform::FileStatus>> status(const std::filesystem::path& path
    ) override;
    platform::Result<std::vector<platform::DirectoryEntry>> list(const std::filesystem::path& folder
    ) override;
    platform::Result<void> make_directories(const std::filesystem::path& folder) override;
    platform::Result<void> rename(
        const std::filesystem::path& from, const std::filesystem::path& to
    ) override;
    platform::Result<void> remove(const std::filesystem::path& path) override;
    platform::Result<void> sync_directory(const std::filesystem::path& folder) override;

  private:
    class Reader;
    class Writer;

    /// One file, whatever its name. It lives on while it is open, as under POSIX.
    struct Node {
        platform::ByteBuffer content;
        platform::ByteBuffer safe;
        platform::WallTime modified{};
    };
    using Names = std::map<std::string, std::shared_ptr<Node>>;

    platform::Result<void> may(std::string_view call, const std::string& path);
    platform::Result<std::shared_ptr<Node>> find(const std::filesystem::path& path) const;
    std::uint64_t used_bytes() const;

    const platform::Clock& clock_;
    Names names_;
    Names safe_names_;
    std::set<std::string> folders_;
    /// Shared with the locks, which may outlive a crash; every life has its own.
    std::shared_ptr<std::set<std::string>> locked_ = std::make_shared<std::set<std::string>>();
    Fault fault_;
    std::optional<std::uint64_t> capacity_;
    std::uint64_t calls_ = 0;
    std::uint64_t life_ = 0;  ///< grows with every crash; open files belong to one life
};

}  // namespace sfmkit::fuzz
