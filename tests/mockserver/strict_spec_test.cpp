#include "tests/mockserver/strict_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

// What tus 1.0.0 asks of a server with MUST and MUST NOT, a row each. Saboteurs show that the rows
// can fail: each answers with one mistake, and only rows about it may see it.

namespace sfmkit::test {
namespace {

using boost::asio::awaitable;

SimulatedSite::Options options_for(const StrictRow& row) {
    SimulatedSite::Options options;
    options.rules.profile = &mockserver::strict_spec();
    options.rules.settings.max_size_bytes = 1000;
    if (row.without_extensions) {
        for (const std::string_view name : mockserver::strict_spec().extensions) {
            options.rules.settings.without.emplace_back(name);
        }
    }
    return options;
}

bool holds(const StrictRow& row, const Sabotage& sabotage) {
    SimulatedSite world(options_for(row));
    bool result = false;
    world.play([&](SimulatedSite& site) -> awaitable<void> {
        StrictTalk talk(site, sabotage);
        const bool held = co_await row.holds(talk);
        result = held;
    });
    return result;
}

std::vector<const StrictRow*> all_rows() {
    std::vector<const StrictRow*> rows;
    for (const auto& part : {core_rows(), creation_rows(), extension_rows()}) {
        for (const StrictRow& row : part) rows.push_back(&row);
    }
    return rows;
}

std::set<std::string> failing(const Sabotage& sabotage) {
    std::set<std::string> ids;
    for (const StrictRow* row : all_rows()) {
        if (!holds(*row, sabotage)) ids.emplace(row->id);
    }
    return ids;
}

TEST(StrictSpec, InEveryRow_HoldsWhatTusAsksFor) {
    std::set<std::string_view> ids;
    for (const StrictRow* row : all_rows()) {
        EXPECT_TRUE(ids.insert(row->id).second) << row->id;
        EXPECT_TRUE(holds(*row, {})) << row->id << ": " << row->what;
    }
    EXPECT_EQ(ids.size(), 68U);
}

// A row that holds for a server which says nothing at all asks nothing, but for two that forbid.
TEST(StrictSpec, InEveryRowOfASilentServer_FailsUnlessTheRowForbids) {
    const auto silence = [](const Asked&, RawAnswer& answer) { answer = {}; };
    std::set<std::string> held;
    for (const StrictRow* row : all_rows()) {
        if (holds(*row, silence)) held.emplace(row->id);
    }
    EXPECT_EQ(held, (std::set<std::string>{"CORE-13", "CWU-03"}));
}

void drop(RawAnswer& answer, std::string_view name) {
    std::erase_if(answer.headers, [&](const auto& pair) { return pair.first == name; });
}

void set(RawAnswer& answer, std::string_view name, const std::string& value) {
    for (auto& [key, text] : answer.headers) {
        if (key == name) text = value;
    }
}

struct Saboteur {
    const char* name;
    void (*change)(const Asked& asked, RawAnswer& answer);
    std::set<std::string> seen_by;
};

void PrintTo(const Saboteur& saboteur, std::ostream* stream) {
    *stream << saboteur.name;
}

const std::vector<Saboteur>& saboteurs() {
    static const std::vector<Saboteur> all = {
        {"NoVersionOnErrors",
         [](const Asked&, RawAnswer& answer) {
             if (answer.status >= 400) drop(answer, "Tus-Resumable");
         },
         {"CORE-07"}},
        {"RefusesVersionsWith400",
         [](const Asked&, RawAnswer& answer) {
             if (answer.status == 412) answer.status = 400;
         },
         {"CORE-09", "CORE-11"}},
        {"NamesNoVersionsIn412",
         [](const Asked&, RawAnswer& answer) {
             if (answer.status == 412) drop(answer, "Tus-Version");
         },
         {"CORE-10"}},
        {"ListsVersionsWithBlanks",
         [](const Asked& asked, RawAnswer& answer) {
             if (asked.method == "OPTIONS") set(answer, "Tus-Version", "1.0.0, 0.2.2");
         },
         {"CORE-04"}},
        {"PrefersAnOldVersion",
         [](const Asked& asked, RawAnswer& answer) {
             if (asked.method == "OPTIONS") set(answer, "Tus-Version", "0.2.2,1.0.0");
         },
         {"CORE-05"}},
        {"ListsExtensionsWithBlanks",
         [](const Asked&, RawAnswer& answer) {
             set(answer, "Tus-Extension", "creation, termination, checksum");
         },
         {"CORE-12", "CRE-21", "CWU-02", "EXP-02", "CHK-02", "CHT-02", "TER-01", "CON-01"}},
        {"ListsNoExtensionsAsNone",
         [](const Asked& asked, RawAnswer& answer) {
             const bool none = asked.method == "OPTIONS" && !field(answer, "Tus-Extension");
             if (none) answer.headers.emplace_back("Tus-Extension", "");
         },
         {"CORE-13"}},
        {"TellsNoOffsetAtZero",
         [](const Asked& asked, RawAnswer& answer) {
             const bool zero = field(answer, "Upload-Offset") == "0";
             if (asked.method == "HEAD" && zero) drop(answer, "Upload-Offset");
         },
         {"CORE-11", "CORE-20", "CHK-08"}},
        {"TellsNoLength",
         [](const Asked&, RawAnswer& answer) { drop(answer, "Upload-Length"); },
         {"CORE-03", "CORE-21", "CRE-18", "CRE-19", "CON-03", "CON-19", "CON-21"}},
        {"LetsHeadBeStored",
         [](const Asked&, RawAnswer& answer) { drop(answer, "Cache-Control"); },
         {"CORE-25"}},
        {"AnswersPatchWith200",
         [](const Asked& asked, RawAnswer& answer) {
             if (asked.method == "PATCH" && answer.status == 204) answer.status = 200;
         },
         {"CORE-02",
          "CORE-03",
          "CORE-35",
          "CRE-18",
          "CHK-04",
          "CHK-08",
          "CHK-09",
          "CHK-10",
          "CHT-02"}},
        {"TellsTheOldOffset",
         [](const Asked& asked, RawAnswer& answer) {
             if (asked.method == "PATCH") set(answer, "Upload-Offset", "0");
         },
         {"CORE-37"}},
        {"TakesAnyLength",
         [](const Asked&, RawAnswer& answer) {
             if (answer.status == 413) answer.status = 201;
         },
         {"CRE-27"}},
        {"SortsMetadata",
         [](const Asked&, RawAnswer& answer) {
             set(answer, "Upload-Metadata", "FileType UGF0aWVudEZpbGU=,empty,name YS5wYXQ=");
         },
         {"CRE-26"}},
        {"TellsExpiryAsIso8601",
         [](const Asked&, RawAnswer& answer) {
             set(answer, "Upload-Expires", "2026-11-23T12:00:00Z");
         },
         {"EXP-11"}},
        {"TellsExpiryOnceOnly",
         [](const Asked& asked, RawAnswer& answer) {
             if (asked.method == "PATCH") drop(answer, "Upload-Expires");
         },
         {"EXP-05", "EXP-11"}},
        {"TakesWrongChecksums",
         [](const Asked&, RawAnswer& answer) {
             if (answer.status == 460) answer.status = 204;
         },
         {"CHK-04", "CHK-10", "CHT-02"}},
        {"ShoutsAlgorithms",
         [](const Asked&, RawAnswer& answer) { set(answer, "Tus-Checksum-Algorithm", "SHA1"); },
         {"CHK-10", "CHK-11"}},
        {"HidesConcat",
         [](const Asked&, RawAnswer& answer) { drop(answer, "Upload-Concat"); },
         {"CON-22"}},
        {"RefusesDataForAWholeWith400",
         [](const Asked&, RawAnswer& answer) {
             if (answer.status == 403) answer.status = 400;
         },
         {"CON-16"}},
    };
    return all;
}

class SabotagedServer : public testing::TestWithParam<Saboteur> {};

TEST_P(SabotagedServer, IsSeenByTheRowsAboutItsMistake) {
    EXPECT_EQ(failing(GetParam().change), GetParam().seen_by);
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes,
    SabotagedServer,
    testing::ValuesIn(saboteurs()),
    [](const testing::TestParamInfo<Saboteur>& one) { return std::string(one.param.name); }
);

}  // namespace
}  // namespace sfmkit::test
