#pragma once

#include "findings/judge.hpp"
#include "wire/tus_headers.hpp"

#include <span>
#include <string>
#include <vector>

namespace sfmkit::mockserver {

/// What a creation says about the file that is to come.
struct CreationFacts {
    /// Upload-Metadata as the server took it; empty when none came.
    std::span<const wire::MetadataPair> metadata;
};

/// What the DataImporter wants to know of each file (SFM-01 to SFM-12): the page of the API, and
/// what the official uploader sends.
std::span<const findings::CheckedRule<CreationFacts>> creation_rules() noexcept;

/// Judges one creation. file: how findings name it, e.g. `POST /files`.
std::vector<findings::Finding> judge_creation(const CreationFacts& facts, const std::string& file);

}  // namespace sfmkit::mockserver
