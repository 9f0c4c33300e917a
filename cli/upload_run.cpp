#include "cli/upload_run.hpp"

#include "platform/terminal.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <exception>
#include <ostream>
#include <utility>

namespace sfmkit::cli {
namespace {

class NobodyWatches final : public verifier::VerifyObserver {
  public:
    void begun(const findings::Report&, const verifier::VerifyProgress&) override {}
    void judged(
        const findings::Report& /*report*/,
        std::span<const findings::Finding> /*added*/,
        const verifier::VerifyProgress& /*progress*/
    ) override {}
};

}  // namespace

std::optional<int> objection_of_verifier(World& world, const UploadOptions& options) {
    const auto inputs = read_inputs(options.judging, world);
    if (!inputs) return report_error(world, inputs.error());
    const StopFlag stop;
    NobodyWatches observer;
    const auto report =
        judge(world, options.folder, options.judging, *inputs, observer, stop, true);
    if (!report) return report_error(world, report.error());
    world.error << findings::screen_text(*report, screen_options(options.folder, options.judging));
    std::optional<int> objection;
    if (report->interrupted) {
        objection = exit_code::interrupted;
    } else if (report->counts.errors > 0) {
        objection = exit_code::does_not_conform;
    } else if (inputs->key && report->verdict.conclusion != findings::Conclusion::conforms) {
        objection = exit_code::inconclusive;
    }
    world.error << (objection ? "nothing was sent\n" : "verified; now it is sent\n") << std::flush;
    return objection;
}

platform::Result<void> UploadLoop::open_network(
    const AccessOptions& options, const client::Url& url
) {
    const auto trust = tls_trust(world_, options, url);
    if (!trust) return std::unexpected(trust.error());
    if (!*trust) return {};
    auto network = platform::TlsClientNetwork::make(sockets_, **trust);
    if (!network) {
        network.error().where = "--ca " + options.authorities;
        return std::unexpected(std::move(network.error()));
    }
    tls_ = std::move(*network);
    return {};
}

std::optional<client::MigrationResult> UploadLoop::run(
    const client::MigrationSettings& settings,
    const client::ExportListing& listing,
    client::Journal& journal,
    std::optional<client::LedgerFile>& ledger,
    const UploadEvents::Write& write_event
) {
    const bool terminal = platform::is_terminal(platform::Stream::error);
    progress_.emplace(
        world_.error,
        terminal ? platform::AskScreenSize(platform::screen_of_messages) : nullptr,
        world_.clock,
        listing
    );
    client::MigrationObserver* observer = &*progress_;
    std::optional<UploadEvents> events;
    if (write_event) observer = &events.emplace(write_event, *observer);
    std::optional<client::LedgerRecorder> recorder;
    if (ledger) observer = &recorder.emplace(*ledger, journal, *observer);
    platform::Network& network = tls_ ? static_cast<platform::Network&>(*tls_) : sockets_;
    const client::UploadWorld upload_world{
        network, world_.clock, world_.files, world_.random, world_.algorithms
    };
    std::optional<client::MigrationResult> result;
    std::exception_ptr failure;
    signals_ =
        std::make_unique<platform::StopSignals>(context_.get_executor(), [this] { on_stop(); });
    auto ended = [&](std::exception_ptr thrown, client::MigrationResult outcome) {
        failure = thrown;
        result = std::move(outcome);
        context_.stop();  // a timer of a closed connection may still be pending
    };
    boost::asio::co_spawn(
        context_,
        client::migrate(upload_world, settings, listing, journal, *observer, stop_),
        std::move(ended)
    );
    if (terminal) boost::asio::co_spawn(context_, keep_fresh(), boost::asio::detached);
    context_.run();
    signals_.reset();
    progress_->finish();
    if (failure) std::rethrow_exception(failure);
    return result;
}

void UploadLoop::on_stop() {
    if (stop_.requested) return context_.stop();
    stop_.requested = true;
    progress_->say("finishing the chunks that run; once more to end at once");
}

boost::asio::awaitable<void> UploadLoop::keep_fresh() {
    constexpr platform::Duration interval{250};
    while (true) {
        co_await world_.clock.sleep_for(interval);
        progress_->refresh();
    }
}

}  // namespace sfmkit::cli
