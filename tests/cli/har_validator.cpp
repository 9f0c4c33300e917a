#include "tests/cli/har_validator.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sfmkit::test {

std::filesystem::path har_validator() {
    if (!find_program("node") || !find_program("npm")) return {};
    const auto source = source_folder() / "tests" / "interop" / "har";
    const auto target = build_folder() / "interop" / "har";
    const bool installed =
        std::filesystem::exists(target / "node_modules" / "har-validator" / "package.json") &&
        read_file(source / "package-lock.json") == read_file(target / "package-lock.json");
    std::filesystem::create_directories(target);
    for (const char* name : {"package.json", "package-lock.json", ".npmrc", "check_har.mjs"}) {
        const auto overwrite = std::filesystem::copy_options::overwrite_existing;
        std::filesystem::copy_file(source / name, target / name, overwrite);
    }
    if (!installed && run_program("npm", {"ci", "--prefix", target.string()}).exit_code != 0) {
        return {};
    }
    return target / "check_har.mjs";
}

}  // namespace sfmkit::test
