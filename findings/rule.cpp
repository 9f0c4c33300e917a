#include "findings/rule.hpp"

#include <array>
#include <utility>

namespace sfmkit::findings {
namespace {

constexpr std::array<std::pair<Profile, std::string_view>, 3> profiles = {{
    {Profile::strict, "strict"},
    {Profile::lenient, "lenient"},
    {Profile::edition_2021, "edition-2021"},
}};

constexpr std::array<std::pair<Source, std::string_view>, 10> sources_by_name = {{
    {Source::page_text, "page text"},
    {Source::page_example, "page example"},
    {Source::sample_code, "NHN sample code"},
    {Source::schema, "XSD"},
    {Source::official_example, "official example"},
    {Source::official_uploader, "official uploader"},
    {Source::tus_must, "tus MUST"},
    {Source::tus_should, "tus SHOULD"},
    {Source::public_authority, "public authority"},
    {Source::inference, "inference"},
}};

}  // namespace

std::string_view name_of(Profile profile) noexcept {
    for (const auto& [value, name] : profiles) {
        if (value == profile) return name;
    }
    return "strict";
}

std::optional<Profile> profile_named(std::string_view name) noexcept {
    for (const auto& [value, known] : profiles) {
        if (known == name) return value;
    }
    return std::nullopt;
}

std::string_view name_of(Stage stage) noexcept {
    switch (stage) {
        case Stage::folder:
            return "folder";
        case Stage::envelope:
            return "envelope";
        case Stage::archive:
            return "archive";
        case Stage::document:
            return "document";
        case Stage::upload:
            return "upload";
    }
    return "document";
}

std::string_view name_of(Certainty certainty) noexcept {
    switch (certainty) {
        case Certainty::sure:
            return "sure";
        case Certainty::likely:
            return "likely";
        case Certainty::open:
            return "open";
    }
    return "open";
}

std::string describe(Sources sources) {
    std::string text;
    for (const auto& [source, name] : sources_by_name) {
        if (!sources.has(source)) continue;
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

Severity Rule::severity_in(Profile profile) const noexcept {
    switch (profile) {
        case Profile::strict:
            return strict;
        case Profile::lenient:
            return lenient;
        case Profile::edition_2021:
            return edition_2021;
    }
    return strict;
}

Certainty Rule::certainty() const noexcept {
    if (!sources.published()) return Certainty::open;
    return sources.has(Source::inference) ? Certainty::likely : Certainty::sure;
}

bool Rule::supersedes_id(std::string_view other) const noexcept {
    std::string_view rest = supersedes;
    while (!rest.empty()) {
        const std::size_t blank = rest.find(' ');
        if (rest.substr(0, blank) == other) return true;
        if (blank == std::string_view::npos) return false;
        rest.remove_prefix(blank + 1);
    }
    return false;
}

}  // namespace sfmkit::findings
