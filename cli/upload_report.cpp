#include "cli/upload_report.hpp"

#include "client/upload/progress.hpp"
#include "platform/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <ostream>

namespace sfmkit::cli {
namespace {

using client::FileOutcome;
using client::FileResult;
using client::MigrationResult;

constexpr std::size_t most_failures_told = 10;

constexpr std::array all_results = {
    FileResult::completed,
    FileResult::already_done,
    FileResult::refused,
    FileResult::run_again,
    FileResult::stopped,
    FileResult::not_started,
};

/// Bytes sent for each byte needed; nothing when none was needed.
std::optional<double> waste_of(const MigrationResult& result) {
    if (result.bytes_needed() == 0) return std::nullopt;
    return static_cast<double>(result.bytes_sent()) / static_cast<double>(result.bytes_needed());
}

nlohmann::ordered_json describe_file(const FileOutcome& file) {
    nlohmann::ordered_json object;
    object["name"] = file.name;
    object["size"] = file.size_bytes;
    object["result"] = client::name_of(file.result);
    object["bytes_sent"] = file.bytes_sent;
    object["bytes_acknowledged"] = file.bytes_acknowledged;
    object["retries"] = file.retries;
    if (file.error) {
        object["error"] = platform::name_of(file.error->code);
        object["message"] = file.error->what;
        object["expected"] = file.error->expected;
        object["actual"] = file.error->actual;
    }
    return object;
}

std::string_view verdict(const MigrationResult& result) {
    switch (exit_code_of(result)) {
        case exit_code::conforms:
            return "complete";
        case exit_code::does_not_conform:
            return "refused";
        case exit_code::interrupted:
            return "interrupted";
        default:
            return "run-again";
    }
}

}  // namespace

int exit_code_of(const MigrationResult& result) {
    if (result.fatal) return platform::exit_code_for(result.fatal->code);
    const std::size_t good =
        result.count(FileResult::completed) + result.count(FileResult::already_done);
    if (good == result.files.size()) return exit_code::conforms;
    if (result.stopped) return exit_code::interrupted;
    if (result.count(FileResult::refused) > 0) return exit_code::does_not_conform;
    return exit_code::inconclusive;
}

std::string print_text(const UploadReport& report) {
    const MigrationResult& result = report.result;
    const std::size_t completed = result.count(FileResult::completed);
    const std::size_t earlier = result.count(FileResult::already_done);
    std::string text =
        fmt::format("uploaded {} of {} files", completed + earlier, result.files.size());
    if (report.resumed) text += fmt::format(" ({} of them in earlier runs)", earlier);
    text += fmt::format(
        "\nbytes sent {} / bytes needed {}", result.bytes_sent(), result.bytes_needed()
    );
    if (const auto waste = waste_of(result)) text += fmt::format(" = {:.3f}", *waste);
    text += fmt::format("\nretries {}, orphans {}", result.retries(), result.orphans);
    if (result.orphans > 0) text += " (uploads without an owner that may be left on the server)";
    text += fmt::format("\nsession {}\njournal {}\n", report.session, report.journal);
    return text;
}

std::string print_json(const UploadReport& report) {
    const MigrationResult& result = report.result;
    nlohmann::ordered_json object;
    object["verdict"] = verdict(result);
    object["exit_code"] = exit_code_of(result);
    object["session"] = report.session;
    object["journal"] = report.journal;
    object["resumed"] = report.resumed;
    nlohmann::ordered_json counts;
    for (const FileResult kind : all_results) {
        counts[std::string(client::name_of(kind))] = result.count(kind);
    }
    object["counts"] = std::move(counts);
    object["bytes_sent"] = result.bytes_sent();
    object["bytes_needed"] = result.bytes_needed();
    const auto waste = waste_of(result);
    object["waste"] = waste ? nlohmann::ordered_json(*waste) : nlohmann::ordered_json(nullptr);
    object["retries"] = result.retries();
    object["orphans"] = result.orphans;
    object["skipped"] = report.skipped;
    object["files"] = nlohmann::ordered_json::array();
    for (const FileOutcome& file : result.files) object["files"].push_back(describe_file(file));
    // Names may hold letters that are not UTF-8.
    return object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

void print_failures(World& world, const UploadReport& report) {
    if (report.result.fatal) report_error(world, *report.result.fatal);
    std::size_t told = 0;
    for (const FileOutcome& file : report.result.files) {
        if (!file.error) continue;
        if (++told > most_failures_told) continue;
        world.error << platform::printable(file.name) << ": ";
        report_error(world, *file.error);
    }
    if (told > most_failures_told) {
        world.error << "and " << told - most_failures_told << " more files\n";
    }
    const int code = exit_code_of(report.result);
    const bool another_run_helps =
        code == exit_code::inconclusive || code == exit_code::interrupted;
    if (another_run_helps) world.error << resume_hint(report) << '\n';
    world.error << std::flush;
}

std::string resume_hint(const UploadReport& report) {
    return "run the same command again to go on from " + report.journal +
           "; what is uploaded is not sent again";
}

}  // namespace sfmkit::cli
