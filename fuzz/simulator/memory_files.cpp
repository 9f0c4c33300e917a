#include "fuzz/simulator/memory_files.hpp"

#include "platform/assert.hpp"

#include <algorithm>

namespace sfmkit::fuzz {

using platform::Bytes;
using platform::Errc;
using platform::Result;

namespace {

std::string key_of(const std::filesystem::path& path) {
    std::string key = path.lexically_normal().generic_string();
    if (key.size() > 1 && key.ends_with('/')) key.pop_back();
    return key;
}

std::string parent_of(const std::string& key) {
    const auto slash = key.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : key.substr(0, slash);
}

std::string name_of(const std::string& key) {
    return key.substr(key.rfind('/') + 1);
}

std::unexpected<platform::Error> missing(const std::string& key) {
    return platform::fail({.code = Errc::not_found, .what = "no such file", .where = key});
}

platform::Error dead(const std::string& key) {
    return {.code = Errc::input_output, .what = "the world ended", .where = key};
}

}  // namespace

class MemoryFiles::Reader final : public platform::ReadableFile {
  public:
    Reader(MemoryFiles& files, std::shared_ptr<Node> node, std::string key)
        : files_(files), node_(std::move(node)), key_(std::move(key)), life_(files.life_) {}

    Result<std::uint64_t> size() const override {
        if (life_ != files_.life_) return std::unexpected(dead(key_));
        return node_->content.size();
    }

    Result<std::size_t> read_at(std::uint64_t offset, platform::MutableBytes target)
        const override {
        if (life_ != files_.life_) return std::unexpected(dead(key_));
        if (auto allowed = files_.may("read_at", key_); !allowed) {
            return std::unexpected(allowed.error());
        }
        const auto start = std::min<std::uint64_t>(offset, node_->content.size());
        const Bytes rest = Bytes(node_->content).subspan(start);
        const std::size_t count = std::min(rest.size(), target.size());
        std::copy_n(rest.begin(), count, target.begin());
        return count;
    }

  private:
    MemoryFiles& files_;
    std::shared_ptr<Node> node_;
    std::string key_;
    std::uint64_t life_;
};

class MemoryFiles::Writer final : public platform::WritableFile {
  public:
    Writer(MemoryFiles& files, std::shared_ptr<Node> node, std::string key)
        : files_(files), node_(std::move(node)), key_(std::move(key)), life_(files.life_) {}

    Result<void> append(Bytes bytes) override {
        if (auto allowed = may("append"); !allowed) return allowed;
        if (files_.capacity_ && files_.used_bytes() + bytes.size() > *files_.capacity_) {
            return platform::fail(
                {.code = Errc::disk_full, .what = "the disk is full", .where = key_}
            );
        }
        platform::append(node_->content, bytes);
        node_->modified = files_.clock_.wall_now();
        return {};
    }

    Result<void> truncate(std::uint64_t size_bytes) override {
        if (auto allowed = may("truncate"); !allowed) return allowed;
        node_->content.resize(size_bytes);
        node_->modified = files_.clock_.wall_now();
        return {};
    }

    Result<std::uint64_t> size() const override {
        if (life_ != files_.life_) return std::unexpected(dead(key_));
        return node_->content.size();
    }

    Result<void> sync() override {
        if (auto allowed = may("sync"); !allowed) return allowed;
        // Files only grow at their end between two syncs, most of the time: copy what is new.
        const std::size_t kept = std::min(node_->safe.size(), node_->content.size());
        const bool grew = std::equal(
            node_->safe.begin(),
            node_->safe.begin() + static_cast<std::ptrdiff_t>(kept),
            node_->content.begin()
        );
        if (!grew) node_->safe.clear();
        node_->safe.resize(grew ? kept : 0);
        platform::append(node_->safe, Bytes(node_->content).subspan(node_->safe.size()));
        return {};
    }

    Result<void> close() override { return may("close"); }

    Result<std::unique_ptr<platform::FileLock>> lock() override {
        if (life_ != files_.life_) return std::unexpected(dead(key_));
        return files_.lock(key_);
    }

  private:
    Result<void> may(std::string_view call) {
        if (life_ != files_.life_) return std::unexpected(dead(key_));
        return files_.may(call, key_);
    }

