#include "mockserver/auth/upload_owners.hpp"

#include <algorithm>

namespace sfmkit::mockserver {

void UploadOwners::add(const std::string& id, const TokenOwner& owner) {
    if (!owners_.emplace(id, owner).second) return;
    in_order_.push_back(id);
    if (in_order_.size() <= most_) return;
    owners_.erase(in_order_.front());
    in_order_.pop_front();
}

void UploadOwners::remove(const std::string& id) {
    if (owners_.erase(id) == 0) return;
    // Uploads end about in the order in which they began.
    in_order_.erase(std::ranges::find(in_order_, id));
}

const TokenOwner* UploadOwners::find(const std::string& id) const {
    const auto at = owners_.find(id);
    return at == owners_.end() ? nullptr : &at->second;
}

}  // namespace sfmkit::mockserver
