#pragma once

#include "platform/files.hpp"
#include "platform/result.hpp"
#include "verifier/limits.hpp"
#include "verifier/value_mask.hpp"

#include <string>
#include <vector>

namespace sfmkit::verifier {

/// What of an entry is shown.
struct PreviewRequest {
    std::string entry;  ///< its name, or its number in the tree, counted from 1
    std::string xpath;  ///< empty: the document from its beginning
    PersonalData personal = PersonalData::masked;
    std::size_t max_lines = 200;
    Limits limits = {};
};

/// Lines for a person.
struct Preview {
    std::string entry;  ///< as it may be shown
    std::vector<std::string> lines;
    bool cut = false;            ///< there is more than max_lines
    std::uint64_t selected = 0;  ///< by the expression
    std::string problem;         ///< why reading ended early
};

/// XPath 1.0. Names match without prefix whatever their namespace, and the expression sees the
/// document as it is shown: masked values are masked for it too, so no function can fetch them.
/// Errc::usage for an unknown entry, one that is no XML, or a wrong expression; Errc::limit when
/// the document is too large for XPath.
platform::Result<Preview> preview_entry(
    const platform::ReadableFile& archive, const PreviewRequest& request
);

/// A document may have so many bytes to be searched with XPath, which needs it whole.
inline constexpr std::uint64_t max_xpath_document_bytes = std::uint64_t{32} << 20U;

}  // namespace sfmkit::verifier
