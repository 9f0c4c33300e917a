#include "tests/support/measured_run.hpp"

#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <sstream>
#include <stdexcept>

namespace sfmkit::test {

MeasuredRun run_measured(
    const std::filesystem::path& program, const std::vector<std::string>& arguments
) {
    const TemporaryFolder folder;
    const auto figures = folder / "figures";
    std::vector<std::string> words{
        "--quiet", "--format", "%U %S %M", "--output", figures.string(), program.string()
    };
    words.insert(words.end(), arguments.begin(), arguments.end());
    const ProgramRun run = run_program("/usr/bin/time", words);
    double user_seconds = 0;
    double system_seconds = 0;
    std::uint64_t peak_kibibytes = 0;
    std::istringstream text(read_file(figures));
    if (!(text >> user_seconds >> system_seconds >> peak_kibibytes)) {
        throw std::runtime_error("time told no figures: " + run.output);
    }
    const std::chrono::duration<double> cpu_time(user_seconds + system_seconds);
    return {
        .exit_code = run.exit_code,
        .output = run.output,
        .cpu_time = std::chrono::duration_cast<std::chrono::milliseconds>(cpu_time),
        .peak_bytes = peak_kibibytes * 1024,
    };
}

bool measures_count() noexcept {
    // The presets with sanitizers or for debugging leave assertions on.
#ifdef NDEBUG
    return true;
#else
    return false;
#endif
}

}  // namespace sfmkit::test
