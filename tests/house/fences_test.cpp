#include "tests/house/source_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <regex>

namespace sfmkit::house {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// Headers that cost seconds wherever they are included, and the only files that may do so.
struct Fence {
    const char* headers;
    const char* files;
};

constexpr std::array fences = {
    Fence{"boost/beast.*", R"(wire/http_codec\w*\.cpp)"},
    Fence{
        "boost/asio/(ip|ssl|local|posix|windows)/.*", R"(platform/.*|tests/(platform|support)/.*)"
    },
    Fence{
        "boost/asio/(read|write|connect|ssl|signal_set)\\w*\\.hpp",
        R"(platform/.*|tests/(platform|support)/.*)"
    },
    Fence{"boost/asio\\.hpp", "nowhere"},
    Fence{"CLI/.*", R"((tests/)?cli/.*\.cpp)"},
    Fence{"nlohmann/json\\.hpp", R"(.*\.cpp|tests/.*|mockserver/faults/json_members\.hpp)"},
    Fence{"pugixml\\.hpp", R"(verifier/document_tree\.cpp|tests/.*)"},
    Fence{"sqlite3\\.h", R"(mockserver/evidence/database\.cpp|tests/.*)"},
    Fence{"spdlog/.*", R"(platform/log\.cpp)"},
};

std::vector<Breach> check_fences(const SourceFile& file) {
    std::vector<Breach> breaches;
    for (const Include& include : includes_of(file)) {
        for (const Fence& fence : fences) {
            if (!std::regex_match(include.target, std::regex(fence.headers))) continue;
            if (std::regex_match(file.path, std::regex(fence.files))) continue;
            breaches.push_back({file.path, include.line, "uses <" + include.target + ">"});
        }
    }
    return breaches;
}

TEST(Fences, OfHeavyHeaders_HoldInEveryFile) {
    EXPECT_THAT(breaches_in_checkout(check_fences), IsEmpty());
}

TEST(Fences, OfHeavyHeaders_AreFoundBrokenInMadeUpFiles) {
    struct Row {
        const char* header;
        const char* outside;
        const char* inside;
    };
    for (const Row& row : {
             Row{"boost/beast/http.hpp", "mockserver/a.cpp", "wire/http_codec.cpp"},
             Row{"boost/asio/ip/tcp.hpp", "client/a.cpp", "platform/tcp_network.cpp"},
             Row{"boost/asio/read_until.hpp", "client/a.cpp", "platform/tcp_network.cpp"},
             Row{"CLI/CLI.hpp", "cli/commands.hpp", "cli/keys_command.cpp"},
             Row{"nlohmann/json.hpp", "findings/report.hpp", "findings/report.cpp"},
             Row{"pugixml.hpp", "verifier/document_tree.hpp", "verifier/document_tree.cpp"},
             Row{"spdlog/spdlog.h", "client/a.cpp", "platform/log.cpp"},
         }) {
        const std::string text = "#include <" + std::string(row.header) + ">\n";
        EXPECT_THAT(check_fences({row.outside, text}), SizeIs(1)) << row.header;
        EXPECT_THAT(check_fences({row.inside, text}), IsEmpty()) << row.header;
    }
    EXPECT_THAT(check_fences({"client/a.hpp", "#include <boost/asio/awaitable.hpp>\n"}), IsEmpty());
}

}  // namespace
}  // namespace sfmkit::house
