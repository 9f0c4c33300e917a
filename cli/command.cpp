#include "cli/command.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace sfmkit::cli {

int report_error(World& world, const platform::Error& error) {
    world.error << "error: " << platform::describe(error) << '\n';
    return platform::exit_code_for(error.code);
}

void set_examples(CLI::App& command, const char* first, const char* second) {
    command.footer(std::string("\nExamples:\n  ") + first + "\n  " + second);
}

}  // namespace sfmkit::cli
