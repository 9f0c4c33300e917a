#include "client/encoder/deflater.hpp"

#include "platform/assert.hpp"

#include <algorithm>
#include <limits>
#include <zlib.h>

namespace sfmkit::client {
namespace {

constexpr std::size_t output_bytes = std::size_t{64} * 1024;
/// No zlib header: the headers of the archive say what it would.
constexpr int raw_window_bits = -15;
constexpr int most_memory = 9;

}  // namespace

struct Deflater::State {
    z_stream stream{};
};

Deflater::Deflater() : state_(std::make_unique<State>()), output_(output_bytes) {
    const int made = deflateInit2(
        &state_->stream,
        Z_DEFAULT_COMPRESSION,
        Z_DEFLATED,
        raw_window_bits,
        most_memory,
        Z_DEFAULT_STRATEGY
    );
    SFM_ASSERT(made == Z_OK);
}

Deflater::~Deflater() {
    deflateEnd(&state_->stream);
}

platform::Result<void> Deflater::write(platform::Bytes bytes, const Sink& sink) {
    while (!bytes.empty()) {
        const auto piece =
            bytes.first(std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max()));
        // zlib does not write here; its interface is older than const.
        state_->stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(piece.data()));
        state_->stream.avail_in = static_cast<uInt>(piece.size());
        if (auto done = run(Z_NO_FLUSH, sink); !done) return done;
        bytes = bytes.subspan(piece.size());
    }
    return {};
}

platform::Result<void> Deflater::finish(const Sink& sink) {
    state_->stream.next_in = nullptr;
    state_->stream.avail_in = 0;
    return run(Z_FINISH, sink);
}

platform::Result<void> Deflater::run(int flush, const Sink& sink) {
    bool more = true;
    while (more) {
        state_->stream.next_out = reinterpret_cast<Bytef*>(output_.data());
        state_->stream.avail_out = static_cast<uInt>(output_.size());
        const int code = deflate(&state_->stream, flush);
        SFM_ASSERT(code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR);
        const std::size_t count = output_.size() - state_->stream.avail_out;
        more = state_->stream.avail_out == 0;
        if (count == 0) continue;
        auto taken = sink(platform::Bytes(output_).first(count));
        if (!taken) return taken;
    }
    return {};
}

void Deflater::restart() {
    const int done = deflateReset(&state_->stream);
    SFM_ASSERT(done == Z_OK);
}

}  // namespace sfmkit::client
