#pragma once

#include "platform/bytes.hpp"
#include "wire/http_codec.hpp"
#include "wire/http_head_block.hpp"

#include <cstdint>
#include <optional>

namespace sfmkit::wire {

/// Undoes the chunked coding (RFC 9112 section 7.1). Ours instead of Beast's: that of Boost 1.81
/// bounds neither extensions nor trailers, and wants a whole chunk header at once. Inside of the
/// codec.
class ChunkReader {
  public:
    explicit ChunkReader(HttpLimits limits)
        : limits_(limits), trailers_(HeadBlock::Kind::trailers, limits) {}

    struct Step {
        std::size_t consumed = 0;
        platform::Bytes data;  ///< points into the input
    };
    /// Goes on to the end of the input, or of one piece of data, whichever comes first.
    Step push(platform::Bytes input);

    bool complete() const noexcept { return trailers_.complete(); }
    const std::optional<FramingFault>& fault() const noexcept { return fault_; }
    /// The trailer lines, whole when complete.
    const HeadBlock& trailers() const noexcept { return trailers_; }

  private:
    enum class Place {
        size,
        extension,
        size_line_feed,
        data,
        data_return,
        data_line_feed,
        trailers
    };

    void take_framing(char letter);
    void take_size_digit(char letter);
    void take_extension(char letter);
    void expect(char wanted, char letter, Place then);
    void refuse(const char* id, const char* text);

    HttpLimits limits_;
    Place place_ = Place::size;
    std::uint64_t size_ = 0;  ///< of the chunk; what is left of it while in data
    std::size_t size_digits_ = 0;
    std::size_t extension_bytes_ = 0;
    HeadBlock trailers_;
    std::optional<FramingFault> fault_;
};

}  // namespace sfmkit::wire
