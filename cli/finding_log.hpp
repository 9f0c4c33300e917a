#pragma once

#include "mockserver/evidence/evidence.hpp"

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>

namespace sfmkit::cli {

/// Tells on the screen what clients of the mock server got wrong: the first findings of each rule
/// in a line each, the others by their number at the end.
class FindingLog final : public mockserver::Evidence {
  public:
    /// The stream must outlive it.
    explicit FindingLog(std::ostream& output) : output_(output) {}

    void request_ended(const mockserver::RequestEvidence&) override {}
    void upload_created(const mockserver::Upload&) override {}
    void upload_finished(const mockserver::Upload&) override {}
    void upload_removed(const std::string&) override {}
    void refused(const findings::Finding& reason, const mockserver::FoundAt& at) override {
        found(reason, at);
    }
    void found(const findings::Finding& finding, const mockserver::FoundAt& at) override;
    void fault_struck(const std::string&, const mockserver::FoundAt&) override {}

    /// How often each rule was broken, where not every time was told.
    void tell_counts();

  private:
    std::ostream& output_;
    std::map<std::string, std::uint64_t> times_;
};

}  // namespace sfmkit::cli
