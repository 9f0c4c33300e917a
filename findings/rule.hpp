#pragma once

#include "findings/finding.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sfmkit::findings {

/// How strictly an export is judged. edition_2021 is strict but for the known gaps of that year.
enum class Profile { strict, lenient, edition_2021 };
std::string_view name_of(Profile profile) noexcept;
std::optional<Profile> profile_named(std::string_view name) noexcept;

/// Which step of the way from file to document a rule looks at.
/// The first four are those of an export, in the order in which it is read.
enum class Stage { folder, envelope, archive, document, upload };
std::string_view name_of(Stage stage) noexcept;

/// Where a rule comes from; a rule may have several.
enum class Source : std::uint16_t {
    page_text = 1,          ///< what an NHN page says
    page_example = 2,       ///< what an example on such a page shows
    sample_code = 4,        ///< NHN's published encryptor
    schema = 8,             ///< the published XSD
    official_example = 16,  ///< files that NHN published as examples
    official_uploader = 32,
    tus_must = 64,
    tus_should = 128,
    inference = 256,        ///< our own reasoning; nobody outside NHN knows
    public_authority = 512  ///< registers and code lists of other Norwegian authorities
};

/// A set of sources.
class Sources {
  public:
    // Implicit, so that a row with one source can name just that.
    constexpr Sources(Source source) noexcept : bits_(static_cast<std::uint16_t>(source)) {}
    friend constexpr Sources operator|(Sources left, Sources right) noexcept {
        left.bits_ = static_cast<std::uint16_t>(left.bits_ | right.bits_);
        return left;
    }
    constexpr bool has(Source source) const noexcept {
        return (bits_ & static_cast<std::uint16_t>(source)) != 0;
    }
    /// True when at least one of them was published by somebody else than us.
    constexpr bool published() const noexcept {
        return (bits_ & ~static_cast<std::uint16_t>(Source::inference)) != 0;
    }

  private:
    std::uint16_t bits_;
};
constexpr Sources operator|(Source left, Source right) noexcept {
    return Sources(left) | Sources(right);
}
/// e.g. `page text, inference`.
std::string describe(Sources sources);

/// How sure we are that NHN's importer sees it like the rule.
enum class Certainty { sure, likely, open };
std::string_view name_of(Certainty certainty) noexcept;

/// What an error of the rule does to the verdict.
enum class Blocking {
    by_source,    ///< a published source blocks; inference alone leaves the verdict open
    outright,     ///< no reader can open such a file, whoever says so
    key_in_doubt  ///< maybe the key at hand is the wrong one: the verdict stays open
};

/// How near to the exact rule's finding the general one has to be to be of the same mistake.
enum class Nearness {
    same_document,
    same_element  ///< or one above or below it
};

/// One row of the catalogue. All texts have static storage.
struct Rule {
    std::string_view id;
    Severity strict;
    Severity lenient;
    Stage stage;
    std::string_view title;  ///< what must hold
    Sources sources;
    std::string_view remedy;               ///< what the vendor does about it
    std::string_view usual_cause = {};     ///< mistakes of exporters that lead here
    std::string_view does_not_prove = {};  ///< what keeping the rule leaves open
    std::string_view supersedes = {};      ///< ids, one blank between
    Nearness supersedes_in = Nearness::same_document;
    Blocking blocking = Blocking::by_source;
    Severity edition_2021 = strict;
    bool needs_organisation = false;  ///< without the organisation file it sees less, or nothing
    bool needs_folder = false;        ///< without the rest of the export it sees less, or nothing
    bool built = true;                ///< false: the row stands for a check that does not exist
    std::string_view why_not_built = "not built yet";

    Severity severity_in(Profile profile) const noexcept;
    /// A published source is sure, mixed with inference likely, inference alone open.
    Certainty certainty() const noexcept;
    bool supersedes_id(std::string_view other) const noexcept;
};

}  // namespace sfmkit::findings
