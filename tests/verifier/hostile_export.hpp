#pragma once

#include "fixtures/export_recipe.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// An export that was made to hurt its reader, and its twin, which is like it but for one thing and
/// conforms.
struct HostileExport {
    std::string name;
    std::string rule;  ///< that the report must name
    std::function<void(fixtures::ExportRecipe&)> hostile;
    std::function<void(fixtures::ExportRecipe&)> twin;
    /// What no recipe writes, done to the folder of the hostile one.
    std::function<void(const std::filesystem::path& folder)> edit_folder = {};
};

std::vector<HostileExport> hostile_documents();
std::vector<HostileExport> hostile_archives();
std::vector<HostileExport> hostile_envelopes();
std::vector<HostileExport> hostile_folders();

}  // namespace sfmkit::test
