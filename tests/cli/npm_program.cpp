#include "tests/cli/npm_program.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sfmkit::test {

std::filesystem::path npm_program(
    const std::string& folder, const std::string& package, const std::string& script
) {
    if (!find_program("node") || !find_program("npm")) return {};
    const auto source = source_folder() / "tests" / "interop" / folder;
    const auto target = build_folder() / "interop" / folder / std::filesystem::path(script).stem();
    const bool installed =
        std::filesystem::exists(target / "node_modules" / package / "package.json") &&
        read_file(source / "package-lock.json") == read_file(target / "package-lock.json");
    std::filesystem::create_directories(target);
    for (const std::string& name :
         {std::string("package.json"),
          std::string("package-lock.json"),
          std::string(".npmrc"),
          script}) {
        const auto overwrite = std::filesystem::copy_options::overwrite_existing;
        std::filesystem::copy_file(source / name, target / name, overwrite);
    }
    if (!installed && run_program("npm", {"ci", "--prefix", target.string()}).exit_code != 0) {
        return {};
    }
    return target / script;
}

}  // namespace sfmkit::test
