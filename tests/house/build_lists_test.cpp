#include "tests/house/source_tree.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace sfmkit::house {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// The sources that a CMakeLists.txt names, by their paths from its folder.
std::set<std::string> sources_in(const std::string& cmake) {
    static const std::regex pattern(R"([\w./-]+\.cpp)");
    std::set<std::string> sources;
    for (std::sregex_iterator at(cmake.begin(), cmake.end(), pattern), end; at != end; ++at) {
        sources.insert(at->str());
    }
    return sources;
}

/// Those of the sources that no list from their folder upwards names, and so no compiler sees.
std::vector<std::string> unlisted(
    const std::vector<std::string>& sources, const std::filesystem::path& root
) {
    std::vector<std::string> missing;
    for (const std::filesystem::path source : sources) {
        bool listed = false;
        for (auto folder = source.parent_path(); !listed; folder = folder.parent_path()) {
            const auto list = root / folder / "CMakeLists.txt";
            if (std::filesystem::exists(list)) {
                const auto name = source.lexically_relative(folder).generic_string();
                listed = sources_in(test::read_file(list)).contains(name);
            }
            if (folder.empty()) break;
        }
        if (!listed) missing.push_back(source.generic_string());
    }
    return missing;
}

TEST(BuildLists, OfEverySource_NameIt) {
    std::vector<std::string> sources;
    for (const SourceFile& file : read_sources(test::source_folder())) {
        if (!file.is_header()) sources.push_back(file.path);
    }
    EXPECT_GT(sources.size(), 50u);
    EXPECT_THAT(unlisted(sources, test::source_folder()), IsEmpty());
}

TEST(BuildLists, OfMadeUpFolder_MissTheForgottenSource) {
    const test::TemporaryFolder root;
    test::write_file(
        root.path() / "a" / "CMakeLists.txt", "sfmkit_library(a SOURCES one.cpp b/two.cpp)\n"
    );
    const std::vector<std::string> sources = {
        "a/one.cpp", "a/b/two.cpp", "a/three.cpp", "a/ne.cpp"
    };
    EXPECT_THAT(unlisted(sources, root.path()), ElementsAre("a/three.cpp", "a/ne.cpp"));
}

}  // namespace
}  // namespace sfmkit::house
