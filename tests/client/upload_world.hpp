#pragma once

#include "client/upload/migration.hpp"
#include "fuzz/simulator/memory_files.hpp"
#include "fuzz/simulator/pipe_network.hpp"
#include "fuzz/simulator/virtual_clock.hpp"
#include "platform/openssl.hpp"
#include "platform/random.hpp"
#include "tests/support/fake_tus_server.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// Collects what an observer is told.
class Notes final : public client::MigrationObserver {
  public:
    void bytes_sent(std::uint64_t count) override { sent += count; }
    void bytes_acknowledged(const client::ExportFile&, std::int64_t gained) override {
        acknowledged += gained;
    }
    void bytes_found(const client::ExportFile&, std::uint64_t count) override { found += count; }
    void server_lacks(const std::string& what) override { lacks.push_back(what); }
    void waits(const client::ExportFile& file, const client::Step& step) override;
    void file_ended(const client::ExportFile& file, const client::FileOutcome& outcome) override;

    std::uint64_t sent = 0;
    std::int64_t acknowledged = 0;
    std::uint64_t found = 0;
    std::vector<std::string> lacks;
    std::vector<std::string> waiting;
    std::vector<std::string> ended;  ///< in the order of their ends
};

/// An export folder, a scripted server and the client in one thread, in virtual time.
class UploadWorldInMemory {
  public:
    explicit UploadWorldInMemory(std::uint64_t seed = 1);

    /// Makes the export's file with bytes of its own and returns them.
    std::string add_file(const std::string& name, std::size_t size_bytes);
    /// ExportData.dat of that size and so many patient files.
    void add_export(
        std::size_t organisation_bytes, std::size_t patients, std::size_t patient_bytes
    );

    /// One run of the uploader until it ends. The journal is opened anew, as a new process would.
    client::MigrationResult run();
    /// The same, but the process ends at this time after its start; its world is gone then.
    /// Nothing when it was killed, the result when it ended before.
    std::optional<client::MigrationResult> run_until_killed(platform::Duration life);

    /// How many uploads of the file the server holds whole.
    unsigned whole_uploads(const std::string& name) const;
    /// True when the server holds exactly one whole upload of each file, with its bytes.
    void expect_everything_arrived_once() const;

    platform::CryptoAlgorithms algorithms = platform::CryptoAlgorithms::fetch();
    fuzz::VirtualClock clock;
    platform::SeededRandom random;
    fuzz::PipeNetwork network;
    fuzz::MemoryFiles files;
    boost::asio::io_context server_context{1};
    FakeTusServer server;
    client::MigrationSettings settings;
    client::StopRequest stop;
    /// The official uploader's, used when set.
    std::optional<std::string> ledger_path;
    Notes notes;
    /// What the client gets in place of the network and the files above, when set.
    platform::Network* client_network = nullptr;
    platform::Files* client_files = nullptr;
    /// Changes the listing before the client starts.
    std::function<void(client::ExportListing&)> change_listing;
    std::vector<std::pair<std::string, std::string>> contents;  ///< name and bytes
    std::optional<platform::Error> journal_error;               ///< or of the ledger
};

}  // namespace sfmkit::test
