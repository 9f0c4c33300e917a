#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sfmkit::client {

/// What a synthetic export is like: an ordinary one, or one that tries the limits of a reader.
struct ExportShape {
    std::string_view name;   ///< for `--shape`
    std::string_view about;  ///< one line for people
    std::uint64_t patients = 12;
    std::uint64_t reports = 2;
    std::optional<std::size_t> extra_treatments = {};  ///< instead of a number that is drawn
    std::optional<std::size_t> visits = {};            ///< the same
    std::size_t extra_versions = 0;  ///< of each prescription, which then are all ordinary
    bool has_empty_lists = false;    ///< lists are there and hold nothing
    bool has_long_texts = false;
    bool has_unusual_letters = false;  ///< names of all scripts, combining marks, XML's own letters
};

/// Every shape; the first one is the ordinary export.
std::span<const ExportShape> export_shapes();
const ExportShape& ordinary_shape();
/// Nothing for a name that no shape has.
const ExportShape* find_export_shape(std::string_view name);

}  // namespace sfmkit::client
