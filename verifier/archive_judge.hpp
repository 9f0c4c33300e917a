#pragma once

#include "findings/judge.hpp"
#include "platform/files.hpp"
#include "verifier/facts.hpp"
#include "verifier/verify_job.hpp"

#include <optional>
#include <string>

namespace sfmkit::verifier {

/// Judges the archive inside one file and the documents in it, in one pass over its bytes.
class ArchiveJudge {
  public:
    ArchiveJudge(
        findings::Report& report,
        findings::Judge& judge,
        const VerifyOptions& options,
        platform::WallTime now
    ) noexcept
        : report_(report), judge_(judge), options_(options), now_(now) {}

    /// Fails only where the file under it cannot be read.
    platform::Result<void> judge(
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
    void note_time(const ZipDirectory& directory);

    findings::Report& report_;
    findings::Judge& judge_;
    const VerifyOptions& options_;
    platform::WallTime now_;
    std::uint64_t archive_bytes_ = 0;         ///< expanded so far, of the archive at hand
    std::vector<std::string> message_files_;  ///< of the patient document at hand
    std::optional<std::chrono::sys_seconds> export_began_;
};

}  // namespace sfmkit::verifier
