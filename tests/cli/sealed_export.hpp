#pragma once

#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::test {

/// Keys and a small export made by the program itself, for tests of commands that read them.
class SealedExport {
  public:
    SealedExport();

    std::string folder() const { return (root_ / "export").string(); }
    std::string organisation_file() const { return (root_ / "export/ExportData.dat").string(); }
    std::string patient_file() const;
    std::string key() const { return (root_ / "keys/recipient.key.pem").string(); }
    std::string certificate() const { return (root_ / "keys/recipient.cert.pem").string(); }
    /// A path for what a test writes.
    std::string path(const std::string& name) const { return (root_ / name).string(); }

  private:
    TemporaryFolder root_;
};

ProgramRun run_sfmkit(const std::vector<std::string>& arguments);

}  // namespace sfmkit::test
