#pragma once

#include "tests/support/served_mock.hpp"
#include "tests/support/small_disk.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// What one run of the program did.
struct Outcome {
    int exit_code = 0;
    std::string output;    ///< the standard output alone
    std::string messages;  ///< the error stream alone
};

enum class User {
    same,
    nobody  ///< root is not stopped by the modes of files; this user is
};

/// The words of a command line, cut at blanks.
std::vector<std::string> words_of(const std::string& command);

/// How the program is run.
struct Circumstances {
    User user = User::same;
    bool output_is_full = false;   ///< the standard output takes no byte
    bool ended_by_signal = false;  ///< a server, ended by SIGTERM when it does not end by itself
};

/// A good world for one run: keys in `keys`, an export of one patient in `export`, that patient
/// once more as `patient.pat` and decrypted as `plain.zip`, another export unencrypted in `plain`,
/// and an empty folder `out`. Everybody
/// can read all of it and write into `out`.
class Scene {
  public:
    Scene();

    std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

    /// Runs the words of a command line, cut at blanks. `@` stands for the scene's folder, `%url`
    /// for a mock server and `%port` for a port that nobody uses; the first use makes them.
    Outcome run(const std::string& command, const Circumstances& circumstances = {});
    Outcome run(const std::vector<std::string>& words, const Circumstances& circumstances = {});
    /// Runs it, stops it in the middle of reading the file, and lets it go on after the script. The
    /// file must be larger than all others together.
    Outcome run_while(
        const std::string& command, const std::string& file, const std::string& script
    );
    /// Runs a shell script in the scene's folder; throws when it fails.
    void prepare(const std::string& script) const;

    /// Lets the server run or not run, at the address that the marks give.
    void start_server();
    void end_server();
    /// Gives the folder `out`, or the data folder of the server, a disk of that size.
    SmallDisk& shrink_output(std::uint64_t kibibytes);
    SmallDisk& shrink_server(std::uint64_t kibibytes);
    /// Takes all space that is left on that disk.
    void fill_server();

    /// Every path below the scene with its size; folders end in a slash.
    std::map<std::string, std::uintmax_t> listing() const;

  private:
    /// Runs a shell script with what it needs as its arguments: two files for the streams, the
    /// further ones, then the program and its arguments.
    Outcome run_script(
        const char* script,
        std::vector<std::string> further,
        const std::vector<std::string>& command,
        const Circumstances& circumstances
    );
    std::string replace_marks(std::string word);
    std::string program_for(User user) const;

    TemporaryFolder folder_;
    TemporaryFolder aside_;  ///< what is not part of the listing
    std::optional<SmallDisk> disk_;
    std::optional<ServedMock> server_;
};

/// Which of its two voices the program uses.
enum class Told {
    as_error,         ///< one message on the error stream, ended by its id; no other output
    as_error_beside,  ///< the same after the result, which stands on the standard output
    as_finding        ///< a report on the standard output, with the broken rule and what to do
};

/// A row of the table of bad input: the command succeeds in a good scene, and what `spoil` changes
/// there is the only difference.
struct BadInput {
    std::string name;
    std::string command;
    std::function<void(Scene&)> spoil;
    int exit_code = 0;
    std::vector<std::string> told;  ///< parts of the message, any order
    Told voice = Told::as_error;
    Circumstances circumstances{};
    std::vector<std::string> leaves{};  ///< paths that may appear all the same
    std::string good_command{};         ///< of the good scene, where the command is what is bad
};

/// A change of the scene by a shell script, in its folder.
std::function<void(Scene&)> by(const std::string& script);

/// Makes the name of a row the name of its test.
void PrintTo(const BadInput& row, std::ostream* stream);
std::string name_of_row(const testing::TestParamInfo<BadInput>& row);

/// Runs the command in a good scene and in the spoilt one and judges both.
void expect_clear_refusal(const BadInput& row);

/// One message on the error stream, its next step and its id.
void expect_one_error_message(const Outcome& outcome);
/// The same, and nothing on the standard output.
void expect_one_error(const Outcome& outcome);

}  // namespace sfmkit::test
