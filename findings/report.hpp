#pragma once

#include "findings/finding.hpp"
#include "findings/rule.hpp"
#include "platform/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::findings {

/// What the findings say together; the exit code of a command that judges follows from it.
enum class Conclusion { conforms, does_not_conform, inconclusive };
std::string_view name_of(Conclusion conclusion) noexcept;

struct Verdict {
    Conclusion conclusion = Conclusion::inconclusive;
    std::string reason = {};  ///< one clause for a person

    bool operator==(const Verdict&) const = default;
};

/// Findings by severity. Errors are counted a second time by what they do to the verdict.
struct Counts {
    std::uint64_t errors = 0;
    std::uint64_t warnings = 0;
    std::uint64_t infos = 0;
    std::uint64_t blocked_by_published_source = 0;
    std::uint64_t blocked_outright = 0;  ///< by inference, but no reader can open such a file
    std::uint64_t blocked_by_inference_only = 0;
    std::uint64_t key_in_doubt = 0;
    std::uint64_t muted = 0;       ///< would block outright, had no override said otherwise
    std::uint64_t not_listed = 0;  ///< counted above, left out of findings to keep them readable

    bool operator==(const Counts&) const = default;
};

/// How much was looked at.
struct Coverage {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;      ///< of these files, as they lie there
    std::uint64_t decrypted = 0;  ///< files whose key and last block were good
    std::uint64_t entries = 0;    ///< zip entries read to their end
    std::uint64_t documents = 0;  ///< XML documents parsed to their end

    bool operator==(const Coverage&) const = default;
};

/// A file that was read.
struct Input {
    std::string file = {};  ///< as in findings
    std::uint64_t bytes = 0;
    std::string sha256 = {};  ///< of all its bytes, as 64 hexadecimal digits

    bool operator==(const Input&) const = default;
};

/// What was judged, so that a report can be told from one of other files.
struct Inputs {
    static constexpr std::size_t most_listed = 1000;

    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    /// Over the lines `<sha256>  <file>` and a line feed of all inputs, in the order in which they
    /// are judged: what sha256sum prints.
    std::string sha256 = {};
    std::vector<Input> listed = {};  ///< the first ones

    bool operator==(const Inputs&) const = default;
};

/// Something that was not judged, and why; the same gap of many files is told once.
struct Gap {
    std::string what = {};    ///< a stage, or rule ids
    std::string reason = {};  ///< one clause
    std::string file = {};    ///< the first file; empty when it is about the whole run
    std::uint64_t files = 1;
    std::string superseded_by = {};  ///< the rule that told the mistake in place of these
    std::string last_file = {};      ///< the last one counted; not told

    bool operator==(const Gap&) const = default;
};

/// How often one rule is broken. Findings beyond a limit are counted and not listed.
struct RuleCount {
    const Rule* rule = nullptr;  ///< never null
    std::uint64_t errors = 0;
    std::uint64_t warnings = 0;
    std::uint64_t infos = 0;
    std::uint64_t listed = 0;

    std::uint64_t of(Severity severity) const noexcept;
    bool operator==(const RuleCount&) const = default;
};

/// A severity that the user put in the place of the row's.
struct Override {
    std::string rule = {};
    Severity by_profile = Severity::error;
    Severity severity = Severity::error;

    bool operator==(const Override&) const = default;
};

/// What a run of judging found. All report formats are written from this value.
struct Report {
    std::string tool = "sfmkit";
    std::string version = SFMKIT_VERSION;
    std::string ruleset;
    Profile profile = Profile::strict;
    platform::WallTime started{};
    std::optional<std::uint64_t> seed = {};
    std::string target;
    Verdict verdict;
    Counts counts;
    Coverage coverage;
    Inputs inputs;
    std::vector<Finding> findings;
    std::vector<Gap> not_reached;  ///< an earlier failure or a missing input stood before it
    std::vector<Gap> not_checked;  ///< needs something that was not handed in

    /// All rules that the run knows, whether it came to judge by them or not.
    std::vector<const Rule*> rules;
    /// Rules that have findings, once each, in the order of their first one.
    std::vector<RuleCount> broken_rules;
    std::vector<Override> overrides;  ///< of --severity, in the order of the file
    /// Why the run could not be finished (wrong key, unreadable file); empty when it could.
    std::string cut_short;
    bool interrupted = false;  ///< somebody stopped the run; the report tells of a part of it
    bool key_missing = false;  ///< a private key would have let the run go on
};

/// From counts, overrides and what cut the run short: published and outright errors decide; then
/// whatever leaves the answer open; then it conforms.
Verdict verdict_of(const Report& report);

/// Exit code of design section 4: 0, 1 or 3.
int exit_code_for(Conclusion conclusion) noexcept;

}  // namespace sfmkit::findings
