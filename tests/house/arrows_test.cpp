#include "tests/house/code_text.hpp"
#include "tests/house/source_tree.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace sfmkit::house {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Arrows = std::map<std::string, std::set<std::string>, std::less<>>;

/// Which folder may use which: the table of docs/architecture.md.
const Arrows& arrows() {
    static const Arrows table = {
        {"platform", {}},
        {"wire", {"platform"}},
        {"findings", {"platform"}},
        {"mockserver", {"platform", "wire", "findings"}},
        {"client", {"platform", "wire"}},
        {"verifier", {"platform", "wire", "findings"}},
        {"fixtures", {"platform", "wire"}},
        {"fuzz", {"platform", "wire", "findings", "mockserver", "client", "verifier"}},
        {"cli", {"platform", "wire", "findings", "mockserver", "client", "verifier", "fixtures"}},
        {"docs", {"platform", "client"}},
    };
    return table;
}

std::vector<Breach> check_arrows(const SourceFile& file) {
    std::vector<Breach> breaches;
    if (file.folder() == "tests") return breaches;
    const auto own = arrows().find(file.folder());
    if (own == arrows().end()) return {{file.path, 1, "stands in a folder without arrows"}};
    for (const Include& include : includes_of(file)) {
        if (!include.quoted) continue;
        const std::string folder = include.target.substr(0, include.target.find('/'));
        if (folder == file.folder() || own->second.contains(folder)) continue;
        breaches.push_back({file.path, include.line, "uses " + include.target});
    }
    return breaches;
}

TEST(Arrows, OfEveryInclude_FollowTheTable) {
    EXPECT_THAT(breaches_in_checkout(check_arrows), IsEmpty());
}

TEST(Arrows, OfMadeUpFiles_AreFoundWhenWrong) {
    const std::string uses_client = "#pragma once\n#include \"client/encoder/zip_writer.hpp\"\n";
    const Breach breach = {"verifier/a.hpp", 2, "uses client/encoder/zip_writer.hpp"};
    EXPECT_THAT(check_arrows({"verifier/a.hpp", uses_client}), ElementsAre(breach));
    EXPECT_THAT(check_arrows({"mockserver/tus/a.cpp", uses_client}), testing::SizeIs(1));
    EXPECT_THAT(
        check_arrows({"platform/a.cpp", "#include \"wire/cursor.hpp\""}), testing::SizeIs(1)
    );
    EXPECT_THAT(check_arrows({"helpers/a.cpp", ""}), testing::SizeIs(1));
    EXPECT_THAT(check_arrows({"client/a.cpp", "#include \"tests/a.hpp\""}), testing::SizeIs(1));

    EXPECT_THAT(check_arrows({"cli/demo_command.cpp", uses_client}), IsEmpty());
    EXPECT_THAT(check_arrows({"client/a.cpp", uses_client}), IsEmpty());
    EXPECT_THAT(check_arrows({"wire/a.cpp", "// #include \"cli/command.hpp\""}), IsEmpty());
    EXPECT_THAT(
        check_arrows({"wire/a.cpp", "auto a = \"#include \\\"cli/a.hpp\\\"\";"}), IsEmpty()
    );
}

/// The arrows that the build links by.
Arrows arrows_of_build(const std::string& cmake) {
    static const std::regex pattern(R"(set\(SFMKIT_ARROWS_(\w+)([^)]*)\))");
    Arrows found;
    for (std::sregex_iterator at(cmake.begin(), cmake.end(), pattern), end; at != end; ++at) {
        std::istringstream used((*at)[2]);
        std::set<std::string>& folders = found[(*at)[1]];
        for (std::string folder; used >> folder;) {
            if (folder != "\"\"") folders.insert(folder);
        }
    }
    return found;
}

TEST(Arrows, OfTheBuild_AreTheSameTable) {
    const auto cmake = test::read_file(test::source_folder() / "cmake" / "targets.cmake");
    EXPECT_EQ(arrows_of_build(cmake), arrows());
    EXPECT_NE(arrows_of_build(cmake + "\nset(SFMKIT_ARROWS_client platform verifier)"), arrows());
}

/// Folders are linked by sfmkit_library() alone, which knows the arrows.
std::vector<std::string> linked_by_hand(const std::string& cmake) {
    std::vector<std::string> lines;
    for (const std::string& line : lines_of(cmake)) {
        if (line.contains("target_link_libraries") || line.contains("link_libraries(")) {
            lines.push_back(line);
        }
    }
    return lines;
}

TEST(Arrows, OfFolderLibraries_AreNotLinkedByHand) {
    for (const auto& [folder, used] : arrows()) {
        const auto list = test::source_folder() / folder / "CMakeLists.txt";
        if (folder == "cli" || !std::filesystem::exists(list)) continue;
        EXPECT_THAT(linked_by_hand(test::read_file(list)), IsEmpty()) << folder;
    }
    const std::string by_hand = "target_link_libraries(sfmkit_client PUBLIC sfmkit_verifier)";
    EXPECT_THAT(linked_by_hand(by_hand), ElementsAre(by_hand));
}

}  // namespace
}  // namespace sfmkit::house
