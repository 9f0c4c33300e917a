#include "cli/commands.hpp"
#include "cli/key_options.hpp"
#include "platform/signals.hpp"
#include "platform/terminal.hpp"
#include "verifier/checked_plaintext.hpp"

#include <CLI/App.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

struct OpenOptions {
    std::string file;
    KeyOptions key;
    std::string output;
    bool raw = false;
    bool lenient = false;
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

/// Notes SIGINT and SIGTERM instead of ending the program, so that no half plaintext stays behind.
class Interruption {
  public:
    Interruption() : signals_(context_.get_executor(), [this] { came_ = true; }) {}

    bool came() {
        context_.poll();
        return came_;
    }

  private:
    boost::asio::io_context context_{1};
    bool came_ = false;
    platform::StopSignals signals_;
};

/// The file that --output names, and no other: plaintext never lies under a name that nobody asked
/// for, not even when the program is killed. Removed again unless it was kept.
class NewFile {
  public:
    static platform::Result<NewFile> create(platform::Files& files, const std::string& path) {
        auto file =
            files.create(path, platform::Existing::keep_and_fail, platform::Access::owner_only);
        if (!file) return platform::fail(file.error());
        return NewFile(files, path, std::move(*file));
    }
    NewFile(NewFile&& other) noexcept = default;
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile() {
        if (file_ == nullptr) return;
        file_.reset();
        // The error that led here is told; this one would say nothing more.
        static_cast<void>(files_->remove(path_));
    }

    platform::WritableFile& file() noexcept { return *file_; }
    platform::Result<void> keep() {
        if (auto closed = file_->close(); !closed) return closed;
        file_ = nullptr;
        return {};
    }

  private:
    NewFile(platform::Files& files, std::string path, std::unique_ptr<platform::WritableFile> file)
        : files_(&files), path_(std::move(path)), file_(std::move(file)) {}

    platform::Files* files_;
    std::string path_;
    std::unique_ptr<platform::WritableFile> file_;  ///< null once kept or moved from
};

/// The exit code: conforms, or interrupted with nothing left.
platform::Result<int> write_new_file(
    World& world, const platform::ReadableFile& plaintext, const std::string& path
) {
    Interruption interruption;
    auto file = NewFile::create(world.files, path);
    if (!file) {
        if (file.error().code == platform::Errc::already_exists) {
            file.error().next = "name another file with --output, or remove this one";
        }
        return platform::fail(file.error());
    }
    const auto size = copy(plaintext, [&](platform::Bytes piece) -> platform::Result<void> {
        if (interruption.came()) return platform::fail({.code = platform::Errc::cancelled});
        return file->file().append(piece);
    });
    if (interruption.came()) {
        world.error << fmt::format("interrupted; {} was not written\n", path);
        return exit_code::interrupted;
    }
    if (!size) return platform::fail(size.error());
    if (auto kept = file->keep(); !kept) return platform::fail(kept.error());
    world.error << fmt::format("opened {} ({} bytes)\n", path, *size);
    return exit_code::conforms;
}

platform::Result<int> write_to_output(World& world, const platform::ReadableFile& plaintext) {
    const auto size = copy(plaintext, [&world](platform::Bytes piece) -> platform::Result<void> {
        const std::string_view text = platform::as_text(piece);
        world.output.write(text.data(), static_cast<std::streamsize>(text.size()));
        if (world.output) return {};
        return platform::fail({
            .code = platform::Errc::input_output,
            .what = "the standard output takes no more bytes",
        });
    });
    world.output.flush();
    if (!size) return platform::fail(size.error());
    return exit_code::conforms;
}

platform::Result<int> open_file(const OpenOptions& options, World& world) {
    if (options.output.empty() && platform::is_terminal(platform::Stream::output)) {
        return platform::fail({
            .code = platform::Errc::usage,
            .what = "patient data is not written to a terminal",
            .expected = "--output OUT, or a pipe behind",
            .next =
                "sfmkit open " + options.file + " --key " + options.key.key + " --output OUT.zip",
        });
    }
    const auto key = read_private_key(world, options.key);
    if (!key) return platform::fail(key.error());
    auto opened = verifier::open_checked(
        {world.files, world.clock, world.algorithms},
        options.file,
        *key,
        options.raw ? verifier::Release::raw : verifier::Release::zip_only,
        options.lenient ? verifier::Tolerance::pass_over : verifier::Tolerance::refuse
    );
    if (!opened) {
        std::string& next = opened.error().next;
        next = verifier::with_names(next, options.file, options.key.key);
        return platform::fail(opened.error());
    }
    for (const verifier::Diagnosis& remark : opened->remarks) {
        world.error << fmt::format("note: {} [{}]\n", remark.summary, remark.rule);
    }
    return options.output.empty() ? write_to_output(world, *opened->plaintext)
                                  : write_new_file(world, *opened->plaintext, options.output);
}

}  // namespace

void declare_open(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<OpenOptions>();
    CLI::App* command = parser.add_subcommand("open", "Decrypt one file of an export");
    command->add_option("FILE", options->file, "The encrypted .dat, .pat or .rpt file")->required();
    add_key_options(*command, options->key, KeyNeed::required);
    command->add_option("--output", options->output, "A new file; default: the standard output")
        ->option_text("OUT");
    command->add_flag("--raw", options->raw, "Also release what is no sound zip archive");
    command->add_flag(
        "--lenient", options->lenient, "Also open what only a tolerant reader does: see the README"
    );
    set_examples(
        *command,
        "sfmkit open export/ExportData.dat --key keys/recipient.key.pem --output ExportData.zip",
        "sfmkit open export/ExportData.dat --key keys/recipient.pfx | bsdtar -tf -"
    );
    command->callback([options, &world, &exit_code] {
        const auto code = open_file(*options, world);
        exit_code = code ? *code : report_error(world, code.error());
    });
}

}  // namespace sfmkit::cli
