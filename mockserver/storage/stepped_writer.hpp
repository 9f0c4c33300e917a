#pragma once

#include "mockserver/storage/upload_writer.hpp"

#include <optional>

namespace sfmkit::mockserver {

/// How a body goes to disk.
struct WriteSteps {
    std::uint64_t step_bytes = 51200;  ///< most bytes of one read
    platform::Duration gap{};          ///< silence that ends a read early; 0: never
};

/// Writes a body in reads of a fixed size, as tusdotnet's stream mode does: the last read is held
/// back until one comes that does not fit behind it. So after a cut whole steps are on disk, and a
/// read that goes beyond the limit ends the body before the read held back is written.
class SteppedWriter final : public UploadWriter {
  public:
    /// limit_bytes: most bytes of the body that fit; nothing: any number. announced_bytes: length
    /// of the body when known.
    SteppedWriter(
        platform::WritableFile& file,
        WriteSteps steps,
        std::optional<std::int64_t> limit_bytes,
        std::optional<std::uint64_t> announced_bytes
    );

    platform::Result<void> push(platform::Bytes bytes, platform::SteadyTime now) override;
    platform::Result<void> finish() override;
    /// After a reset the stream mode writes what it has, too.
    platform::Result<void> break_off() override { return finish(); }

    bool too_much_data() const noexcept override { return too_much_data_; }
    std::uint64_t received_bytes() const noexcept override { return read_bytes_ + current_bytes_; }
    std::uint64_t written_bytes() const noexcept override { return written_bytes_; }

  private:
    platform::Result<void> end_read();
    platform::Result<void> write_held();
    bool may_end_beyond_limit() const noexcept;

    platform::WritableFile& file_;
    WriteSteps steps_;
    std::optional<std::int64_t> limit_bytes_;
    std::optional<std::uint64_t> announced_bytes_;
    platform::ByteBuffer buffer_;  ///< reads held back, then the current read
    std::uint64_t held_bytes_ = 0;
    std::uint64_t current_bytes_ = 0;
    std::uint64_t read_bytes_ = 0;  ///< in reads that ended
    std::uint64_t written_bytes_ = 0;
    platform::SteadyTime last_push_;
    bool too_much_data_ = false;
};

}  // namespace sfmkit::mockserver
