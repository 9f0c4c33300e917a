#include "client/encoder/index_file.hpp"

#include "platform/random.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <utility>

namespace sfmkit::client {
namespace {

std::vector<std::string> names_of(const std::string& index) {
    std::vector<std::string> names;
    std::istringstream lines(index);
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        names.push_back(line);
    }
    return names;
}

void shuffle(std::vector<std::string>& names, platform::Random& random) {
    for (std::size_t left = names.size(); left > 1; --left) {
        const auto picked = static_cast<std::size_t>(random.pick(left));
        std::swap(names[left - 1], names[picked]);
    }
}

// Oracle: the Index.txt that NHN published with its example of an export.
TEST(IndexContent, OfShuffledNamesOfOfficialExample_IsThatExampleByteForByte) {
    const auto path = test::reference_file("data/Index.txt");
    if (!path) SFM_SKIP_OR_FAIL("the official Index.txt is not there");
    const std::string official = test::read_file(*path);
    ASSERT_EQ(official.size(), 4368U);
    platform::SeededRandom random(84);
    for (int round = 0; round < 20; ++round) {
        auto names = names_of(official);
        ASSERT_EQ(names.size(), 84U);
        shuffle(names, random);
        EXPECT_EQ(index_content(std::move(names)), official);
    }
}

TEST(IndexContent, OfNoNames_IsEmpty) {
    EXPECT_EQ(index_content({}), "");
}

// NHN page "The SFM migration data format": folders are named Patients0, Patients1 and so on.
TEST(IndexName, OfSecondFolder_HasItsNumberAndABackslash) {
    EXPECT_EQ(
        index_name(1, "d8a7ead8-aa42-4d90-9eaf-7e770e6c8ab3"),
        "Patients1\\d8a7ead8-aa42-4d90-9eaf-7e770e6c8ab3.pat"
    );
}

}  // namespace
}  // namespace sfmkit::client
