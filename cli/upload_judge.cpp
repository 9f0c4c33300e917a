#include "cli/upload_judge.hpp"

#include "platform/printable.hpp"
#include "platform/signals.hpp"
#include "verifier/verify_job.hpp"
#include "wire/sfm_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace sfmkit::cli {
namespace {

/// What comes right behind a line waits for so long and is told together: a thread that woke for
/// each of thousands of small uploads would take more time than the server needs for them.
constexpr platform::Duration gathering_time = std::chrono::milliseconds(20);

/// Findings of one upload that join its session.
constexpr std::size_t most_kept = 200;

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

UploadJudge::UploadJudge(
    World& world, std::optional<platform::PrivateKey> key, ResumedAt resumed_at, Notify notify
)
    : world_(world),
      key_(std::move(key)),
      resumed_at_(std::move(resumed_at)),
      notify_(std::move(notify)),
      worker_(platform::start_worker([this] { work(); })) {}

UploadJudge::~UploadJudge() {
    finish();
}

void UploadJudge::finish() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_one();
    if (worker_.joinable()) worker_.join();
}

std::vector<UploadJudge::Judged> UploadJudge::take_judged() {
    const std::lock_guard lock(mutex_);
    return std::exchange(judged_, {});
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
            Judged judged{.upload_id = next.upload.id};
            try {
                look_at(next, judged);
            } catch (const std::exception& failure) {
                // A defect in judging one upload must not end the server.
                judged.line = fmt::format("not judged: {}: {}", next.upload.id, failure.what());
            }
            const std::lock_guard held(mutex_);
            judged_.push_back(std::move(judged));
        }
        if (notify_) notify_();
        lock.lock();
        changed_.wait_for(lock, gathering_time, [this] { return ending_; });
    }
}

void UploadJudge::look_at(const mockserver::FinishedUpload& finished, Judged& judged) {
    const std::string name = name_of(finished);
    judged.line = fmt::format(
        "finished {}, {} bytes, in {}",
        platform::printable(name),
        finished.upload.offset_bytes,
        finished.file.string()
    );
    if (!key_) return;
    verifier::VerifyOptions options;
    options.key = &*key_;
    const auto report = verifier::verify_file(
        {world_.files, world_.clock, world_.algorithms}, finished.file, name, options
    );
    judged.line += ": " + verdict_line(report);
    if (report) keep_findings(name, *report, judged);
    const std::lock_guard lock(mutex_);
    outcomes_[finished.upload.id] = outcome_in(report);
}

void UploadJudge::keep_findings(
    const std::string& name, const findings::Report& report, Judged& judged
) const {
    if (resumed_at_ && !report.findings.empty()) {
        const auto resumed = resumed_at_(judged.upload_id);
        if (auto mixed = find_mixed_envelopes(report, resumed, name)) {
            judged.findings.push_back(std::move(*mixed));
        }
    }
    // The whole report is one `sfmkit verify` away.
    const std::size_t kept = std::min(report.findings.size(), most_kept);
    const auto first = report.findings.begin();
    judged.findings.insert(judged.findings.end(), first, first + static_cast<std::ptrdiff_t>(kept));
}

std::optional<mockserver::ImportOutcome> UploadJudge::outcome_of(const std::string& upload_id) {
    const std::lock_guard lock(mutex_);
    const auto known = outcomes_.find(upload_id);
    if (known == outcomes_.end()) return std::nullopt;
    return known->second;
}

}  // namespace sfmkit::cli
