#pragma once

#include "platform/files.hpp"

#include <algorithm>
#include <string>

namespace sfmkit::test {

/// A readable file that is a string.
class MemoryFile final : public platform::ReadableFile {
  public:
    explicit MemoryFile(std::string content) : content_(std::move(content)) {}

    platform::Result<std::uint64_t> size() const override { return content_.size(); }

    platform::Result<std::size_t> read_at(std::uint64_t offset, platform::MutableBytes target)
        const override {
        if (offset >= content_.size()) return 0;
        const auto rest = platform::as_bytes(content_).subspan(static_cast<std::size_t>(offset));
        const auto piece = rest.first(std::min(rest.size(), target.size()));
        std::ranges::copy(piece, target.begin());
        return piece.size();
    }

  private:
    std::string content_;
};

}  // namespace sfmkit::test
