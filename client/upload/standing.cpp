#include "client/upload/standing.hpp"

#include <algorithm>

namespace sfmkit::client {
namespace {

Standing standing_of(const ExportFile& file, const JournalFile* known, bool failed_elsewhere) {
    using enum Standing;
    if (known == nullptr) return failed_elsewhere ? failed : fresh;
    if (known->trouble == Trouble::refused) return refused;
    if (known->completed || known->upload) {
        const Fingerprint& before = known->fingerprint;
        const bool same_time = before.modified == file.modified;
        if (before.size_bytes != file.size_bytes) return changed;
        if (!same_time && before.sha256.empty()) return changed;
        if (!same_time) return written_since;
    }
    if (known->completed) return done;
    if (known->trouble == Trouble::failed || failed_elsewhere) return failed;
    return known->upload ? begun : fresh;
}

Prospect look_at(const Knowledge& knowledge, const ExportFile& file) {
    const auto found = knowledge.journal.files.find(file.name);
    const JournalFile* known = found == knowledge.journal.files.end() ? nullptr : &found->second;
    const bool elsewhere = knowledge.failed_elsewhere && knowledge.failed_elsewhere(file.name);
    Prospect prospect{.file = &file, .standing = standing_of(file, known, elsewhere)};
    prospect.has_upload = known != nullptr && known->upload;
    const bool completed = known != nullptr && known->completed;
    const bool troubled = known != nullptr && known->trouble != Trouble::none;
    prospect.failed = !completed && (troubled || elsewhere);
    return prospect;
}

bool is_organisation(const ExportFile& file) {
    return file.kind == wire::sfm::FileKind::organisation;
}

bool would_send(const Prospect& prospect, bool only_failed) {
    const bool ended =
        prospect.standing == Standing::done || prospect.standing == Standing::changed;
    if (ended) return false;
    if (is_organisation(*prospect.file)) return true;
    return only_failed ? prospect.failed : prospect.standing != Standing::refused;
}

}  // namespace

std::string_view name_of(Standing standing) noexcept {
    switch (standing) {
        case Standing::fresh:
            return "new";
        case Standing::begun:
            return "begun";
        case Standing::done:
            return "done";
        case Standing::failed:
            return "failed";
        case Standing::refused:
            return "refused";
        case Standing::changed:
            return "changed";
        case Standing::written_since:
            break;
    }
    return "written-since";
}

std::vector<Prospect> foresee(const Knowledge& knowledge, bool only_failed) {
    std::vector<Prospect> prospects = {look_at(knowledge, knowledge.listing.organisation)};
    for (const ExportFile& file : knowledge.listing.others) {
        prospects.push_back(look_at(knowledge, file));
    }
    const bool some_failed = std::ranges::any_of(prospects, &Prospect::failed);
    for (Prospect& prospect : prospects) {
        prospect.sent = would_send(prospect, only_failed) && (!only_failed || some_failed);
    }
    return prospects;
}

Selection select_failed(const Knowledge& knowledge) {
    Selection selection;
    selection.chosen.organisation = knowledge.listing.organisation;
    selection.chosen.skipped = knowledge.listing.skipped;
    for (const ExportFile& file : knowledge.listing.others) {
        const Prospect prospect = look_at(knowledge, file);
        const auto known = knowledge.journal.files.find(file.name);
        const bool completed = known != knowledge.journal.files.end() && known->second.completed;
        (completed || prospect.failed ? selection.chosen.others : selection.left_out)
            .push_back(file);
    }
    return selection;
}

}  // namespace sfmkit::client
