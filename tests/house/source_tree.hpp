#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace sfmkit::house {

struct SourceFile {
    std::string path;  ///< from the root of the checkout, with slashes
    std::string text;

    /// The first folder of the path, empty for files in the root.
    std::string_view folder() const;
    bool is_header() const { return path.ends_with(".hpp"); }
};

/// All .cpp and .hpp files of the checkout; what a build or an interop program leaves is no source.
std::vector<SourceFile> read_sources(const std::filesystem::path& root);

struct Include {
    std::size_t line = 0;
    std::string target;
    bool quoted = false;  ///< "ours" and not <theirs>
};
std::vector<Include> includes_of(const SourceFile& file);

/// Where a rule of the house is broken, and how.
struct Breach {
    std::string path;
    std::size_t line = 0;
    std::string what;

    bool operator==(const Breach&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Breach& breach);

/// One rule of the house over one file.
using Check = std::vector<Breach> (*)(const SourceFile&);

/// The rule over the whole checkout.
std::vector<Breach> breaches_in_checkout(Check check);

}  // namespace sfmkit::house
