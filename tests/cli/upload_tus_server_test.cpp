#include "platform/process.hpp"
#include "platform/random.hpp"
#include "tests/cli/npm_program.hpp"
#include "tests/cli/numbered_export.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

// Oracle: @tus/server, the reference server of the tus project (tests/interop/tus-server).

namespace sfmkit {
namespace {

using platform::ChildProcess;
using platform::Duration;
using testing::HasSubstr;

std::filesystem::path sfmkit_program() {
    return test::build_folder() / "sfmkit";
}

/// @tus/server as a process of its own, with a folder that outlives it.
class TusServer {
  public:
    TusServer(
        std::filesystem::path script,
        std::filesystem::path folder,
        std::vector<std::string> more = {}
    )
        : script_(std::move(script)), folder_(std::move(folder)), more_(std::move(more)) {
        std::filesystem::create_directories(folder_);
        start();
    }

    std::string url() const { return "http://127.0.0.1:" + port_ + "/files"; }
    std::filesystem::path uploads() const { return folder_ / "uploads"; }
    std::string log() const { return test::read_file(folder_ / "log"); }
    /// Ends it at once (SIGKILL) and starts it anew with the same port and uploads.
    void kill_and_start_again() {
        process_.reset();
        start();
    }

  private:
    void start() {
        const auto ready = folder_ / "ready";
        std::filesystem::remove(ready);
        std::vector<std::string> arguments = {
            script_.string(), port_, uploads().string(), ready.string()
        };
        arguments.insert(arguments.end(), more_.begin(), more_.end());
        auto started = ChildProcess::start(
            {.program = test::find_program("node").value(),
             .arguments = arguments,
             .output = folder_ / "log"}
        );
        if (!started) throw std::runtime_error(platform::describe(started.error()));
        process_ = std::move(*started);
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!std::filesystem::exists(ready)) {
            const auto ended = process_->wait_for(Duration(5));
            if (ended || std::chrono::steady_clock::now() > end) {
                throw std::runtime_error("@tus/server did not come up: " + log());
            }
        }
        port_ = test::read_file(ready);
    }

    std::filesystem::path script_;
    std::filesystem::path folder_;
    std::vector<std::string> more_;
    std::string port_ = "0";
    std::optional<ChildProcess> process_;
};

ChildProcess start_upload(
    const test::NumberedExport& files,
    const TusServer& server,
    const std::filesystem::path& log,
    const std::vector<std::string>& more = {}
) {
    auto arguments = test::upload_arguments(files, server.url());
    arguments.insert(arguments.end(), more.begin(), more.end());
    auto child =
        ChildProcess::start({.program = sfmkit_program(), .arguments = arguments, .output = log});
    if (!child) throw std::runtime_error(platform::describe(child.error()));
    return std::move(*child);
}

void upload_complete(const std::filesystem::path& script) {
    const test::TemporaryFolder folder;
    const test::NumberedExport files(folder, 20, 2'000'000);
    const TusServer server(script, folder / "server");
    auto child = start_upload(files, server, folder / "log");
    EXPECT_EQ(child.wait_for(std::chrono::seconds(60)), 0);
    const std::string log = test::read_file(folder / "log");
    EXPECT_THAT(log, HasSubstr("= 1.000\nretries 0, orphans 0\n"));
    for (const std::string lack :
         {"the server names no expiry", "the server compares no checksums"}) {
        const std::size_t told = log.find(lack);
        EXPECT_NE(told, std::string::npos) << lack;
        EXPECT_EQ(log.find(lack, told + 1), std::string::npos) << lack;
    }
    files.expect_stored_once(server.uploads());
}

void kill_the_client(const std::filesystem::path& script) {
    const test::TemporaryFolder folder;
    const test::NumberedExport files(folder, 20, 4'000'000);
    TusServer server(script, folder / "server");
    platform::SeededRandom random(20260101);
    unsigned kills = 0;
    std::optional<int> exit_code;
    for (unsigned round = 0; round < 6 && !exit_code; ++round) {
        auto child = start_upload(files, server, folder / "log");
        exit_code = child.wait_for(Duration(60 + static_cast<int>(random.pick(90))));
        if (exit_code) break;
        child.kill();
        ++kills;
    }
    if (!exit_code) {
        server.kill_and_start_again();
        auto child = start_upload(files, server, folder / "log");
        exit_code = child.wait_for(std::chrono::seconds(60));
    }
    EXPECT_EQ(exit_code, 0) << test::read_file(folder / "log");
    EXPECT_GT(kills, 1U);
    files.expect_stored_once(server.uploads());
}

void kill_the_server(const std::filesystem::path& script) {
    const test::TemporaryFolder folder;
    const test::NumberedExport files(folder, 20, 4'000'000);
    TusServer server(script, folder / "server");
    auto child = start_upload(files, server, folder / "log");
    std::optional<int> exit_code;
    for (const int pause : {150, 400}) {
        exit_code = child.wait_for(Duration(pause));
        if (exit_code) break;
        server.kill_and_start_again();
    }
    if (!exit_code) exit_code = child.wait_for(std::chrono::seconds(60));
    const std::string log = test::read_file(folder / "log");
    EXPECT_EQ(exit_code, 0) << log;
    EXPECT_THAT(log, HasSubstr("trying again"));
    files.expect_stored_once(server.uploads());
}

/// Two runs with ten each: one run alone keeps to the ten that the service asks for at most.
void upload_twenty_at_once(const std::filesystem::path& script) {
    const test::TemporaryFolder one;
    const test::TemporaryFolder other;
    const test::NumberedExport files(one, 11, 500'000);
    const test::NumberedExport more_files(other, 12, 500'000);
    const TusServer server(script, one / "server", {"20"});
    auto first = start_upload(files, server, one / "log", {"--parallel", "10"});
    auto second = start_upload(more_files, server, other / "log", {"--parallel", "10"});
    EXPECT_EQ(first.wait_for(std::chrono::seconds(60)), 0) << test::read_file(one / "log");
    EXPECT_EQ(second.wait_for(std::chrono::seconds(60)), 0) << test::read_file(other / "log");
    EXPECT_THAT(server.log(), HasSubstr("20 in flight"));
    files.expect_stored_once(server.uploads());
    more_files.expect_stored_once(server.uploads());
}

/// One test, because the packages are installed once.
TEST(UploadToTusServer, CompleteKilledOnEitherSideAndTwentyAtOnce_StoresEveryFileOnce) {
    const auto script = test::npm_program("tus-server", "@tus/server", "serve.mjs");
    if (script.empty()) SFM_SKIP_OR_FAIL("npm cannot install @tus/server");
    struct Scene {
        const char* name;
        void (*play)(const std::filesystem::path&);
    };
    for (const Scene& scene :
         {Scene{"complete", upload_complete},
          Scene{"client killed", kill_the_client},
          Scene{"server killed", kill_the_server},
          Scene{"twenty at once", upload_twenty_at_once}}) {
        SCOPED_TRACE(scene.name);
        const auto begun = std::chrono::steady_clock::now();
        scene.play(script);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
        std::cout << scene.name << ": " << took.count() << " s\n";
    }
}

}  // namespace
}  // namespace sfmkit
