#pragma once

#include <string_view>

namespace sfmkit::verifier {

/// Our own sentence for an error code of libxml2's parser. Its sentences quote the document, and
/// what stands in a broken place may be personal data. Lives as long as the program does.
std::string_view sentence_for(int parser_error_code) noexcept;

}  // namespace sfmkit::verifier
