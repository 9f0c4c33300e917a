#include "tests/verifier/export_recipe.hpp"

namespace sfmkit::test {
namespace {

void as_it_is(ExportRecipe& /*recipe*/) {}

std::function<void(ExportRecipe&)> in_folder(std::string folder) {
    return [folder](ExportRecipe& recipe) {
        recipe.patient_path = folder + "/" + std::string(patient_id) + ".pat";
        recipe.index = folder + "\\" + std::string(patient_id) + ".pat\r\n";
    };
}

}  // namespace

std::vector<RuleRecipe> dir_recipes() {
    return {
        {"DIR-01", "there", true, as_it_is},
        {"DIR-01", "missing", false, [](ExportRecipe& r) { r.organisation_path.clear(); }},
        {"DIR-02", "there", true, as_it_is},
        {"DIR-02", "missing", false, [](ExportRecipe& r) { r.index_path.clear(); }},
        {"DIR-03", "Patients0", true, in_folder("Patients0")},
        {"DIR-03", "leading zero", false, in_folder("Patients00")},
        {"DIR-03", "a folder in between", false, in_folder("Patients0/a")},
    };
}

}  // namespace sfmkit::test
