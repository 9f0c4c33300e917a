#include "tests/support/temporary_folder.hpp"

#include "platform/bytes.hpp"
#include "platform/random.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace sfmkit::test {

TemporaryFolder::TemporaryFolder() {
    platform::SystemRandom random;
    std::array<std::byte, 8> name{};
    random.fill(name);
    path_ = std::filesystem::temp_directory_path() / ("sfmkit-test-" + platform::to_hex(name));
    std::filesystem::create_directories(path_);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::filesystem::path& path, std::string_view content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    if (!file) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace sfmkit::test
