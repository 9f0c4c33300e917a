#include "mockserver/sweep.hpp"

#include "mockserver/sfm/migration_watch.hpp"
#include "mockserver/storage/retention.hpp"
#include "platform/log.hpp"

namespace sfmkit::mockserver {
namespace {

constexpr std::size_t most_at_a_time = 1000;

}  // namespace

void Sweep::step() {
    const Retention& retention = site_.limits.retention;
    if (retention.expired.count() == 0 && retention.finished.count() == 0) return;
    const std::vector<std::string> ids = site_.store.ids_after(last_, most_at_a_time);
    for (const std::string& id : ids) look_at(id);
    last_ = ids.size() < most_at_a_time ? std::string() : ids.back();
}

void Sweep::look_at(const std::string& id) {
    if (site_.locks.contains(id)) return;
    const bool asks_files = site_.limits.retention.finished.count() > 0;
    const auto stored = site_.store.look_at(id, asks_files);
    if (!stored) {
        platform::log_warning(platform::describe(stored.error()));
        return;
    }
    const std::optional<StoredUpload>& known = *stored;
    const platform::WallTime now = site_.clock.wall_now();
    if (!known || !is_due(site_.limits.retention, known->upload, known->modified, now)) return;
    if (auto removed = site_.store.remove(id); !removed) {
        platform::log_warning(platform::describe(removed.error()));
        return;
    }
    // A finished file stays one of its migration.
    if (!known->upload.is_complete()) note_removal(site_, known->upload);
}

}  // namespace sfmkit::mockserver
