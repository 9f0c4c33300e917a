#pragma once

#include "findings/judge.hpp"
#include "platform/files.hpp"
#include "verifier/content_judge.hpp"
#include "verifier/facts.hpp"
#include "verifier/quick_look.hpp"
#include "verifier/verify_job.hpp"
#include "verifier/whole_inflater.hpp"

#include <optional>
#include <string>

namespace sfmkit::verifier {

/// What one pass over an archive saw.
struct ArchiveReading {
    ZipDirectory directory;
    ArchiveFacts facts;                      ///< as far as they need no other file, and no pointers
    std::vector<std::string> message_files;  ///< of the patient document
    findings::Report documents;              ///< findings, gaps and coverage of its documents
    std::optional<FileIdentifiers> identifiers;  ///< of its main document, if it could be judged
    std::shared_ptr<const OrganisationIndex> organisation;  ///< of an organisation file
};

/// What the rules of an archive need to know beside it.
struct ArchiveSurroundings {
    platform::WallTime now = {};
    std::optional<std::chrono::sys_seconds> export_began = {};  ///< see ArchiveFacts
};

/// Judges the archive itself, and takes over what was found in its documents.
void judge_archive(
    findings::Judge& judge,
    const RuleSet& rules,
    const ArchiveReading& reading,
    const ArchiveSurroundings& surroundings,
    const std::string& file
);

/// Reads the archive inside one file and judges the documents in it, in one pass over its bytes.
/// For one archive; the options must outlive it.
class ArchiveJudge {
  public:
    ArchiveJudge(
        const VerifyOptions& options, const ExportSurroundings& surroundings, std::string file
    )
        : options_(options),
          judge_(report_, options.profile),
          file_(std::move(file)),
          content_judge_(options, surroundings, judge_, file_) {
        report_.overrides = options.overrides;
    }

    /// Fails only where the file under it cannot be read, or with Errc::cancelled.
    platform::Result<ArchiveReading> read(const platform::ReadableFile& archive, FileKind kind);

  private:
    platform::Result<void> read_contents(ArchiveFacts& facts);
    platform::Result<EntryContent> read_entry(
        const class ZipContent& content, std::size_t index, const ArchiveFacts& facts
    );
    const XmlSchema* schema_for(DocumentKind kind) const noexcept;
    void judge_document(class DocumentReader& reader, DocumentKind kind, const std::string& entry);
    /// Judges it if it could be inflated at once.
    bool read_at_once(
        const ZipEntry& entry, std::optional<DocumentKind> kind, EntryContent& result
    );
    /// The limit that so many bytes of an entry and of all entries pass; empty: none.
    std::string limit_passed(
        const ZipEntry& entry, std::uint64_t bytes, std::uint64_t archive_bytes
    ) const;

    const VerifyOptions& options_;
    findings::Report report_;
    findings::Judge judge_;
    std::string file_;
    ContentJudge content_judge_;
    const platform::ReadableFile* archive_ = nullptr;  ///< while it is read
    WholeInflater inflater_;
    QuickReader quick_reader_;
    std::uint64_t archive_bytes_ = 0;         ///< expanded so far
    std::vector<std::string> message_files_;  ///< of the patient document
};

}  // namespace sfmkit::verifier
