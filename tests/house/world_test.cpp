#include "tests/house/code_text.hpp"
#include "tests/house/source_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <regex>

namespace sfmkit::house {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// Only platform touches the world, and the support of the tests where they start programs.
bool may_touch_the_world(const SourceFile& file) {
    return file.folder() == "platform" || file.path.starts_with("tests/support/") ||
           file.path.starts_with("tests/platform/");
}

constexpr std::array system_headers = {
    "aio.h",     "csignal",   "direct.h",   "dirent.h",    "dlfcn.h",   "fcntl.h",
    "glob.h",    "grp.h",     "io.h",       "netdb.h",     "poll.h",    "process.h",
    "pthread.h", "pwd.h",     "sched.h",    "semaphore.h", "signal.h",  "spawn.h",
    "syslog.h",  "termios.h", "ucontext.h", "unistd.h",    "windows.h", "winsock2.h",
};
constexpr std::array system_header_folders = {"arpa/", "linux/", "net/", "netinet/", "sys/"};

std::vector<Breach> check_system_headers(const SourceFile& file) {
    std::vector<Breach> breaches;
    if (may_touch_the_world(file)) return breaches;
    for (const Include& include : includes_of(file)) {
        const auto is_it = [&include](const char* name) { return include.target == name; };
        const auto is_in = [&include](const char* name) {
            return include.target.starts_with(name);
        };
        const bool system = std::ranges::any_of(system_headers, is_it) ||
                            std::ranges::any_of(system_header_folders, is_in);
        if (system && !include.quoted) {
            breaches.push_back({file.path, include.line, "uses <" + include.target + ">"});
        }
    }
    return breaches;
}

/// A breach for every line of code that the pattern is found in.
std::vector<Breach> check_lines(const SourceFile& file, const std::regex& pattern) {
    std::vector<Breach> breaches;
    const auto lines = lines_of(code_of(file.text));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::smatch match;
        if (std::regex_search(lines[i], match, pattern)) {
            breaches.push_back({file.path, i + 1, "has " + match.str()});
        }
    }
    return breaches;
}

std::vector<Breach> check_system_branches(const SourceFile& file) {
    static const std::regex pattern(
        R"(^\s*#\s*(if|ifdef|ifndef|elif|elifdef|elifndef)\b.*)"
        R"(\b(_WIN32|_WIN64|WIN32|_MSC_VER|__MINGW\w*|__CYGWIN__|__linux__|__linux|__gnu_linux__)"
        R"(|__unix__|__unix|unix|__APPLE__|__MACH__|__FreeBSD__|__ANDROID__|_POSIX_\w*)\b)"
    );
    if (may_touch_the_world(file)) return {};
    return check_lines(file, pattern);
}

/// Time, chance, environment and waiting come in as values; a call would tie the core to a machine.
std::vector<Breach> check_world_calls(const SourceFile& file) {
    static const std::regex pattern(
        R"(\bnow\s*\(|\b(secure_)?getenv\b|\brandom_device\b|\bs?rand\s*\()"
        R"(|\b(u|nano)?sleep\s*\(|\bthis_thread\b|\bstd::time\s*\(|\bgettimeofday\b)"
        R"(|\bclock_gettime\b|\blocaltime(_r)?\s*\(|\bstd::system\s*\(|\bmt19937(_64)?\b)"
        R"(|\b\w+_distribution\s*<)"
    );
    if (file.folder() == "platform" || file.folder() == "tests") return {};
    return check_lines(file, pattern);
}

TEST(World, SystemHeaders_OutsidePlatform_AreNowhere) {
    EXPECT_THAT(breaches_in_checkout(check_system_headers), IsEmpty());
}

TEST(World, SystemHeaders_InMadeUpFiles_AreFound) {
    for (const char* header :
         {"unistd.h", "sys/socket.h", "netinet/in.h", "windows.h", "csignal"}) {
        const std::string text = "#pragma once\n#  include <" + std::string(header) + ">\n";
        EXPECT_THAT(check_system_headers({"client/a.cpp", text}), SizeIs(1)) << header;
        EXPECT_THAT(check_system_headers({"tests/client/a.cpp", text}), SizeIs(1)) << header;
        EXPECT_THAT(check_system_headers({"platform/a.cpp", text}), IsEmpty()) << header;
        EXPECT_THAT(check_system_headers({"tests/support/a.cpp", text}), IsEmpty()) << header;
    }
    EXPECT_THAT(check_system_headers({"client/a.cpp", "#include <filesystem>\n"}), IsEmpty());
    EXPECT_THAT(
        check_system_headers({"client/a.cpp", "#include \"platform/signals.hpp\""}), IsEmpty()
    );
}

TEST(World, SystemBranches_OutsidePlatform_AreNowhere) {
    EXPECT_THAT(breaches_in_checkout(check_system_branches), IsEmpty());
}

TEST(World, SystemBranches_InMadeUpFiles_AreFound) {
    for (const char* line :
         {"#ifdef _WIN32",
          "#if defined(__linux__) && X",
          "  # ifndef __APPLE__",
          "#if X\n#elif defined __unix__"}) {
        EXPECT_THAT(check_system_branches({"verifier/a.cpp", line}), SizeIs(1)) << line;
        EXPECT_THAT(check_system_branches({"platform/a.cpp", line}), IsEmpty()) << line;
    }
    EXPECT_THAT(check_system_branches({"verifier/a.cpp", "// #ifdef _WIN32"}), IsEmpty());
    EXPECT_THAT(check_system_branches({"verifier/a.cpp", "#ifdef NDEBUG"}), IsEmpty());
}

TEST(World, CallsToTheWorld_OutsidePlatform_AreNowhere) {
    EXPECT_THAT(breaches_in_checkout(check_world_calls), IsEmpty());
}

TEST(World, CallsToTheWorld_InMadeUpFiles_AreFound) {
    for (const char* line :
         {"auto a = std::chrono::system_clock::now();",
          "auto a = Clock::now ();",
          "std::getenv(name)",
          "std::random_device device;",
          "int a = rand();",
          "srand(1);",
          "sleep(1);",
          "std::this_thread::sleep_for(a);",
          "std::uniform_int_distribution<int> a(1, 6);"}) {
        EXPECT_THAT(check_world_calls({"mockserver/a.cpp", line}), SizeIs(1)) << line;
        EXPECT_THAT(check_world_calls({"platform/a.cpp", line}), IsEmpty()) << line;
    }
    for (const char* line :
         {"auto a = clock.wall_now();",
          "co_await clock.sleep_for(a);",
          "// never now()",
          "auto a = \"now()\";",
          "auto a = operand(1);",
          "auto a = fmt::gmtime(b);"}) {
        EXPECT_THAT(check_world_calls({"mockserver/a.cpp", line}), IsEmpty()) << line;
    }
}

}  // namespace
}  // namespace sfmkit::house
