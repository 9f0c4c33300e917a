#include "tests/verifier/recipe_world.hpp"

#include "findings/judge.hpp"
#include "fixtures/sample/sample_documents.hpp"
#include "tests/support/fixed_clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <stdexcept>

namespace sfmkit::test {
namespace {

/// Exports with more files are judged by their listing: thousands of keys would be unwrapped.
constexpr std::size_t most_written = 100;

const platform::PrivateKey& key_of(std::map<unsigned, platform::PrivateKey>& keys, unsigned bits) {
    const auto known = keys.find(bits);
    if (known != keys.end()) return known->second;
    return keys.emplace(bits, fixtures::make_rsa_key(bits)).first->second;
}

verifier::FolderFacts facts_of(const fixtures::ExportRecipe& recipe) {
    verifier::FolderFacts facts;
    std::set<std::string> folders;
    for (const std::string& path : fixtures::listing_of(recipe)) {
        facts.files.push_back({.path = path, .size_bytes = 1});
        const std::size_t slash = path.find('/');
        if (slash != std::string::npos) folders.insert(path.substr(0, slash));
    }
    std::ranges::sort(facts.files, {}, &verifier::FolderFacts::File::path);
    facts.folders.assign(folders.begin(), folders.end());
    return facts;
}

fixtures::Level level_of(findings::Severity severity) {
    switch (severity) {
        case findings::Severity::error:
            return fixtures::Level::error;
        case findings::Severity::warning:
            return fixtures::Level::warning;
        case findings::Severity::info:
            return fixtures::Level::info;
        case findings::Severity::off:
            break;
    }
    return fixtures::Level::silent;
}

fixtures::Level level_in(const fixtures::Levels& levels, findings::Profile profile) {
    switch (profile) {
        case findings::Profile::strict:
            return levels.strict;
        case findings::Profile::lenient:
            return levels.lenient;
        case findings::Profile::edition_2021:
            break;
    }
    return levels.edition_2021;
}

fixtures::ExpectedPlace place_of(const findings::Finding& finding) {
    return {
        .file = finding.file,
        .byte_offset = finding.place.byte_offset,
        .entry = finding.place.entry,
        .line = finding.place.line,
        .column = finding.place.column,
        .xpath = finding.place.xpath
    };
}

std::string words(const fixtures::ExpectedPlace& place) {
    const auto number = [](const std::optional<std::uint64_t>& value) {
        return value ? std::to_string(*value) : "-";
    };
    return fmt::format(
        "file {}, byte {}, entry {}, line {}, column {}, path {}",
        place.file,
        number(place.byte_offset),
        place.entry,
        number(place.line),
        number(place.column),
        place.xpath
    );
}

}  // namespace

fixtures::Content sample_content(std::uint64_t seed) {
    return fixtures::sample_content(seed, sample_day);
}

fixtures::ExportRecipe sample_export() {
    return fixtures::ExportRecipe(sample_content());
}

RecipeWorld::RecipeWorld() : algorithms_(platform::CryptoAlgorithms::fetch()) {}

const platform::PrivateKey& RecipeWorld::key(unsigned bits) {
    return key_of(keys_, bits);
}

const platform::PrivateKey& RecipeWorld::other_key(unsigned bits) {
    return key_of(other_keys_, bits);
}

void RecipeWorld::write(const fixtures::ExportRecipe& recipe, const std::filesystem::path& folder) {
    fixtures::Recipients recipients{.recipient = key(recipe.recipient_bits).get()};
    if (recipe.for_another_recipient) {
        recipients.another = other_key(recipe.another_recipient_bits).get();
    }
    const auto written = fixtures::write_export(recipe, recipients, files_, folder);
    if (!written) throw std::runtime_error(platform::describe(written.error()));
}

WrittenExport RecipeWorld::write(fixtures::ExportRecipe recipe) {
    WrittenExport written{.recipe = std::move(recipe), .folder = nullptr};
    const fixtures::ExportRecipe& made = written.recipe;
    if (made.patient_copies > most_written) {
        written.listing = facts_of(made);
        return written;
    }
    written.folder = std::make_unique<TemporaryFolder>();
    write(made, written.folder->path());
    if (made.certificate) {
        const platform::PrivateKey& recipient = key(made.recipient_bits);
        written.certificate.emplace(fixtures::self_signed(recipient, sample_day, *made.certificate)
        );
    }
    return written;
}

findings::Report RecipeWorld::judge(const WrittenExport& written, const Judging& judging) {
    if (written.listing) {
        findings::Report report;
        report.profile = judging.profile;
        findings::Judge judge(report, judging.profile);
        judge.run(judging.rules.folder, *written.listing, "");
        report.verdict = findings::verdict_of(report);
        return report;
    }
    const FixedClock clock(judging.now);
    verifier::VerifyOptions options{
        .profile = judging.profile, .key = &key(written.recipe.recipient_bits), .schema = &schema_
    };
    options.rules = judging.rules;
    options.limits = judging.limits;
    options.production = written.recipe.production;
    if (written.certificate) options.certificate = &*written.certificate;
    auto report =
        verifier::verify_path({files_, clock, algorithms_}, written.folder->path(), options);
    if (!report) throw std::runtime_error(platform::describe(report.error()));
    return std::move(*report);
}

findings::Report RecipeWorld::verify(
    const fixtures::ExportRecipe& recipe, findings::Profile profile
) {
    return judge(write(recipe), {.profile = profile});
}

std::vector<std::string> complaints_about_broken(
    const fixtures::RuleRecipe& recipe,
    const fixtures::ExportRecipe& broken,
    const findings::Report& report
) {
    std::vector<std::string> complaints;
    const fixtures::Level expected = level_in(recipe.expected_levels(), report.profile);
    std::vector<fixtures::ExpectedPlace> places;
    for (const findings::Finding& finding : report.findings) {
        if (finding.rule == recipe.rule) {
            places.push_back(place_of(finding));
            if (level_of(finding.severity) == expected) continue;
            complaints.push_back(fmt::format("severity is {}", name_of(finding.severity)));
        } else if (finding.severity != findings::Severity::info && finding.rule != recipe.besides) {
            complaints.push_back(finding.rule + " besides: " + finding.message);
        }
    }
    const auto expected_places = expected == fixtures::Level::silent
                                     ? std::vector<fixtures::ExpectedPlace>()
                                     : recipe.where(broken);
    for (std::size_t i = 0; i < std::max(places.size(), expected_places.size()); ++i) {
        const std::string told = i < places.size() ? words(places[i]) : "nothing";
        const std::string right =
            i < expected_places.size() ? words(expected_places[i]) : "nothing";
        if (told != right) complaints.push_back("told: " + told + "; right: " + right);
    }
    const bool conforms = report.verdict.conclusion == findings::Conclusion::conforms;
    if (expected == fixtures::Level::error && conforms) complaints.emplace_back("it conforms");
    return complaints;
}

std::vector<std::string> complaints_about_passing(
    const fixtures::RuleRecipe& recipe, const findings::Report& report
) {
    std::vector<std::string> complaints;
    for (const findings::Finding& finding : report.findings) {
        const bool is_info = finding.severity == findings::Severity::info;
        if (is_info && finding.rule == recipe.noted) continue;
        complaints.push_back(finding.rule + ": " + finding.message);
    }
    if (report.verdict.conclusion != findings::Conclusion::conforms) {
        complaints.push_back("it does not conform: " + report.verdict.reason);
    }
    return complaints;
}

}  // namespace sfmkit::test
