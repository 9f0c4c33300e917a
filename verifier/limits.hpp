#pragma once

#include <cstdint>

namespace sfmkit::verifier {

/// What the verifier reads at most of an archive: a bomb ends as a finding, not as a full memory.
struct Limits {
    std::uint64_t entry_bytes = std::uint64_t{512} << 20U;  ///< of one entry, expanded
    std::uint64_t archive_bytes = std::uint64_t{2} << 30U;  ///< of all entries, expanded
    std::uint64_t ratio = 200;                              ///< expanded to compressed
    std::uint64_t ratio_counts_from_bytes = std::uint64_t{1} << 20U;
    std::uint64_t entries = 50'000;  ///< a zip of the old kind can name 65 535
    std::uint64_t directory_bytes = std::uint64_t{64} << 20U;  ///< of the central directory
    std::uint64_t findings_of_one_kind = 1'000;  ///< collected per document or directory
    std::uint32_t element_depth = 256;
    /// libxml2 compares each attribute of a tag, and each namespace in scope, with all others.
    std::uint64_t attributes_of_a_tag = 1'000;
    std::uint64_t namespaces_in_scope = 1'000;
    /// libxml2 keeps each once, in a table that does not grow with them.
    std::uint64_t names_of_a_document = 20'000;
    /// Largest document that rules may hold as a whole; others are judged while they stream by.
    std::uint64_t tree_bytes = std::uint64_t{32} << 20U;
    std::uint64_t tree_elements = 1'000'000;              ///< of such a document
    std::uint64_t text_bytes = std::uint64_t{10} << 20U;  ///< between two tags
    std::uint64_t message_file_bytes = 512;  ///< of a MeldingsFil that is kept as a name
    std::uint64_t index_bytes = std::uint64_t{64} << 20U;  ///< of Index.txt; the rest is not read
    std::uint64_t index_lines = 1'500'000;
    std::uint64_t ledger_bytes = std::uint64_t{64} << 20U;  ///< a longer one is not read
    std::uint64_t ledger_entries = 500'000;
    std::uint32_t folder_depth = 8;
};

}  // namespace sfmkit::verifier