    MemoryFiles& files_;
    std::shared_ptr<Node> node_;
    std::string key_;
    std::uint64_t life_;
};

MemoryFiles::MemoryFiles(const platform::Clock& clock) : clock_(clock), folders_{".", "/"} {}

MemoryFiles::~MemoryFiles() = default;

void MemoryFiles::crash(Loss loss, platform::Random* random) {
    locked_ = std::make_shared<std::set<std::string>>();
    ++life_;
    if (loss == Loss::nothing) return;
    SFM_ASSERT(loss != Loss::some || random != nullptr);
    Names left = safe_names_;
    if (loss == Loss::some) {
        for (const auto& [key, node] : names_) {
            if (random->pick(2) == 0) left[key] = node;
        }
        for (const auto& [key, node] : safe_names_) {
            if (!names_.contains(key) && random->pick(2) == 0) left.erase(key);
        }
    }
    std::set<Node*> settled;
    for (const auto& [key, node] : left) {
        if (!settled.insert(node.get()).second) continue;
        std::size_t kept = 0;
        const bool grew = node->content.size() > node->safe.size();
        if (loss == Loss::some && grew) {
            kept = random->pick(node->content.size() - node->safe.size() + 1);
        }
        const Bytes extra = grew ? Bytes(node->content).subspan(node->safe.size(), kept) : Bytes();
        platform::ByteBuffer content = node->safe;
        platform::append(content, extra);
        node->content = content;
        node->safe = std::move(content);
    }
    names_ = left;
    safe_names_ = std::move(left);
}

void MemoryFiles::put(const std::filesystem::path& path, std::string_view content) {
    const std::string key = key_of(path);
    for (std::string folder = parent_of(key); folders_.insert(folder).second;) {
        folder = parent_of(folder);
    }
    auto node = std::make_shared<Node>();
    node->content = platform::to_buffer(content);
    node->safe = node->content;
    node->modified = clock_.wall_now();
    names_[key] = node;
    safe_names_[key] = std::move(node);
}

std::optional<std::string> MemoryFiles::content(const std::filesystem::path& path) const {
    const auto found = names_.find(key_of(path));
    if (found == names_.end()) return std::nullopt;
    return std::string(platform::as_text(found->second->content));
}

std::optional<std::string> MemoryFiles::safe_content(const std::filesystem::path& path) const {
    const auto found = safe_names_.find(key_of(path));
    if (found == safe_names_.end()) return std::nullopt;
    return std::string(platform::as_text(found->second->safe));
}

Result<void> MemoryFiles::may(std::string_view call, const std::string& path) {
    ++calls_;
    if (!fault_) return {};
    if (auto error = fault_(call, path)) return std::unexpected(std::move(*error));
    return {};
}

Result<std::shared_ptr<MemoryFiles::Node>> MemoryFiles::find(const std::filesystem::path& path
) const {
    const auto found = names_.find(key_of(path));
    if (found == names_.end()) return missing(key_of(path));
    return found->second;
}

std::uint64_t MemoryFiles::used_bytes() const {
    std::uint64_t sum = 0;
    for (const auto& [key, node] : names_) sum += node->content.size();
    return sum;
}

Result<std::unique_ptr<platform::ReadableFile>> MemoryFiles::open_for_reading(
    const std::filesystem::path& path
) {
    if (auto allowed = may("open_for_reading", key_of(path)); !allowed) {
        return std::unexpected(allowed.error());
    }
    auto node = find(path);
    if (!node) return std::unexpected(node.error());
    return std::make_unique<Reader>(*this, *node, key_of(path));
}

Result<std::unique_ptr<platform::WritableFile>> MemoryFiles::create(
    const std::filesystem::path& path, platform::Existing existing, platform::Access
) {
    const std::string key = key_of(path);
    if (auto allowed = may("create", key); !allowed) return std::unexpected(allowed.error());
    if (!folders_.contains(parent_of(key))) return missing(parent_of(key));
    if (existing == platform::Existing::keep_and_fail && names_.contains(key)) {
        return platform::fail(
            {.code = Errc::already_exists, .what = "the file is there already", .where = key}
        );
    }
    // As O_TRUNC does: whoever has the old file open sees it change.
    auto& node = names_[key];
    if (!node) node = std::make_shared<Node>();
    node->content.clear();
    node->modified = clock_.wall_now();
    return std::make_unique<Writer>(*this, node, key);
}

Result<std::unique_ptr<platform::WritableFile>> MemoryFiles::open_for_appending(
    const std::filesystem::path& path
) {
    if (auto allowed = may("open_for_appending", key_of(path)); !allowed) {
        return std::unexpected(allowed.error());
    }
    auto node = find(path);
    if (!node) return std::unexpected(node.error());
    return std::make_unique<Writer>(*this, *node, key_of(path));
}

Result<std::unique_ptr<platform::FileLock>> MemoryFiles::lock(const std::filesystem::path& path) {
    class Lock final : public platform::FileLock {
      public:
        Lock(std::shared_ptr<std::set<std::string>> locked, std::string key)
            : locked_(std::move(locked)), key_(std::move(key)) {}
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;
        ~Lock() override { locked_->erase(key_); }

      private:
        std::shared_ptr<std::set<std::string>> locked_;
        std::string key_;
    };
    const std::string key = key_of(path);
    if (auto allowed = may("lock", key); !allowed) return std::unexpected(allowed.error());
    if (!folders_.contains(parent_of(key))) return missing(parent_of(key));
    if (auto& node = names_[key]; !node) {
        node = std::make_shared<Node>();
        node->modified = clock_.wall_now();
    }
    if (!locked_->insert(key).second) {
        return platform::fail(
            {.code = platform::Errc::usage, .what = "another process is using this", .where = key}
        );
    }
    return std::make_unique<Lock>(locked_, key);
}

Result<std::optional<platform::FileStatus>> MemoryFiles::status(const std::filesystem::path& path) {
    const std::string key = key_of(path);
    if (auto allowed = may("status", key); !allowed) return std::unexpected(allowed.error());
    std::optional<platform::FileStatus> status;
    if (folders_.contains(key)) {
        status = platform::FileStatus{platform::FileKind::directory, 0, {}};
    } else if (const auto found = names_.find(key); found != names_.end()) {
        const Node& node = *found->second;
        status =
            platform::FileStatus{platform::FileKind::regular, node.content.size(), node.modified};
    }
    return status;
}

Result<std::vector<platform::DirectoryEntry>> MemoryFiles::list(const std::filesystem::path& folder
) {
    const std::string key = key_of(folder);
    if (auto allowed = may("list", key); !allowed) return std::unexpected(allowed.error());
    if (!folders_.contains(key)) return missing(key);
    std::map<std::string, platform::FileKind> entries;
    for (const std::string& inner : folders_) {
        if (inner != key && parent_of(inner) == key && inner != "." && inner != "/") {
            entries[name_of(inner)] = platform::FileKind::directory;
        }
    }
    for (const auto& [name, node] : names_) {
        if (parent_of(name) == key) entries[name_of(name)] = platform::FileKind::regular;
    }
    std::vector<platform::DirectoryEntry> result;
    for (const auto& [name, kind] : entries) result.push_back({name, kind});
    return result;
}

Result<void> MemoryFiles::make_directories(const std::filesystem::path& folder) {
    std::string key = key_of(folder);
    if (auto allowed = may("make_directories", key); !allowed) return allowed;
    while (folders_.insert(key).second) key = parent_of(key);
    return {};
}

Result<void> MemoryFiles::rename(
    const std::filesystem::path& from, const std::filesystem::path& to
) {
    if (auto allowed = may("rename", key_of(from)); !allowed) return allowed;
    auto node = find(from);
    if (!node) return std::unexpected(node.error());
    if (!folders_.contains(parent_of(key_of(to)))) return missing(parent_of(key_of(to)));
    names_.erase(key_of(from));
    names_[key_of(to)] = *node;
    return {};
}

Result<void> MemoryFiles::remove(const std::filesystem::path& path) {
    if (auto allowed = may("remove", key_of(path)); !allowed) return allowed;
    names_.erase(key_of(path));
    return {};
}

Result<void> MemoryFiles::sync_directory(const std::filesystem::path& folder) {
    const std::string key = key_of(folder);
    if (auto allowed = may("sync_directory", key); !allowed) return allowed;
    std::erase_if(safe_names_, [&](const auto& entry) { return parent_of(entry.first) == key; });
    for (const auto& [name, node] : names_) {
        if (parent_of(name) == key) safe_names_[name] = node;
    }
    return {};
}

}  // namespace sfmkit::fuzz
