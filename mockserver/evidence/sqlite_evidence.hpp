#pragma once

#include "mockserver/evidence/database.hpp"
#include "mockserver/evidence/evidence.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace sfmkit::mockserver {

/// What is told about one run of the server before it begins.
struct RunFacts {
    std::string version{};
    std::string imitates{};
    std::uint64_t seed = 0;
    /// False: what was told survives the end of the process; true: power loss too.
    bool survives_power_loss = false;
};

/// Evidence in a SQLite file of the data directory. All that is told in one turn of the event loop
/// goes into one transaction, which ends before an answer of that turn goes out.
///
/// When the file cannot be written any more, the server goes on: it is logged once, and the run is
/// marked as one with a gap as soon as that is possible.
class SqliteEvidence final : public Evidence {
  public:
    /// Begins a run. The clock must outlive it, the executor runs on the thread that uses it.
    /// Errc::usage when the file is not one of ours or of a newer version.
    static platform::Result<std::unique_ptr<SqliteEvidence>> open(
        const std::filesystem::path& data_dir,
        const RunFacts& facts,
        const platform::Clock& clock,
        boost::asio::any_io_executor executor
    );
    ~SqliteEvidence() override;

    void request_ended(const RequestEvidence& request) override;
    void upload_created(const Upload& upload) override;
    void upload_finished(const Upload& upload) override;
    void upload_removed(const std::string& upload_id) override;
    void refused(const findings::Finding& reason, const FoundAt& at) override;
    void found(const findings::Finding& finding, const FoundAt& at) override;
    void fault_struck(const std::string& name, const FoundAt& at) override;
    boost::asio::awaitable<void> kept() override;

    /// Transactions so far.
    std::uint64_t commits() const noexcept;
    std::uint64_t run() const noexcept;
    /// Ends the run and begins another one with the same facts.
    void begin_run();

  private:
    struct State;
    explicit SqliteEvidence(std::shared_ptr<State> state) : state_(std::move(state)) {}
    void tell_upload(std::string_view what, const Upload& upload);

    std::shared_ptr<State> state_;
};

}  // namespace sfmkit::mockserver
