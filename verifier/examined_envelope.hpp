#pragma once

#include "verifier/diagnosis.hpp"

namespace sfmkit::verifier {

/// One file as far as its envelope goes: what is there, what came out, and what is wrong with it.
struct ExaminedEnvelope {
    EnvelopeHeader header;
    std::optional<std::size_t> key_modulus_bytes;  ///< of the key that was tried
    bool no_padding_unwraps = false;
    std::optional<OpenedEnvelope> opened;  ///< when the wrapped key was unwrapped
    std::vector<Diagnosis> diagnoses;
};

/// The strict profile takes no look inside a file of the legacy layout.
enum class LegacyLayout { decrypt, leave };

/// Reads the header and, with a key that may fit, decrypts. The file must outlive the result.
/// Fails only where reading fails.
platform::Result<ExaminedEnvelope> examine(
    const platform::ReadableFile& file,
    const platform::PrivateKey* key,
    const platform::CryptoAlgorithms& algorithms,
    LegacyLayout legacy
);

}  // namespace sfmkit::verifier
