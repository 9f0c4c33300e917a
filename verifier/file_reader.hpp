#pragma once

#include "platform/keys.hpp"
#include "verifier/archive_judge.hpp"
#include "verifier/examined_envelope.hpp"
#include "verifier/verify_job.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::verifier {

/// What one file of an export holds. Rules that look across files judge it later, in the order of
/// the files; those of its documents have judged it already.
struct FileReading {
    std::optional<platform::Error> failure;  ///< it could not be read; nothing else counts then
    bool changed = false;                    ///< it was not the same when the reading ended
    std::optional<findings::Input> input;    ///< all bytes of the file by their digest
    FileKind kind = FileKind::unknown;
    std::optional<EnvelopeHeader> header;
    std::optional<OpenedEnvelope> opened;  ///< without its plaintext
    bool no_padding_unwraps = false;
    std::vector<Diagnosis> diagnoses;
    std::optional<ArchiveReading> archive;  ///< nothing: the file did not come so far
};

/// Reads files one after the other. Every thread has one of its own, with its own copy of the key.
class FileReader {
  public:
    /// Options must outlive it, and so must what the others point to; the schema must be set.
    FileReader(
        const VerifyWorld& world,
        const VerifyOptions& options,
        const ExportSurroundings& surroundings
    );

    FileReading read(const std::filesystem::path& path, const std::string& name) const;

  private:
    platform::Result<void> read_into(
        FileReading& reading, const platform::ReadableFile& file, const std::string& name
    ) const;

    VerifyWorld world_;
    const VerifyOptions& options_;
    ExportSurroundings surroundings_;
    std::optional<platform::PrivateKey> key_;
};

}  // namespace sfmkit::verifier
