#include "cli/upload_report.hpp"

#include "client/upload/progress.hpp"
#include "platform/printable.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <ostream>
#include <tuple>

namespace sfmkit::cli {
namespace {

using client::FileOutcome;
using client::FileResult;
using client::MigrationResult;

constexpr std::size_t most_failures_told = 10;
constexpr std::size_t most_slow_files_told = 5;

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

using Json = nlohmann::ordered_json;

/// Names may hold letters that are not UTF-8. Ends with a line feed.
std::string print(const Json& json, int indent) {
    return json.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

/// Bytes a second; nothing when no time passed.
std::optional<std::uint64_t> rate_of(std::uint64_t bytes, platform::Duration elapsed) {
    if (elapsed <= platform::Duration(0)) return std::nullopt;
    return bytes * 1000 / static_cast<std::uint64_t>(elapsed.count());
}

Json or_null(const auto& value) {
    return value ? Json(*value) : Json(nullptr);
}

bool is_good(FileResult result) {
    return result == FileResult::completed || result == FileResult::already_done;
}

/// The files of this run that took longest, the slowest first.
std::vector<const FileOutcome*> slowest_files(const MigrationResult& result) {
    std::vector<const FileOutcome*> slowest;
    for (const FileOutcome& file : result.files) {
        if (file.bytes_sent > 0) slowest.push_back(&file);
    }
    std::ranges::sort(slowest, [](const FileOutcome* a, const FileOutcome* b) {
        return std::tie(b->elapsed, a->name) < std::tie(a->elapsed, b->name);
    });
    if (slowest.size() > most_slow_files_told) slowest.resize(most_slow_files_told);
    return slowest;
}

std::string print_duration(platform::Duration elapsed) {
    return fmt::format("{:.1f} s", static_cast<double>(elapsed.count()) / 1000);
}

void describe_error(Json& object, const platform::Error& error) {
    object["error"] = platform::name_of(error.code);
    object["message"] = error.what;
    object["expected"] = error.expected;
    object["actual"] = error.actual;
    object["next"] = error.next;
}

Json describe_file(const FileOutcome& file) {
    Json object;
    object["name"] = file.name;
    object["size"] = file.size_bytes;
    object["result"] = client::name_of(file.result);
    object["retriable"] = !is_good(file.result) && file.result != FileResult::refused;
    object["bytes_sent"] = file.bytes_sent;
    object["bytes_acknowledged"] = file.bytes_acknowledged;
    object["retries"] = file.retries;
    object["elapsed_ms"] = file.elapsed.count();
    if (file.error) describe_error(object, *file.error);
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
        case exit_code::usage:
            return "unusable";
        default:
            return "run-again";
    }
}

Json describe_run(const UploadReport& report) {
    const MigrationResult& result = report.result;
    Json object;
    object["verdict"] = verdict(result);
    object["exit_code"] = exit_code_of(result);
    object["session"] = report.session;
    object["journal"] = report.journal;
    object["resumed"] = report.resumed;
    if (result.fatal) describe_error(object, *result.fatal);
    object["bytes_sent"] = result.bytes_sent();
    object["bytes_needed"] = result.bytes_needed();
    object["waste"] = or_null(waste_of(result));
    object["retries"] = result.retries();
    object["orphans"] = result.orphans;
    object["elapsed_ms"] = result.elapsed.count();
    object["bytes_per_second"] = or_null(rate_of(result.bytes_needed(), result.elapsed));
    return object;
}

struct PreviewSums {
    std::size_t files = 0;
    std::uint64_t bytes = 0;  ///< an upload that goes on needs fewer
};

PreviewSums sums_of(const std::vector<client::Prospect>& prospects) {
    PreviewSums sums;
    for (const client::Prospect& prospect : prospects) {
        if (!prospect.sent) continue;
        ++sums.files;
        sums.bytes += prospect.file->size_bytes;
    }
    return sums;
}

}  // namespace

int exit_code_of(const MigrationResult& result) {
    if (result.fatal) return platform::exit_code_for(result.fatal->code);
    const std::size_t good =
        result.count(FileResult::completed) + result.count(FileResult::already_done);
    if (good == result.files.size()) return exit_code::conforms;
    if (result.stopped) return exit_code::interrupted;
    // As long as another run brings more; what is final is told when nothing else is left.
    if (result.count(FileResult::run_again) > 0) return exit_code::inconclusive;
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
    text += " in " + print_duration(result.elapsed);
    const auto rate = rate_of(result.bytes_needed(), result.elapsed);
    if (rate) text += fmt::format(", {}/s", client::print_size(*rate));
    text += fmt::format(
        "\nbytes sent {} / bytes needed {}", result.bytes_sent(), result.bytes_needed()
    );
    if (const auto waste = waste_of(result)) text += fmt::format(" = {:.3f}", *waste);
    text += fmt::format("\nretries {}, orphans {}", result.retries(), result.orphans);
    if (result.orphans > 0) text += " (uploads without an owner that may be left on the server)";
    text += '\n';
    const auto slowest = slowest_files(result);
    if (!slowest.empty()) text += "slowest files:\n";
    for (const FileOutcome* file : slowest) {
        text += fmt::format(
            "  {:>8}  {:>12}  {}\n",
            print_duration(file->elapsed),
            client::print_size(rate_of(file->bytes_acknowledged, file->elapsed).value_or(0)) + "/s",
            platform::printable(file->name)
        );
    }
    return text + fmt::format("session {}\njournal {}\n", report.session, report.journal);
}

std::string print_json(const UploadReport& report) {
    const MigrationResult& result = report.result;
    Json object = describe_run(report);
    Json counts;
    for (const FileResult kind : all_results) {
        counts[std::string(client::name_of(kind))] = result.count(kind);
    }
    object["counts"] = std::move(counts);
    object["slowest"] = Json::array();
    for (const FileOutcome* file : slowest_files(result)) {
        object["slowest"].push_back(
            {{"name", file->name},
             {"elapsed_ms", file->elapsed.count()},
             {"bytes_per_second", or_null(rate_of(file->bytes_acknowledged, file->elapsed))}}
        );
    }
    object["skipped"] = report.skipped;
    object["files"] = Json::array();
    for (const FileOutcome& file : result.files) object["files"].push_back(describe_file(file));
    return print(object, 2);
}

std::string print_preview(
    const std::vector<client::Prospect>& prospects, const UploadReport& report
) {
    const PreviewSums sums = sums_of(prospects);
    std::string text;
    std::size_t order = 0;
    for (const client::Prospect& prospect : prospects) {
        std::string standing(client::name_of(prospect.standing));
        if (prospect.has_upload && prospect.sent) standing += ", goes on";
        text += fmt::format(
            "{:>6}  {:>10}  {:<20}  {}\n",
            prospect.sent ? std::to_string(++order) : "-",
            client::print_size(prospect.file->size_bytes),
            standing,
            platform::printable(prospect.file->name)
        );
    }
    text += fmt::format(
        "would send {} of {} files, at most {}\n",
        sums.files,
        prospects.size(),
        client::print_size(sums.bytes)
    );
    text += report.resumed ? "session " + report.session + '\n' : "session: a new one\n";
    return text + "journal " + platform::printable(report.journal) +
           "\nnothing was sent, nothing was written\n";
}

std::string print_preview_json(
    const std::vector<client::Prospect>& prospects, const UploadReport& report
) {
    const PreviewSums sums = sums_of(prospects);
    Json object;
    object["dry_run"] = true;
    object["session"] = report.resumed ? Json(report.session) : Json(nullptr);
    object["journal"] = report.journal;
    object["resumed"] = report.resumed;
    object["files_to_send"] = sums.files;
    object["bytes_to_send"] = sums.bytes;
    object["skipped"] = report.skipped;
    object["files"] = Json::array();
    for (const client::Prospect& prospect : prospects) {
        object["files"].push_back(
            {{"name", prospect.file->name},
             {"size", prospect.file->size_bytes},
             {"standing", client::name_of(prospect.standing)},
             {"has_upload", prospect.has_upload},
             {"failed", prospect.failed},
             {"sent", prospect.sent}}
        );
    }
    return print(object, 2);
}

std::string event_of_begin(const client::ExportListing& listing, const std::string& session) {
    std::uint64_t bytes = listing.organisation.size_bytes;
    for (const auto& file : listing.others) bytes += file.size_bytes;
    return print(
        {{"line", "run"},
         {"tool", "sfmkit"},
         {"session", session},
         {"files", listing.others.size() + 1},
         {"bytes", bytes}},
        -1
    );
}

std::string event_of_end(const UploadReport& report) {
    Json object = {{"line", "end"}};
    object.update(describe_run(report));
    return print(object, -1);
}

void UploadEvents::file_began(const client::ExportFile& file) {
    write_(print({{"line", "began"}, {"name", file.name}, {"size", file.size_bytes}}, -1));
    ForwardingObserver::file_began(file);
}

void UploadEvents::waits(const client::ExportFile& file, const client::Step& step) {
    Json object = {{"line", "waits"}, {"name", file.name}, {"pause_ms", step.pause.count()}};
    object["message"] = step.trouble ? step.trouble->what : "";
    write_(print(object, -1));
    ForwardingObserver::waits(file, step);
}

void UploadEvents::file_ended(const client::ExportFile& file, const FileOutcome& outcome) {
    Json object = {{"line", "ended"}};
    object.update(describe_file(outcome));
    write_(print(object, -1));
    ForwardingObserver::file_ended(file, outcome);
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
    const MigrationResult& result = report.result;
    const std::size_t refused = result.count(FileResult::refused);
    if (refused > 0) {
        world.error << "refused for good: " << refused << " of " << result.files.size()
                    << " files; when the cause is gone, --only-failed sends them again\n";
    }
    if (report.left_out > 0) {
        world.error << "left out by --only-failed: " << report.left_out
                    << " files; the command without it sends them\n";
    }
    const std::size_t unfinished = result.count(FileResult::run_again) +
                                   result.count(FileResult::stopped) +
                                   result.count(FileResult::not_started) - report.left_out;
    const bool another_run_helps =
        !result.fatal && unfinished > 0 && exit_code_of(result) == exit_code::inconclusive;
    if (another_run_helps || result.stopped) world.error << resume_hint(report) << '\n';
    world.error << std::flush;
}

std::string resume_hint(const UploadReport& report) {
    return "run the same command again to go on from " + platform::printable(report.journal) +
           "; what is uploaded is not sent again:\n  " + report.command;
}

}  // namespace sfmkit::cli
