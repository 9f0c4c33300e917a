#include "tests/support/reference.hpp"

#include <cstdlib>
#include <sstream>

namespace sfmkit::test {
namespace {

std::optional<std::string> variable(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr) return std::nullopt;
    return value;
}

}  // namespace

std::optional<std::filesystem::path> reference_folder() {
    const auto named = variable("SFMKIT_REFERENCE");
    const std::filesystem::path folder =
        named ? std::filesystem::path(*named)
              : source_folder().parent_path() / "shared" / "reference";
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) return std::nullopt;
    return folder;
}

std::optional<std::filesystem::path> reference_file(const std::string& relative) {
    const auto folder = reference_folder();
    if (!folder) return std::nullopt;
    std::error_code error;
    const auto path = *folder / relative;
    if (!std::filesystem::exists(path, error)) return std::nullopt;
    return path;
}

bool nothing_may_be_missing() {
    return variable("CI") == "true";
}

std::filesystem::path source_folder() {
    return SFMKIT_SOURCE_FOLDER;
}

std::filesystem::path build_folder() {
    return SFMKIT_BUILD_FOLDER;
}

std::optional<std::filesystem::path> find_program(const std::string& name) {
    std::istringstream path(variable("PATH").value_or(""));
    std::string folder;
    while (std::getline(path, folder, ':')) {
        const auto candidate = std::filesystem::path(folder) / name;
        std::error_code error;
        if (std::filesystem::is_regular_file(candidate, error)) return candidate;
    }
    return std::nullopt;
}

}  // namespace sfmkit::test
