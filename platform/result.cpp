#include "platform/result.hpp"

#include "platform/printable.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sfmkit::platform {
namespace {

struct ErrcRow {
    Errc code;
    std::string_view name;
    int exit_code;
};

constexpr std::array rows = {
    ErrcRow{Errc::usage, "usage", 2},
    ErrcRow{Errc::not_found, "not-found", 2},
    ErrcRow{Errc::not_permitted, "not-permitted", 2},
    ErrcRow{Errc::already_exists, "already-exists", 2},
    ErrcRow{Errc::address_in_use, "address-in-use", 2},
    ErrcRow{Errc::unusable_key, "unusable-key", 2},
    ErrcRow{Errc::wrong_key, "wrong-key", 3},
    ErrcRow{Errc::malformed, "malformed", 1},
    ErrcRow{Errc::truncated, "truncated", 1},
    ErrcRow{Errc::changed, "changed", 1},
    ErrcRow{Errc::refused, "refused", 1},
    ErrcRow{Errc::unreachable, "unreachable", 3},
    ErrcRow{Errc::connection_closed, "connection-closed", 3},
    ErrcRow{Errc::connection_reset, "connection-reset", 3},
    ErrcRow{Errc::timeout, "timeout", 3},
    ErrcRow{Errc::cancelled, "cancelled", 130},
    ErrcRow{Errc::disk_full, "disk-full", 3},
    ErrcRow{Errc::input_output, "input-output", 3},
    ErrcRow{Errc::limit, "limit", 1},
    ErrcRow{Errc::internal, "internal", 4},
};

/// Paths may be long; what is longer than this is no text for a person.
constexpr std::size_t most_bytes_per_field = 5000;

constexpr const ErrcRow& row_of(Errc code) noexcept {
    for (const ErrcRow& row : rows) {
        if (row.code == code) return row;
    }
    return rows.back();
}

}  // namespace

std::string_view name_of(Errc code) noexcept {
    return row_of(code).name;
}

int exit_code_for(Errc code) noexcept {
    return row_of(code).exit_code;
}

std::string describe(const Error& error) {
    std::string text = printable(error.what, most_bytes_per_field);
    if (!error.where.empty()) text += ": " + printable(error.where, most_bytes_per_field);
    const auto line = [&text](std::string_view label, const std::string& value) {
        if (value.empty()) return;
        text += "\n  ";
        text += label;
        text += printable(value, most_bytes_per_field);
    };
    line("expected: ", error.expected);
    line("found:    ", error.actual);
    for (const auto& [label, detail] : error.details) {
        constexpr std::size_t column = 10;
        std::string padded = label + ':';
        padded.resize(std::max(column, padded.size() + 1), ' ');
        line(padded, detail);
    }
    line("next:     ", error.next);
    text += " [ERR-";
    text += name_of(error.code);
    text += ']';
    return text;
}

}  // namespace sfmkit::platform
