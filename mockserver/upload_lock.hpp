#pragma once

#include <set>
#include <string>

namespace sfmkit::mockserver {

/// Marks an upload as being written to for as long as it lives.
class UploadLock {
  public:
    UploadLock(std::set<std::string>& locks, std::string id) : locks_(locks), id_(std::move(id)) {
        locks_.insert(id_);
    }
    ~UploadLock() { locks_.erase(id_); }
    UploadLock(const UploadLock&) = delete;
    UploadLock& operator=(const UploadLock&) = delete;

  private:
    std::set<std::string>& locks_;
    std::string id_;
};

}  // namespace sfmkit::mockserver
