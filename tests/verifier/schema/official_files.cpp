#include "tests/verifier/schema/official_files.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <zip.h>

#include <memory>

namespace sfmkit::test {

std::optional<std::string> official_schema() {
    const auto file = reference_file("data/FmSfmExportImportFormatDefinition.xsd");
    if (!file) return std::nullopt;
    return read_file(*file);
}

std::optional<std::string> official_document(const std::string& archive, const std::string& entry) {
    const auto path = reference_file(archive);
    if (!path) return std::nullopt;
    const std::unique_ptr<zip_t, decltype(&zip_discard)> zip(
        zip_open(path->c_str(), ZIP_RDONLY, nullptr), zip_discard
    );
    if (!zip) return std::nullopt;
    zip_stat_t status;
    if (zip_stat(zip.get(), entry.c_str(), 0, &status) != 0) return std::nullopt;
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(
        zip_fopen(zip.get(), entry.c_str(), 0), zip_fclose
    );
    if (!file) return std::nullopt;
    std::string content(status.size, '\0');
    const auto count = zip_fread(file.get(), content.data(), content.size());
    if (count != static_cast<zip_int64_t>(content.size())) return std::nullopt;
    return content;
}

}  // namespace sfmkit::test
