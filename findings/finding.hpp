#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::findings {

enum class Severity { error, warning, info, off };
std::string_view name_of(Severity severity) noexcept;

/// Where in a file something was found; what is not known stays empty.
struct Place {
    std::optional<std::uint64_t> byte_offset{};  ///< in the file, or in the entry when one is named
    std::string entry{};                         ///< zip entry
    std::optional<std::uint64_t> line{};
    std::optional<std::uint64_t> column{};
    std::string xpath{};

    bool operator==(const Place&) const = default;
};

/// What the vendor got wrong: data, never an error of ours. Personal data is masked before it comes
/// here. Order of fields as in the report (design section 5).
struct Finding {
    std::string rule{};
    Severity severity = Severity::error;
    std::string file{};  ///< relative to what was verified, with slashes
    Place place{};
    std::string expected{};
    std::string actual{};
    std::string message{};
    std::string likely_cause{};  ///< a guess at the mistake in the exporter; empty: none
    std::string next{};          ///< what to do about this one; empty: what the rule's remedy says

    bool operator==(const Finding&) const = default;
};

}  // namespace sfmkit::findings
