#include "cli/commands.hpp"
#include "platform/clock.hpp"
#include "platform/log.hpp"
#include "platform/signals.hpp"

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
    {sfmkit::cli::declare_demo},
    {sfmkit::cli::declare_keys},
    {sfmkit::cli::declare_generate},
    {sfmkit::cli::declare_pack},
    {sfmkit::cli::declare_seal},
    {sfmkit::cli::declare_open},
    {sfmkit::cli::declare_inspect},
    {sfmkit::cli::declare_verify},
    {sfmkit::cli::declare_rules},
    {sfmkit::cli::declare_explain},
    {sfmkit::cli::declare_serve},
    {sfmkit::cli::declare_token},
    {sfmkit::cli::declare_upload},
    {sfmkit::cli::declare_evidence},
});

using namespace sfmkit;

/// What the parser refuses is told like any other error. Asking for help is none.
int report_parse_error(cli::World& world, const CLI::App& parser, const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return parser.exit(error, world.output, world.error);
    std::string command = parser.get_name();
    const CLI::App* level = &parser;
    while (!level->get_subcommands().empty()) {
        level = level->get_subcommands().front();
        command += " " + level->get_name();
    }
    return cli::report_error(
        world,
        {.code = platform::Errc::usage,
         .what = "cannot run this command line",
         .where = command,
         .expected = "arguments and options as its help lists them",
         .actual = error.what(),
         .next = command + " --help"}
    );
}

/// A result that did not reach its reader must not pass for one that did.
int with_output_written(cli::World& world, int exit_code) {
    const bool has_result = exit_code <= cli::exit_code::does_not_conform;
    if (!has_result || world.output.flush()) return exit_code;
    return cli::report_error(
        world,
        {.code = platform::Errc::input_output,
         .what = "the standard output takes no more bytes",
         .next = "run this again with an output that has space"}
    );
}

int run(int argc, char** argv) {
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
        exit_code = report_parse_error(world, parser, error);
    }
    if (argc == 1) std::cout << parser.help();
    return with_output_written(world, exit_code);
}

}  // namespace

int main(int argc, char** argv) {
    sfmkit::platform::ignore_broken_pipes();
    sfmkit::platform::name_time_zone();
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "sfmkit: internal error: " << error.what() << '\n';
        return sfmkit::cli::exit_code::harness_error;
    }
}
