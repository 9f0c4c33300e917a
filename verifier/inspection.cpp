#include "verifier/inspection.hpp"

#include "wire/envelope_layout.hpp"

#include <fmt/format.h>

namespace sfmkit::verifier {
namespace {

using Statements = std::vector<std::string>;

bool is_encrypted_layout(const EnvelopeHeader& header) {
    return header.layout == Layout::current || header.layout == Layout::legacy;
}

void say_what_the_header_proves(const EnvelopeHeader& header, Statements& proved) {
    if (!is_encrypted_layout(header)) return;
    proved.push_back(fmt::format(
        "the lengths are those of {}",
        header.layout == Layout::current ? "an encrypted export file"
                                         : "the older layout, which has no extension field"
    ));
    proved.push_back(
        fmt::format("it was made for an RSA key of {} bits", std::uint64_t{header.key_length} * 8)
    );
    const std::uint64_t body = header.body_bytes;
    constexpr std::uint64_t block = wire::envelope::block_bytes;
    if (body >= block && body % block == 0) {
        proved.push_back(fmt::format(
            "if the padding is right, the plaintext has {} to {} bytes", body - block, body - 1
        ));
    }
}

void say_what_needs_a_key(Statements& not_proved) {
    not_proved.insert(
        not_proved.end(),
        {"for which certificate it was made (there is no key id in the file)",
         "how the AES key was wrapped, and that the ciphertext is AES-256-CBC at all",
         "that the last block is there and what the plaintext is"}
    );
}

void say_what_the_key_proves(const ExaminedEnvelope& envelope, Statements& proved) {
    const OpenedEnvelope& opened = *envelope.opened;
    proved.push_back(fmt::format("the private key unwraps it: {}", name_of(opened.wrap)));
    proved.push_back(fmt::format("what was wrapped has {} bytes", opened.key_bytes));
    if (!opened.plaintext) return;
    proved.push_back(fmt::format(
        "the last block ends in PKCS#7 padding; the plaintext has {} bytes",
        opened.plaintext->size().value_or(0)
    ));
    proved.push_back("the plaintext begins like " + describe(opened.content));
}

/// What the archive adds, which no envelope can tell.
void say_what_the_archive_proves(const ArchiveTree& tree, Inspection& inspection) {
    std::size_t sound = 0;
    for (const TreeEntry& entry : tree.entries) sound += entry.sound ? 1 : 0;
    const std::string count =
        fmt::format("{} of {} entries have the right size and CRC-32", sound, tree.entries.size());
    inspection.proved.push_back(count);
}

}  // namespace

const platform::ReadableFile* readable_archive(
    const platform::ReadableFile& file, const ExaminedEnvelope& envelope
) noexcept {
    if (envelope.opened && envelope.opened->plaintext && envelope.opened->begins_like_zip()) {
        return envelope.opened->plaintext.get();
    }
    const bool plain_archive =
        envelope.header.layout == Layout::plain && envelope.header.known.is_archive();
    return plain_archive ? &file : nullptr;
}

platform::Result<Inspection> inspect(
    const platform::ReadableFile& file,
    const platform::PrivateKey* key,
    const platform::CryptoAlgorithms& algorithms,
    const Limits& limits,
    PersonalData personal
) {
    auto envelope = examine(file, key, algorithms, LegacyLayout::decrypt);
    if (!envelope) return std::unexpected(envelope.error());
    Inspection inspection;
    inspection.envelope = std::move(*envelope);
    const ExaminedEnvelope& examined = inspection.envelope;
    inspection.budget = byte_budget(examined.header);
    say_what_the_header_proves(examined.header, inspection.proved);
    if (examined.opened) say_what_the_key_proves(examined, inspection.proved);
    if (!examined.opened && is_encrypted_layout(examined.header)) {
        say_what_needs_a_key(inspection.not_proved);
    }
    if (const auto* const archive = readable_archive(file, examined)) {
        auto tree = read_archive_tree(*archive, limits, personal);
        if (!tree) return std::unexpected(tree.error());
        inspection.tree = std::move(*tree);
        say_what_the_archive_proves(*inspection.tree, inspection);
    }
    if (is_encrypted_layout(examined.header)) {
        inspection.not_proved.emplace_back(
            "who made it and that nobody changed it: the format has no signature and no MAC"
        );
    }
    return inspection;
}

}  // namespace sfmkit::verifier
