#pragma once

#include "fixtures/export_recipe.hpp"
#include "platform/files.hpp"
#include "platform/keys.hpp"
#include "tests/support/measured_run.hpp"
#include "tests/support/rsa_keys.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// Exports written from recipes, judged by the program itself, which is measured.
class MeasuredVerify {
  public:
    MeasuredVerify();

    /// A full export after this change, in a new folder.
    void write(
        const std::function<void(fixtures::ExportRecipe&)>& edit,
        const std::filesystem::path& folder
    );
    MeasuredRun verify(
        const std::filesystem::path& export_folder,
        const std::filesystem::path& report,
        const std::vector<std::string>& options = {}
    ) const;

  private:
    TemporaryFolder folder_;
    RsaKeyFiles keys_;
    platform::PrivateKey key_;
    platform::SystemFiles files_;
};

}  // namespace sfmkit::test
