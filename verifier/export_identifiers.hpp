#pragma once

#include "findings/finding.hpp"
#include "verifier/content_facts.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

namespace sfmkit::verifier {

/// Identifiers of one file that others may not share, with their places.
struct FileIdentifiers {
    std::string document_id;  ///< PasientExport/Id; empty in the organisation file
    findings::Place document_place;
};

FileIdentifiers identifiers_of(const ContentFacts& facts);

/// Those of all files that were judged before. Grows with the number of files by a few dozen bytes
/// an identifier, and keeps nothing else of them.
class ExportIdentifiers {
  public:
    /// Takes over those of one file.
    void add(const FileIdentifiers& file, std::uint32_t file_number);

    /// The number of the first file whose document has this Id, if any.
    std::optional<std::uint32_t> file_of_document(const std::string& id) const;

  private:
    std::unordered_map<std::string, std::uint32_t> documents_;
};

/// One file against those before it. Pointers are never null.
struct AcrossFacts {
    const FileIdentifiers* file = nullptr;
    const ExportIdentifiers* before = nullptr;
    std::span<const std::string> files;  ///< by number
};

}  // namespace sfmkit::verifier
