#include "cli/upload_judge.hpp"

#include "platform/printable.hpp"
#include "platform/signals.hpp"
#include "verifier/verify_job.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <exception>
#include <ostream>
#include <utility>

namespace sfmkit::cli {
namespace {

/// What comes right behind a line waits for so long and is told together: a thread that woke for
/// each of thousands of small uploads would take more time than the server needs for them.
constexpr platform::Duration gathering_time = std::chrono::milliseconds(20);

/// The file's own name as the client told it, else the id.
std::string name_of(const mockserver::FinishedUpload& finished) {
    for (const wire::MetadataPair& pair : finished.metadata) {
        if (pair.key == wire::sfm::metadata_name) {
            return std::string(platform::as_text(pair.value));
        }
    }
    return finished.upload.id;
}

std::string verdict_line(const platform::Result<findings::Report>& report) {
    if (!report) return "not judged: " + report.error().what;
    const findings::Counts& counts = report->counts;
    return fmt::format(
        "{}, {} errors, {} warnings, {} notes",
        findings::name_of(report->verdict.conclusion),
        counts.errors,
        counts.warnings,
        counts.infos
    );
}

/// An importer that cannot open a file, or finds an error in it, has not imported it.
mockserver::ImportOutcome outcome_in(const platform::Result<findings::Report>& report) {
    using enum mockserver::ImportOutcome;
    if (!report || report->verdict.conclusion != findings::Conclusion::conforms) return failed;
    return report->counts.warnings > 0 ? with_warnings : without_warnings;
}

}  // namespace

UploadJudge::UploadJudge(World& world, std::optional<platform::PrivateKey> key)
    : world_(world), key_(std::move(key)), worker_(platform::start_worker([this] { work(); })) {}

UploadJudge::~UploadJudge() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_one();
    worker_.join();
}

void UploadJudge::judge(mockserver::FinishedUpload finished) {
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        first = waiting_.empty();
        waiting_.push_back(std::move(finished));
    }
    if (first) changed_.notify_one();
}

void UploadJudge::work() {
    while (true) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const std::deque<mockserver::FinishedUpload> batch = std::exchange(waiting_, {});
        lock.unlock();
        for (const mockserver::FinishedUpload& next : batch) {
            try {
                print(next);
            } catch (const std::exception& failure) {
                // A defect in judging one upload must not end the server.
                world_.output << "not judged: " << next.upload.id << ": " << failure.what() << '\n';
            }
        }
        world_.output << std::flush;
        lock.lock();
        changed_.wait_for(lock, gathering_time, [this] { return ending_; });
    }
}

void UploadJudge::print(const mockserver::FinishedUpload& finished) {
    const std::string name = name_of(finished);
    std::string line = fmt::format(
        "finished {}, {} bytes, in {}",
        platform::printable(name),
        finished.upload.offset_bytes,
        finished.file.string()
    );
    if (key_) line += ": " + judged(finished, name);
    world_.output << line << '\n';
    if (key_) world_.output << std::flush;
}

std::string UploadJudge::judged(
    const mockserver::FinishedUpload& finished, const std::string& name
) {
    verifier::VerifyOptions options;
    options.key = &*key_;
    const auto report = verifier::verify_file(
        {world_.files, world_.clock, world_.algorithms}, finished.file, name, options
    );
    const std::lock_guard lock(mutex_);
    outcomes_[finished.upload.id] = outcome_in(report);
    return verdict_line(report);
}

std::optional<mockserver::ImportOutcome> UploadJudge::outcome_of(const std::string& upload_id) {
    const std::lock_guard lock(mutex_);
    const auto known = outcomes_.find(upload_id);
    if (known == outcomes_.end()) return std::nullopt;
    return known->second;
}

}  // namespace sfmkit::cli
