#include "mockserver/evidence/evidence_reader.hpp"
#include "mockserver/faults/fault_file.hpp"
#include "mockserver/profile.hpp"
#include "tests/mockserver/random_talk.hpp"
#include "tests/mockserver/recording_text.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <map>
#include <set>

// What is kept of a run is enough to judge it again: the requests of the evidence, sent to a server
// that knows nothing, with the faults that the evidence tells of, lead to the same verdicts.

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;
using mockserver::EvidenceReader;
using mockserver::RequestRow;

constexpr std::uint64_t uploads_of_a_world = 50;
constexpr std::uint64_t worlds = 21;
constexpr std::uint64_t fewest_strikes = 5;
constexpr std::size_t fewest_rules = 12;

constexpr const char* scenario = R"json({"faults": [
{"name": "refuse", "point": "head", "match": {"probability": 0.02}, "times": 0,
 "action": {"do": "answer", "status": 429, "set": {"Retry-After": "1"}}},
{"name": "hang up", "point": "head", "match": {"probability": 0.02}, "times": 0,
 "action": {"do": "close"}},
{"name": "collect", "point": "head", "match": {"method": "PATCH", "probability": 0.03}, "times": 0,
 "action": {"do": "buffer"}},
{"name": "unavailable", "point": "before_store", "match": {"probability": 0.02}, "times": 0,
 "action": {"do": "answer", "status": 503}},
{"name": "wait", "point": "before_store", "match": {"probability": 0.02}, "times": 0,
 "action": {"do": "stall", "time": "2s"}},
{"name": "cut body", "point": "body", "at_byte": 80, "times": 0,
 "match": {"method": "PATCH", "probability": 0.03}, "action": {"do": "reset"}},
{"name": "turn a bit", "point": "body", "at_byte": 60, "times": 0,
 "match": {"method": "PATCH", "probability": 0.03}, "action": {"do": "corrupt"}},
{"name": "keep a part", "point": "body", "at_byte": 70, "times": 0,
 "match": {"method": "PATCH", "probability": 0.03}, "action": {"do": "keep_part"}},
{"name": "full", "point": "body", "at_byte": 90, "times": 0,
 "match": {"method": "PATCH", "probability": 0.03}, "action": {"do": "storage_full"}},
{"name": "lose the answer", "point": "after_store", "times": 0,
 "match": {"probability": 0.03}, "action": {"do": "reset"}},
{"name": "expire", "point": "after_store", "times": 0,
 "match": {"method": "PATCH", "probability": 0.02}, "action": {"do": "expire_upload"}},
{"name": "cut answer", "point": "answer", "at_byte": 20, "times": 0,
 "match": {"probability": 0.02}, "action": {"do": "reset"}},
{"name": "lie", "point": "answer", "times": 0,
 "match": {"method": "HEAD", "probability": 0.02}, "action": {"do": "edit_answer", "shift": 7}},
{"name": "hold", "point": "after_answer", "times": 0,
 "match": {"method": "POST", "probability": 0.03}, "action": {"do": "lock", "time": "3s"}},
{"name": "forget", "point": "after_answer", "times": 0,
 "match": {"method": "PATCH", "probability": 0.03}, "action": {"do": "lose_store", "bytes": 40}}
]})json";

const std::vector<mockserver::Fault>& scenario_faults() {
    static const auto parsed = mockserver::parse_scenario(scenario, "scenario").value();
    return parsed.faults;
}

using Key = std::pair<std::uint64_t, std::uint64_t>;

/// What the evidence of one run says.
struct Kept {
    std::vector<RequestRow> requests{};
    std::map<Key, std::vector<std::string>> faults{};
    std::map<Key, std::vector<std::string>> rules{};
    std::vector<std::string> uploads{};  ///< what became of them, in their order
};

