#pragma once

#include "findings/finding.hpp"
#include "verifier/facts.hpp"
#include "verifier/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::verifier {

/// A file that the official uploader noted in `.ledger`.
struct LedgerEntry {
    std::string path = {};       ///< as noted; empty when nothing is
    std::string file_type = {};  ///< e.g. `patientFile`
    std::string status = {};     ///< e.g. `notStarted`
    findings::Place place = {};  ///< of the path, or of the entry
};

/// `.ledger` as the official uploader 4.x writes it: a JSON object with the list `importFiles` and
/// the GUID `ImportSession`. Memory is a small multiple of the content.
class Ledger {
  public:
    /// The folder must have a ledger, and must outlive this.
    Ledger(const FolderFacts& folder, const Limits& limits);

    const FolderFacts& folder() const noexcept { return *folder_; }
    /// Why nothing can be said about the entries: no JSON, or no list. Empty: they are all here.
    const std::string& unreadable() const noexcept { return unreadable_; }
    const findings::Place& unreadable_from() const noexcept { return unreadable_from_; }
    const std::vector<LedgerEntry>& entries() const noexcept { return entries_; }
    const std::optional<std::string>& session() const noexcept { return session_; }
    /// False when there are more entries than are read.
    bool complete() const noexcept { return complete_; }

    /// Whether the folder holds the file, separators aside.
    bool has_file(const LedgerEntry& entry) const;

  private:
    class Parser;

    const FolderFacts* folder_;
    std::string unreadable_;
    findings::Place unreadable_from_;
    std::vector<LedgerEntry> entries_;
    std::optional<std::string> session_;
    bool has_list_ = false;
    bool complete_ = true;
};

}  // namespace sfmkit::verifier
