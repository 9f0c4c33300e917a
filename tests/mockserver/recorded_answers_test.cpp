#include "tests/mockserver/recording_player.hpp"
#include "tests/mockserver/served_site.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <map>

// Oracle: what tusdotnet 2.5.0 on Kestrel answered, recorded from the running library.

namespace sfmkit::test {
namespace {

using mockserver::Rules;
using nlohmann::json;

/// Cases that this server does not answer as recorded yet, each with the reason. A case that agrees
/// must not stand here.
const std::map<std::string, std::string> not_yet_covered = {};

/// The settings that the recordings name; nothing for one that the imitated version never had.
std::optional<Rules> rules_of(const std::string& variant, const mockserver::Profile& profile) {
    Rules rules;
    rules.profile = &profile;
    mockserver::Settings& settings = rules.settings;
    if (variant == "default") return rules;
    if (variant == "expire1")
        settings.expire_after = std::chrono::seconds(1);
    else if (variant == "sliding") {
        settings.expire_after = std::chrono::seconds(3600);
        settings.sliding_expiry = true;
    } else if (variant == "max1000")
        settings.max_size_bytes = 1000;
    else if (variant == "hook")
        settings.required_metadata = "name";
    else if (variant == "auth")
        settings.require_authorization = true;
    else if (variant == "noexp")
        settings.expire_after.reset();
    else
        return std::nullopt;
    return rules;
}

/// The recordings show the outcomes of a race; the one that they all allow is that what was written
/// stays, so chance is switched off here and tested elsewhere.
mockserver::Profile without_chance(mockserver::Profile profile) {
    profile.cut = {.keep_written_weight = 1, .other_weight = 0};
    return profile;
}

struct Played {
    std::map<std::string, std::vector<std::string>> differences;  ///< by case id
    std::size_t skipped = 0;
};

class RecordedRun {
  public:
    RecordedRun(const json& recording, mockserver::Profile profile)
        : recording_(recording), profile_(without_chance(profile)) {}

    Played run() {
        constexpr int players = 48;
        for (int i = 0; i < players; ++i) {
            boost::asio::co_spawn(context_, play_cases(), [](const std::exception_ptr& failure) {
                if (failure) std::rethrow_exception(failure);
            });
        }
        context_.run();
        return std::move(played_);
    }

  private:
    boost::asio::awaitable<void> play_cases() {
        while (next_ < recording_.at("cases").size()) {
            const json& recorded = recording_.at("cases").at(next_++);
            const auto rules = rules_of(recorded.at("variant"), profile_);
            if (recorded.contains("skipped") || !rules) {
                ++played_.skipped;
                continue;
            }
            co_await play_case(recorded, *rules);
        }
    }

    boost::asio::awaitable<void> play_case(const json& recorded, Rules rules) {
        const std::string id = recorded.at("id");
        ServedSite::Options options;
        options.rules = rules;
        options.folder = folder_ / id;
        auto site = std::make_unique<ServedSite>(context_, options);
        const auto restart = [&]() -> boost::asio::awaitable<std::uint16_t> {
            co_await site->stop();
            site.reset();
            site = std::make_unique<ServedSite>(context_, options);
            co_return site->port();
        };
        RecordingPlayer player(context_, recorded, site->port(), restart);
        std::vector<std::string> differences = co_await player.play();
        played_.differences[id] = std::move(differences);
        co_await site->stop();
    }

    const json& recording_;
    mockserver::Profile profile_;
    TemporaryFolder folder_;
    boost::asio::io_context context_{1};
    std::size_t next_ = 0;
    Played played_;
};

TEST(RecordedAnswers, OfTusdotnet2021_WhenReplayed_AreGivenAlike) {
    const auto file = reference_file("wire/tusdotnet-2021-direct.json");
    if (!file) SFM_SKIP_OR_FAIL("the recordings of tusdotnet are not there");
    const json recording = json::parse(read_file(*file));
    const Played played = RecordedRun(recording, mockserver::tusdotnet_2021()).run();
    std::size_t equal = 0;
    for (const auto& [id, differences] : played.differences) {
        const bool listed = not_yet_covered.contains(id);
        if (differences.empty()) {
            EXPECT_FALSE(listed) << id << " agrees now; take it off the list";
            ++equal;
            continue;
        }
        for (const std::string& line : differences) {
            if (!listed) ADD_FAILURE() << id << ": " << line;
        }
    }
    std::cout << "recorded cases: " << equal << " equal, " << not_yet_covered.size()
              << " not yet covered, " << played.skipped << " not of this version\n";
    for (const auto& [id, reason] : not_yet_covered) {
        std::cout << "  not yet covered: " << id << " (" << reason << ")\n";
    }
    EXPECT_EQ(equal + not_yet_covered.size() + played.skipped, recording.at("cases").size());
}

}  // namespace
}  // namespace sfmkit::test
