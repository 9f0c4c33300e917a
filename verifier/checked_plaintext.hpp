#pragma once

#include "findings/finding.hpp"
#include "verifier/decrypting_file.hpp"
#include "verifier/verify_job.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace sfmkit::verifier {

/// The plaintext of one file after its first pass: the last block is good, and, unless raw was
/// asked for, it is a zip archive whose every CRC-32 is right.
struct CheckedPlaintext {
    std::unique_ptr<platform::ReadableFile> file;  ///< the encrypted file under the plaintext
    std::unique_ptr<DecryptingFile> plaintext;
    std::vector<findings::Finding> remarks;  ///< what was odd but does not stop decryption
};

/// Without a checksum in the envelope, checking the archive is all that tells good from bad.
enum class Release { zip_only, raw };

/// Errc::truncated, malformed or wrong_key with the rule that is broken in its text.
platform::Result<CheckedPlaintext> open_checked(
    const VerifyWorld& world,
    const std::filesystem::path& path,
    const platform::PrivateKey& key,
    Release release
);

}  // namespace sfmkit::verifier
