#include "client/upload/ledger.hpp"
#include "tests/client/upload_world.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

// Oracle: ledgers that the official uploader wrote, as recorded; a server apart from the mock.

namespace sfmkit::client {
namespace {

using platform::Errc;
using World = test::UploadWorldInMemory;

constexpr const char* ledger_path = "export/.ledger";

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines = {""};
    for (const char letter : text) {
        if (letter == '\n') {
            lines.emplace_back();
        } else {
            lines.back() += letter;
        }
    }
    return lines;
}

/// The names of the members whose lines differ, in their order.
std::vector<std::string> changed_members(const std::string& before, const std::string& after) {
    const auto old_lines = lines_of(before);
    const auto new_lines = lines_of(after);
    if (old_lines.size() != new_lines.size()) return {"another number of lines"};
    std::vector<std::string> names;
    for (std::size_t i = 0; i < old_lines.size(); ++i) {
        if (old_lines[i] == new_lines[i]) continue;
        const std::size_t quote = new_lines[i].find('"');
        names.push_back(
            new_lines[i].substr(quote + 1, new_lines[i].find('"', quote + 1) - quote - 1)
        );
    }
    return names;
}

std::string with_service(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
        text.replace(at, from.size(), to);
    }
    return text;
}

/// The recorded export and one of its ledgers, seen from the service of the test.
struct Recording {
    nlohmann::json files;
    std::string ledger;
};

std::optional<Recording> recording(const std::string& pointer) {
    const auto path = test::reference_file("wire/official-uploader.json");
    if (!path) return std::nullopt;
    const auto recorded = nlohmann::json::parse(test::read_file(*path));
    const auto text = recorded.at(nlohmann::json::json_pointer(pointer)).get<std::string>();
    return Recording{
        recorded.at("files"), with_service(text, "http://localhost:5140", "http://127.0.0.1:8080")
    };
}

void put_export(World& world, const Recording& recorded) {
    for (const auto& file : recorded.files) {
        std::string name = file.at("path").get<std::string>();
        std::replace(name.begin(), name.end(), '\\', '/');
        world.add_file(name, file.at("size").get<std::size_t>());
    }
    world.settings.chunk_bytes = 524288;
    world.ledger_path = ledger_path;
    world.files.put(ledger_path, recorded.ledger);
}

Ledger ledger_of(World& world) {
    const auto text = world.files.content(ledger_path);
    const auto ledger = parse_ledger(text.value_or(""), ledger_path);
    if (!ledger) throw std::runtime_error(platform::describe(ledger.error()));
    return *ledger;
}

TEST(LedgerFile, RecordedFinishedRun_IsLeftAloneToTheByte) {
    const auto recorded = recording("/runs/0/ledger_after");
    if (!recorded) SFM_SKIP_OR_FAIL("recordings of the official uploader");
    World world;
    put_export(world, *recorded);
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::already_done), recorded->files.size());
    EXPECT_EQ(world.server.trace(), "");
    EXPECT_EQ(world.files.content(ledger_path), recorded->ledger);
}

TEST(LedgerFile, RecordedSecondStart_IsLeftAloneToTheByte) {
    const auto recorded = recording("/restart/ledger_after_second_start");
    if (!recorded) SFM_SKIP_OR_FAIL("recordings of the official uploader");
    World world;
    put_export(world, *recorded);
    world.run();
    EXPECT_EQ(world.server.trace(), "");
    EXPECT_EQ(world.files.content(ledger_path), recorded->ledger);
}

TEST(LedgerFile, RecordedFirstStart_IsContinuedWithTheFileThatFailed) {
    const auto recorded = recording("/restart/ledger_after_first_start");
    if (!recorded) SFM_SKIP_OR_FAIL("recordings of the official uploader");
    World world;
    put_export(world, *recorded);
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::already_done), recorded->files.size() - 1);
    EXPECT_EQ(
        world.server.trace(),
        "POST 201, PATCH@0+524288 204, PATCH@524288+524288 204, PATCH@1048576+251424 204"
    );
    const std::string after = world.files.content(ledger_path).value_or("");
    // Those that the recorded second start changed.
    EXPECT_EQ(
        changed_members(recorded->ledger, after),
        (std::vector<std::string>{"Status", "RemoteUrl", "WhenModified", "ImportSession"})
    );
    const LedgerEntry entry = ledger_of(world).entries[2];
    EXPECT_EQ(entry.status, LedgerStatus::completed);
    EXPECT_EQ(entry.upload, "http://127.0.0.1:8080/files/" + world.server.uploads().begin()->first);
}

