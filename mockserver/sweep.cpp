#include "mockserver/sweep.hpp"

#include "mockserver/sfm/migration_watch.hpp"
#include "mockserver/storage/retention.hpp"
#include "platform/log.hpp"

namespace sfmkit::mockserver {
namespace {

constexpr std::size_t most_at_a_time = 1000;
/// Each may sync the folder.
constexpr std::size_t most_removed_at_a_time = 100;

}  // namespace

void Sweep::step() {
    const Retention& retention = site_.limits.retention;
    if (retention.expired.count() == 0 && retention.finished.count() == 0) return;
    const std::vector<std::string> ids = site_.store.ids_after(last_, most_at_a_time);
    std::size_t removed = 0;
    for (const std::string& id : ids) {
        last_ = id;
        if (remove_if_due(id) && ++removed == most_removed_at_a_time) return;
    }
    if (ids.size() < most_at_a_time) last_.clear();
}

bool Sweep::remove_if_due(const std::string& id) {
    if (site_.locks.contains(id)) return false;
    const bool asks_files = site_.limits.retention.finished.count() > 0;
    const auto stored = site_.store.look_at(id, asks_files);
    if (!stored) {
        platform::log_warning(platform::describe(stored.error()));
        return false;
    }
    const std::optional<StoredUpload>& known = *stored;
    const platform::WallTime now = site_.clock.wall_now();
    if (!known || !is_due(site_.limits.retention, known->upload, known->modified, now))
        return false;
    if (auto removed = site_.store.remove(id); !removed) {
        platform::log_warning(platform::describe(removed.error()));
        return false;
    }
    site_.evidence.upload_removed(id);
    // A finished file stays one of its migration.
    if (!known->upload.is_complete()) note_removal(site_, known->upload);
    return true;
}

}  // namespace sfmkit::mockserver
