#pragma once

#include "client/upload/credentials.hpp"
#include "client/upload/migration.hpp"

namespace sfmkit::client {

/// What the uploads of one run share.
struct UploadRun {
    UploadWorld world;
    const MigrationSettings& settings;
    Journal& journal;
    MigrationObserver& observer;
    const StopRequest& stop;
    AccessToken& token;
    Credentials& credentials;

    unsigned at_work = 0;  ///< uploads side by side, after the organisation file
    /// How many of them the server seems to bear: fewer after a 429.
    unsigned bearable = settings.parallel;
    std::uint64_t answers = 0;     ///< of the server, to any request of the run
    bool names_no_expiry = false;  ///< it created an upload without saying how long it keeps it
    bool server_gone = false;      ///< tries were used up and nobody was answered meanwhile
    bool locked_out = false;       ///< no access token that the server takes is to be had
    /// The journal cannot be written, or the server is not to be trusted: nothing may go on.
    std::optional<platform::Error> fatal{};

    /// One upload fewer side by side; not again before it has ended.
    void slow_down() noexcept {
        if (at_work > 1 && at_work <= bearable) bearable = at_work - 1;
    }

    bool must_end() const noexcept {
        return stop.requested || server_gone || locked_out || fatal.has_value();
    }
};

/// What one upload after the other uses: a connection that stays open, and room for a chunk.
struct UploadSlot {
    HttpConnection connection;
    platform::ByteBuffer chunk;
};

/// Brings one file to its end, one request at a time. Run, slot and file outlive it.
class FileUpload {
  public:
    FileUpload(UploadRun& run, UploadSlot& slot, const ExportFile& file);

    boost::asio::awaitable<FileOutcome> upload();

  private:
    /// False when the outcome stands already: done by an earlier run, or the file changed.
    boost::asio::awaitable<bool> compare_with_journal();
    boost::asio::awaitable<platform::Result<Fingerprint>> fingerprint();
    boost::asio::awaitable<void> converse(Plan& plan);
    boost::asio::awaitable<bool> pause_before(const Step& step);
    /// False when there is no token; the outcome says so then.
    boost::asio::awaitable<bool> have_token(const Step& step);
    boost::asio::awaitable<Outcome> perform(const Step& step);
    /// True when no request of this run can reach the server it is for.
    bool ends_run(const Outcome& outcome);
    PlanInput plan_input() const;
    /// False when the file cannot be read or is not what it was.
    bool prepare(const Step& step);
    bool is_unchanged();
    HttpRequest request_for(const Step& step) const;

    /// Writes down what the outcome changed.
    void note(const Step& asked, const Outcome& outcome, const Step& next);
    void note_creation(const Outcome& outcome, const Step& next);
    void note_offset(const Step& next);
    void note_trouble(const Step& next);
    void end_with(const Step& last);
    void end_changed(std::string expected, std::string actual);
    /// The file changed or vanished: refused. Trouble with the disk may pass: another run.
    void end_unread(platform::Error error);
    void end_with(FileResult result, platform::Error error);
    void check(const platform::Result<void>& written);

    UploadRun& run_;
    UploadSlot& slot_;
    const ExportFile& file_;
    FileOutcome outcome_;
    Fingerprint fingerprint_;
    std::unique_ptr<platform::ReadableFile> content_;
    bool reached_server_ = false;   ///< by the last request
    std::uint64_t token_used_ = 0;  ///< its generation, by the last request
    bool intent_unused_ = false;    ///< the open intent is known to have made no upload
    bool offset_known_ = false;     ///< the server's, so that its growth can be counted
    std::uint64_t offset_ = 0;
    std::optional<platform::WallTime> noted_expiry_;
    std::optional<std::uint64_t> answers_at_trouble_;  ///< set while nothing succeeds
};

}  // namespace sfmkit::client
