#include "tests/house/source_tree.hpp"

#include "tests/house/code_text.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <algorithm>
#include <iterator>
#include <regex>
#include <set>

namespace sfmkit::house {
namespace {

bool holds_no_sources(const std::filesystem::path& folder) {
    static const std::set<std::string> names = {"build", "bin", "obj", "node_modules"};
    const std::string name = folder.filename().string();
    return name.starts_with('.') || names.contains(name);
}

}  // namespace

std::string_view SourceFile::folder() const {
    const std::size_t slash = path.find('/');
    return std::string_view(path).substr(0, slash == std::string::npos ? 0 : slash);
}

std::vector<SourceFile> read_sources(const std::filesystem::path& root) {
    std::vector<SourceFile> files;
    auto entry = std::filesystem::recursive_directory_iterator(root);
    for (const auto end = std::filesystem::end(entry); entry != end; ++entry) {
        if (entry->is_directory() && holds_no_sources(entry->path())) {
            entry.disable_recursion_pending();
            continue;
        }
        const auto extension = entry->path().extension();
        if (extension != ".cpp" && extension != ".hpp") continue;
        const auto path = entry->path().lexically_relative(root).generic_string();
        files.push_back({path, test::read_file(entry->path())});
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

std::vector<Include> includes_of(const SourceFile& file) {
    static const std::regex pattern(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
    const auto code = lines_of(code_of(file.text));
    const auto text = lines_of(file.text);
    std::vector<Include> includes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::smatch match;
        // In the code alone a made-up line inside a literal is blank.
        if (!code[i].starts_with('#') || !std::regex_search(text[i], match, pattern)) continue;
        includes.push_back({i + 1, match[2], match[1] == "\""});
    }
    return includes;
}

std::ostream& operator<<(std::ostream& out, const Breach& breach) {
    return out << breach.path << ':' << breach.line << ": " << breach.what;
}

std::vector<Breach> breaches_in_checkout(Check check) {
    std::vector<Breach> all;
    for (const SourceFile& file : read_sources(test::source_folder())) {
        std::ranges::move(check(file), std::back_inserter(all));
    }
    return all;
}

}  // namespace sfmkit::house
