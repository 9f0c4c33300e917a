#include "mockserver/limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace sfmkit::mockserver {
namespace {

template <auto member>
std::uint64_t get_number(const Limits& limits) {
    return limits.*member;
}
template <auto member>
void set_number(Limits& limits, std::uint64_t value) {
    limits.*member = value;
}
template <auto member>
std::uint64_t get_http(const Limits& limits) {
    return limits.http.*member;
}
template <auto member>
void set_http(Limits& limits, std::uint64_t value) {
    limits.http.*member = static_cast<std::size_t>(value);
}
template <auto member>
std::uint64_t get_time(const Limits& limits) {
    return static_cast<std::uint64_t>((limits.*member).count());
}
template <auto member>
void set_time(Limits& limits, std::uint64_t value) {
    limits.*member = platform::Duration(static_cast<std::int64_t>(value));
}

template <auto member>
std::uint64_t get_retention(const Limits& limits) {
    return static_cast<std::uint64_t>((limits.retention.*member).count());
}
template <auto member>
void set_retention(Limits& limits, std::uint64_t value) {
    limits.retention.*member = platform::Duration(static_cast<std::int64_t>(value));
}

template <auto member>
constexpr LimitRow http_row(std::string_view name, LimitUnit unit, std::string_view what) {
    return {name, unit, false, what, get_http<member>, set_http<member>};
}
template <auto member>
constexpr LimitRow number_row(
    std::string_view name, LimitUnit unit, bool zero_is_none, std::string_view what
) {
    return {name, unit, zero_is_none, what, get_number<member>, set_number<member>};
}
template <auto member>
constexpr LimitRow retention_row(std::string_view name, std::string_view what) {
    return {name, LimitUnit::time, true, what, get_retention<member>, set_retention<member>};
}
template <auto member>
constexpr LimitRow time_row(std::string_view name, bool zero_is_none, std::string_view what) {
    return {name, LimitUnit::time, zero_is_none, what, get_time<member>, set_time<member>};
}

using Http = wire::HttpLimits;
constexpr auto bytes = LimitUnit::bytes;
constexpr auto count = LimitUnit::count;

constexpr std::array rows = {
    http_row<&Http::request_line_bytes>("request-line", bytes, "first line of a request; 414"),
    http_row<&Http::header_bytes>("header-bytes", bytes, "all header lines of a request; 431"),
    http_row<&Http::header_count>("header-count", count, "header lines of a request; 431"),
    http_row<&Http::chunk_extension_bytes>(
        "chunk-extension", bytes, "what stands behind a chunk's size; 400"
    ),
    number_row<&Limits::metadata_bytes>("metadata", bytes, true, "Upload-Metadata; 431"),
    number_row<&Limits::upload_bytes>("upload", bytes, true, "one upload, as --max-size; 413"),
    number_row<&Limits::uploads>(
        "uploads", count, true, "stored uploads; 507, or 500 as tusdotnet"
    ),
    number_row<&Limits::disk_bytes>(
        "disk", bytes, true, "all stored uploads together; 507, or 500 as tusdotnet"
    ),
    number_row<&Limits::connections>(
        "connections", count, false, "open at a time; the one idle longest makes room"
    ),
    number_row<&Limits::requests>(
        "requests", count, true, "of one connection; the last answer closes it"
    ),
    time_row<&Limits::idle>("idle-time", false, "without a byte; closed"),
    time_row<&Limits::head>("head-time", false, "from a head's first byte to its last; 408"),
    time_row<&Limits::body>("body-time", true, "from a body's first byte to its last; 408"),
    time_row<&Limits::drain>("drain-time", false, "for a refused body that still comes; closed"),
    number_row<&Limits::body_rate>(
        "body-rate", count, true, "fewest bytes a second of a body; 0: as the imitated server; 408"
    ),
    time_row<&Limits::body_grace>(
        "body-grace", true, "before that rate is judged; 0: as the imitated server"
    ),
    number_row<&Limits::buffered_bytes>(
        "buffered", bytes, true, "bodies that nginx collects at a time; 503"
    ),
    retention_row<&Retention::expired>(
        "expired-kept", "how long unfinished uploads stay on disk behind their expiry"
    ),
    retention_row<&Retention::finished>("finished-kept", "how long finished uploads stay on disk"),
};

struct TimeUnit {
    std::string_view name;
    std::int64_t milliseconds;
};
constexpr std::array<TimeUnit, 5> time_units = {{
    {"", 1000},
    {"ms", 1},
    {"s", 1000},
    {"m", 60'000},
    {"h", 3'600'000},
}};

std::optional<std::uint64_t> parse_digits(std::string_view text) {
    // More would not fit when it is counted in milliseconds.
    constexpr std::size_t most_digits = 15;
    if (text.empty() || text.size() > most_digits) return std::nullopt;
    std::uint64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::unexpected<platform::Error> wrong(
    std::string_view told, std::string what, std::string expected
) {
    return platform::fail({
        .code = platform::Errc::usage,
        .what = std::move(what),
        .where = "--limit " + std::string(told),
        .expected = std::move(expected),
        .next = "sfmkit serve --help lists the limits",
    });
}

std::string all_names() {
    std::string names;
    for (const LimitRow& row : rows) {
        if (!names.empty()) names += ", ";
        names += row.name;
    }
    return names;
}

}  // namespace

std::span<const LimitRow> limit_rows() noexcept {
    return rows;
}

std::optional<platform::Duration> parse_time(std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto unit = std::ranges::find(time_units, text.substr(digits), &TimeUnit::name);
    constexpr std::size_t most_digits = 9;
    if (unit == time_units.end() || digits > most_digits) return std::nullopt;
    const auto number = parse_digits(text.substr(0, digits));
    if (!number) return std::nullopt;
    return platform::Duration(static_cast<std::int64_t>(*number) * unit->milliseconds);
}

platform::Result<void> set_limit(Limits& limits, std::string_view told) {
    const std::size_t equals = std::min(told.find('='), told.size());
    const auto row = std::ranges::find(rows, told.substr(0, equals), &LimitRow::name);
    if (row == rows.end()) return wrong(told, "there is no such limit", all_names());
    const std::string_view text = told.substr(std::min(equals + 1, told.size()));
    std::optional<std::uint64_t> value;
    if (row->unit == LimitUnit::time) {
        if (const auto time = parse_time(text)) value = static_cast<std::uint64_t>(time->count());
    } else {
        value = parse_digits(text);
    }
    if (!value) {
        const bool is_time = row->unit == LimitUnit::time;
        return wrong(
            told,
            "the limit has no value that can be read",
            is_time ? "a number with h, m, s or ms" : "a number of at most 15 digits"
        );
    }
    if (*value == 0 && !row->zero_is_none) {
        return wrong(told, "this limit cannot be 0", "a number above 0");
    }
    row->set(limits, *value);
    return {};
}

std::string print_limit(const LimitRow& row, const Limits& limits) {
    const std::uint64_t value = row.get(limits);
    if (row.unit != LimitUnit::time) return std::to_string(value);
    if (value % 1000 != 0) return std::to_string(value) + "ms";
    return std::to_string(value / 1000) + "s";
}

}  // namespace sfmkit::mockserver
