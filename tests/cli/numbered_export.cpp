#include "tests/cli/numbered_export.hpp"

#include "platform/random.hpp"

#include <gtest/gtest.h>

namespace sfmkit::test {

NumberedExport::NumberedExport(
    const TemporaryFolder& place, std::size_t files, std::size_t largest_bytes
)
    : folder_(place / "export") {
    platform::SeededRandom random(files);
    for (std::size_t i = 0; i < files; ++i) {
        const std::string name =
            i == 0 ? "ExportData.dat" : "Patients0/p" + std::to_string(i) + ".pat";
        platform::ByteBuffer bytes(i * largest_bytes / files + random.pick(1000) + 1);
        random.fill(bytes);
        contents_[name] = std::string(platform::as_text(bytes));
        std::filesystem::create_directories((folder_ / name).parent_path());
        write_file(folder_ / name, contents_[name]);
    }
}

void NumberedExport::expect_stored_once(const ServedMock& mock) const {
    expect_stored_once(mock.data_folder() / "uploads");
}

void NumberedExport::expect_stored_once(const std::filesystem::path& uploads) const {
    std::map<std::string, unsigned> stored;
    for (const auto& entry : std::filesystem::directory_iterator(uploads)) {
        if (!entry.path().has_extension()) ++stored[read_file(entry.path())];
    }
    for (const auto& [name, bytes] : contents_) EXPECT_EQ(stored[bytes], 1U) << name;
}

std::vector<std::string> upload_arguments(const NumberedExport& folder, const ServedMock& mock) {
    return upload_arguments(folder, mock.url());
}

std::vector<std::string> upload_arguments(const NumberedExport& folder, const std::string& url) {
    return {"upload", folder.folder(), "--url", url, "--chunk-size", "65536"};
}

}  // namespace sfmkit::test
