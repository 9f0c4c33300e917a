#pragma once

#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

// What tests of the programs in docs/examples share.

namespace sfmkit::test {

/// SessionId of the examples' uploads.
inline const std::string example_session = "3a68365f-4dec-4ecf-b3e7-04bedbdd1096";

std::filesystem::path examples();

/// An archive of one entry that does not shrink: three chunks.
std::string example_archive();

/// Keys, a plain archive and the place of what is made of it.
class EncoderWorkshop {
  public:
    EncoderWorkshop();

    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string key() const { return path("keys/recipient.key.pem"); }
    std::string sealed() const { return path("ExportData.dat"); }
    /// program: its words before those that all examples take.
    ProgramRun run(std::vector<std::string> program, const std::string& url) const;
    ProgramRun open(const std::string& file, const std::string& target) const;

  private:
    TemporaryFolder folder_;
};

/// Debian's Python, which has the package; another one may come first on PATH. Empty when none has.
std::string example_python();
/// The Python example with one thing done wrong.
std::string changed_example(const std::string& pattern, const std::string& replacement);

/// What the evidence says of all requests.
struct RequestEvidence {
    std::map<std::string, unsigned> methods;
    std::vector<std::string> complaints;  ///< rules above info
};

RequestEvidence requests_of(const ServedMock& mock);
/// The uploads in the server's data folder.
std::vector<std::filesystem::path> stored_in(const ServedMock& mock);

}  // namespace sfmkit::test
