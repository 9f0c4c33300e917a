#pragma once

#include "findings/judge.hpp"
#include "verifier/content_facts.hpp"
#include "verifier/document_reader.hpp"
#include "verifier/export_identifiers.hpp"
#include "verifier/verify_job.hpp"
#include "verifier/xml_gate.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::verifier {

/// What stands around a file while it is read. All pointers outlive the reading.
struct ExportSurroundings {
    platform::WallTime now = {};
    const FolderFacts* folder = nullptr;              ///< null: the file is judged alone
    const OrganisationIndex* organisation = nullptr;  ///< null: not known, or not yet
    const CodeNames* codes = nullptr;                 ///< of earlier files; may be null
};

/// Judges what the documents of one archive say, when all of them were read: message files are
/// judged together with the patient document that names them.
class ContentJudge {
  public:
    /// All must outlive it.
    ContentJudge(
        const VerifyOptions& options,
        const ExportSurroundings& surroundings,
        findings::Judge& judge,
        std::string file
    );

    /// A document that was read to its end. Nothing of it is handed over when it was too large to
    /// be held.
    void take(
        const XmlDocument& document,
        DocumentKind kind,
        const std::string& entry,
        std::optional<WholeDocument> whole
    );

    void judge(const ZipDirectory& directory);

    /// What it found for others; empty before the judging, or without such a document.
    std::optional<FileIdentifiers> take_identifiers() noexcept { return std::move(identifiers_); }
    std::shared_ptr<const OrganisationIndex> organisation() const noexcept { return index_; }

  private:
    std::optional<DocumentTree> tree_of(
        const XmlDocument& document, DocumentKind kind, std::optional<WholeDocument> whole
    );

    const VerifyOptions& options_;
    const ExportSurroundings& surroundings_;
    findings::Judge& judge_;
    std::string file_;

    std::optional<DocumentTree> main_;  ///< of the organisation or the patient
    DocumentKind main_kind_ = DocumentKind::patient;
    std::string main_entry_;
    std::vector<MessageFacts> messages_;
    std::optional<FileIdentifiers> identifiers_;
    std::shared_ptr<const OrganisationIndex> index_;
};

}  // namespace sfmkit::verifier
