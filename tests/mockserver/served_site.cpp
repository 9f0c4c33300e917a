#include "tests/mockserver/served_site.hpp"

#include <stdexcept>

namespace sfmkit::test {

void RecordedEvidence::request_ended(const mockserver::RequestEvidence& request) {
    requests.push_back(request);
}
void RecordedEvidence::upload_created(const mockserver::Upload& upload) {
    created.push_back(upload.id);
}
void RecordedEvidence::upload_finished(const mockserver::Upload& upload) {
    finished.push_back(upload.id);
}
void RecordedEvidence::upload_removed(const std::string& upload_id) {
    removed.push_back(upload_id);
}
void RecordedEvidence::refused(const findings::Finding& reason, const mockserver::FoundAt&) {
    refusals.push_back(reason);
}
void RecordedEvidence::fault_struck(const std::string& name, const mockserver::FoundAt&) {
    faults.push_back(name);
}
void RecordedEvidence::found(const findings::Finding& finding, const mockserver::FoundAt&) {
    findings.push_back(finding);
}

ServedSite::ServedSite(boost::asio::io_context& context, const Options& options)
    : chance_(options.seed),
      algorithms_(platform::CryptoAlgorithms::fetch()),
      store_(files_, options.folder, options.durability),
      site_{
          .rules = options.rules,
          .limits = {},
          .store = store_,
          .clock = clock_,
          .ids = ids_,
          .chance = chance_,
          .algorithms = algorithms_,
          .evidence = evidence_,
          .on_finished = [this](const mockserver::FinishedUpload& done
                         ) { finished_.push_back(done); },
          .locks = {},
      },
      network_(context.get_executor()),
      server_(site_, network_, context.get_executor()) {
    if (auto opened = store_.open(); !opened) throw std::runtime_error(opened.error().what);
    if (auto listening = server_.listen("127.0.0.1", options.port); !listening) {
        throw std::runtime_error(listening.error().what);
    }
    boost::asio::co_spawn(context, server_.run(), [this](const std::exception_ptr& failure) {
        ended_ = true;
        if (failure) std::rethrow_exception(failure);
    });
}

boost::asio::awaitable<void> ServedSite::stop() {
    server_.stop(platform::Duration(0));
    while (!ended_) co_await clock_.sleep_for(platform::Duration(2));
}

}  // namespace sfmkit::test
