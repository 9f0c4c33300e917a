#include "tests/mockserver/recording_text.hpp"
#include "tests/mockserver/simulated_site.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;
using Loss = fuzz::MemoryFiles::Loss;

/// What a server told its clients about one upload, and what it must hold after any fault.
struct Promise {
    std::string content;             ///< of the whole upload
    std::uint64_t acknowledged = 0;  ///< bytes of it
    bool deferred = false;           ///< the next PATCH brings the length
    bool removal_asked = false;
    bool removed = false;
};

using Promises = std::map<std::string, Promise>;  ///< by path of the upload

/// One client that notes what it was promised. Every step may be refused by a disk that fails.
class Dialogue {
  public:
    Dialogue(SimulatedSite& site, Promises& promises) : site_(site), promises_(promises) {}

    awaitable<void> play() {
        const std::string plain = co_await create("Upload-Length: 300\r\n", stream_slice(0, 300));
        co_await patch(plain, 100, false);
        co_await patch(plain, 200, true);
        const std::string deferred =
            co_await create("Upload-Defer-Length: 1\r\n", stream_slice(300, 360));
        if (!deferred.empty()) promises_[deferred].deferred = true;
        co_await patch(deferred, 20, false);
        co_await patch(deferred, 40, true);
        const std::string first = co_await part(stream_slice(400, 450));
        const std::string second = co_await part(stream_slice(450, 520));
        co_await join(first, second);
        const std::string doomed = co_await create("Upload-Length: 30\r\n", stream_slice(0, 30));
        co_await patch(doomed, 10, false);
        co_await terminate(doomed);
        co_await create("Upload-Length: 0\r\n", "");
    }

    awaitable<std::string> create(std::string lines, std::string content) {
        const RawAnswer answer = co_await site_.ask("POST", "/files", lines + "\r\n");
        if (answer.status != 201) co_return "";
        const std::string path = header_of(answer, "Location");
        promises_[path].content = content;
        co_return path;
    }

    awaitable<bool> patch(std::string path, std::uint64_t count, bool checked) {
        if (path.empty()) co_return false;
        Promise& promise = promises_[path];
        const std::uint64_t at = promise.acknowledged;
        std::string lines = patch_lines(at, promise.content.substr(at, count));
        if (!checked) {
            const std::size_t begin = lines.find("Upload-Checksum");
            lines.erase(begin, lines.find("\r\n", begin) + 2 - begin);
        }
        if (promise.deferred) {
            lines = "Upload-Length: " + std::to_string(promise.content.size()) + "\r\n" + lines;
        }
        const RawAnswer answer = co_await site_.ask("PATCH", path, lines);
        if (answer.status != 204) co_return false;
        promise.acknowledged = at + count;
        promise.deferred = false;
        co_return true;
    }

    awaitable<std::string> part(std::string content) {
        const std::string lines =
            "Upload-Length: " + std::to_string(content.size()) + "\r\nUpload-Concat: partial\r\n";
        const std::string path = co_await create(lines, content);
        co_await patch(path, content.size(), true);
        co_return path;
    }

    awaitable<void> join(std::string first, std::string second) {
        if (first.empty() || second.empty()) co_return;
        const std::string lines = "Upload-Concat: final;" + first + " " + second + "\r\n";
        const std::string content = promises_[first].content + promises_[second].content;
        const std::string path = co_await create(lines, content);
        if (!path.empty()) promises_[path].acknowledged = content.size();
    }

    awaitable<void> terminate(std::string path) {
        if (path.empty()) co_return;
        promises_[path].removal_asked = true;
        const RawAnswer answer = co_await site_.ask("DELETE", path, "\r\n");
        promises_[path].removed = answer.status == 204;
    }

  private:
    SimulatedSite& site_;
    Promises& promises_;
};

/// What is broken: every promise is kept, every upload can be brought to its end, and new ones are
/// taken.
awaitable<std::vector<std::string>> broken_promises(SimulatedSite& site, Promises promises) {
    std::vector<std::string> broken;
    Dialogue dialogue(site, promises);
    const std::string fresh = co_await dialogue.create("Upload-Length: 9\r\n", "brand new");
    const bool taken = co_await dialogue.patch(fresh, 9, true);
    if (!taken) broken.emplace_back("no new upload is taken");
    for (auto& [path, promise] : promises) {
        const RawAnswer head = co_await site.ask("HEAD", path, "\r\n");
        if (promise.removed && head.status != 404) broken.push_back(path + " is back");
        if (promise.removal_asked && head.status == 404) continue;
        if (promise.removed) continue;
        if (head.status != 200) {
            broken.push_back(path + " answers " + std::to_string(head.status));
            continue;
        }
        const std::uint64_t offset = std::stoull(header_of(head, "Upload-Offset"));
        if (offset < promise.acknowledged || offset > promise.content.size()) {
            broken.push_back(path + " is at " + std::to_string(offset));
            continue;
        }
        promise.acknowledged = offset;
        promise.deferred = header_of(head, "Upload-Defer-Length") == "1";
        const std::uint64_t missing = promise.content.size() - offset;
        if (missing > 0) {
            const bool ended = co_await dialogue.patch(path, missing, true);
            if (!ended) broken.push_back(path + " cannot be ended");
        }
        const std::string stored = site.stored(path.substr(path.rfind('/') + 1));
        if (stored != promise.content) broken.push_back(path + " has other bytes");
    }
    co_return broken;
}

