#pragma once

#include "cli/token_options.hpp"
#include "cli/upload_access.hpp"
#include "cli/verify_run.hpp"
#include "client/upload/retry_policy.hpp"
#include "wire/sfm_names.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sfmkit::cli {

/// What the person asked `upload` for.
struct UploadOptions {
    std::string folder;
    std::string url;
    unsigned parallel = 5;
    std::string journal;
    std::optional<std::string> ledger;  ///< empty: the one in the folder
    std::string session;
    std::string real_service;
    TokenOptions token;
    AccessOptions access;
    std::uint64_t chunk_bytes = wire::sfm::chunk_bytes;
    unsigned tries = client::RetryLimits{}.tries;
    bool dry_run = false;
    bool only_failed = false;
    bool verify_first = false;
    JudgingOptions judging;            ///< with verify_first
    std::vector<std::string> reports;  ///< FORMAT=FILE
    bool json = false;
    std::string command;  ///< the whole line, so that it can be given again
};

}  // namespace sfmkit::cli
