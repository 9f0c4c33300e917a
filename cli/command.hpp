#pragma once

#include "platform/clock.hpp"
#include "platform/files.hpp"
#include "platform/openssl.hpp"
#include "platform/random.hpp"
#include "platform/result.hpp"

#include <iosfwd>
#include <string>

namespace CLI {
class App;
}

namespace sfmkit::cli {

/// What every command gets from main; tests hand in their own.
struct World {
    platform::Files& files;
    platform::Clock& clock;
    platform::Random& random;
    const platform::CryptoAlgorithms& algorithms;
    std::ostream& output;  ///< results; stays pure when machine output goes there
    std::ostream& error;   ///< messages for people
};

/// Exit codes of every command (design section 4).
namespace exit_code {
inline constexpr int conforms = 0;
inline constexpr int does_not_conform = 1;
inline constexpr int usage = 2;
inline constexpr int inconclusive = 3;
inline constexpr int harness_error = 4;
inline constexpr int interrupted = 130;
}  // namespace exit_code

/// A row of the table of subcommands in main.cpp. declare adds the subcommand to the parser; its
/// callback stores the exit code.
struct Command {
    void (*declare)(CLI::App& parser, World& world, int& exit_code);
};

/// Prints the error for a person and returns its exit code.
int report_error(World& world, const platform::Error& error);

/// The command and its options as they were given, for a person to give again; what may hold a
/// secret is left out. Only after parsing.
std::string given_command(const CLI::App& command);

/// The text below the options of every `--help`: two worked examples.
void set_examples(CLI::App& command, const char* first, const char* second);

}  // namespace sfmkit::cli
