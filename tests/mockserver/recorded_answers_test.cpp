#include "tests/mockserver/recording_player.hpp"
#include "tests/mockserver/served_site.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

// Oracle: what tusdotnet 2.5.0 on Kestrel answered, recorded from the running library.

namespace sfmkit::test {
namespace {

using mockserver::Rules;
using nlohmann::json;

/// The settings that the recordings name. Endpoint routing answers as the middleware does.
Rules rules_of(const std::string& variant, Rules rules) {
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
    else if (variant == "stall2")
        settings.read_timeout = std::chrono::seconds(2);
    else if (variant == "noterm")
        settings.without = {"termination"};
    else if (variant != "maptus")
        throw std::runtime_error("unknown variant " + variant);
    return rules;
}

/// The recordings show the outcomes of a race; the one that they all allow is that what was written
/// stays, so chance is switched off here and tested elsewhere.
mockserver::Profile without_chance(mockserver::Profile profile) {
    profile.cut = {.keep_written_weight = 1, .other_weight = 0};
    return profile;
}

struct Played {
    std::map<std::string, std::vector<StepDifference>> differences;  ///< by case id
};

class RecordedRun {
  public:
    RecordedRun(const json& recording, const mockserver::Profile& profile, bool behind_nginx)
        : recording_(recording), profile_(without_chance(profile)), behind_nginx_(behind_nginx) {}

    /// players: how many cases are played at once; most of their time they wait.
    Played run(int players) {
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
            Rules plain{.profile = &profile_, .behind_nginx = behind_nginx_, .settings = {}};
            const Rules rules = rules_of(recorded.at("variant"), std::move(plain));
            co_await play_case(recorded, rules);
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
        std::vector<StepDifference> differences = co_await player.play();
        played_.differences[id] = std::move(differences);
        co_await site->stop();
    }

    const json& recording_;
    mockserver::Profile profile_;
    bool behind_nginx_;
    TemporaryFolder folder_;
    boost::asio::io_context context_{1};
    std::size_t next_ = 0;
    Played played_;
};

/// A case and step that is answered otherwise on purpose.
struct Deviation {
    std::string_view id;
    std::size_t step;
    std::string_view reason;
};

struct Recording {
    std::string_view file;
    std::string_view newer;  ///< has the cases that this one lacks
    std::string_view profile;
    std::vector<Deviation> deviations;
};

void PrintTo(const Recording& recording, std::ostream* out) {
    *out << recording.file;
}

/// tusdotnet 2.5.0 had no endpoint routing, no way to switch an extension off and no read time-out,
/// so those cases were not recorded of it. Our options work in every profile: the cases are played
/// as the newer version was recorded.
json complete(json recording, const Recording& wanted) {
    const auto file = reference_file("wire/" + std::string(wanted.newer));
    if (!file) throw std::runtime_error("no " + std::string(wanted.newer));
    const json newer = json::parse(read_file(*file));
    for (std::size_t i = 0; i < recording.at("cases").size(); ++i) {
        json& recorded = recording.at("cases").at(i);
        if (recorded.contains("skipped")) recorded = newer.at("cases").at(i);
    }
    return recording;
}

/// The row that accepts a difference of this step.
std::optional<const Deviation*> row_of(
    const Recording& recording, std::string_view id, std::size_t step
) {
    for (const Deviation& row : recording.deviations) {
        if (row.id == id && row.step == step) return &row;
    }
    return std::nullopt;
}

constexpr std::string_view newer_direct = "tusdotnet-current-direct.json";
constexpr std::string_view newer_nginx = "tusdotnet-current-nginx.json";

const std::vector<Deviation> restart = {
    {"restart-during-checksum",
     5,
     "nginx and the server behind it are one process here and end together"},
};

/// Pauses between pieces of a body decide what stays of it, and many cases at once on a busy
/// machine make pauses of their own: what differed is played once more with nothing beside it.
void play_alone_what_differs(
    const Recording& wanted,
    const json& recording,
    const mockserver::Profile& profile,
    bool behind_nginx,
    Played& played
) {
    json differing = {{"cases", json::array()}};
    for (const json& recorded : recording.at("cases")) {
        const std::string id = recorded.at("id");
        const auto& differences = played.differences.at(id);
        const bool accepted = std::ranges::all_of(differences, [&](const StepDifference& one) {
            return row_of(wanted, id, one.step).has_value();
        });
        if (!accepted) differing["cases"].push_back(recorded);
    }
    constexpr std::size_t most_by_chance = 5;
    if (differing["cases"].empty() || differing["cases"].size() > most_by_chance) return;
    std::cout << "played again alone: " << differing["cases"].size() << "\n";
    Played again = RecordedRun(differing, profile, behind_nginx).run(1);
    for (auto& [id, differences] : again.differences) {
        played.differences[id] = std::move(differences);
    }
}

class RecordedAnswers : public testing::TestWithParam<Recording> {};

TEST_P(RecordedAnswers, WhenReplayed_AreGivenAlike) {
    const Recording& wanted = GetParam();
    const auto file = reference_file("wire/" + std::string(wanted.file));
    if (!file) SFM_SKIP_OR_FAIL("the recordings of tusdotnet are not there");
    const json recording = complete(json::parse(read_file(*file)), wanted);
    const mockserver::Profile& profile = *mockserver::find_profile(wanted.profile);
    const bool behind_nginx = wanted.file.find("nginx") != std::string_view::npos;
    constexpr int many = 48;
    Played played = RecordedRun(recording, profile, behind_nginx).run(many);
    play_alone_what_differs(wanted, recording, profile, behind_nginx, played);
    std::size_t equal = 0;
    std::set<const Deviation*> met;
    for (const auto& [id, differences] : played.differences) {
        if (differences.empty()) ++equal;
        for (const StepDifference& difference : differences) {
            const auto row = row_of(wanted, id, difference.step);
            if (row) {
                met.insert(*row);
            } else {
                ADD_FAILURE() << id << ", step " << difference.step << ": " << difference.text;
            }
        }
    }
    for (const Deviation& row : wanted.deviations) {
        EXPECT_TRUE(met.contains(&row)) << row.id << ", step " << row.step << " agrees now";
    }
    constexpr std::size_t most_deviations = 10;
    EXPECT_LE(wanted.deviations.size(), most_deviations);
    std::cout << wanted.file << ": " << played.differences.size() << " cases played, " << equal
              << " equal, " << wanted.deviations.size() << " accepted differences\n";
    EXPECT_EQ(played.differences.size(), recording.at("cases").size());
}

INSTANTIATE_TEST_SUITE_P(
    OfTusdotnet,
    RecordedAnswers,
    testing::Values(
        Recording{"tusdotnet-2021-direct.json", newer_direct, "tusdotnet-2021", {}},
        Recording{newer_direct, newer_direct, "tusdotnet-current", {}},
        Recording{"tusdotnet-2021-nginx.json", newer_nginx, "tusdotnet-2021", restart},
        Recording{newer_nginx, newer_nginx, "tusdotnet-current", restart}
    ),
    [](const testing::TestParamInfo<Recording>& row) {
        std::string name(row.param.file.substr(0, row.param.file.find('.')));
        std::ranges::replace(name, '-', '_');
        return name;
    }
);

}  // namespace
}  // namespace sfmkit::test
