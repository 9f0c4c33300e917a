#pragma once

#include "findings/judge.hpp"
#include "wire/sfm_names.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace sfmkit::mockserver {

/// How far an earlier upload of the same name in the same migration has come.
enum class Earlier { none, unfinished, finished };

/// What a file that is to come finds in its migration.
struct ArrivalFacts {
    wire::sfm::FileKind kind = wire::sfm::FileKind::unknown;
    bool organisation_awaited = false;  ///< no organisation file that counts has all its bytes
    Earlier same_name = Earlier::none;
};

/// Most requests of one migration that sent data at the same time.
struct ParallelFacts {
    std::size_t calls = 0;
};

/// An upload when the server ends.
struct EndFacts {
    std::uint64_t offset_bytes = 0;
    std::optional<std::int64_t> length_bytes;  ///< empty: never told
};

/// What the DataImporter wants of the files of one migration together (SFM-13 to SFM-17).
std::span<const findings::CheckedRule<ArrivalFacts>> arrival_rules() noexcept;
std::span<const findings::CheckedRule<ParallelFacts>> parallel_rules() noexcept;
std::span<const findings::CheckedRule<EndFacts>> end_rules() noexcept;

}  // namespace sfmkit::mockserver
