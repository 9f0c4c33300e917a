#include "tests/support/run_program.hpp"

#include "platform/process.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <stdexcept>

namespace sfmkit::test {

ProgramRun run_program(
    const std::filesystem::path& program,
    const std::vector<std::string>& arguments,
    std::chrono::seconds limit
) {
    const auto found =
        program.has_parent_path() ? std::optional(program) : find_program(program.string());
    if (!found) throw std::runtime_error("no such program: " + program.string());
    const TemporaryFolder folder;
    auto child = platform::ChildProcess::start(
        {.program = *found, .arguments = arguments, .output = folder / "output"}
    );
    if (!child) throw std::runtime_error(platform::describe(child.error()));
    const auto code = child->wait_for(limit);
    if (!code) throw std::runtime_error(program.string() + " did not end in time");
    return {.exit_code = *code, .output = read_file(folder / "output")};
}

}  // namespace sfmkit::test