Kept read(const std::filesystem::path& folder) {
    constexpr std::uint64_t all = 1'000'000;
    EvidenceReader reader = EvidenceReader::open(folder).value();
    Kept kept;
    kept.requests = reader.requests({.most = all}).value();
    std::set<Key> told;
    for (const RequestRow& row : kept.requests) {
        const auto& request = row.request;
        EXPECT_TRUE(told.insert({request.connection, request.request}).second)
            << "told twice: " << request.method << " " << request.status;
    }
    const auto faults = reader.faults(0, 0, all).value();
    for (const auto& row : faults) {
        kept.faults[{row.where.connection, row.where.request}].push_back(row.name);
    }
    const auto findings = reader.findings(0, 0, all).value();
    for (const auto& row : findings) {
        kept.rules[{row.where.connection, row.where.request}].push_back(row.finding.rule);
    }
    const auto uploads = reader.uploads(0).value();
    for (const auto& row : uploads) {
        kept.uploads.push_back(fmt::format(
            "{} {} bytes, {}, {}",
            row.name,
            row.length_bytes.value_or(0),
            row.finished ? "finished" : "open",
            row.removed ? "removed" : "there"
        ));
    }
    return kept;
}

std::string number(const std::optional<std::uint64_t>& offset) {
    return offset ? std::to_string(*offset) : "-";
}

/// The verdict on one request.
std::string verdict(const Kept& kept, const RequestRow& row) {
    const auto& request = row.request;
    const Key key{request.connection, request.request};
    const auto listed = [&](const std::map<Key, std::vector<std::string>>& of) {
        const auto found = of.find(key);
        std::vector<std::string> names;
        if (found != of.end()) names = found->second;
        std::ranges::sort(names);
        return fmt::format("{}", fmt::join(names, ","));
    };
    return fmt::format(
        "{} {} {} offset {} to {} checksum {} rules [{}] faults [{}]",
        request.method,
        request.status,
        mockserver::name_of(request.end),
        number(request.offset_before),
        number(request.offset_after),
        mockserver::name_of(request.checksum),
        listed(kept.rules),
        listed(kept.faults)
    );
}

std::optional<std::uint64_t> field_number(const std::string& fields, const std::string& name) {
    const std::size_t place = fields.find(name + ": ");
    if (place == std::string::npos) return std::nullopt;
    const char* begin = fields.data() + place + name.size() + 2;
    std::uint64_t value = 0;
    const auto read = std::from_chars(begin, fields.data() + fields.size(), value);
    if (read.ec != std::errc()) return std::nullopt;
    return value;
}

/// Sends again what the evidence tells of.
awaitable<void> send_again(
    SimulatedSite& site, const Kept& kept, const std::vector<mockserver::Fault>& faults
) {
    std::map<std::string, std::string> ids;
    for (const RequestRow& row : kept.requests) {
        const auto& told = row.request;
        const platform::Duration pause = told.arrived - site.clock().wall_now();
        if (pause > platform::Duration(0)) co_await site.sleep(pause);
        site.site().faults.clear_all();
        const auto struck = kept.faults.find({told.connection, told.request});
        if (struck != kept.faults.end()) {
            for (mockserver::Fault fault : faults) {
                if (std::ranges::count(struck->second, fault.name) == 0) continue;
                fault.match = {};
                fault.times = 1;
                site.site().faults.arm(std::move(fault));
            }
        }
        PlainRequest request{.method = told.method, .target = told.target, .fields = told.fields};
        const auto id = ids.find(told.upload_id);
        if (id != ids.end() && request.target.ends_with(told.upload_id)) {
            request.target = "/files/" + id->second;
        }
        const std::uint64_t begin = field_number(told.fields, "Upload-Offset").value_or(0);
        std::uint64_t count = field_number(told.fields, "Content-Length").value_or(0);
        // Of these faults only the wait goes on by itself, unless the client does not wait for it.
        const bool did_not_wait = told.end == mockserver::RequestEnd::silenced &&
                                  told.faults == std::vector<std::string>{"wait"};
        request.breaks = told.end == mockserver::RequestEnd::client_left || did_not_wait;
        if (request.breaks) count = told.body_bytes;
        request.body = stream_slice(begin, begin + count);
        co_await exchange(site, request);
        const auto& evidence = site.evidence();
        if (told.method == "POST" && !told.upload_id.empty() && !evidence.created.empty()) {
            ids[told.upload_id] = evidence.created.back();
        }
    }
}

struct Tally {
    std::uint64_t uploads = 0;
    std::uint64_t requests = 0;
    std::uint64_t broken = 0;
    std::map<int, std::uint64_t> statuses;
    std::map<std::string, std::uint64_t> faults;
    std::map<std::string, std::uint64_t> rules;
};

