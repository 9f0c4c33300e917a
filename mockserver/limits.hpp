#pragma once

#include "mockserver/storage/retention.hpp"
#include "platform/clock.hpp"
#include "platform/result.hpp"
#include "wire/http_codec.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sfmkit::mockserver {

/// Everything that bounds what clients can take of one server. Where the imitated servers have a
/// limit of their own (longest body, minimum rate) that is data of the profile; here stands what
/// holds for all of them. 0 means no limit where the table of names says so.
struct Limits {
    wire::HttpLimits http;
    std::uint64_t metadata_bytes = 32768;
    std::uint64_t upload_bytes = 0;
    std::uint64_t uploads = 1'000'000;
    std::uint64_t disk_bytes = 0;
    std::uint64_t connections = 16'384;
    std::uint64_t requests = 1'000'000;                   ///< of one connection
    platform::Duration idle = std::chrono::seconds(130);  ///< as Kestrel keeps a connection
    /// From the first byte of a request's head to its last; Kestrel's RequestHeadersTimeout.
    platform::Duration head = std::chrono::seconds(30);
    platform::Duration body{};  ///< from the end of the head; 0: the rate decides
    platform::Duration drain = std::chrono::seconds(5);  ///< for a body that nobody reads
    std::uint64_t body_rate = 0;      ///< fewest bytes a second of a body; 0: as the profile says
    platform::Duration body_grace{};  ///< before the rate is judged; 0: as the profile says
    std::uint64_t buffered_bytes = 268'435'456;  ///< bodies that nginx collects, all together
    Retention retention = {.expired = std::chrono::hours(24), .finished = {}};
};

enum class LimitUnit { count, bytes, time };

/// One limit by the name that `serve --limit NAME=VALUE` takes.
struct LimitRow {
    std::string_view name;
    LimitUnit unit;
    bool zero_is_none;
    std::string_view what;  ///< of what, and what happens beyond it
    /// Times in milliseconds.
    std::uint64_t (*get)(const Limits&);
    void (*set)(Limits&, std::uint64_t);
};

/// All of them, in the order in which help shows them.
std::span<const LimitRow> limit_rows() noexcept;

/// Sets one limit as told by `NAME=VALUE`; times are numbers with ms, s, m or h. Errc::usage names
/// what is wrong.
platform::Result<void> set_limit(Limits& limits, std::string_view told);

/// A number of milliseconds out of `5h`, `30s`, `250ms`; a bare number is seconds.
std::optional<platform::Duration> parse_time(std::string_view text);

/// The value as `--limit` takes it.
std::string print_limit(const LimitRow& row, const Limits& limits);

}  // namespace sfmkit::mockserver
