#include "wire/http_chunks.hpp"

#include <algorithm>

namespace sfmkit::wire {
namespace {

/// So many hex digits fit into 64 bits.
constexpr std::size_t max_size_digits = 16;

std::optional<unsigned> hex_value(char letter) noexcept {
    if (letter >= '0' && letter <= '9') return static_cast<unsigned>(letter - '0');
    if (letter >= 'a' && letter <= 'f') return static_cast<unsigned>(letter - 'a' + 10);
    if (letter >= 'A' && letter <= 'F') return static_cast<unsigned>(letter - 'A' + 10);
    return std::nullopt;
}

}  // namespace

ChunkReader::Step ChunkReader::push(platform::Bytes input) {
    Step step;
    while (step.consumed < input.size() && !complete() && !fault_) {
        const platform::Bytes rest = input.subspan(step.consumed);
        if (place_ == Place::data) {
            const auto count =
                static_cast<std::size_t>(std::min<std::uint64_t>(size_, rest.size()));
            step.data = rest.first(count);
            step.consumed += count;
            size_ -= count;
            if (size_ == 0) place_ = Place::data_return;
            return step;
        }
        if (place_ == Place::trailers) {
            step.consumed += trailers_.push(rest);
            fault_ = trailers_.fault();
            continue;
        }
        take_framing(static_cast<char>(rest.front()));
        ++step.consumed;
    }
    return step;
}

void ChunkReader::take_framing(char letter) {
    switch (place_) {
        case Place::size:
            return take_size_digit(letter);
        case Place::extension:
            return take_extension(letter);
        case Place::size_line_feed:
            return expect('\n', letter, size_ == 0 ? Place::trailers : Place::data);
        case Place::data_return:
            return expect('\r', letter, Place::data_line_feed);
        case Place::data_line_feed:
            size_digits_ = 0;
            extension_bytes_ = 0;
            return expect('\n', letter, Place::size);
        case Place::data:
        case Place::trailers:
            break;
    }
}

void ChunkReader::take_size_digit(char letter) {
    if (const auto value = hex_value(letter)) {
        if (size_digits_ == max_size_digits) refuse("chunk-size", "a chunk size is too long");
        size_ = size_ * 16 + *value;
        ++size_digits_;
    } else if (size_digits_ == 0) {
        refuse("chunk-size", "a chunk does not begin with its size in hex digits");
    } else if (letter == ';') {
        place_ = Place::extension;
    } else {
        expect('\r', letter, Place::size_line_feed);
    }
}

void ChunkReader::take_extension(char letter) {
    if (letter == '\r') {
        place_ = Place::size_line_feed;
    } else if (letter == '\n' || ++extension_bytes_ > limits_.chunk_extension_bytes) {
        refuse("chunk-extension", "the extension of a chunk is too long or ends with LF alone");
    }
}

void ChunkReader::expect(char wanted, char letter, Place then) {
    if (letter != wanted) {
        refuse("chunk-end", "a chunk or its size is not followed by CR LF");
        return;
    }
    place_ = then;
}

void ChunkReader::refuse(const char* id, const char* text) {
    fault_ = FramingFault{400, id, text};
}

}  // namespace sfmkit::wire
