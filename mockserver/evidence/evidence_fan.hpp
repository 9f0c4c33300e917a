#pragma once

#include "mockserver/evidence/evidence.hpp"

#include <vector>

namespace sfmkit::mockserver {

/// Tells everything to several.
class EvidenceFan final : public Evidence {
  public:
    /// All of them must outlive it.
    explicit EvidenceFan(std::vector<Evidence*> all) : all_(std::move(all)) {}

    void request_ended(const RequestEvidence& request) override {
        for (Evidence* each : all_) each->request_ended(request);
    }
    void upload_created(const Upload& upload) override {
        for (Evidence* each : all_) each->upload_created(upload);
    }
    void upload_finished(const Upload& upload) override {
        for (Evidence* each : all_) each->upload_finished(upload);
    }
    void upload_removed(const std::string& upload_id) override {
        for (Evidence* each : all_) each->upload_removed(upload_id);
    }
    void refused(const findings::Finding& reason, const FoundAt& at) override {
        for (Evidence* each : all_) each->refused(reason, at);
    }
    void found(const findings::Finding& finding, const FoundAt& at) override {
        for (Evidence* each : all_) each->found(finding, at);
    }
    void fault_struck(const std::string& name, const FoundAt& at) override {
        for (Evidence* each : all_) each->fault_struck(name, at);
    }
    boost::asio::awaitable<void> kept() override;

  private:
    std::vector<Evidence*> all_;
};

}  // namespace sfmkit::mockserver
