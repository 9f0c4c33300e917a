#pragma once

#include "verifier/decrypting_file.hpp"
#include "verifier/diagnosis.hpp"
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
    std::vector<Diagnosis> remarks;  ///< what is wrong but was passed over
};

/// Without a checksum in the envelope, checking the archive is all that tells good from bad.
enum class Release { zip_only, raw };

/// What to do with a file that decrypts, though not as NHN's encryptor makes it: another padding of
/// the wrapped key, the legacy layout, an empty extension.
enum class Tolerance { refuse, pass_over };

/// The diagnosis as an error of the command that met it: Errc::truncated, malformed or wrong_key.
platform::Error error_of(const Diagnosis& diagnosis, const std::string& path);

/// Errc::truncated, malformed or wrong_key with the rule that is broken in its text, and in its
/// details what is proved and what is likely.
platform::Result<CheckedPlaintext> open_checked(
    const VerifyWorld& world,
    const std::filesystem::path& path,
    const platform::PrivateKey& key,
    Release release,
    Tolerance tolerance = Tolerance::refuse
);

}  // namespace sfmkit::verifier
