#include "platform/process.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace sfmkit::platform {
namespace {

using std::chrono::seconds;

TEST(ChildProcess, WaitFor_GivesExitCodeAndOutputOfTheProgram) {
    const test::TemporaryFolder folder;
    auto child = ChildProcess::start(
        {.program = "/bin/sh",
         .arguments = {"-c", "echo out; echo err >&2; exit 7"},
         .output = folder / "o"}
    );
    ASSERT_TRUE(child) << describe(child.error());
    EXPECT_EQ(child->wait_for(seconds(20)), 7);
    EXPECT_EQ(test::read_file(folder / "o"), "out\nerr\n");
}

TEST(ChildProcess, Terminate_EndsItWithTheSignal) {
    auto child = ChildProcess::start({.program = "/bin/sleep", .arguments = {"60"}});
    ASSERT_TRUE(child);
    EXPECT_EQ(child->wait_for(Duration(20)), std::nullopt);
    child->terminate();
    EXPECT_EQ(child->wait_for(seconds(20)), 128 + 15);
}

TEST(ChildProcess, Start_OfAMissingProgram_NamesIt) {
    const auto child = ChildProcess::start({.program = "/nowhere/program"});
    ASSERT_FALSE(child);
    EXPECT_EQ(child.error().code, Errc::not_found);
    EXPECT_EQ(child.error().where, "/nowhere/program");
}

}  // namespace
}  // namespace sfmkit::platform
