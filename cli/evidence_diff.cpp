#include "cli/evidence_diff.hpp"

#include "cli/evidence_names.hpp"
#include "platform/printable.hpp"
#include "wire/http_message.hpp"
#include "wire/sfm_names.hpp"
#include "wire/tus_headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace sfmkit::cli {
namespace {

using mockserver::RequestEvidence;
using platform::Result;

struct Trait {
    std::string label{};
    std::string value{};

    bool operator==(const Trait&) const = default;
};

struct StableRequest {
    std::string line{};
    std::vector<Trait> traits{};
};

/// All requests about uploads of one name, or about none, in their order.
struct Lane {
    std::string name{};         ///< as it was sent
    std::string stable_name{};  ///< without what is different in every run
    StableNames names{};
    std::vector<StableRequest> requests{};
};

std::string name_in(const std::vector<HeaderLine>& fields) {
    for (const HeaderLine& line : fields) {
        if (!wire::equal_ignoring_case(line.name, "Upload-Metadata")) continue;
        const auto pairs = wire::parse_metadata_as_tusdotnet(line.value);
        if (!pairs) return "";
        for (const wire::MetadataPair& pair : *pairs) {
            if (pair.key == wire::sfm::metadata_name) {
                return std::string(platform::as_text(pair.value));
            }
        }
    }
    return "";
}

std::string number_or_none(const std::optional<std::uint64_t>& number) {
    return number ? std::to_string(*number) : "none";
}

StableRequest stable(const KeptEvidence::Told& told, StableNames& names) {
    const RequestEvidence& request = told.row.request;
    StableRequest out;
    out.line = names.text(request.method + " " + request.target);
    std::vector<std::string> rules;
    for (const auto* row : told.findings) rules.push_back(row->finding.rule);
    std::string found;
    for (const std::string& rule : rules) found += (found.empty() ? "" : ", ") + rule;
    std::string struck;
    for (const std::string& fault : told.faults) struck += (struck.empty() ? "" : ", ") + fault;
    out.traits = {
        {.label = "request", .value = out.line},
        {.label = "end", .value = std::string(mockserver::name_of(request.end))},
        {.label = "status", .value = std::to_string(request.status)},
        {.label = "findings", .value = found},
        {.label = "faults", .value = struck},
        {.label = "offset before", .value = number_or_none(request.offset_before)},
        {.label = "offset after", .value = number_or_none(request.offset_after)},
        {.label = "body bytes", .value = std::to_string(request.body_bytes)},
        {.label = "checksum", .value = std::string(mockserver::name_of(request.checksum))},
        {.label = "credentials", .value = request.auth},
        {.label = "header fields", .value = names.head(request.fields)},
        {.label = "answer", .value = names.head(request.answer_head)},
        {.label = "text of the answer", .value = names.text(request.answer_text)},
    };
    return out;
}

Result<std::vector<Lane>> lanes_of(EvidenceSide side) {
    const auto uploads = side.evidence.uploads(side.run);
    if (!uploads) return std::unexpected(uploads.error());
    std::map<std::string, std::string> name_of_upload;
    for (const auto& upload : *uploads) name_of_upload[upload.id] = upload.name;
    std::vector<Lane> lanes;
    std::map<std::string, std::size_t> known;
    const auto take = [&](const KeptEvidence::Told& told) {
        const auto upload = name_of_upload.find(told.row.request.upload_id);
        std::string name = upload == name_of_upload.end() ? "" : upload->second;
        // A creation that was refused has no upload, but a name.
        if (name.empty()) name = name_in(header_lines(told.row.request.fields));
        const auto [place, is_new] = known.try_emplace(name, lanes.size());
        if (is_new) {
            lanes.push_back({.name = name, .stable_name = StableNames().text(name)});
        }
        Lane& lane = lanes[place->second];
        lane.requests.push_back(stable(told, lane.names));
    };
    mockserver::RequestQuery query;
    query.run = side.run;
    const auto told = side.evidence.for_each_request(query, take);
    if (!told) return std::unexpected(told.error());
    return lanes;
}

/// Pairs of lanes: equal names first, then those that differ in ids only; nullptr where one side
/// has none.
std::vector<std::pair<const Lane*, const Lane*>> paired(
    const std::vector<Lane>& first, const std::vector<Lane>& second
) {
    std::vector<std::pair<const Lane*, const Lane*>> pairs;
    std::set<const Lane*> taken;
    const auto partner = [&](const Lane& lane, std::string Lane::* member) -> const Lane* {
        for (const Lane& other : second) {
            if (other.*member == lane.*member && taken.insert(&other).second) return &other;
        }
        return nullptr;
    };
    for (const Lane& lane : first) pairs.emplace_back(&lane, partner(lane, &Lane::name));
    for (auto& [lane, other] : pairs) {
        if (other == nullptr) other = partner(*lane, &Lane::stable_name);
    }
    for (const Lane& lane : second) {
        if (!taken.contains(&lane)) pairs.emplace_back(nullptr, &lane);
    }
    return pairs;
}

/// Of texts with many lines only the first one that differs.
std::pair<std::string, std::string> differing_line(std::string_view one, std::string_view other) {
    while (true) {
        const std::string_view left = one.substr(0, one.find('\n'));
        const std::string_view right = other.substr(0, other.find('\n'));
        const bool at_end = left.size() == one.size() || right.size() == other.size();
        if (left != right || at_end) {
            const auto shown = [](std::string_view line) {
                return line.empty() ? std::string("nothing") : platform::printable(line);
            };
            return {shown(left), shown(right)};
        }
        one.remove_prefix(left.size() + 1);
        other.remove_prefix(right.size() + 1);
    }
}

std::string place_text(const Lane& lane, std::size_t index, const StableRequest& request) {
    const std::string of = lane.name.empty() ? "" : " of " + platform::printable(lane.name);
    return fmt::format("request {}{}: {}", index + 1, of, platform::printable(request.line));
}

std::string explain(
    const Lane& lane, std::size_t index, const StableRequest& one, const StableRequest& other
) {
    for (std::size_t i = 0; i < one.traits.size(); ++i) {
        if (one.traits[i] == other.traits[i]) continue;
        const auto [left, right] = differing_line(one.traits[i].value, other.traits[i].value);
        return fmt::format(
            "{}\n  {}\n    A: {}\n    B: {}\n",
            place_text(lane, index, one),
            one.traits[i].label,
            left,
            right
        );
    }
    return "";
}

void compare_lanes(const Lane& one, const Lane& other, EvidenceDifference& difference) {
    const std::size_t both = std::min(one.requests.size(), other.requests.size());
    for (std::size_t i = 0; i < both; ++i) {
        if (one.requests[i].traits == other.requests[i].traits) {
            ++difference.equal;
            continue;
        }
        ++difference.different;
        if (difference.first.empty()) {
            difference.first = explain(one, i, one.requests[i], other.requests[i]);
        }
    }
    difference.only_first += one.requests.size() - both;
    difference.only_second += other.requests.size() - both;
    if (one.requests.size() == other.requests.size() || !difference.first.empty()) return;
    const bool more = one.requests.size() > both;
    const Lane& longer = more ? one : other;
    difference.first = fmt::format(
        "{}\n  only in {}\n", place_text(longer, both, longer.requests[both]), more ? "A" : "B"
    );
}

}  // namespace

Result<EvidenceDifference> compare(EvidenceSide first, EvidenceSide second) {
    const auto one = lanes_of(first);
    if (!one) return std::unexpected(one.error());
    const auto other = lanes_of(second);
    if (!other) return std::unexpected(other.error());
    EvidenceDifference difference;
    const Lane nothing;
    for (const auto& [left, right] : paired(*one, *other)) {
        compare_lanes(
            left == nullptr ? nothing : *left, right == nullptr ? nothing : *right, difference
        );
    }
    return difference;
}

}  // namespace sfmkit::cli
