#pragma once

#include "cli/upload_options.hpp"
#include "cli/upload_report.hpp"
#include "client/upload/ledger_file.hpp"
#include "client/upload/progress.hpp"
#include "platform/signals.hpp"
#include "platform/tcp_network.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>

namespace sfmkit::cli {

/// With --verify-first, before anything is sent. Nothing: the export may be sent. Otherwise the
/// exit code; a person has been told why.
std::optional<int> objection_of_verifier(World& world, const UploadOptions& options);

/// Runs until the migration ends; nothing when a second Ctrl-C ended it in the middle.
class UploadLoop {
  public:
    explicit UploadLoop(World& world) : world_(world), sockets_(context_.get_executor()) {}

    /// TLS for https. Errc::usage or Errc::unusable_key when it cannot be set up.
    platform::Result<void> open_network(const AccessOptions& options, const client::Url& url);

    /// write_event: where the events of the files go; none when empty.
    std::optional<client::MigrationResult> run(
        const client::MigrationSettings& settings,
        const client::ExportListing& listing,
        client::Journal& journal,
        std::optional<client::LedgerFile>& ledger,
        const UploadEvents::Write& write_event
    );

  private:
    void on_stop();
    /// Draws the progress from time to time, also while every upload waits.
    boost::asio::awaitable<void> keep_fresh();

    World& world_;
    boost::asio::io_context context_{1};
    platform::TcpNetwork sockets_;
    std::unique_ptr<platform::TlsClientNetwork> tls_;  ///< null: plain
    client::StopRequest stop_;
    std::optional<client::ProgressDisplay> progress_;  ///< while it runs
    std::unique_ptr<platform::StopSignals> signals_;
};

}  // namespace sfmkit::cli
