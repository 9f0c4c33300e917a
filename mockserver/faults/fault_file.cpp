#include "mockserver/faults/fault_file.hpp"

#include "mockserver/faults/json_members.hpp"
#include "mockserver/limits.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sfmkit::mockserver {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

const FaultKindRow* kind_named(std::string_view name) {
    const auto row = std::ranges::find(fault_kinds(), name, &FaultKindRow::name);
    return row == fault_kinds().end() ? nullptr : &*row;
}

std::string point_names(std::span<const FaultPoint> points) {
    std::vector<std::string_view> names;
    for (const FaultPoint point : points) names.push_back(name_of(point));
    return fmt::format("one of {}", fmt::join(names, ", "));
}

std::string kind_names() {
    std::vector<std::string_view> names;
    for (const FaultKindRow& row : fault_kinds()) names.push_back(row.name);
    return fmt::format("one of {}", fmt::join(names, ", "));
}

void read_time(JsonMembers& members, std::optional<platform::Duration>& target) {
    std::string text;
    if (!members.take("time", text)) return;
    target = parse_time(text);
    if (!target) members.refuse("time", "a number with h, m, s or ms", text);
}

void read_fields(JsonMembers& members, wire::HeaderFields& target) {
    const json* fields = members.take_object("set");
    if (fields == nullptr) return;
    for (const auto& [name, value] : fields->items()) {
        const bool sound =
            value.is_string() && !name.empty() &&
            name.find_first_of(" \t\r\n:") == std::string::npos &&
            value.get_ref<const std::string&>().find_first_of("\r\n") == std::string::npos;
        if (!sound) {
            members.refuse("set", "a header field: name and text of one line", name);
            return;
        }
        target.add(name, value.get<std::string>());
    }
}

void read_status(JsonMembers& members, FaultAction& action) {
    std::uint64_t status = 0;
    if (!members.take("status", status)) return;
    if (status < 100 || status > 999) {
        members.refuse("status", "a number from 100 to 999", std::to_string(status));
    }
    action.status = static_cast<int>(status);
}

void read_action(JsonMembers members, FaultPoint point, FaultAction& action) {
    std::string kind;
    if (!members.take("do", kind)) {
        members.refuse("do", kind_names(), "nothing");
        return;
    }
    const FaultKindRow* row = kind_named(kind);
    if (row == nullptr) {
        members.refuse("do", kind_names(), kind);
        return;
    }
    if (std::ranges::find(row->points, point) == row->points.end()) {
        members.refuse(
            "do",
            fmt::format("{} at {}", kind, point_names(row->points)),
            fmt::format("{} at {}", kind, name_of(point))
        );
        return;
    }
    action.kind = row->kind;
    members.allow(row->members);
    read_time(members, action.time);
    members.take("bytes", action.bytes);
    read_status(members, action);
    std::string reason;
    if (members.take("reason", reason)) action.reason = reason;
    read_fields(members, action.set);
    members.take("remove", action.remove);
    members.take("text", action.text);
    std::int64_t shift = 0;
    if (members.take("shift", shift)) action.shift = shift;
    members.take("close", action.close);
    members.take("lower_case", action.lower_case);
    members.take("http_1_0", action.http_1_0);
    members.take("chunked", action.chunked);
    members.take("gzip", action.gzip);
    members.take("silent", action.silent);
    members.take("keep_state", action.keep_state);
    if (action.kind == FaultKind::answer && action.status == 0) {
        members.refuse("status", "the status to answer", "nothing");
    }
    if (action.kind == FaultKind::slow && action.bytes == 0) {
        members.refuse("bytes", "bytes a second, at least 1", "nothing or 0");
    }
    if (action.kind == FaultKind::lock && !action.time) {
        members.refuse("time", "how long the upload is locked", "nothing");
    }
    members.refuse_others();
}

void read_match(JsonMembers members, FaultMatch& match) {
    members.take("method", match.method);
    members.take("upload", match.upload);
    members.take("session", match.session);
    members.take("file_type", match.file_type);
    if (members.take("nth", match.nth) && match.nth == 0) {
        members.refuse("nth", "a number from 1", "0");
    }
    double probability = 1;
    if (members.take("probability", probability)) {
        if (!(probability >= 0 && probability <= 1)) {
            members.refuse("probability", "a number from 0 to 1", std::to_string(probability));
            return;
        }
        constexpr double million = 1'000'000;
        match.per_million = static_cast<std::uint32_t>(std::lround(probability * million));
    }
    members.refuse_others();
}

void read_fault(JsonMembers members, Fault& fault) {
    members.take("name", fault.name);
    std::string point;
    if (members.take("point", point)) {
        const auto known = std::ranges::find_if(fault_points(), [&](FaultPoint candidate) {
            return name_of(candidate) == point;
        });
        if (known == fault_points().end()) {
            members.refuse("point", point_names(fault_points()), point);
            return;
        }
        fault.point = *known;
    } else {
        members.refuse("point", point_names(fault_points()), "nothing");
        return;
    }
    const bool streams = fault.point == FaultPoint::body || fault.point == FaultPoint::answer;
    if (members.take("at_byte", fault.at_byte) && !streams) {
        members.refuse("at_byte", "only with the points body and answer", point);
    }
    members.take("times", fault.times);
    if (const json* match = members.take_object("match")) {
        read_match(members.inside("match", *match), fault.match);
    }
    const json* action = members.take_object("action");
    if (action == nullptr) {
        members.refuse("action", "what happens, e.g. {\"do\": \"reset\"}", "nothing");
        return;
    }
    read_action(members.inside("action", *action), fault.point, fault.action);
    if (fault.name.empty()) {
        fault.name = fmt::format("{}-{}", name_of(fault.action.kind), name_of(fault.point));
    }
    members.refuse_others();
}

