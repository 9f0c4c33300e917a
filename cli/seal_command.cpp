#include "cli/commands.hpp"
#include "cli/recipient_certificate.hpp"
#include "client/encoder/seal_file.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

struct SealOptions {
    std::string input;
    std::string output;
    std::string recipient;
    std::string extension;
    bool force = false;
};

platform::Result<std::string> extension_for(const SealOptions& options) {
    if (!options.extension.empty()) return options.extension;
    std::string extension = client::extension_of_plaintext(options.input);
    if (!extension.empty()) return extension;
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "the name does not tell what the file holds",
        .where = options.input,
        .expected = "a name that ends in .zip, .dat, .pat, .xps or .rpt, or --ext",
        .next = "sfmkit seal " + options.input + " OUT --recipient CERT --ext zip",
    });
}

platform::Result<std::uint64_t> seal(const SealOptions& options, World& world) {
    const auto extension = extension_for(options);
    if (!extension) return platform::fail(extension.error());
    const auto recipient = read_recipient_certificate(world, options.recipient);
    if (!recipient) return platform::fail(recipient.error());
    const client::Sealing sealing{*recipient, world.random, world.algorithms};
    auto size = client::seal_file(
        world.files,
        sealing,
        {.input = options.input,
         .output = options.output,
         .extension = *extension,
         .existing = options.force ? platform::Existing::replace : platform::Existing::keep_and_fail
        }
    );
    if (!size && size.error().code == platform::Errc::already_exists) {
        size.error().next = "name another OUT, or add --force to replace it";
    }
    return size;
}

}  // namespace

void declare_seal(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<SealOptions>();
    CLI::App* command = parser.add_subcommand("seal", "Encrypt one file for a recipient");
    command->add_option("IN", options->input, "The plain file: a zip archive or an XPS report")
        ->required();
    command->add_option("OUT", options->output, "The encrypted file")->required();
    command
        ->add_option("--recipient", options->recipient, "Certificate with an RSA key, PEM or DER")
        ->option_text("CERT")
        ->required();
    command
        ->add_option(
            "--ext", options->extension, "Extension told to the reader; default: taken from IN"
        )
        ->option_text("EXT");
    command->add_flag("--force", options->force, "Replace OUT if it exists");
    set_examples(
        *command,
        "sfmkit seal patient.zip 0e7bfd89-ff43-4c5a-a9e2-1af46ae33672.pat --recipient "
        "keys/recipient.cer",
        "sfmkit seal ExportData.zip ExportData.dat --recipient nhn.pem --ext zip"
    );
    command->callback([options, &world, &exit_code] {
        const auto size = seal(*options, world);
        if (!size) {
            exit_code = report_error(world, size.error());
            return;
        }
        world.output << fmt::format("sealed {} ({} bytes)\n", options->output, *size);
        exit_code = exit_code::conforms;
    });
}

}  // namespace sfmkit::cli
