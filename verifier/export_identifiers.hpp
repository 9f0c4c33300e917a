#pragma once

#include "findings/finding.hpp"
#include "verifier/code_names.hpp"
#include "verifier/content_facts.hpp"
#include "verifier/text_digest.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sfmkit::verifier {

/// What one file says that others have to agree with, and where. Holds no text of the file.
struct FileIdentifiers {
    /// A birth number or D-number of the patient.
    struct Number {
        TextDigest number;
        findings::Place place;
    };
    /// A code and its text, which no earlier file was known to have: each pair once.
    struct CodeName {
        TextDigest code;
        TextDigest name;
        bool differs_in_file = false;  ///< the code has another text further up
        findings::Place place;
    };
    std::optional<TextDigest> document_id;  ///< PasientExport/Id; none in the organisation file
    findings::Place document_place;
    std::vector<Number> numbers;
    std::vector<CodeName> codes;
    std::vector<InboxReference> not_found;  ///< what the inbox names, and the patient has not
};

/// The codes of earlier files, if given, spare the places of what agrees with them.
FileIdentifiers identifiers_of(const ContentFacts& facts, const CodeNames* known);

/// Those of all files that were judged before. Grows with the number of files by a few dozen bytes
/// an identifier, and keeps nothing else of them.
class ExportIdentifiers {
  public:
    /// Takes over those of one file.
    void add(const FileIdentifiers& file, std::uint32_t file_number);

    /// The number of the first file whose document has this Id, if any.
    std::optional<std::uint32_t> file_of_document(const TextDigest& id) const;
    /// The same for a number of a patient.
    std::optional<std::uint32_t> file_of_number(const TextDigest& number) const;
    const CodeNames& codes() const noexcept { return codes_; }

  private:
    using Files = std::unordered_map<TextDigest, std::uint32_t, TextDigestHash>;

    Files documents_;
    Files numbers_;
    CodeNames codes_;
};

/// One file against those before it. Pointers are never null.
struct AcrossFacts {
    const FileIdentifiers* file = nullptr;
    const ExportIdentifiers* before = nullptr;
    std::string_view name;                    ///< of the file
    std::span<const std::string_view> files;  ///< by number
};

}  // namespace sfmkit::verifier
