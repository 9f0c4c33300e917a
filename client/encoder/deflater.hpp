#pragma once

#include "platform/bytes.hpp"
#include "platform/result.hpp"

#include <functional>
#include <memory>

namespace sfmkit::client {

/// Compresses as entries of a zip archive are (raw deflate, RFC 1951) at zlib's usual level, in
/// constant memory. Equal input gives equal output, in whatever pieces it comes.
class Deflater {
  public:
    /// Takes compressed bytes in order; its error ends the work.
    using Sink = std::function<platform::Result<void>(platform::Bytes)>;

    Deflater();
    ~Deflater();
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    platform::Result<void> write(platform::Bytes bytes, const Sink& sink);
    platform::Result<void> finish(const Sink& sink);
    /// Forgets what was written; the next byte begins anew.
    void restart();

  private:
    struct State;

    platform::Result<void> run(int flush, const Sink& sink);

    std::unique_ptr<State> state_;
    platform::ByteBuffer output_;
};

}  // namespace sfmkit::client
