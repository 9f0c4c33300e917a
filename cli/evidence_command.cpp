#include "cli/commands.hpp"
#include "cli/evidence_diff.hpp"
#include "cli/evidence_har.hpp"
#include "cli/evidence_log.hpp"
#include "findings/report_text.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>
#include <type_traits>
#include <utility>

namespace sfmkit::cli {
namespace {

struct EvidenceOptions {
    std::string folder;
    std::string other;
    mockserver::RequestQuery query;
    std::uint64_t run_a = 0;
    std::uint64_t run_b = 0;
    bool json = false;
};

void add_choice(CLI::App& command, EvidenceOptions& options) {
    command.add_option("DIR", options.folder, "The data directory of a server")->required();
    command.add_option("--run", options.query.run, "Only this start of the server, counted from 1")
        ->option_text("N");
    command.add_option("--upload", options.query.upload, "Only requests about this upload")
        ->option_text("ID");
    command.add_option("--session", options.query.session, "Only uploads with this SessionId")
        ->option_text("ID");
}

using Writer =
    platform::Result<void> (*)(KeptEvidence&, const mockserver::RequestQuery&, std::ostream&);

platform::Result<void> tell(const EvidenceOptions& options, Writer write, World& world) {
    auto evidence = KeptEvidence::open(options.folder);
    if (!evidence) return platform::fail(evidence.error());
    if (options.query.run != 0) {
        const auto run = evidence->run(options.query.run);
        if (!run) return platform::fail(run.error());
    }
    return write(*evidence, options.query, world.output);
}

/// The runs that are compared: those that are named, else the last one of each folder; of one
/// folder the last two.
platform::Result<std::pair<mockserver::RunRow, mockserver::RunRow>> chosen_runs(
    const EvidenceOptions& options, const KeptEvidence& one, const KeptEvidence& other
) {
    const auto second = other.run(options.run_b);
    if (!second) return platform::fail(second.error());
    std::uint64_t wanted = options.run_a;
    if (wanted == 0 && options.other.empty()) {
        if (second->id == 1) {
            return platform::fail({
                .code = platform::Errc::usage,
                .what = "the evidence holds one run only, and there is nothing to compare it with",
                .where = options.folder,
                .expected = "a second folder, or a second run of the server in this one",
                .next = "sfmkit evidence diff " + options.folder + " OTHER",
            });
        }
        wanted = second->id - 1;
    }
    const auto first = one.run(wanted);
    if (!first) return platform::fail(first.error());
    return std::pair(*first, *second);
}

struct Comparison {
    const char* word = "";
    int code = exit_code::conforms;
};

/// What could not be kept might have been different, and what was never asked proves nothing.
Comparison judged(const EvidenceDifference& difference, bool has_gap) {
    if (!difference.none()) return {"DIFFERENT", exit_code::does_not_conform};
    if (has_gap) return {"INCONCLUSIVE, evidence is missing", exit_code::inconclusive};
    if (difference.nothing_compared()) {
        return {"INCONCLUSIVE, nothing was asked", exit_code::inconclusive};
    }
    return {"EQUAL", exit_code::conforms};
}

platform::Result<int> diff(const EvidenceOptions& options, World& world) {
    auto one = KeptEvidence::open(options.folder);
    if (!one) return platform::fail(one.error());
    const std::string& folder = options.other.empty() ? options.folder : options.other;
    auto other = KeptEvidence::open(folder);
    if (!other) return platform::fail(other.error());
    const auto runs = chosen_runs(options, *one, *other);
    if (!runs) return platform::fail(runs.error());
    const auto& [first, second] = *runs;
    const auto difference =
        compare({.evidence = *one, .run = first.id}, {.evidence = *other, .run = second.id});
    if (!difference) return platform::fail(difference.error());
    world.output << fmt::format("A: {}, {}\n", options.folder, describe_run(first))
                 << fmt::format("B: {}, {}\n", folder, describe_run(second));
    if (!difference->none()) world.output << "first difference: " << difference->first;
    const Comparison outcome = judged(*difference, first.gap || second.gap);
    world.output << fmt::format(
        "{}: {} equal, {} different, {} only in A, {} only in B\n",
        outcome.word,
        findings::counted(difference->equal, "request"),
        difference->different,
        difference->only_first,
        difference->only_second
    );
    return outcome.code;
}

template <class Outcome>
int code_or_error(World& world, const platform::Result<Outcome>& outcome) {
    if (!outcome) return report_error(world, outcome.error());
    if constexpr (std::is_same_v<Outcome, int>) return *outcome;
    return exit_code::conforms;
}

void declare_log(
    CLI::App& parent, const std::shared_ptr<EvidenceOptions>& options, World& world, int& exit_code
) {
    CLI::App* command = parent.add_subcommand("log", "Print a line for each request");
    add_choice(*command, *options);
    command->add_flag("--json", options->json, "One JSON object a line");
    set_examples(
        *command,
        "sfmkit evidence log sfmkit-data",
        "sfmkit evidence log sfmkit-data --run 2 --upload ID --json"
    );
    command->callback([options, &world, &exit_code] {
        const Writer write = options->json ? write_json_log : write_log;
        exit_code = code_or_error(world, tell(*options, write, world));
    });
}

void declare_har(
    CLI::App& parent, const std::shared_ptr<EvidenceOptions>& options, World& world, int& exit_code
) {
    CLI::App* command =
        parent.add_subcommand("har", "Print an HTTP Archive 1.2, as browsers and proxies read it");
    add_choice(*command, *options);
    set_examples(
        *command,
        "sfmkit evidence har sfmkit-data > upload.har",
        "sfmkit evidence har sfmkit-data --session SESSION-ID > session.har"
    );
    command->callback([options, &world, &exit_code] {
        exit_code = code_or_error(world, tell(*options, write_har, world));
    });
}

void declare_diff(
    CLI::App& parent, const std::shared_ptr<EvidenceOptions>& options, World& world, int& exit_code
) {
    CLI::App* command = parent.add_subcommand(
        "diff",
        "Compare two runs request by request; ids, times and ports may differ. Ends with 0 when "
        "they are equal, 1 when not, 3 when evidence is missing"
    );
    command->add_option("A", options->folder, "The data directory of a server")->required();
    command->add_option("B", options->other, "Another one; without it: the last two runs of A");
    command->add_option("--run-a", options->run_a, "This run of A instead of its last one")
        ->option_text("N");
    command->add_option("--run-b", options->run_b, "This run of B instead of its last one")
        ->option_text("N");
    set_examples(
        *command,
        "sfmkit evidence diff before after",
        "sfmkit evidence diff sfmkit-data --run-a 1 --run-b 3"
    );
    command->callback([options, &world, &exit_code] {
        exit_code = code_or_error(world, diff(*options, world));
    });
}

}  // namespace

void declare_evidence(CLI::App& parser, World& world, int& exit_code) {
    CLI::App* evidence =
        parser.add_subcommand("evidence", "Show and compare what the mock server has kept");
    evidence->require_subcommand(1);
    set_examples(*evidence, "sfmkit evidence log sfmkit-data", "sfmkit evidence diff --help");
    const auto options = std::make_shared<EvidenceOptions>();
    declare_log(*evidence, options, world, exit_code);
    declare_har(*evidence, options, world, exit_code);
    declare_diff(*evidence, options, world, exit_code);
}

}  // namespace sfmkit::cli
