#pragma once

#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace sfmkit::test {

/// An export with content that no two files share; the uploader does not look into files.
class NumberedExport {
  public:
    NumberedExport(const TemporaryFolder& place, std::size_t files, std::size_t largest_bytes);

    std::string folder() const { return folder_.string(); }
    std::size_t size() const { return contents_.size(); }

    /// One whole upload for each file in the server's data folder.
    void expect_stored_once(const ServedMock& mock) const;
    /// The same in a folder of uploads, where a file with an extension is none.
    void expect_stored_once(const std::filesystem::path& uploads) const;

  private:
    std::filesystem::path folder_;
    std::map<std::string, std::string> contents_;
};

/// `upload` of that export to that server.
std::vector<std::string> upload_arguments(const NumberedExport& folder, const ServedMock& mock);
std::vector<std::string> upload_arguments(const NumberedExport& folder, const std::string& url);

}  // namespace sfmkit::test
