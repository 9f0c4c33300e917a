#pragma once

#include "cli/key_options.hpp"
#include "cli/stop_flag.hpp"
#include "findings/screen.hpp"
#include "verifier/verify_job.hpp"
#include "verifier/xml_schema.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sfmkit::cli {

/// By what an export is judged, as `verify` and `upload --verify-first` take it.
struct JudgingOptions {
    KeyOptions key;
    std::string certificate;
    std::string schema;
    std::string profile = "strict";
    std::uint64_t max_xml = verifier::Limits().tree_bytes;
    bool production = false;
    std::string severities;
    std::size_t jobs = 0;  ///< 0: one a core
};

/// Adds `--key` and what goes with it, `--cert`, `--profile`, `--schema`, `--severity`,
/// `--production`, `--max-xml` and `--jobs`. The options must outlive the parser.
void add_judging_options(CLI::App& command, JudgingOptions& options);

/// Everything that the options name, read before the work begins.
struct JudgingInputs {
    findings::Profile profile = findings::Profile::strict;
    std::optional<platform::PrivateKey> key;
    std::optional<platform::Certificate> certificate;
    std::optional<verifier::XmlSchema> schema;
    std::vector<findings::Override> overrides;
};

platform::Result<JudgingInputs> read_inputs(const JudgingOptions& options, World& world);
/// The files that the options name.
std::vector<std::string> input_files(const JudgingOptions& options);

/// Judges a folder or a file, until the flag ends it early. The observer is told; with
/// show_progress a person at the terminal sees how far it is.
platform::Result<findings::Report> judge(
    World& world,
    const std::string& path,
    const JudgingOptions& options,
    const JudgingInputs& inputs,
    verifier::VerifyObserver& observer,
    const StopFlag& stop,
    bool show_progress
);

/// How the verifier was called, for the next commands on the screen.
findings::ScreenOptions screen_options(const std::string& path, const JudgingOptions& options);

}  // namespace sfmkit::cli
