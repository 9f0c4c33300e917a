#include "tests/cli/tus_js_client.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sfmkit::test {

std::filesystem::path tus_js_client(const std::string& script) {
    const auto source = source_folder() / "tests" / "interop" / "node";
    const auto target = build_folder() / "interop" / "node" / std::filesystem::path(script).stem();
    const bool installed =
        std::filesystem::exists(target / "node_modules" / "tus-js-client" / "package.json") &&
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
    if (installed) return target;
    const auto run = run_program("npm", {"ci", "--prefix", target.string()});
    return run.exit_code == 0 ? target : std::filesystem::path();
}

}  // namespace sfmkit::test
