#pragma once

#include "platform/clock.hpp"
#include "platform/files.hpp"

#include <cstdint>

namespace sfmkit::mockserver {

/// How the bytes of one body go to the end of an upload's file.
class UploadWriter {
  public:
    virtual ~UploadWriter() = default;

    virtual platform::Result<void> push(platform::Bytes bytes, platform::SteadyTime now) = 0;
    /// The body is complete: all of it goes to disk, unless it proves too long.
    virtual platform::Result<void> finish() = 0;
    /// The body broke off: writes what the imitated server writes then.
    virtual platform::Result<void> break_off() = 0;

    /// The body goes beyond what fits; nothing more is taken.
    virtual bool too_much_data() const noexcept = 0;
    /// Of the body, until reading stopped.
    virtual std::uint64_t received_bytes() const noexcept = 0;
    /// Of the body, on disk.
    virtual std::uint64_t written_bytes() const noexcept = 0;
};

}  // namespace sfmkit::mockserver
