#include "cli/commands.hpp"
#include "platform/log.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <array>
#include <exception>
#include <iostream>

namespace {

using sfmkit::cli::Command;

/// Every subcommand, in the order of `sfmkit --help`.
constexpr auto commands = std::to_array<Command>({
    {sfmkit::cli::declare_keys},
    {sfmkit::cli::declare_generate},
    {sfmkit::cli::declare_pack},
    {sfmkit::cli::declare_seal},
    {sfmkit::cli::declare_open},
    {sfmkit::cli::declare_verify},
    {sfmkit::cli::declare_serve},
    {sfmkit::cli::declare_upload},
});

int run(int argc, char** argv) {
    using namespace sfmkit;
    platform::SystemFiles files;
    platform::SystemClock clock;
    platform::SystemRandom random;
    const platform::CryptoAlgorithms algorithms = platform::CryptoAlgorithms::fetch();
    cli::World world{files, clock, random, algorithms, std::cout, std::cerr};

    CLI::App parser(
        "sfmkit: offline test harness and mock server for SFM migration exports", "sfmkit"
    );
    parser.set_version_flag("--version", "sfmkit " SFMKIT_VERSION);
    parser.require_subcommand(0, 1);
    int exit_code = cli::exit_code::conforms;
    for (const Command& command : commands) command.declare(parser, world, exit_code);
    try {
        parser.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = parser.exit(error, std::cout, std::cerr);
        return code == 0 ? cli::exit_code::conforms : cli::exit_code::usage;
    }
    if (parser.get_subcommands().empty()) std::cout << parser.help();
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "sfmkit: internal error: " << error.what() << '\n';
        return sfmkit::cli::exit_code::harness_error;
    }
}
