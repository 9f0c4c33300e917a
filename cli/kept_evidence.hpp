#pragma once

#include "mockserver/evidence/evidence_reader.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace sfmkit::cli {

/// The evidence of a data directory as `sfmkit evidence` tells it: each request together with what
/// was found and what struck in it, however late that was told.
class KeptEvidence {
  public:
    struct Told {
        const mockserver::RequestRow& row;
        std::vector<const mockserver::FindingRow*> findings{};
        std::vector<std::string> faults{};
    };
    using Listener = std::function<void(const Told&)>;

    /// The folder must hold evidence; errors are those of EvidenceReader.
    static platform::Result<KeptEvidence> open(const std::string& data_dir);

    const std::vector<mockserver::RunRow>& runs() const noexcept { return runs_; }
    /// Errc::usage when there is no such run; 0: the last one.
    platform::Result<mockserver::RunRow> run(std::uint64_t id) const;
    /// Something is missing in a run that was asked for; run 0 is all of them.
    bool has_gap(std::uint64_t run) const;

    /// All requests that are asked for, in the order in which they ended, page by page.
    platform::Result<void> for_each_request(
        mockserver::RequestQuery query, const Listener& listener
    );
    /// Findings about no request, as those about a finished upload are.
    std::vector<const mockserver::FindingRow*> other_findings(const mockserver::RequestQuery& query
    ) const;
    platform::Result<std::vector<mockserver::UploadRow>> uploads(std::uint64_t run) {
        return reader_.uploads(run);
    }

  private:
    using RequestKey = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>;

    KeptEvidence(mockserver::EvidenceReader reader, std::string data_dir)
        : reader_(std::move(reader)), data_dir_(std::move(data_dir)) {}
    platform::Result<void> read_marks();
    Told told(const mockserver::RequestRow& row) const;

    mockserver::EvidenceReader reader_;
    std::string data_dir_;
    std::vector<mockserver::RunRow> runs_;
    std::multimap<RequestKey, mockserver::FindingRow> findings_;
    std::multimap<RequestKey, std::string> faults_;
    std::map<std::string, std::string> session_of_upload_;
};

/// A header line of the evidence, which keeps them as they were sent.
struct HeaderLine {
    std::string name{};
    std::string value{};
};
/// The lines of a head; a first line that is none of the form `name: value` is left out.
std::vector<HeaderLine> header_lines(const std::string& head);

/// `run 2 as strict-spec, seed 1, …` with how it ended, and whether something is missing.
std::string describe_run(const mockserver::RunRow& run);

}  // namespace sfmkit::cli