TEST(LedgerFile, WhenThereIsNone_IsBegunAndTellsOfEveryFile) {
    World world;
    world.add_export(1500, 2, 700);
    world.add_file("Reports0/r.rpt", 10);
    world.ledger_path = ledger_path;
    world.server.on("PATCH", 3, {.instead = test::FakeAnswer{413}});
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::refused), 1U);
    const Ledger ledger = ledger_of(world);
    ASSERT_EQ(ledger.entries.size(), 4U);
    EXPECT_EQ(ledger.session, "3a68365f-4dec-4ecf-b3e7-04bedbdd1096");
    EXPECT_EQ(ledger.entries[0].relative_path, "ExportData.dat");
    EXPECT_EQ(ledger.entries[0].kind, wire::sfm::FileKind::organisation);
    EXPECT_EQ(ledger.entries[1].relative_path, "Patients0\\p0.pat");
    EXPECT_EQ(ledger.entries[3].kind, wire::sfm::FileKind::report);
    std::size_t failed = 0;
    for (const LedgerEntry& entry : ledger.entries) {
        EXPECT_TRUE(entry.upload.has_value()) << entry.relative_path;
        const bool ended = entry.status == LedgerStatus::completed;
        failed += entry.status == LedgerStatus::failed;
        EXPECT_TRUE(ended || entry.status == LedgerStatus::failed) << entry.relative_path;
    }
    EXPECT_EQ(failed, 1U);
}

/// An upload that the official uploader left in the middle, with so many bytes at the server.
void leave_begun(World& world, std::size_t held, const std::string& content) {
    world.server.uploads(
    )["abc"] = {.length = content.size(), .metadata = "", .bytes = content.substr(0, held)};
    Ledger ledger;
    const std::string time = "2026-01-02T03:04:05.1+01:00";
    const std::string url = "http://127.0.0.1:8080/files/abc";
    ledger.entries.push_back(
        {"ExportData.dat", wire::sfm::FileKind::organisation, LedgerStatus::ongoing, url, time, time
        }
    );
    world.files.put(ledger_path, print_ledger(ledger));
    world.ledger_path = ledger_path;
}

TEST(LedgerFile, UploadThatWasBegun_IsAskedForAndContinued) {
    World world;
    leave_begun(world, 1300, world.add_file("ExportData.dat", 2500));
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::completed), 1U);
    EXPECT_EQ(world.server.trace(), "HEAD 200, PATCH@1300+1000 204, PATCH@2300+200 204");
    EXPECT_EQ(world.server.uploads().at("abc").bytes, world.contents.front().second);
    EXPECT_EQ(ledger_of(world).entries[0].status, LedgerStatus::completed);
}

TEST(LedgerFile, UploadThatWasBegunAndKilledAgain_IsContinuedByBothMemories) {
    World world;
    leave_begun(world, 1300, world.add_file("ExportData.dat", 25'000));
    world.server.on("PATCH", 0, {.delay = platform::Duration(100)});
    EXPECT_FALSE(world.run_until_killed(platform::Duration(450)).has_value());
    const std::size_t held = world.server.uploads().at("abc").bytes.size();
    EXPECT_GT(held, 1300U);
    EXPECT_EQ(ledger_of(world).entries[0].status, LedgerStatus::ongoing);
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::completed), 1U);
    EXPECT_EQ(world.server.uploads().size(), 1U);
    EXPECT_EQ(world.server.uploads().at("abc").bytes, world.contents.front().second);
}

TEST(LedgerFile, FileWrittenAfterTheLedger_IsRefusedByName) {
    World world;
    const std::string content = world.add_file("ExportData.dat", 2500);
    leave_begun(world, 1300, content);
    bool an_hour_passed = false;
    world.clock.call_at(world.clock.steady_now() + std::chrono::hours(1), [&] {
        an_hour_passed = true;
    });
    world.clock.run([] { return std::size_t{0}; }, [&] { return an_hour_passed; });
    world.files.put("export/ExportData.dat", content);
    const MigrationResult result = world.run();
    ASSERT_EQ(result.count(FileResult::refused), 1U);
    EXPECT_EQ(result.files.front().error->code, Errc::changed);
    EXPECT_EQ(world.server.trace(), "");
}

TEST(LedgerFile, OfAnotherService_CannotBeUsed) {
    World world;
    leave_begun(world, 1300, world.add_file("ExportData.dat", 2500));
    const std::string text = world.files.content(ledger_path).value_or("");
    world.files.put(ledger_path, with_service(text, ":8080", ":8081"));
    EXPECT_FALSE(world.run_until_killed(std::chrono::hours(1)).has_value());
    ASSERT_TRUE(world.journal_error.has_value());
    EXPECT_EQ(world.journal_error->code, Errc::usage);
    EXPECT_EQ(world.server.trace(), "");
}

TEST(LedgerFile, WhenItCannotBeWritten_TheUploadGoesOnAndTheOldOneStays) {
    World world;
    leave_begun(world, 1300, world.add_file("ExportData.dat", 2500));
    const auto before = world.files.content(ledger_path);
    world.files.set_fault([](std::string_view call, const std::string& path) {
        const bool of_ledger = call == "rename" && path.find(".ledger") != std::string::npos;
        return of_ledger ? std::optional(platform::Error{.code = Errc::disk_full, .what = "full"})
                         : std::nullopt;
    });
    const MigrationResult result = world.run();
    EXPECT_EQ(result.count(FileResult::completed), 1U);
    EXPECT_EQ(world.files.content(ledger_path), before);
}

}  // namespace
}  // namespace sfmkit::client