void count(const Kept& kept, Tally& tally) {
    tally.uploads += kept.uploads.size();
    tally.requests += kept.requests.size();
    for (const RequestRow& row : kept.requests) {
        ++tally.statuses[row.request.status];
        if (row.request.end == mockserver::RequestEnd::client_left) ++tally.broken;
    }
    for (const auto& [key, names] : kept.faults) {
        for (const std::string& name : names) ++tally.faults[name];
    }
    for (const auto& [key, rules] : kept.rules) {
        for (const std::string& rule : rules) ++tally.rules[rule];
    }
}

class ReplayedWorld {
  public:
    explicit ReplayedWorld(std::uint64_t seed)
        : seed_(seed),
          profile_(*mockserver::find_profile(mockserver::profile_names(
          )[seed % mockserver::profile_names().size()])) {}

    Kept record() {
        SimulatedSite world({
            .rules = {.profile = &profile_, .settings = {}},
            .seed = seed_,
            .faults = scenario_faults(),
            .evidence_folder = recorded_.path(),
        });
        platform::SeededRandom random(seed_);
        world.play([&](SimulatedSite& site) -> awaitable<void> {
            for (std::uint64_t i = 0; i < uploads_of_a_world; ++i) {
                RandomTalk talk(site, random, i, true);
                co_await talk.run();
            }
        });
        return read(recorded_.path());
    }

    Kept replay(const Kept& kept, const std::vector<mockserver::Fault>& faults) {
        const TemporaryFolder folder;
        // Another seed: what is drawn by chance must not be what makes the verdicts equal.
        SimulatedSite world({
            .rules = {.profile = &profile_, .settings = {}},
            .seed = seed_ + 1000,
            .evidence_folder = folder.path(),
        });
        world.play([&](SimulatedSite& site) { return send_again(site, kept, faults); });
        return read(folder.path());
    }

    const mockserver::Profile& profile() const { return profile_; }

  private:
    std::uint64_t seed_;
    const mockserver::Profile& profile_;
    TemporaryFolder recorded_;
};

/// How many verdicts differ; the first few are told.
std::size_t compare(const Kept& one, const Kept& other, const std::string& where, bool tell) {
    std::size_t different = 0;
    const std::size_t both = std::min(one.requests.size(), other.requests.size());
    for (std::size_t i = 0; i < both; ++i) {
        const std::string left = verdict(one, one.requests[i]);
        const std::string right = verdict(other, other.requests[i]);
        if (left == right) continue;
        ++different;
        if (tell && different < 4) {
            ADD_FAILURE() << where << ", request " << i << "\n  " << left << "\n  " << right;
        }
    }
    return different + std::max(one.requests.size(), other.requests.size()) - both;
}

TEST(EvidenceReplay, OfAThousandUploads_LeadsToTheSameVerdicts) {
    Tally tally;
    std::size_t without_faults = 0;
    for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
        ReplayedWorld world(seed);
        const Kept kept = world.record();
        const Kept again = world.replay(kept, scenario_faults());
        const std::string where = fmt::format("seed {}, {}", seed, world.profile().name);
        EXPECT_EQ(compare(kept, again, where, true), 0U) << where;
        EXPECT_EQ(kept.uploads, again.uploads) << where;
        count(kept, tally);
        // The control: what the evidence tells of the faults is what leads there.
        without_faults += compare(kept, world.replay(kept, {}), where, false);
    }
    std::cout << fmt::format(
        "{} uploads, {} requests, {} broken by the client\n  statuses {}\n  faults {}\n  rules {}\n"
        "  replayed without faults: {} verdicts differ\n",
        tally.uploads,
        tally.requests,
        tally.broken,
        tally.statuses,
        tally.faults,
        tally.rules,
        without_faults
    );
    EXPECT_GE(tally.uploads, 1000U);
    EXPECT_GE(tally.broken, 50U);
    EXPECT_GE(tally.rules.size(), fewest_rules);
    EXPECT_GE(without_faults, 100U);
    for (const mockserver::Fault& fault : scenario_faults()) {
        EXPECT_GE(tally.faults[fault.name], fewest_strikes) << fault.name;
    }
}

}  // namespace
}  // namespace sfmkit::test
