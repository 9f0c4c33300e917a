#pragma once

#include "mockserver/storage/upload_writer.hpp"

#include <optional>

namespace sfmkit::mockserver {

/// When a body that comes through a pipe goes to disk.
struct FlushRules {
    std::uint64_t threshold_bytes = 51200;  ///< fewer bytes are held back
    platform::Duration gap{};               ///< silence that ends a burst
    /// Most bytes that one burst has; Kestrel buffers no more of a request body.
    std::uint64_t burst_bytes = 1 << 20;
};

/// Writes a body as tusdotnet's pipeline mode does: bytes are held back until there are as many as
/// the threshold, then all that came goes to disk. What came without a pause was one read there, so
/// a burst that goes beyond the limit leaves nothing of itself, and a cut loses only what was held.
class FlushedWriter final : public UploadWriter {
  public:
    /// start_bytes: where the body begins in the file. limit_bytes: most bytes of the body that
    /// fit, negative: not even none; nothing: any number.
    FlushedWriter(
        platform::WritableFile& file,
        std::uint64_t start_bytes,
        FlushRules rules,
        std::optional<std::int64_t> limit_bytes
    );

    platform::Result<void> push(platform::Bytes bytes, platform::SteadyTime now) override;
    platform::Result<void> finish() override;
    platform::Result<void> break_off() override { return {}; }

    bool too_much_data() const noexcept override { return too_much_data_; }
    std::uint64_t received_bytes() const noexcept override { return received_bytes_; }
    std::uint64_t written_bytes() const noexcept override { return written_bytes_; }

  private:
    void begin_burst() noexcept;
    platform::Result<void> write(platform::Bytes bytes);
    platform::Result<void> refuse_burst();

    platform::WritableFile& file_;
    std::uint64_t start_bytes_;
    FlushRules rules_;
    std::optional<std::int64_t> limit_bytes_;
    platform::ByteBuffer held_;
    std::uint64_t received_bytes_ = 0;
    std::uint64_t written_bytes_ = 0;
    std::uint64_t burst_bytes_ = 0;           ///< received in this burst
    std::uint64_t written_before_burst_ = 0;  ///< on disk when it began
    bool burst_is_flushed_ = false;
    bool too_much_data_ = false;
    platform::SteadyTime last_push_;
};

}  // namespace sfmkit::mockserver
