#pragma once

#include "cli/command.hpp"
#include "client/upload/migration.hpp"

#include <string>
#include <vector>

namespace sfmkit::cli {

/// What `upload` tells at its end.
struct UploadReport {
    client::MigrationResult result;
    std::string session;
    std::string journal;
    bool resumed = false;
    std::vector<std::string> skipped;
};

/// 0 all uploaded · 1 a file finally refused · 3 run again · 130 interrupted; the code of the
/// failure when the journal could not be written.
int exit_code_of(const client::MigrationResult& result);

/// Several lines with their line feeds.
std::string print_text(const UploadReport& report);
/// One JSON object, indented, without a final line feed.
std::string print_json(const UploadReport& report);
/// Each file that was not uploaded with its reason, for people; the first ones when there are many.
void print_failures(World& world, const UploadReport& report);
/// How to go on after an interruption.
std::string resume_hint(const UploadReport& report);

}  // namespace sfmkit::cli
