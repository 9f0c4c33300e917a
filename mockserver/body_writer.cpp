#include "mockserver/body_writer.hpp"

#include "mockserver/storage/flushed_writer.hpp"
#include "mockserver/storage/stepped_writer.hpp"
#include "platform/log.hpp"

#include <utility>

namespace sfmkit::mockserver {
namespace {

bool is_checked(const WritePlan& plan) noexcept {
    return plan.checksum.has_value() || plan.checksum_in_trailer;
}

/// Bytes that still fit; a negative length fits nothing.
std::optional<std::int64_t> room_of(const Rules& rules, const Upload& upload) {
    const auto offset = static_cast<std::int64_t>(upload.offset_bytes);
    if (upload.length_bytes) return *upload.length_bytes - offset;
    const auto& most = rules.settings.max_size_bytes;
    if (!most || rules.profile->trusts_deferred_length) return std::nullopt;
    return static_cast<std::int64_t>(*most) - offset;
}

std::unique_ptr<UploadWriter> make_writer(
    const Rules& rules,
    const Upload& upload,
    platform::WritableFile& file,
    std::optional<std::uint64_t> announced_bytes
) {
    const Profile& profile = *rules.profile;
    const platform::Duration gap(profile.read_gap_ms);
    const auto room = room_of(rules, upload);
    if (profile.body_writing == BodyWriting::flushed) {
        const FlushRules flush{.threshold_bytes = profile.write_step_bytes, .gap = gap};
        return std::make_unique<FlushedWriter>(file, upload.offset_bytes, flush, room);
    }
    const WriteSteps steps{.step_bytes = profile.write_step_bytes, .gap = gap};
    return std::make_unique<SteppedWriter>(file, steps, room, announced_bytes);
}

}  // namespace

Cut cut_of(FaultKind kind) noexcept {
    if (kind == FaultKind::close) return Cut::closed;
    return kind == FaultKind::restart || kind == FaultKind::crash ? Cut::stopped : Cut::broken;
}

BodyWriter::BodyWriter(
    Site& site,
    const WritePlan& plan,
    std::unique_ptr<platform::WritableFile> file,
    std::optional<std::uint64_t> announced_bytes
)
    : site_(site),
      plan_(plan),
      start_bytes_(plan.upload.offset_bytes),
      file_(std::move(file)),
      writer_(make_writer(site.rules, plan.upload, *file_, announced_bytes)),
      digests_(site.algorithms, site.rules, plan) {}

platform::Result<std::unique_ptr<BodyWriter>> BodyWriter::start(
    Site& site, WritePlan plan, const wire::RequestHead& head
) {
    const bool verified_first = is_checked(plan) && !site.rules.profile->cut.keeps_unverified();
    if (verified_first) plan.upload.awaits_checksum = true;
    if (plan.length_is_new || verified_first) {
        if (auto stored = site.store.update(plan.upload); !stored) {
            return std::unexpected(stored.error());
        }
    }
    auto file = site.store.open_at(plan.upload.id, plan.upload.offset_bytes);
    if (!file) return std::unexpected(file.error());
    std::optional<std::uint64_t> announced;
    if (head.framing == wire::BodyFraming::length) announced = head.content_length;
    if (head.framing == wire::BodyFraming::none) announced = 0;
    return std::unique_ptr<BodyWriter>(new BodyWriter(site, plan, std::move(*file), announced));
}

platform::Result<void> BodyWriter::push(platform::Bytes bytes) {
    if (forgets_rest_) return {};
    platform::ByteBuffer changed;
    platform::Bytes stored = bytes;
    const Corruption corruption = std::exchange(corruption_, Corruption::none);
    if (corruption != Corruption::none && !bytes.empty()) {
        changed.assign(bytes.begin(), bytes.end());
        changed.front() ^= std::byte{1};
        stored = changed;
    }
    digests_.update(corruption == Corruption::silent ? bytes : stored);
    auto pushed = writer_->push(stored, site_.clock.steady_now());
    if (!pushed) give_up();
    return pushed;
}

void BodyWriter::corrupt_next_byte(bool silent) noexcept {
    corruption_ = silent ? Corruption::silent : Corruption::seen;
}

void BodyWriter::keep_only_this() noexcept {
    forgets_rest_ = true;
    plan_.checksum.reset();
    plan_.checksum_in_trailer = false;
}

void BodyWriter::give_up() {
    const std::uint64_t good =
        is_checked(plan_) ? start_bytes_ : start_bytes_ + writer_->written_bytes();
    if (auto cut = file_->truncate(good); !cut)
        platform::log_error(platform::describe(cut.error()));
}

platform::Result<void> BodyWriter::drop() {
    plan_.upload.offset_bytes = start_bytes_;
    if (auto cut = file_->truncate(start_bytes_); !cut) return cut;
    return settle();
}

platform::Result<void> BodyWriter::keep() {
    plan_.upload.offset_bytes = start_bytes_ + writer_->written_bytes();
    return settle();
}

/// What is in the file counts from now on.
platform::Result<void> BodyWriter::settle() {
    const bool awaited = std::exchange(plan_.upload.awaits_checksum, false);
    if (auto settled = site_.store.settle(*file_, plan_.upload); !settled) return settled;
    return awaited ? site_.store.update(plan_.upload) : platform::Result<void>();
}

platform::Result<std::optional<Answer>> BodyWriter::end(const wire::HeaderFields& trailers) {
    if (auto written = writer_->finish(); !written) {
        give_up();
        return std::unexpected(written.error());
    }
    const WriteEnd end{
        .received_bytes = writer_->received_bytes(),
        .too_much_data = writer_->too_much_data(),
        .digests = digests_.finish(),
        .trailers = trailers,
    };
    std::optional<Answer> refusal = judge_write(site_.rules, plan_, end);
    const bool dropped = refusal && drops_bytes(site_.rules, end);
    if (!refusal && site_.rules.settings.sliding_expiry && plan_.upload.expires) {
        plan_.upload.expires = expiry_from(site_.rules.settings, site_.clock.wall_now());
        if (auto stored = site_.store.update(plan_.upload); !stored) {
            return std::unexpected(stored.error());
        }
    }
    auto settled = dropped ? drop() : keep();
    if (!settled) return std::unexpected(settled.error());
    return refusal;
}

/// tusdotnet as recorded: after a reset bytes stay, or with a checksum none; after an orderly end a
/// race decides, mostly for what was written, verified or not; when the server stops, what was
/// written stays. A profile that keeps nothing unverified drops it then too.
platform::Result<void> BodyWriter::cut(Cut how, bool chunked) {
    const Profile& profile = *site_.rules.profile;
    const bool checked = is_checked(plan_);
    if (how == Cut::stopped) {
        return checked && !profile.cut.keeps_unverified() ? drop() : keep();
    }
    bool keep_written = false;
    if (how == Cut::closed && !plan_.checksum_in_trailer && !(chunked && !checked)) {
        const std::uint64_t weights = profile.cut.keep_written_weight + profile.cut.other_weight;
        keep_written = site_.chance.pick(weights) < profile.cut.keep_written_weight;
    }
    if (keep_written) return keep();
    if (checked) return drop();
    if (auto written = writer_->break_off(); !written) return written;
    return keep();
}

}  // namespace sfmkit::mockserver
