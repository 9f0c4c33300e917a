#pragma once

#include "findings/report.hpp"
#include "fixtures/rule_recipe.hpp"
#include "platform/files.hpp"
#include "platform/keys.hpp"
#include "platform/openssl.hpp"
#include "tests/support/temporary_folder.hpp"
#include "verifier/verify_job.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// The day of the sample exports, and the one on which tests judge unless they say otherwise.
inline constexpr platform::WallTime sample_day =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + std::chrono::hours(12);

/// The sample, exported on its day.
fixtures::Content sample_content(std::uint64_t seed = 1);
fixtures::ExportRecipe sample_export();

/// How an export is judged.
struct Judging {
    findings::Profile profile = findings::Profile::strict;
    verifier::RuleSet rules = verifier::standard_rules();
    verifier::Limits limits = {};
    platform::WallTime now = sample_day;
};

/// An export that lies in a folder of its own. One of thousands of files is a listing only.
struct WrittenExport {
    fixtures::ExportRecipe recipe;
    std::unique_ptr<TemporaryFolder> folder;
    std::optional<verifier::FolderFacts> listing = {};
    std::optional<platform::Certificate> certificate = {};
};

/// Keys and schema, made once for many exports.
class RecipeWorld {
  public:
    RecipeWorld();

    void write(const fixtures::ExportRecipe& recipe, const std::filesystem::path& folder);
    WrittenExport write(fixtures::ExportRecipe recipe);
    /// With the right key.
    findings::Report judge(const WrittenExport& written, const Judging& judging);
    /// Writes the export into a new folder and judges it.
    findings::Report verify(
        const fixtures::ExportRecipe& recipe, findings::Profile profile = findings::Profile::strict
    );

    const platform::PrivateKey& key(unsigned bits);
    const platform::PrivateKey& other_key(unsigned bits);
    const platform::CryptoAlgorithms& algorithms() const noexcept { return algorithms_; }

  private:
    platform::CryptoAlgorithms algorithms_;
    platform::SystemFiles files_;
    verifier::XmlSchema schema_ = verifier::XmlSchema::own();
    std::map<unsigned, platform::PrivateKey> keys_;
    std::map<unsigned, platform::PrivateKey> other_keys_;
};

/// In what a report differs from what the recipe says of its broken export: rule, severity, place
/// of every finding, and nothing else at error or warning level.
std::vector<std::string> complaints_about_broken(
    const fixtures::RuleRecipe& recipe,
    const fixtures::ExportRecipe& broken,
    const findings::Report& report
);
/// The same for an export that has to pass: no finding at all but what the recipe has noted.
std::vector<std::string> complaints_about_passing(
    const fixtures::RuleRecipe& recipe, const findings::Report& report
);

}  // namespace sfmkit::test
