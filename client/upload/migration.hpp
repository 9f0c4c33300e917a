#pragma once

#include "client/upload/access_token.hpp"
#include "client/upload/export_listing.hpp"
#include "client/upload/http_exchange.hpp"
#include "client/upload/journal.hpp"
#include "client/upload/proof_key.hpp"
#include "client/upload/retry_policy.hpp"
#include "client/upload/upload_plan.hpp"
#include "platform/files.hpp"
#include "platform/openssl.hpp"
#include "platform/random.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::client {

/// What an upload needs of the world; all of it outlives the upload.
struct UploadWorld {
    platform::Network& network;
    platform::Clock& clock;
    platform::Files& files;
    platform::Random& random;
    const platform::CryptoAlgorithms& algorithms;
};

/// Makes the plan for one file; tests hand in plans with known mistakes.
using PlanMaker = std::function<std::unique_ptr<Plan>(PlanInput, platform::Random&)>;
PlanMaker good_plans();

struct MigrationSettings {
    Url service;
    unsigned parallel = 5;  ///< uploads in flight after the organisation file
    std::uint64_t chunk_bytes = wire::sfm::chunk_bytes;
    RetryLimits retries;
    ExchangeLimits exchange;
    /// A server that names no expiry is not the service: ask it once what else it lacks.
    bool ask_what_is_missing = false;
    TokenSource* tokens = nullptr;        ///< null: requests carry no credentials
    const ProofKey* proof_key = nullptr;  ///< null: tokens go without proof, as Bearer
    bool retry_refused = false;           ///< also what the server refused in an earlier run
    PlanMaker make_plan = good_plans();
};

enum class FileResult {
    completed,     ///< every byte is acknowledged, by this run
    already_done,  ///< by an earlier run of this journal
    refused,       ///< final: by the server, also earlier, or because the file changed
    run_again,     ///< the tries of this run are used up
    stopped,       ///< we were asked to stop in the middle
    not_started    ///< the run ended before it
};
std::string_view name_of(FileResult result) noexcept;

struct FileOutcome {
    std::string name;
    std::uint64_t size_bytes = 0;
    FileResult result = FileResult::not_started;
    std::uint64_t bytes_sent = 0;          ///< body bytes of PATCH, repeated ones included
    std::uint64_t bytes_acknowledged = 0;  ///< that the server gained in this run
    unsigned retries = 0;                  ///< fruitless requests
    platform::Duration elapsed{0};         ///< from its begin to its end
    std::optional<platform::Error> error;
};

struct MigrationResult {
    std::vector<FileOutcome> files;  ///< in the order of the listing
    unsigned orphans = 0;            ///< uploads of all runs that may be left without an owner
    platform::Duration elapsed{0};
    bool stopped = false;
    std::optional<platform::Error> fatal;  ///< of ours: the journal cannot be written

    std::uint64_t bytes_sent() const noexcept;
    std::uint64_t bytes_needed() const noexcept;
    unsigned retries() const noexcept;
    std::size_t count(FileResult result) const noexcept;
};

/// Is told while a migration runs, on its executor.
class MigrationObserver {
  public:
    virtual ~MigrationObserver() = default;
    virtual void file_began(const ExportFile&) {}
    virtual void bytes_sent(std::uint64_t /*count*/) {}
    /// Below zero when the server lost what it had.
    virtual void bytes_acknowledged(const ExportFile&, std::int64_t /*gained*/) {}
    /// Bytes that an earlier run had brought there.
    virtual void bytes_found(const ExportFile&, std::uint64_t /*count*/) {}
    /// The upload's URL is in the journal: just created, or from an earlier run.
    virtual void upload_known(const ExportFile&, const std::string& /*upload*/) {}
    /// Something that the service has, as a sentence; each is told once in a run.
    virtual void server_lacks(const std::string& /*what*/) {}
    virtual void waits(const ExportFile&, const Step&) {}
    virtual void file_ended(const ExportFile&, const FileOutcome&) {}
};

/// Hands everything on to another observer, which outlives it.
class ForwardingObserver : public MigrationObserver {
  public:
    explicit ForwardingObserver(MigrationObserver& next) : next_(next) {}

    void file_began(const ExportFile& file) override { next_.file_began(file); }
    void bytes_sent(std::uint64_t count) override { next_.bytes_sent(count); }
    void bytes_acknowledged(const ExportFile& file, std::int64_t gained) override {
        next_.bytes_acknowledged(file, gained);
    }
    void bytes_found(const ExportFile& file, std::uint64_t count) override {
        next_.bytes_found(file, count);
    }
    void upload_known(const ExportFile& file, const std::string& upload) override {
        next_.upload_known(file, upload);
    }
    void server_lacks(const std::string& what) override { next_.server_lacks(what); }
    void waits(const ExportFile& file, const Step& step) override { next_.waits(file, step); }
    void file_ended(const ExportFile& file, const FileOutcome& outcome) override {
        next_.file_ended(file, outcome);
    }

  private:
    MigrationObserver& next_;
};

/// Set from a signal handler of the same executor; chunks that run are finished, nothing new
/// begins.
struct StopRequest {
    bool requested = false;
};

/// Uploads the organisation file and, when it is complete, the others side by side. Ends early when
/// the organisation file fails, when nobody answers any more, or when asked to stop.
boost::asio::awaitable<MigrationResult> migrate(
    UploadWorld world,
    const MigrationSettings& settings,
    const ExportListing& listing,
    Journal& journal,
    MigrationObserver& observer,
    const StopRequest& stop
);

}  // namespace sfmkit::client
