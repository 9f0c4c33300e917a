#pragma once

#include "verifier/archive_tree.hpp"
#include "verifier/byte_budget.hpp"
#include "verifier/examined_envelope.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sfmkit::verifier {

/// All that can be said of one file without judging it.
struct Inspection {
    ExaminedEnvelope envelope;
    std::vector<BudgetRow> budget;
    std::vector<std::string> proved;      ///< follows from the bytes that were read
    std::vector<std::string> not_proved;  ///< and cannot be, with the key at hand or without any
    std::optional<ArchiveTree> tree;      ///< of the plaintext, or of a file that is plain
};

/// The plaintext of a file that decrypts, or the file itself when it is a plain archive; null
/// otherwise. Lives as long as file and inspection do.
const platform::ReadableFile* readable_archive(
    const platform::ReadableFile& file, const ExaminedEnvelope& envelope
) noexcept;

/// The file must outlive the result. The key may be null. Fails only where reading fails.
platform::Result<Inspection> inspect(
    const platform::ReadableFile& file,
    const platform::PrivateKey* key,
    const platform::CryptoAlgorithms& algorithms,
    const Limits& limits,
    PersonalData personal
);

}  // namespace sfmkit::verifier
