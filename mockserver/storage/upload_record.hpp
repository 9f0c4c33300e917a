#pragma once

#include "mockserver/tus/upload.hpp"
#include "platform/result.hpp"

#include <string>
#include <string_view>

namespace sfmkit::mockserver {

/// One upload as JSON text for its record file. offset_bytes is the offset when it was written.
std::string print_upload_record(const Upload& upload);
/// Errc::malformed when the text is not one of ours.
platform::Result<Upload> parse_upload_record(std::string_view text);

}  // namespace sfmkit::mockserver
