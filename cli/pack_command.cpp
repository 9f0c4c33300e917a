#include "cli/commands.hpp"
#include "cli/recipient_certificate.hpp"
#include "client/encoder/pack.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <ostream>
#include <string>
#include <thread>

namespace sfmkit::cli {
namespace {

struct PackCommandOptions {
    std::string plain;
    std::string output;
    std::string recipient;
    std::size_t jobs = 0;
};

platform::Result<client::PackSummary> pack(const PackCommandOptions& options, World& world) {
    const auto recipient = read_recipient_certificate(world, options.recipient);
    if (!recipient) return platform::fail(recipient.error());
    const client::Sealing sealing{*recipient, world.random, world.algorithms};
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    return client::pack_export(
        world.files,
        sealing,
        {.plain = options.plain,
         .output = options.output,
         .threads = options.jobs == 0 ? cores : options.jobs,
         .now = std::chrono::floor<std::chrono::seconds>(world.clock.wall_now())}
    );
}

}  // namespace

void declare_pack(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<PackCommandOptions>();
    CLI::App* command =
        parser.add_subcommand("pack", "Pack plain documents into an encrypted export");
    command
        ->add_option(
            "PLAIN",
            options->plain,
            "Folder with ExportData.xml, Patients/<guid>/ and Reports/<guid>.xps"
        )
        ->required();
    command
        ->add_option("OUT", options->output, "The export folder: new, empty, or begun by this call")
        ->required();
    command
        ->add_option("--recipient", options->recipient, "Certificate with an RSA key, PEM or DER")
        ->option_text("CERT")
        ->required();
    command->add_option("--jobs", options->jobs, "Files packed at once; default: one a core")
        ->option_text("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{256}));
    set_examples(
        *command,
        "sfmkit pack plain export --recipient keys/recipient.cer",
        "sfmkit generate plain --plain && sfmkit pack plain export --recipient keys/recipient.cer"
    );
    command->callback([options, &world, &exit_code] {
        const auto summary = pack(*options, world);
        if (!summary) {
            exit_code = report_error(world, summary.error());
            return;
        }
        world.output << fmt::format(
            "packed {}: {} patients, {} reports, {} bytes{}\n",
            options->output,
            summary->written.patients,
            summary->written.reports,
            summary->written.bytes,
            summary->already_there == 0
                ? ""
                : fmt::format(" ({} files were there already)", summary->already_there)
        );
        exit_code = exit_code::conforms;
    });
}

}  // namespace sfmkit::cli