ordered_json as_json(const FaultMatch& match) {
    const FaultMatch usual;
    ordered_json out = ordered_json::object();
    put_unless(out, "method", match.method, usual.method);
    put_unless(out, "upload", match.upload, usual.upload);
    put_unless(out, "session", match.session, usual.session);
    put_unless(out, "file_type", match.file_type, usual.file_type);
    put_unless(out, "nth", match.nth, usual.nth);
    if (match.per_million != usual.per_million) {
        out["probability"] = static_cast<double>(match.per_million) / 1'000'000;
    }
    return out;
}

ordered_json as_json(const FaultAction& action) {
    const FaultAction usual;
    ordered_json out = {{"do", name_of(action.kind)}};
    if (action.time) out["time"] = fmt::format("{}ms", action.time->count());
    put_unless(out, "bytes", action.bytes, usual.bytes);
    put_unless(out, "status", action.status, usual.status);
    if (action.reason) out["reason"] = *action.reason;
    for (const wire::HeaderField& field : action.set.all()) out["set"][field.name] = field.value;
    put_unless(out, "remove", action.remove, usual.remove);
    put_unless(out, "text", action.text, usual.text);
    if (action.shift) out["shift"] = *action.shift;
    put_unless(out, "close", action.close, usual.close);
    put_unless(out, "lower_case", action.lower_case, usual.lower_case);
    put_unless(out, "http_1_0", action.http_1_0, usual.http_1_0);
    put_unless(out, "chunked", action.chunked, usual.chunked);
    put_unless(out, "gzip", action.gzip, usual.gzip);
    put_unless(out, "silent", action.silent, usual.silent);
    put_unless(out, "keep_state", action.keep_state, usual.keep_state);
    return out;
}

ordered_json as_json(const Fault& fault) {
    const Fault usual;
    ordered_json out = {{"name", fault.name}, {"point", name_of(fault.point)}};
    put_unless(out, "at_byte", fault.at_byte, usual.at_byte);
    ordered_json match = as_json(fault.match);
    if (!match.empty()) out["match"] = std::move(match);
    put_unless(out, "times", fault.times, usual.times);
    out["action"] = as_json(fault.action);
    return out;
}

platform::Result<json> parse_object(std::string_view text, const std::string& where) {
    json parsed = json::parse(text, nullptr, false);
    if (parsed.is_object()) return parsed;
    return platform::fail({
        .code = platform::Errc::usage,
        .what = "faults cannot be read",
        .where = where,
        .expected = "a JSON object",
        .actual = parsed.is_discarded() ? "no JSON" : parsed.type_name(),
        .next = "sfmkit serve --help shows an example",
    });
}

}  // namespace

platform::Result<Scenario> parse_scenario(std::string_view text, const std::string& where) {
    const auto parsed = parse_object(text, where);
    if (!parsed) return std::unexpected(parsed.error());
    Scenario scenario;
    std::optional<platform::Error> wrong;
    JsonMembers members(*parsed, where, "", wrong);
    members.take("name", scenario.name);
    members.take("description", scenario.description);
    members.take("seed", scenario.seed);
    const json* faults = members.take_array("faults");
    if (faults == nullptr) members.refuse("faults", "a list of faults", "nothing");
    for (std::size_t i = 0; faults != nullptr && i < faults->size(); ++i) {
        const std::string path = fmt::format("faults[{}]", i);
        if (!(*faults)[i].is_object()) {
            members.refuse(path, "an object", (*faults)[i].type_name());
            break;
        }
        read_fault(members.inside(path, (*faults)[i]), scenario.faults.emplace_back());
    }
    members.refuse_others();
    if (wrong) return platform::fail(std::move(*wrong));
    return scenario;
}

platform::Result<Fault> parse_fault(std::string_view text, const std::string& where) {
    const auto parsed = parse_object(text, where);
    if (!parsed) return std::unexpected(parsed.error());
    Fault fault;
    std::optional<platform::Error> wrong;
    read_fault(JsonMembers(*parsed, where, "", wrong), fault);
    if (wrong) return platform::fail(std::move(*wrong));
    return fault;
}

std::string print_scenario(const Scenario& scenario) {
    const Scenario usual;
    ordered_json out = ordered_json::object();
    put_unless(out, "name", scenario.name, usual.name);
    put_unless(out, "description", scenario.description, usual.description);
    out["seed"] = scenario.seed;
    out["faults"] = ordered_json::array();
    for (const Fault& fault : scenario.faults) out["faults"].push_back(as_json(fault));
    return out.dump(2) + "\n";
}

std::string print_fault(const Fault& fault) {
    return as_json(fault).dump();
}

std::string print_armed_fault(const ArmedFault& armed) {
    ordered_json out = {{"id", armed.id}};
    out.update(as_json(armed.fault));
    out["matched"] = armed.matched;
    out["struck"] = armed.struck;
    return out.dump();
}

}  // namespace sfmkit::mockserver
