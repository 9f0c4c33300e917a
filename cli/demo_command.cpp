#include "cli/commands.hpp"
#include "cli/demo_run.hpp"
#include "client/upload/progress.hpp"
#include "platform/process.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

namespace fs = std::filesystem;

struct DemoOptions {
    std::string folder = "sfmkit-demo";
    std::uint64_t seed = 1;
    std::uint64_t patients = 12;
};

/// The first folder `1`, `2`, … below the one named that is not there yet: runs do not mix.
platform::Result<fs::path> new_folder(World& world, const fs::path& parent) {
    for (unsigned number = 1;; ++number) {
        const fs::path candidate = parent / std::to_string(number);
        const auto status = world.files.status(candidate);
        if (!status) return platform::fail(status.error());
        if (status->has_value()) continue;
        if (auto made = world.files.make_directories(candidate); !made) {
            return platform::fail(std::move(made.error()));
        }
        return candidate;
    }
}

void print_result(World& world, const DemoResult& result, const DemoPlaces& places) {
    std::ostream& out = world.output;
    out << fmt::format(
        "  export    {} files, {}, encrypted for {}\n",
        result.export_files,
        client::print_size(result.export_bytes),
        (places.keys / "recipient.cer").string()
    );
    out << fmt::format(
        "  upload    interrupted {} times on purpose:\n", result.interruptions.size()
    );
    for (const std::string& sentence : result.interruptions)
        out << "              " << sentence << '\n';
    out << fmt::format(
        "  received  {} of {} files, byte for byte equal\n", result.equal_files, result.export_files
    );
    const double needed = static_cast<double>(result.migration.bytes_needed());
    out << fmt::format(
        "  waste     {:.3f} (bytes sent / bytes needed)\n",
        static_cast<double>(result.migration.bytes_sent()) / needed
    );
    const auto& counts = result.report.counts;
    out << fmt::format(
        "  verdict   {}: {} errors, {} warnings, {} notes in {} files\n",
        findings::name_of(result.report.verdict.conclusion),
        counts.errors,
        counts.warnings,
        counts.infos,
        result.report.coverage.files
    );
    out << fmt::format("  report    {}\n", places.text_report.string());
}

void print_next_steps(World& world, const DemoPlaces& places) {
    const std::string program = platform::this_program().string();
    const std::string key = (places.keys / "recipient.key.pem").string();
    world.output << fmt::format(
        "\nnext, with your own exporter set to encrypt for {}:\n"
        "  {} verify {} --key {}\n"
        "  {} serve --key {}\n"
        "  {} upload {} --url http://127.0.0.1:8080/files/\n",
        (places.keys / "recipient.cer").string(),
        program,
        places.exported.string(),
        key,
        program,
        key,
        program,
        places.exported.string()
    );
}

/// The demo has worked when all that it promises came true, not only the last step.
int judge(World& world, const DemoResult& result) {
    constexpr std::size_t promised_interruptions = 3;
    if (result.interruptions.size() != promised_interruptions ||
        result.equal_files != result.export_files) {
        world.error << "error: the demo did not come through as planned [ERR-internal]\n";
        return exit_code::harness_error;
    }
    return findings::exit_code_for(result.report.verdict.conclusion);
}

int demo(World& world, const DemoOptions& options) {
    const auto folder = new_folder(world, options.folder);
    if (!folder) return report_error(world, folder.error());
    world.output << fmt::format(
                        "a migration of {} synthetic patients, in {}\n\n",
                        options.patients,
                        folder->string()
                    )
                 << std::flush;
    const auto result = run_demo(
        world,
        {.folder = *folder,
         .program = platform::this_program(),
         .seed = options.seed,
         .patients = options.patients}
    );
    if (!result) return report_error(world, result.error());
    const DemoPlaces places(*folder);
    print_result(world, *result, places);
    print_next_steps(world, places);
    return judge(world, *result);
}

}  // namespace

void declare_demo(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<DemoOptions>();
    CLI::App* command = parser.add_subcommand(
        "demo", "Run the main job once: export, upload with interruptions, verify"
    );
    command->add_option("--output", options->folder, "Where a new numbered folder is made")
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Same seed, same patients")->capture_default_str();
    command->add_option("--patients", options->patients, "How many patients")
        ->capture_default_str()
        ->check(CLI::Range(std::uint64_t{8}, std::uint64_t{1000}));
    set_examples(*command, "sfmkit demo", "sfmkit demo --patients 100 --output /tmp/demo");
    command->callback([options, &world, &exit_code] { exit_code = demo(world, *options); });
}

}  // namespace sfmkit::cli