enum class Fault {
    crash,  ///< from this call on nothing works, until the server starts anew
    fails   ///< this call fails as on a full disk, all others work
};

struct Outcome {
    std::uint64_t calls = 0;  ///< of the file system in the dialogue
    std::size_t kept = 0;     ///< promises that the server had made
    bool hit = false;         ///< the fault came
    std::vector<std::string> broken;
};

SimulatedSite::Options options_of(platform::Durability durability) {
    SimulatedSite::Options options;
    options.rules.profile = &mockserver::strict_spec();
    options.durability = durability;
    return options;
}

Outcome run(platform::Durability durability, Fault fault, std::uint64_t at) {
    SimulatedSite world(options_of(durability));
    Outcome outcome;
    world.play([&](SimulatedSite& site) -> awaitable<void> {
        const std::uint64_t before = site.files().calls();
        site.files().set_fault(
            [&](std::string_view, const std::string& path) -> std::optional<platform::Error> {
                const std::uint64_t call = site.files().calls() - before;
                if (fault == Fault::crash ? call < at : call != at) return std::nullopt;
                outcome.hit = true;
                return platform::Error{
                    .code = platform::Errc::disk_full, .what = "a fault of the test", .where = path
                };
            }
        );
        Promises promises;
        Dialogue dialogue(site, promises);
        co_await dialogue.play();
        outcome.calls = site.files().calls() - before;
        outcome.kept = promises.size();
        site.files().set_fault(nullptr);
        if (fault == Fault::fails) {
            outcome.broken = co_await broken_promises(site, promises);
            if (!outcome.broken.empty()) co_return;
        }
        const bool power = durability == platform::Durability::power;
        const Loss loss = power ? Loss::everything : Loss::nothing;
        co_await site.crash(loss);
        outcome.broken = co_await broken_promises(site, promises);
    });
    return outcome;
}

constexpr std::uint64_t never = ~std::uint64_t{0};

class StorageFaults : public testing::TestWithParam<std::tuple<platform::Durability, Fault>> {};

// Every call of the file system in a dialogue with all kinds of uploads is the one that fails, and
// the one at which the server ends (and so each is also the last one that was done).
TEST_P(StorageFaults, AtEveryCall_LoseNothingAcknowledged) {
    const auto [durability, fault] = GetParam();
    const Outcome whole = run(durability, Fault::fails, never);
    ASSERT_TRUE(whole.broken.empty()) << whole.broken.front();
    ASSERT_EQ(whole.kept, 7U);
    std::map<std::size_t, std::size_t> runs_by_promises;
    std::size_t hits = 0;
    for (std::uint64_t at = 1; at <= whole.calls; ++at) {
        const Outcome outcome = run(durability, fault, at);
        hits += outcome.hit ? 1 : 0;
        ++runs_by_promises[outcome.kept];
        for (const std::string& text : outcome.broken) {
            ADD_FAILURE() << "call " << at << ": " << text;
        }
    }
    std::printf("%zu calls, %zu faults;", std::size_t{whole.calls}, hits);
    for (const auto& [kept, runs] : runs_by_promises) {
        std::printf(" %zu runs with %zu uploads acknowledged", runs, kept);
    }
    std::printf("\n");
    EXPECT_EQ(hits, whole.calls) << "every call was the one";
    EXPECT_GE(whole.calls, durability == platform::Durability::power ? 100U : 60U);
    EXPECT_GE(runs_by_promises.size(), 2U) << "faults hit before and after acknowledgements";
}

INSTANTIATE_TEST_SUITE_P(
    All,
    StorageFaults,
    testing::Combine(
        testing::Values(platform::Durability::process, platform::Durability::power),
        testing::Values(Fault::crash, Fault::fails)
    ),
    [](const auto& tested) {
        const bool power = std::get<0>(tested.param) == platform::Durability::power;
        const bool crash = std::get<1>(tested.param) == Fault::crash;
        return std::string(power ? "Power" : "Process") + (crash ? "Crash" : "Failure");
    }
);

// The control: a server that skips every sync, as this durability does, loses what it acknowledged
// when the power goes, and the test sees it.
TEST(StorageControl, WithProcessDurability_DoesNotSurviveAPowerCut) {
    SimulatedSite world(options_of(platform::Durability::process));
    world.play([](SimulatedSite& site) -> awaitable<void> {
        Promises promises;
        Dialogue dialogue(site, promises);
        co_await dialogue.play();
        co_await site.crash(Loss::everything);
        const auto broken = co_await broken_promises(site, promises);
        EXPECT_GE(broken.size(), 4U);
    });
}

}  // namespace
}  // namespace sfmkit::test
