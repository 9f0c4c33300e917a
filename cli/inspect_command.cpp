#include "cli/commands.hpp"
#include "cli/inspect_report.hpp"
#include "cli/key_options.hpp"
#include "verifier/checked_plaintext.hpp"
#include "wire/sfm_names.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace sfmkit::cli {
namespace {

struct InspectOptions {
    std::string file;
    KeyOptions key;
    std::string entry;
    std::string xpath;
    std::size_t lines = 200;
    bool show_personal_data = false;
    bool json = false;
};

platform::Result<void> check_file(const std::string& path, World& world) {
    const auto status = world.files.status(path);
    if (!status) return platform::fail(status.error());
    if (!*status || (*status)->kind != platform::FileKind::directory) return {};
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "this is a folder; inspect looks at one file",
        .where = path,
        .expected = "a .dat, .pat or .rpt file",
        .next = "sfmkit verify " + path + " judges all of it; sfmkit inspect " +
                (std::filesystem::path(path) / "ExportData.dat").string() + " shows one file",
    });
}

/// 0 when nothing stands in the way of reading the file.
int code_of(const verifier::Inspection& inspection, const std::string& file) {
    int code = exit_code::conforms;
    for (const verifier::Diagnosis& diagnosis : inspection.envelope.diagnoses) {
        if (diagnosis.row().weight == verifier::Weight::remark) continue;
        if (code != exit_code::conforms) break;
        code = platform::exit_code_for(verifier::error_of(diagnosis, file).code);
    }
    const auto& tree = inspection.tree;
    const bool damaged =
        tree && (!tree->problem.empty() ||
                 std::ranges::any_of(tree->entries, [](const verifier::TreeEntry& entry) {
                     return !entry.sound;
                 }));
    return code == exit_code::conforms && damaged ? exit_code::does_not_conform : code;
}

/// The document that a file of an export is made for; in another archive the last entry.
std::string main_entry(const verifier::ArchiveTree& tree) {
    for (const std::string_view name :
         {wire::sfm::patient_document, wire::sfm::organisation_document}) {
        const auto& entries = tree.directory.entries;
        const bool there =
            std::ranges::find(entries, name, &verifier::ZipEntry::name) != entries.end();
        if (there) return std::string(name);
    }
    return std::to_string(tree.entries.size());
}

/// The part of the archive that --entry and --xpath ask for.
platform::Result<verifier::Preview> preview(
    const InspectOptions& options,
    const platform::ReadableFile& file,
    const verifier::Inspection& inspection
) {
    const auto* const archive = verifier::readable_archive(file, inspection.envelope);
    if (archive == nullptr) {
        const auto& diagnoses = inspection.envelope.diagnoses;
        const auto obstacle = std::ranges::find_if(diagnoses, [](const auto& diagnosis) {
            return diagnosis.row().weight > verifier::Weight::tolerable;
        });
        if (obstacle != diagnoses.end()) {
            auto error = verifier::error_of(*obstacle, options.file);
            error.next = verifier::with_names(error.next, options.file, options.key.key);
            return platform::fail(std::move(error));
        }
        return platform::fail({
            .code = platform::Errc::usage,
            .what = "the entries of an encrypted file are seen with its key only",
            .where = options.file,
            .expected = "--key KEY beside --entry and --xpath",
            .next = "sfmkit inspect --help",
        });
    }
    verifier::PreviewRequest request;
    request.entry = options.entry;
    request.xpath = options.xpath;
    request.max_lines = options.lines;
    request.personal =
        options.show_personal_data ? verifier::PersonalData::shown : verifier::PersonalData::masked;
    if (request.entry.empty() && inspection.tree) request.entry = main_entry(*inspection.tree);
    return verifier::preview_entry(*archive, request);
}

platform::Result<int> inspect(const InspectOptions& options, World& world) {
    if (auto right = check_file(options.file, world); !right) return platform::fail(right.error());
    std::optional<platform::PrivateKey> key;
    if (!options.key.key.empty()) {
        auto read = read_private_key(world, options.key);
        if (!read) return platform::fail(read.error());
        key = std::move(*read);
    }
    const auto file = world.files.open_for_reading(options.file);
    if (!file) return platform::fail(file.error());
    const auto personal =
        options.show_personal_data ? verifier::PersonalData::shown : verifier::PersonalData::masked;
    auto inspection =
        verifier::inspect(**file, key ? &*key : nullptr, world.algorithms, {}, personal);
    if (!inspection) return platform::fail(inspection.error());
    InspectReport report = {
        .file = options.file,
        .key = options.key.key,
        .inspection = std::move(*inspection),
        .preview = std::nullopt,
        .masked = !options.show_personal_data,
    };
    if (!options.entry.empty() || !options.xpath.empty()) {
        auto shown = preview(options, **file, report.inspection);
        if (!shown) return platform::fail(shown.error());
        const bool nothing = !options.xpath.empty() && shown->selected == 0;
        if (nothing) world.error << "note: the expression selects nothing in this entry\n";
        report.preview = std::move(*shown);
    }
    world.output << (options.json ? json_of(report) : text_of(report));
    return code_of(report.inspection, options.file);
}

}  // namespace

void declare_inspect(CLI::App& parser, World& world, int& exit_code) {
    const auto options = std::make_shared<InspectOptions>();
    CLI::App* command =
        parser.add_subcommand("inspect", "Show what one file of an export is made of");
    command->add_option("FILE", options->file, "A .dat, .pat or .rpt file, encrypted or plain")
        ->required();
    add_key_options(*command, options->key, KeyNeed::optional);
    command->add_option("--entry", options->entry, "Show this entry, by name or number, masked")
        ->option_text("NAME");
    command->add_option("--xpath", options->xpath, "Show what this selects; names without prefix")
        ->option_text("EXPR");
    command->add_option("--lines", options->lines, "How many lines of an entry at most")
        ->option_text("N [200]")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}));
    command->add_flag(
        "--show-personal-data", options->show_personal_data, "Do not mask names, numbers and texts"
    );
    command->add_flag("--json", options->json, "The same as JSON on the standard output");
    set_examples(
        *command,
        "sfmkit inspect export/ExportData.dat",
        "sfmkit inspect export/Patients0/ID.pat --key keys/recipient.key.pem --entry "
        "PatientData.xml --xpath \"//Melding/Type\""
    );
    command->callback([options, &world, &exit_code] {
        const auto code = inspect(*options, world);
        exit_code = code ? *code : report_error(world, code.error());
    });
}

}  // namespace sfmkit::cli
