#include "mockserver/router.hpp"

#include <gtest/gtest.h>

namespace sfmkit::mockserver {
namespace {

constexpr const char* id = "0123456789abcdef0123456789abcdef";

struct Row {
    const char* about;
    std::string target;
    Route expected;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.about;
}

class Routes : public testing::TestWithParam<Row> {};

TEST_P(Routes, OfTarget_AreThoseRecorded) {
    EXPECT_EQ(route(GetParam().target), GetParam().expected);
}

// Source: URL forms as tusdotnet 2.5.0 took them (recorded), and the two creation URLs of the
// official uploader's configuration.
INSTANTIATE_TEST_SUITE_P(
    Recorded,
    Routes,
    testing::Values(
        Row{"plain", "/files", {Place::creation, "/files", ""}},
        Row{"slash", "/files/", {Place::creation, "/files", ""}},
        Row{"two slashes behind", "/files//", {Place::creation, "/files", ""}},
        Row{"capitals", "/FILES", {Place::creation, "/files", ""}},
        Row{"coded letters", "/%66iles", {Place::creation, "/files", ""}},
        Row{"dot segments", "/x/../files", {Place::creation, "/files", ""}},
        Row{"absolute", "http://h.example.org/files", {Place::creation, "/files", ""}},
        Row{"query", "/files?a=b", {Place::creation, "/files", ""}},
        Row{"second version", "/v2/files", {Place::creation, "/v2/files", ""}},
        Row{"two slashes before", "//files", {}},
        Row{"other path", "/upload", {}},
        Row{"asterisk", "*", {}},
        Row{"upload", std::string("/files/") + id, {Place::upload, "/files", id}},
        Row{"upload slash", std::string("/files/") + id + "/", {Place::upload, "/files", id}},
        Row{"upload query", std::string("/files/") + id + "?x", {Place::upload, "/files", id}},
        Row{"coded slash", std::string("/files%2F") + id, {Place::upload, "/files", id}},
        Row{"no slash", std::string("/files") + id, {Place::upload, "/files", id}},
        Row{"below", "/files/a/b", {Place::upload, "/files", "a/b"}},
        Row{"climbing", "/files/..%2f..%2fetc", {Place::upload, "/files", "../../etc"}},
        Row{"upload v2", std::string("/v2/files/") + id, {Place::upload, "/v2/files", id}},
        Row{"version", "/api/sfmProductVersion", {Place::product_version, "", ""}},
        Row{"version below", "/files/api/sfmProductVersion", {Place::product_version, "", ""}}
    ),
    [](const auto& row) {
        std::string name = row.param.about;
        for (char& letter : name) {
            if (letter == ' ') letter = '_';
        }
        return name;
    }
);

}  // namespace
}  // namespace sfmkit::mockserver
