#include "platform/process.hpp"

#include "platform/files.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
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

// A child that inherits a socket keeps a connection open that its parent closed.
TEST(ChildProcess, Start_PassesNoOpenFileOn) {
    const test::TemporaryFolder folder;
    test::write_file(folder / "held", "x");
    SystemFiles files;
    const auto held = files.open_for_reading(folder / "held");
    boost::asio::io_context context;
    const boost::asio::ip::tcp::acceptor socket(
        context, boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)
    );
    auto child = ChildProcess::start(
        {.program = "/bin/ls", .arguments = {"/proc/self/fd"}, .output = folder / "o"}
    );
    ASSERT_TRUE(child) << describe(child.error());
    EXPECT_EQ(child->wait_for(seconds(20)), 0);
    // The fourth is the folder that ls itself has open.
    EXPECT_EQ(test::read_file(folder / "o"), "0\n1\n2\n3\n");
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
