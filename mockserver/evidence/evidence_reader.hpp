#pragma once

#include "mockserver/evidence/database.hpp"
#include "mockserver/evidence/evidence.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::mockserver {

/// One start of the server.
struct RunRow {
    std::uint64_t id = 0;
    platform::WallTime started{};
    std::optional<platform::WallTime> ended{};  ///< empty: it runs, or was killed
    std::string version{};
    std::string imitates{};
    std::uint64_t seed = 0;
    bool gap = false;  ///< something could not be kept: what is missing proves nothing
};

struct RequestRow {
    std::uint64_t id = 0;  ///< grows in the order in which requests ended
    std::uint64_t run = 0;
    RequestEvidence request{};
};

/// What became of one upload in one run.
struct UploadRow {
    std::string id{};
    std::uint64_t run = 0;
    std::optional<std::uint64_t> length_bytes{};
    std::string metadata{};
    std::string session{};
    std::string name{};
    std::string file_type{};
    std::optional<platform::WallTime> created{};
    std::optional<platform::WallTime> finished{};
    std::optional<platform::WallTime> removed{};
};

struct FindingRow {
    std::uint64_t id = 0;
    std::uint64_t run = 0;
    platform::WallTime at{};
    FoundAt where{};
    findings::Finding finding{};  ///< of its place only the text, in place.xpath
};

struct FaultRow {
    std::uint64_t id = 0;
    std::uint64_t run = 0;
    platform::WallTime at{};
    FoundAt where{};
    std::string name{};
};

enum class Order : std::uint8_t { oldest, newest };

/// Which requests are asked for; what is empty or 0 does not choose.
struct RequestQuery {
    std::uint64_t run = 0;
    std::string upload{};
    std::string session{};
    std::string method{};
    std::optional<int> status{};
    bool with_faults = false;
    std::uint64_t after = 0;  ///< id of the last one that is known
    std::uint64_t most = 100;
    Order order = Order::oldest;
};

/// Reads the evidence of a data directory, also while a server writes it.
class EvidenceReader {
  public:
    /// Errc::not_found when there is none, Errc::usage when it is not of this version.
    static platform::Result<EvidenceReader> open(const std::filesystem::path& data_dir);

    /// In the order of their ids, like all that follow unless another one is asked for.
    platform::Result<std::vector<RunRow>> runs();
    platform::Result<std::vector<RequestRow>> requests(const RequestQuery& query);
    platform::Result<std::optional<RequestRow>> request(std::uint64_t id);
    /// run: 0 for all.
    platform::Result<std::vector<UploadRow>> uploads(std::uint64_t run);
    platform::Result<std::vector<FindingRow>> findings(
        std::uint64_t run, std::uint64_t after, std::uint64_t most, Order order = Order::oldest
    );
    platform::Result<std::vector<FindingRow>> findings_of(const RequestRow& request);
    platform::Result<std::vector<FaultRow>> faults(
        std::uint64_t run, std::uint64_t after, std::uint64_t most
    );

  private:
    explicit EvidenceReader(Database database) : database_(std::move(database)) {}

    Database database_;
};

}  // namespace sfmkit::mockserver
