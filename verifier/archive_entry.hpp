#pragma once

#include "verifier/limits.hpp"
#include "verifier/zip_content.hpp"
#include "verifier/zip_reader.hpp"

#include <cstdint>
#include <string>

namespace sfmkit::verifier {

/// The bytes of one entry of an archive, inflated piece by piece within limits.
class EntryReader {
  public:
    EntryReader(ZipStream stream, const ZipEntry& entry, const Limits& limits)
        : stream_(std::move(stream)), entry_(&entry), limits_(limits) {}

    /// Fewer bytes than asked for only at the end, or when reading ended early: then the reason
    /// stands in problem().
    std::size_t read(platform::MutableBytes target);

    std::uint64_t bytes() const noexcept { return bytes_; }
    bool ended() const noexcept { return ended_; }  ///< to its end, data and CRC-32 good
    const std::string& problem() const noexcept { return problem_; }

  private:
    ZipStream stream_;
    const ZipEntry* entry_;
    Limits limits_;
    std::uint64_t bytes_ = 0;
    bool ended_ = false;
    std::string problem_;
};

}  // namespace sfmkit::verifier
