#include "cli/commands.hpp"
#include "client/encoder/test_keys.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

struct NewKeysOptions {
    std::string folder;
    client::TestKeyOptions keys;
};

platform::Result<client::TestKeys> make_and_write(const NewKeysOptions& options, World& world) {
    client::TestKeyOptions wanted = options.keys;
    wanted.now = std::chrono::floor<std::chrono::seconds>(world.clock.wall_now());
    auto keys = client::make_test_keys(wanted, world.random, world.algorithms);
    if (!keys) return keys;
    auto written = client::write_test_keys(world.files, *keys, options.folder);
    if (!written) return platform::fail(written.error());
    return keys;
}

int new_keys(const NewKeysOptions& options, World& world) {
    const auto keys = make_and_write(options, world);
    if (!keys) return report_error(world, keys.error());
    for (const client::TestKeyFile& file : keys->files) {
        const bool is_private = file.access == platform::Access::owner_only;
        world.output << fmt::format(
            "{}{}\n",
            (std::filesystem::path(options.folder) / file.name).string(),
            is_private ? "  (private)" : ""
        );
    }
    world.output << fmt::format(
        "\npassword of recipient.pfx: {}\n"
        "Let your exporter encrypt for recipient.cer, then: sfmkit verify EXPORT --key {}\n",
        keys->pfx_password,
        (std::filesystem::path(options.folder) / "recipient.pfx").string()
    );
    return exit_code::conforms;
}

}  // namespace

void declare_keys(CLI::App& parser, World& world, int& exit_code) {
    CLI::App* keys = parser.add_subcommand("keys", "Make keys and certificates for tests");
    keys->require_subcommand(1);
    set_examples(*keys, "sfmkit keys new keys", "sfmkit keys new --help");

    const auto options = std::make_shared<NewKeysOptions>();
    CLI::App* command = keys->add_subcommand(
        "new", "Make a recipient, a server certificate with its authority and a token issuer"
    );
    command->add_option("DIR", options->folder, "Folder for the files; nothing is overwritten")
        ->required();
    command->add_option("--bits", options->keys.recipient_bits, "RSA size of the recipient")
        ->option_text("2048|3072|4096 [2048]");
    command
        ->add_option(
            "--host", options->keys.hosts, "A further name or address of the server (repeatable)"
        )
        ->option_text("NAME")
        ->allow_extra_args(false);
    set_examples(
        *command, "sfmkit keys new keys", "sfmkit keys new keys --bits 4096 --host sfm.test"
    );
    command->callback([options, &world, &exit_code] { exit_code = new_keys(*options, world); });
}

}  // namespace sfmkit::cli
