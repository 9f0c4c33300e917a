#pragma once

#include "findings/report.hpp"
#include "fixtures/export_recipe.hpp"
#include "platform/files.hpp"
#include "platform/keys.hpp"
#include "platform/openssl.hpp"

#include <filesystem>
#include <map>

namespace sfmkit::test {

/// An export whose documents are as full as our schema allows.
fixtures::ExportRecipe full_export();

/// Keys and algorithms, made once for many exports.
class RecipeWorld {
  public:
    RecipeWorld();

    void write(const fixtures::ExportRecipe& recipe, const std::filesystem::path& folder);
    /// Writes the export into a new folder and verifies it with the right key.
    findings::Report verify(
        const fixtures::ExportRecipe& recipe, findings::Profile profile = findings::Profile::strict
    );

    const platform::PrivateKey& key(unsigned bits);
    const platform::PrivateKey& other_key(unsigned bits);
    const platform::CryptoAlgorithms& algorithms() const noexcept { return algorithms_; }

  private:
    platform::CryptoAlgorithms algorithms_;
    platform::SystemFiles files_;
    std::map<unsigned, platform::PrivateKey> keys_;
    std::map<unsigned, platform::PrivateKey> other_keys_;
};

}  // namespace sfmkit::test
