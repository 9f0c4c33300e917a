#include "cli/commands.hpp"
#include "cli/private_key_file.hpp"
#include "platform/terminal.hpp"
#include "verifier/checked_plaintext.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

struct OpenOptions {
    std::string file;
    std::string key;
    std::string output;
    std::string pass_phrase_file;
    bool raw = false;
};

constexpr std::size_t piece_bytes = std::size_t{64} * 1024;

/// Hands the plaintext to the sink piece by piece.
template <class Sink>
platform::Result<std::uint64_t> copy(const platform::ReadableFile& plaintext, Sink sink) {
    platform::ByteBuffer piece(piece_bytes);
    std::uint64_t offset = 0;
    while (true) {
        const auto count = plaintext.read_at(offset, piece);
        if (!count) return platform::fail(count.error());
        if (*count == 0) return offset;
        auto written = sink(platform::Bytes(piece).first(*count));
        if (!written) return platform::fail(written.error());
        offset += *count;
    }
}

platform::Result<std::uint64_t> write_new_file(
    World& world, const platform::ReadableFile& plaintext, const std::string& path
) {
    const auto existing = world.files.status(path);
    if (!existing) return platform::fail(existing.error());
    if (*existing) {
        return platform::fail({
            .code = platform::Errc::already_exists,
            .what = "the output file exists",
            .where = path,
            .expected = "a name that is free",
            .next = "name another file with --output, or remove this one",
        });
    }
    // Beside the target and renamed at the end: an output that is there is whole.
    const std::string partial = path + ".partial";
    auto file =
        world.files.create(partial, platform::Existing::replace, platform::Access::owner_only);
    if (!file) return platform::fail(file.error());
    const auto close = [&]() -> platform::Result<std::uint64_t> {
        auto size = copy(plaintext, [&](platform::Bytes piece) { return (*file)->append(piece); });
        if (!size) return size;
        if (auto closed = (*file)->close(); !closed) return platform::fail(closed.error());
        if (auto renamed = world.files.rename(partial, path); !renamed) {
            return platform::fail(renamed.error());
        }
        return size;
    };
    auto size = close();
    if (!size) {
        file->reset();
        static_cast<void>(world.files.remove(partial));
    }
    return size;
}

platform::Result<std::uint64_t> write_to_output(
    World& world, const platform::ReadableFile& plaintext
) {
    auto size = copy(plaintext, [&world](platform::Bytes piece) -> platform::Result<void> {
        const std::string_view text = platform::as_text(piece);
        world.output.write(text.data(), static_cast<std::streamsize>(text.size()));
        if (world.output) return {};
        return platform::fail({
            .code = platform::Errc::input_output,
            .what = "the standard output takes no more bytes",
        });
    });
    world.output.flush();
    return size;
}

platform::Result<void> open_file(const OpenOptions& options, World& world) {
    if (options.output.empty() && platform::is_terminal(platform::Stream::output)) {
        return platform::fail({
            .code = platform::Errc::usage,
            .what = "patient data is not written to a terminal",
            .expected = "--output OUT, or a pipe behind",
            .next = "sfmkit open " + options.file + " --key " + options.key + " --output OUT.zip",
        });
    }
    const auto key = read_private_key(world, options.key, options.pass_phrase_file);
    if (!key) return platform::fail(key.error());
    const auto opened = verifier::open_checked(
        {world.files, world.clock, world.algorithms},
        options.file,
        *key,
        options.raw ? verifier::Release::raw : verifier::Release::zip_only
    );
    if (!opened) return platform::fail(opened.error());
    const auto size = options.output.empty()
                          ? write_to_output(world, *opened->plaintext)
                          : write_new_file(world, *opened->plaintext, options.output);
    if (!size) return platform::fail(size.error());
    for (const findings::Finding& remark : opened->remarks) {
        if (remark.severity != findings::Severity::error) continue;
        world.error << fmt::format("note: {} [{}]\n", remark.message, remark.rule);
    }
    if (!options.output.empty()) {
        world.error << fmt::format("opened {} ({} bytes)\n", options.output, *size);
    }
    return {};
}

}  // namespace

void declare_open(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<OpenOptions>();
    CLI::App* command = parser.add_subcommand("open", "Decrypt one file of an export");
    command->add_option("FILE", options->file, "The encrypted .dat, .pat or .rpt file")->required();
    command->add_option("--key", options->key, "Private key: PEM, DER or PKCS#12")
        ->option_text("KEY")
        ->required();
    command->add_option("--output", options->output, "A new file; default: the standard output")
        ->option_text("OUT");
    command->add_flag("--raw", options->raw, "Also release what is no sound zip archive");
    command->add_option("--pass-phrase-file", options->pass_phrase_file, "Its first line opens KEY")
        ->option_text("FILE");
    set_examples(
        *command,
        "sfmkit open export/ExportData.dat --key keys/recipient.key.pem --output ExportData.zip",
        "sfmkit open export/ExportData.dat --key keys/recipient.pfx | bsdtar -tf -"
    );
    command->callback([options, &world, &exit_code] {
        const auto opened = open_file(*options, world);
        exit_code = opened ? exit_code::conforms : report_error(world, opened.error());
    });
}

}  // namespace sfmkit::cli
