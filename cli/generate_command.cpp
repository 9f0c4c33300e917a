#include "cli/broken_export.hpp"
#include "cli/commands.hpp"
#include "cli/recipient_certificate.hpp"
#include "client/encoder/export_folder.hpp"
#include "client/encoder/synthetic/people.hpp"
#include "client/encoder/synthetic/synthetic_export.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

namespace sfmkit::cli {
namespace {

struct GenerateOptions {
    std::string output;
    std::string recipient;
    std::string shape = std::string(client::ordinary_shape().name);
    std::uint64_t seed = 1;
    std::optional<std::uint64_t> patients;
    std::optional<std::uint64_t> reports;
    std::uint64_t messages = 0;
    bool plain = false;
    std::string broken;
};

client::SyntheticSize size_of(const GenerateOptions& options) {
    const client::ExportShape& shape = *client::find_export_shape(options.shape);
    return {
        .patients = options.patients.value_or(shape.patients),
        .messages = options.messages,
        .reports = options.reports.value_or(shape.reports),
        .shape = &shape
    };
}

/// The help line of `--shape`, from the table of shapes.
std::string shape_help() {
    std::string text = "What the export is like:";
    for (const client::ExportShape& shape : client::export_shapes()) {
        text += fmt::format("\n{}: {}", shape.name, shape.about);
    }
    return text;
}

std::vector<std::string> shape_names() {
    std::vector<std::string> names;
    for (const client::ExportShape& shape : client::export_shapes()) names.emplace_back(shape.name);
    return names;
}

platform::Result<client::ExportSummary> generate(const GenerateOptions& options, World& world) {
    const client::SyntheticExport documents(options.seed, size_of(options));
    const client::WriteOptions writing{
        .threads = std::max(1U, std::thread::hardware_concurrency())
    };
    if (options.plain) {
        return client::write_plain_export(documents, world.files, options.output, writing);
    }
    if (options.recipient.empty()) {
        return platform::fail({
            .code = platform::Errc::usage,
            .what = "nobody to encrypt the export for",
            .where = "--recipient",
            .expected = "a certificate with --recipient, or --plain for unencrypted files",
            .next = "sfmkit keys new keys, then sfmkit generate " + options.output +
                    " --recipient keys/recipient.cer",
        });
    }
    const auto recipient = read_recipient_certificate(world, options.recipient);
    if (!recipient) return platform::fail(recipient.error());
    const client::Sealing sealing{*recipient, world.random, world.algorithms};
    return client::write_sealed_export(documents, world.files, sealing, options.output, writing);
}

void declare_options(CLI::App& command, GenerateOptions& options) {
    command.add_option("OUT", options.output, "The export folder: new or empty")->required();
    command.add_option("--seed", options.seed, "Same seed, same patients; default 1")
        ->option_text("N");
    command
        .add_option(
            "--patients", options.patients, "How many patients; default 12, or what the shape needs"
        )
        ->option_text("N")
        ->check(CLI::Range(std::uint64_t{0}, client::max_synthetic_patients));
    command.add_option("--messages", options.messages, "At least so many in each patient")
        ->option_text("N")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{10'000}));
    command
        .add_option(
            "--reports", options.reports, "How many XPS reports; default 2, or what the shape needs"
        )
        ->option_text("N")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{100'000}));
    command.add_option("--shape", options.shape, shape_help())
        ->option_text("NAME")
        ->check(CLI::IsMember(shape_names()));
    auto* recipient =
        command
            .add_option("--recipient", options.recipient, "Certificate with an RSA key, PEM or DER")
            ->option_text("CERT");
    command.add_flag("--plain", options.plain, "Write unencrypted documents")->excludes(recipient);
    command
        .add_option(
            "--break",
            options.broken,
            "One patient, and exactly this rule is violated: an id, e.g. ENV-11, or one way of "
            "several to break it, e.g. ENV-11:SHA-1. Without --recipient, the private key is "
            "written beside the folder, as OUT.key.pem"
        )
        ->option_text("RULE[:NAME]")
        ->excludes("--plain")
        ->excludes("--patients")
        ->excludes("--messages")
        ->excludes("--reports")
        ->excludes("--shape");
}

/// Says what was broken, where, and how to see it.
int generate_broken_export(const GenerateOptions& options, World& world) {
    const auto broken = generate_broken(
        world,
        {.output = options.output,
         .recipient = options.recipient,
         .recipe = options.broken,
         .seed = options.seed}
    );
    if (!broken) return report_error(world, broken.error());
    world.output << fmt::format(
        "generated {}: violates {} and nothing else, seed {}\nrule: {}\nhow: {}\n",
        options.output,
        broken->rule,
        options.seed,
        broken->title,
        broken->name
    );
    for (const std::string& place : broken->places) world.output << "where: " << place << '\n';
    world.output << "see it: " << broken->verify_command << '\n';
    if (!broken->further_ways.empty()) {
        world.output << fmt::format("other ways: {}\n", fmt::join(broken->further_ways, ", "));
    }
    return exit_code::conforms;
}

}  // namespace

void declare_generate(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<GenerateOptions>();
    CLI::App* command =
        parser.add_subcommand("generate", "Make an export of synthetic patients from a seed");
    declare_options(*command, *options);
    set_examples(
        *command,
        "sfmkit generate export --patients 100 --recipient keys/recipient.cer",
        "sfmkit generate broken --break ENV-11"
    );
    command->callback([options, &world, &exit_code] {
        if (!options->broken.empty()) {
            exit_code = generate_broken_export(*options, world);
            return;
        }
        const auto summary = generate(*options, world);
        if (!summary) {
            exit_code = report_error(world, summary.error());
            return;
        }
        world.output << fmt::format(
            "generated {}: {} patients, {} reports, {} bytes, seed {}\n",
            options->output,
            summary->patients,
            summary->reports,
            summary->bytes,
            options->seed
        );
        exit_code = exit_code::conforms;
    });
}

}  // namespace sfmkit::cli
