#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/wire/http_reading.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>

namespace sfmkit::wire {
namespace {

using nlohmann::json;

/// The recordings tell bytes as code points up to U+00FF unless they say `utf8`.
std::string latin1_of(const std::string& utf8) {
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto first = static_cast<unsigned char>(utf8[i]);
        if (first < 0x80) {
            bytes += utf8[i];
        } else {
            const auto second = static_cast<unsigned char>(utf8[++i]);
            bytes += static_cast<char>((first & 0x03) << 6 | (second & 0x3f));
        }
    }
    return bytes;
}

/// Placeholders stand for texts that say nothing about form, but for the long ones.
std::string filled(std::string text) {
    for (auto open = text.find('{'); open != std::string::npos; open = text.find('{')) {
        const auto close = text.find('}', open);
        const std::string inside = text.substr(open + 1, close - open - 1);
        std::string value = "x";
        if (inside.starts_with("long:")) value = std::string(std::stoul(inside.substr(5)), 'a');
        // Names of saved addresses are in capitals: {A}, or {A.id} for its last part.
        const bool saved = inside[0] >= 'A' && inside[0] <= 'Z' && !inside.contains('.');
        if (inside == "files" || saved) value = "/files";
        if (inside == "host") value = "a:8080";
        if (inside == "base" || inside.ends_with(".url")) value = "http://a:8080";
        if (inside == "offset") value = "0";
        text.replace(open, close - open + 1, value);
    }
    return text;
}

std::string bytes_of(const json& step) {
    std::string text;
    if (step.contains("text")) {
        text = step["text"].get<std::string>();
    } else {
        const std::string line_end = step.value("eol", "\r\n");
        for (const std::string line : step.at("head")) text += line + line_end;
        text += line_end;
    }
    text = filled(std::move(text));
    return step.value("utf8", false) ? text : latin1_of(text);
}

/// Answers that Kestrel gives before the library sees the request have no tus headers, no body and
/// close the connection. 408 and 413 are about time and size, which a codec does not know.
std::optional<int> refusal_in(const json& answer) {
    const int status = answer.at("status").get<int>();
    std::set<std::string> names;
    for (const json& field : answer.at("headers")) names.insert(field.at(0).get<std::string>());
    const bool from_kestrel = status >= 400 && status != 408 && status != 413 &&
                              names.contains("Connection") && !names.contains("Tus-Resumable") &&
                              answer.value("framing", "") == "length";
    return from_kestrel ? std::optional(status) : std::nullopt;
}

bool asks_to_close(const json& step) {
    const std::string all = step.dump();
    return all.find("Connection: close") != std::string::npos;
}

TEST(HttpRecordings, Tusdotnet_OfEveryRecordedRequest_RefusesWhatKestrelRefused) {
    const auto path = test::reference_file("wire/tusdotnet-2021-direct.json");
    if (!path) SFM_SKIP_OR_FAIL("the recordings of tusdotnet 2.5.0 are not here");
    int refused = 0;
    int served = 0;
    const json recording = json::parse(test::read_file(*path));
    for (const json& one : recording.at("cases")) {
        const json steps = one.value("steps", json::array());
        for (const json& step : steps) {
            const std::string operation = step.value("op", "");
            if (operation != "request" && operation != "raw") continue;
            const json answer = step.value("answer", json::object());
            if (!answer.contains("status") || asks_to_close(step)) continue;
            SCOPED_TRACE(one.at("id").get<std::string>() + ": " + step.dump().substr(0, 300));
            const auto reading = read_request({bytes_of(step)}, FramingPolicy::tusdotnet);
            const auto refusal = refusal_in(answer);
            EXPECT_EQ(reading.state == RequestReader::State::refused, refusal.has_value())
                << reading.fault;
            EXPECT_EQ(reading.status, refusal.value_or(0));
            EXPECT_NE(reading.state, RequestReader::State::reading_head);
            (refusal ? refused : served) += 1;
        }
    }
    EXPECT_GE(refused, 14);
    EXPECT_GE(served, 500);
}

}  // namespace
}  // namespace sfmkit::wire
