#pragma once

#include "findings/report.hpp"
#include "platform/clock.hpp"
#include "platform/files.hpp"
#include "platform/keys.hpp"
#include "platform/openssl.hpp"
#include "platform/result.hpp"
#include "verifier/limits.hpp"
#include "verifier/rules/catalogue.hpp"
#include "verifier/verify_observer.hpp"
#include "verifier/xml_schema.hpp"

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace sfmkit::verifier {

/// What verifying needs from the world.
struct VerifyWorld {
    platform::Files& files;
    const platform::Clock& clock;
    const platform::CryptoAlgorithms& algorithms;
};

/// How to judge. Without a key or certificate, rules are left unreached, and the report says so.
struct VerifyOptions {
    findings::Profile profile = findings::Profile::strict;
    const platform::PrivateKey* key = nullptr;
    const platform::Certificate* certificate = nullptr;
    const XmlSchema* schema = nullptr;  ///< our own when none is handed in
    Limits limits = {};
    RuleSet rules = standard_rules();
    std::vector<findings::Override> overrides = {};  ///< severities in place of the profile's
    VerifyObserver* observer = nullptr;              ///< outlives the run
    bool production = false;                         ///< no test data: real numbers are right
    std::size_t jobs = 1;                            ///< files read at once
    /// Set from any thread: the run ends soon, with a report on what was judged by then.
    const std::atomic<bool>* cancelled = nullptr;

    bool is_cancelled() const noexcept { return cancelled != nullptr && *cancelled; }
};

/// Judges an export folder, or one file by its name. The report does not depend on the number of
/// jobs. An error only when the path itself cannot be
/// read; all that is wrong with the export stands in the report.
platform::Result<findings::Report> verify_path(
    const VerifyWorld& world, const std::filesystem::path& path, const VerifyOptions& options
);

/// Judges one file as if it had this name, e.g. a finished upload under its metadata name:
/// `ExportData.dat`, `<guid>.pat`, `<guid>.rpt`. Any other name is judged by what is inside.
platform::Result<findings::Report> verify_file(
    const VerifyWorld& world,
    const std::filesystem::path& path,
    const std::string& name,
    const VerifyOptions& options
);

}  // namespace sfmkit::verifier
