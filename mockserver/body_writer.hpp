#pragma once

#include "mockserver/body_digests.hpp"
#include "mockserver/request_stream.hpp"
#include "mockserver/site.hpp"
#include "mockserver/storage/upload_writer.hpp"

#include <memory>

namespace sfmkit::mockserver {

/// How an interrupted body ended.
enum class Cut {
    closed,  ///< the client ended the connection in order
    broken,  ///< the client reset it
    stopped  ///< this server ended it
};

/// What a server is left with when a fault breaks off the connection.
Cut cut_of(FaultKind kind) noexcept;

/// One accepted write: takes the pieces of a body, hashes and stores them, and settles what is left
/// when the body is complete, refused or cut off.
class BodyWriter {
  public:
    static platform::Result<std::unique_ptr<BodyWriter>> start(
        Site& site, WritePlan plan, const wire::RequestHead& head
    );

    platform::Result<void> push(platform::Bytes bytes);
    /// One bit of the next byte is turned over on its way. silent: the checksum does not notice.
    void corrupt_next_byte(bool silent) noexcept;
    /// What comes from now on is read and forgotten, and no checksum is compared.
    void keep_only_this() noexcept;
    /// After a failed write the end of the file is not defined: back to what is known to be good.
    void give_up();
    bool too_much_data() const noexcept { return writer_->too_much_data(); }

    /// The body is there, or reading stopped: nothing when it is kept, else the refusal.
    /// upload() tells the offset afterwards.
    platform::Result<std::optional<Answer>> end(const wire::HeaderFields& trailers);
    /// The body will not come to its end.
    platform::Result<void> cut(Cut how, bool chunked);

    const Upload& upload() const noexcept { return plan_.upload; }

  private:
    BodyWriter(
        Site& site,
        const WritePlan& plan,
        std::unique_ptr<platform::WritableFile> file,
        std::optional<std::uint64_t> announced_bytes
    );
    platform::Result<void> settle();
    platform::Result<void> drop();
    platform::Result<void> keep();

    Site& site_;
    WritePlan plan_;
    std::uint64_t start_bytes_;
    std::unique_ptr<platform::WritableFile> file_;
    std::unique_ptr<UploadWriter> writer_;
    BodyDigests digests_;
    enum class Corruption { none, seen, silent };
    Corruption corruption_ = Corruption::none;
    bool forgets_rest_ = false;
};

}  // namespace sfmkit::mockserver
