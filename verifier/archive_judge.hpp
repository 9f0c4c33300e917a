#pragma once

#include "findings/judge.hpp"
#include "platform/files.hpp"
#include "verifier/facts.hpp"
#include "verifier/verify_job.hpp"

#include <optional>
#include <string>

namespace sfmkit::verifier {

/// What one pass over an archive saw.
struct ArchiveReading {
    ZipDirectory directory;
    ArchiveFacts facts;                      ///< as far as they need no other file, and no pointers
    std::vector<std::string> message_files;  ///< of the patient document
    findings::Report documents;              ///< findings, gaps and coverage of its documents
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
    explicit ArchiveJudge(const VerifyOptions& options)
        : options_(options), judge_(report_, options.profile) {
        report_.overrides = options.overrides;
    }

    /// Fails only where the file under it cannot be read, or with Errc::cancelled.
    platform::Result<ArchiveReading> read(
        const platform::ReadableFile& archive, FileKind kind, const std::string& file
    );

  private:
    platform::Result<void> read_contents(
        const platform::ReadableFile& archive, ArchiveFacts& facts, const std::string& file
    );
    platform::Result<EntryContent> read_entry(
        const class ZipContent& content,
        std::size_t index,
        const ArchiveFacts& facts,
        const std::string& file
    );
    void judge_document(
        const XmlDocument& document,
        DocumentKind kind,
        const std::string& entry,
        const std::string& file
    );
    std::string limit_passed(const ZipEntry& entry, std::uint64_t bytes) const;

    const VerifyOptions& options_;
    findings::Report report_;
    findings::Judge judge_;
    std::uint64_t archive_bytes_ = 0;         ///< expanded so far
    std::vector<std::string> message_files_;  ///< of the patient document
};

}  // namespace sfmkit::verifier
