#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"
#include "wire/base64.hpp"
#include "wire/tus_headers.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <map>

namespace sfmkit::wire {
namespace {

using nlohmann::json;

/// One header of a recorded request, and the text with which the real library answered.
struct Recorded {
    std::string value;
    int status;
    std::string text;
};

/// Blanks around a header value are not part of it (RFC 9110 section 5.5).
std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Fills in `{b64:text}` and `{long:n}`, the placeholders that stand in metadata.
std::string filled(std::string value) {
    for (auto open = value.find('{'); open != std::string::npos; open = value.find('{')) {
        const auto close = value.find('}', open);
        const std::string inside = value.substr(open + 1, close - open - 1);
        const std::string argument = inside.substr(inside.find(':') + 1);
        std::string text;
        if (inside.starts_with("b64:")) {
            text = encode_base64(platform::as_bytes(argument));
        } else if (inside.starts_with("long:")) {
            text = std::string(std::stoul(argument), 'a');
        } else {
            text = "3q2+78r+ur7erb7vyv66vt6tvu8=";  // a digest; which one does not matter here
        }
        value.replace(open, close - open + 1, text);
    }
    return value;
}

/// Every request of the recording that carries the header once, with its answer.
std::vector<Recorded> recorded(const json& recording, const std::string& header) {
    std::vector<Recorded> all;
    for (const json& one : recording.at("cases")) {
        const json steps = one.value("steps", json::array());
        for (const json& step : steps) {
            if (step.value("op", "") != "request" || !step.contains("answer")) continue;
            if (!step["answer"].contains("status")) continue;
            std::vector<std::string> values;
            for (const std::string line : step.at("head")) {
                if (line.starts_with(header + ":"))
                    values.push_back(line.substr(header.size() + 1));
            }
            if (values.size() != 1) continue;
            all.push_back(
                {filled(trimmed(values[0])),
                 step["answer"]["status"].get<int>(),
                 step["answer"].value("body", "")}
            );
        }
    }
    return all;
}

class TusRecordings : public testing::Test {
  protected:
    void SetUp() override {
        const auto path = test::reference_file("wire/tusdotnet-2021-direct.json");
        if (!path) SFM_SKIP_OR_FAIL("the recordings of tusdotnet 2.5.0 are not here");
        recording_ = json::parse(test::read_file(*path));
    }

    json recording_;
};

TEST_F(TusRecordings, UploadLength_OfEveryRecordedRequest_IsParsedAsTheLibraryDid) {
    int refused = 0;
    for (const Recorded& one : recorded(recording_, "Upload-Length")) {
        const auto number = parse_number_as_dotnet(one.value);
        const bool negative = !number && number.error() == NumberFault::negative;
        if (one.text == "Could not parse Upload-Length") {
            EXPECT_TRUE(!number && !negative) << one.value;
            ++refused;
        } else if (one.text == "Header Upload-Length must be a positive number") {
            EXPECT_TRUE(negative) << one.value;
            ++refused;
        } else if (one.status == 201) {
            EXPECT_TRUE(number) << one.value;
        }
    }
    EXPECT_GE(refused, 9);
}

TEST_F(TusRecordings, UploadMetadata_OfEveryRecordedRequest_IsParsedAsTheLibraryDid) {
    using Kind = MetadataFault::Kind;
    const std::map<std::string, Kind> kinds = {
        {"Key must not be empty", Kind::empty_key},
        {"Duplicate keys are not allowed", Kind::duplicate_key},
        {"Value for ", Kind::bad_base64},
        {"The Upload-Metadata request", Kind::not_one_blank},
    };
    const std::string start = "Header Upload-Metadata: ";
    std::map<Kind, int> seen;
    int taken = 0;
    for (const Recorded& one : recorded(recording_, "Upload-Metadata")) {
        const auto pairs = parse_metadata_as_tusdotnet(one.value);
        for (const auto& [text, kind] : kinds) {
            if (!one.text.starts_with(start + text)) continue;
            ASSERT_FALSE(pairs) << one.value;
            EXPECT_EQ(pairs.error().kind, kind) << one.value;
            ++seen[kind];
        }
        if (one.status != 201) continue;
        EXPECT_TRUE(pairs) << one.value;
        ++taken;
    }
    EXPECT_EQ(seen.size(), kinds.size());
    EXPECT_GE(taken, 10);
}

TEST_F(TusRecordings, UploadChecksum_OfEveryRecordedRequest_IsParsedAsTheLibraryDid) {
    int refused = 0;
    int taken = 0;
    for (const Recorded& one : recorded(recording_, "Upload-Checksum")) {
        const bool parsed = parse_checksum_as_tusdotnet(one.value).has_value();
        if (one.text == "Could not parse Upload-Checksum header") {
            EXPECT_FALSE(parsed) << one.value;
            ++refused;
        } else if (one.status == 204 || one.status == 460) {
            EXPECT_TRUE(parsed) << one.value;
            ++taken;
        }
    }
    EXPECT_GE(refused, 7);
    EXPECT_GE(taken, 10);
}

}  // namespace
}  // namespace sfmkit::wire
