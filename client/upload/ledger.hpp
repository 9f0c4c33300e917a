#pragma once

#include "platform/result.hpp"
#include "wire/sfm_names.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::client {

/// How far the official uploader has brought a file.
enum class LedgerStatus { not_started, ongoing, completed, failed };

/// One file in the official uploader's `.ledger`.
struct LedgerEntry {
    std::string relative_path;  ///< as written, with backslashes between the parts
    wire::sfm::FileKind kind = wire::sfm::FileKind::unknown;
    LedgerStatus status = LedgerStatus::not_started;
    std::optional<std::string> upload;  ///< absolute URL, once there was a 201
    /// Local times with up to seven decimals and an offset. Kept as they are written: no clock of
    /// ours counts that finely, and what is not changed must go back as it came.
    std::string added;
    std::string modified;

    bool operator==(const LedgerEntry&) const = default;
};

/// The official uploader's memory of an export, as far as it is on disk.
struct Ledger {
    std::vector<LedgerEntry> entries;  ///< in the order in which files are sent
    std::optional<std::string> session;
    bool windows_lines = false;  ///< CR LF, as written on Windows

    bool operator==(const Ledger&) const = default;
};

/// Reads the text of a `.ledger`; where names the file in errors. Errc::malformed when it is cut
/// off, or holds anything that print_ledger could not write back.
platform::Result<Ledger> parse_ledger(std::string_view text, const std::string& where);

/// The text in the official uploader's own form. What was read and not changed comes out with the
/// same bytes.
std::string print_ledger(const Ledger& ledger);

}  // namespace sfmkit::client
