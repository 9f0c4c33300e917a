#include "tests/mockserver/recording_compare.hpp"

#include "wire/http_date.hpp"

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <set>

namespace sfmkit::test {
namespace {

using nlohmann::json;

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

/// The first run of exactly 32 lower-case hex digits.
std::string find_id(const std::string& text) {
    static const std::string digits = "0123456789abcdef";
    for (std::size_t at = text.find_first_of(digits); at != std::string::npos;) {
        const std::size_t end = std::min(text.find_first_not_of(digits, at), text.size());
        if (end - at == 32) return text.substr(at, 32);
        at = text.find_first_of(digits, end);
    }
    return {};
}

/// Seconds N of `<created+Ns>`, if the value is one.
std::optional<long> created_seconds(const json& value) {
    static const std::regex form(R"(<created\+(-?\d+)s>)");
    std::smatch match;
    const std::string text = value.get<std::string>();
    if (!std::regex_match(text, match, form)) return std::nullopt;
    return std::stol(match[1]);
}

bool same_header(const json& expected, const json& actual) {
    if (expected == actual) return true;
    if (expected.at(0) != actual.at(0)) return false;
    const auto first = created_seconds(expected.at(1));
    const auto second = created_seconds(actual.at(1));
    constexpr long tolerance_seconds = 3;
    return first && second && std::labs(*first - *second) <= tolerance_seconds;
}

bool same_headers(const json& expected, const json& actual) {
    if (expected.size() != actual.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (!same_header(expected[i], actual[i])) return false;
    }
    return true;
}

}  // namespace

std::string Normaliser::normalise_text(const std::string& text) {
    std::string out = replace_all(text, names_.host, "<host>");
    out = replace_all(out, names_.unknown, "<unknown>");
    for (std::string id = find_id(out); !id.empty(); id = find_id(out)) {
        const auto number = ids_.try_emplace(id, static_cast<int>(ids_.size()) + 1).first->second;
        out = replace_all(out, id, "<hex32:" + std::to_string(number) + ">");
    }
    return out;
}

std::string Normaliser::normalise_header(
    const std::string& name, const std::string& value, platform::WallTime now
) {
    if (name != "Date" && name != "Upload-Expires") return normalise_text(value);
    const auto time = wire::parse_http_date(value);
    if (!time) return value;
    if (name == "Date") {
        const auto distance = std::chrono::abs(now - *time);
        return distance <= std::chrono::seconds(5) ? "<now>" : value;
    }
    const auto since = std::chrono::round<std::chrono::seconds>(*time - created_);
    return "<created+" + std::to_string(since.count()) + "s>";
}

json Normaliser::normalise(const RawAnswer& answer, platform::WallTime now) {
    if (answer.status == 201) created_ = now;
    json out = {
        {"status", answer.status},
        {"reason", answer.reason},
        {"version", answer.version},
        {"headers", json::array()},
        {"framing", answer.framing},
        {"body", normalise_text(answer.body)},
    };
    for (const auto& [name, value] : answer.headers) {
        out["headers"].push_back({name, normalise_header(name, value, now)});
    }
    if (!answer.interim.empty()) out["interim"] = answer.interim;
    return out;
}

std::string difference(const json& expected, const json& actual) {
    std::set<std::string> names;
    for (const auto& [name, value] : expected.items()) names.insert(name);
    for (const auto& [name, value] : actual.items()) names.insert(name);
    for (const std::string& name : names) {
        const json wanted = expected.value(name, json());
        const json got = actual.value(name, json());
        const bool same = name == "headers" && wanted.is_array() && got.is_array()
                              ? same_headers(wanted, got)
                              : wanted == got;
        if (!same) return name + ": expected " + wanted.dump() + ", got " + got.dump();
    }
    return {};
}

}  // namespace sfmkit::test
