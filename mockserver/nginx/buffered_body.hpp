#pragma once

#include "platform/bytes.hpp"

#include <cstdint>
#include <memory>
#include <utility>

namespace sfmkit::mockserver::nginx {

/// One body in memory, counted with those of all other connections. nginx spools bodies to files;
/// here they must not fill the memory.
class BufferedBody {
  public:
    /// of_all: the sum, never null.
    explicit BufferedBody(std::shared_ptr<std::uint64_t> of_all) noexcept
        : of_all_(std::move(of_all)) {}
    ~BufferedBody() { release(); }
    BufferedBody(const BufferedBody&) = delete;
    BufferedBody& operator=(const BufferedBody&) = delete;

    void append(platform::Bytes bytes) {
        platform::append(bytes_, bytes);
        *of_all_ += bytes.size();
    }
    /// Gives the memory back.
    void release() noexcept {
        *of_all_ -= bytes_.size();
        bytes_ = platform::ByteBuffer();
    }

    platform::Bytes bytes() const noexcept { return bytes_; }

  private:
    std::shared_ptr<std::uint64_t> of_all_;
    platform::ByteBuffer bytes_;
};

}  // namespace sfmkit::mockserver::nginx
