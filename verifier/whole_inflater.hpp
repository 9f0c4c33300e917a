#pragma once

#include "platform/files.hpp"
#include "verifier/zip_reader.hpp"

#include <memory>
#include <optional>
#include <string>

struct libdeflate_decompressor;

namespace sfmkit::verifier {

/// Inflates small entries at once with libdeflate, which takes half of zlib's time. Whatever is not
/// perfectly usual is left to libzip, so that its findings stay the same.
class WholeInflater {
  public:
    /// Of entries up to this size, expanded.
    static constexpr std::uint64_t most_bytes = std::uint64_t{4} << 20U;

    WholeInflater();

    /// Of an entry that lies in the archive as its directory says. Nothing unless its data are one
    /// usual deflate block, and size and CRC-32 are as declared; also when reading fails.
    std::optional<std::string> inflate(
        const platform::ReadableFile& archive, const ZipEntry& entry
    );

  private:
    struct Deleter {
        void operator()(libdeflate_decompressor* decompressor) const noexcept;
    };

    std::unique_ptr<libdeflate_decompressor, Deleter> decompressor_;
    platform::ByteBuffer deflated_;
};

}  // namespace sfmkit::verifier
