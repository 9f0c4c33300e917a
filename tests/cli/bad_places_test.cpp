#include "tests/cli/bad_input.hpp"
#include "tests/support/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sfmkit {
namespace {

using test::BadInput;
using test::by;
using test::Circumstances;
using test::Scene;
using test::SmallDisk;
using test::Told;
using test::User;

constexpr const char* serve = "serve --port %port --data-dir @/out/data";
constexpr const char* seal = "seal @/plain.zip @/out/new.pat --recipient @/keys/recipient.cer";
constexpr const char* open =
    "open @/patient.pat --key @/keys/recipient.key.pem --output @/out/plain.zip";
constexpr const char* new_keys = "keys new @/out/keys";
constexpr const char* generate =
    "generate @/out/export --patients 1 --recipient @/keys/recipient.cer";
constexpr const char* generate_plain = "generate @/out/export --patients 1 --plain";
constexpr const char* report =
    "verify @/export --key @/keys/recipient.key.pem --report json=@/out/report.json";
constexpr const char* upload = "upload @/export --url %url --tries 2 --journal @/out/journal";

constexpr Circumstances as_server{.ended_by_signal = true};
constexpr Circumstances as_nobody{.user = User::nobody};
constexpr Circumstances without_output{.output_is_full = true};

constexpr const char* not_permitted = "[ERR-not-permitted]";

/// Servers that cannot begin; what they had made of their folder by then is whole and empty.
std::vector<BadInput> rows_of_servers() {
    return {
        {"PortInUse",
         serve,
         [](Scene& scene) { scene.start_server(); },
         2,
         {"127.0.0.1:", "Address already in use", "--port 0", "[ERR-address-in-use]"},
         Told::as_error,
         as_server,
         {"out/data/", "out/data/lock", "out/data/uploads/", "out/data/evidence.sqlite"}},
        {"FileAsDataFolder",
         serve,
         by(": >out/data"),
         2,
         {"/out/data", "--data-dir"},
         Told::as_error,
         as_server},
        {"DataFolderInLockedFolder",
         serve,
         by("chmod 555 out"),
         2,
         {"/out/data", "Permission denied", "--data-dir"},
         Told::as_error,
         {.user = User::nobody, .ended_by_signal = true}},
    };
}

std::vector<BadInput> rows_of_locked_places() {
    const auto locked = by("chmod 555 out");
    const std::string denied = "Permission denied";
    std::vector<BadInput> rows = {
        {"VerifyLockedFolder",
         "verify @/export --key @/keys/recipient.key.pem",
         by("chmod 000 export/Patients0"),
         2,
         {"/export/Patients0", denied, not_permitted},
         Told::as_error,
         as_nobody},
        {"VerifyLockedFile",
         "verify @/export --key @/keys/recipient.key.pem",
         by("chmod 000 export/ExportData.dat"),
         3,
         {"INCONCLUSIVE: ", "(ExportData.dat: cannot open the file: " + denied + ")\n"},
         Told::as_finding,
         as_nobody},
        {"UploadLockedFolder",
         upload,
         by("chmod 000 export/Patients0"),
         2,
         {"/export/Patients0", denied, not_permitted},
         Told::as_error,
         as_nobody},
    };
    for (const auto& [name, command, place] :
         {std::tuple{"Seal", seal, "/out/new.pat"},
          {"Open", open, "/out/plain.zip"},
          {"KeysNew", new_keys, "/out/keys"},
          {"Generate", generate, "/out/export"},
          {"GeneratePlain", generate_plain, "/out/export"},
          {"Report", report, "/out/report.json"},
          {"UploadJournal", upload, "/out/journal"}}) {
        rows.push_back(
            {std::string(name) + "IntoLockedFolder",
             command,
             locked,
             2,
             {place, denied, not_permitted},
             Told::as_error,
             as_nobody}
        );
    }
    return rows;
}

std::vector<BadInput> rows_of_full_disks() {
    // The file system gives space in pages of 4 KiB.
    const auto tiny = [](Scene& scene) { scene.shrink_output(4); };
    const auto filled = [](Scene& scene) {
        scene.shrink_output(4);
        scene.prepare("head -c 4096 /dev/zero >out/filler");
    };
    struct Row {
        const char* name;
        const char* command;
        std::function<void(Scene&)> spoil;
        const char* place;
        std::vector<std::string> leaves;
    };
    std::vector<BadInput> rows;
    for (const Row& row : {
             Row{"Seal", seal, tiny, "/out/new.pat", {}},
             Row{"Open", open, tiny, "/out/plain.zip", {}},
             Row{"KeysNew", new_keys, filled, "/out/keys", {"out/keys/"}},
             Row{"Report", report, filled, "/out/report.json", {}},
             Row{"UploadJournal", upload, filled, "/out/journal", {}},
         }) {
        rows.push_back(
            {std::string(row.name) + "OntoFullDisk",
             row.command,
             row.spoil,
             3,
             {row.place, "No space left", "[ERR-disk-full]"},
             // What verify has found out is not lost with the file that it cannot write.
             row.command == report ? Told::as_error_beside : Told::as_error,
             {},
             row.leaves}
        );
    }
    return rows;
}

std::vector<BadInput> rows_of_full_outputs() {
    std::vector<BadInput> rows;
    for (const auto& [name, command] :
         {std::tuple{"VerifyJson", "verify @/export --key @/keys/recipient.key.pem --json"},
          {"VerifyText", "verify @/export --key @/keys/recipient.key.pem"},
          {"VerifyReport", "verify @/patient.pat --key @/keys/recipient.key.pem --report json=-"},
          {"Open", "open @/patient.pat --key @/keys/recipient.key.pem"},
          {"Help", "--help"}}) {
        rows.push_back(
            {std::string(name),
             command,
             nullptr,
             3,
             {"the standard output takes no more bytes", "[ERR-input-output]"},
             Told::as_error,
             without_output}
        );
    }
    return rows;
}

std::vector<BadInput> rows_of_command_lines() {
    std::vector<BadInput> rows;
    for (const auto& [name, bad, good] :
         {std::tuple{
              "Verify",
              "verify @/export --keys @/keys/recipient.key.pem",
              "verify @/export --key @/keys/recipient.key.pem"
          },
          {"Seal",
           "seal @/plain.zip @/out/a.pat --recipients @/keys/recipient.cer",
           "seal @/plain.zip @/out/a.pat --recipient @/keys/recipient.cer"},
          {"Serve", "serve --ports 0 --data-dir @/out/data", "serve --port 0 --data-dir @/out/data"
          },
          {"Upload",
           "upload @/export --urls %url --journal @/out/journal",
           "upload @/export --url %url --journal @/out/journal"},
          {"KeysNew", "keys new @/out/keys --bit 2048", "keys new @/out/keys --bits 2048"},
          {"Generate", "generate @/out/export --plains", "generate @/out/export --plain"}}) {
        const bool is_server = std::string_view(name) == "Serve";
        rows.push_back(
            {std::string(name) + "WithUnknownOption",
             bad,
             nullptr,
             2,
             {"expected: ", "found: ", " --help", "[ERR-usage]"},
             Told::as_error,
             is_server ? as_server : Circumstances{},
             {},
             good}
        );
    }
    return rows;
}

class BadPlaces : public testing::TestWithParam<BadInput> {};
class FullDisks : public testing::TestWithParam<BadInput> {
  protected:
    void SetUp() override {
        if (!SmallDisk::possible()) SFM_SKIP_OR_FAIL("small disks need root to be mounted");
    }
};

TEST_P(BadPlaces, OfTheTable_AreRefusedClearly) {
    test::expect_clear_refusal(GetParam());
}

TEST_P(FullDisks, OfTheTable_AreToldClearly) {
    test::expect_clear_refusal(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Server, BadPlaces, testing::ValuesIn(rows_of_servers()), test::name_of_row
);
INSTANTIATE_TEST_SUITE_P(
    Locked, BadPlaces, testing::ValuesIn(rows_of_locked_places()), test::name_of_row
);
INSTANTIATE_TEST_SUITE_P(
    FullOutput, BadPlaces, testing::ValuesIn(rows_of_full_outputs()), test::name_of_row
);
INSTANTIATE_TEST_SUITE_P(
    CommandLine, BadPlaces, testing::ValuesIn(rows_of_command_lines()), test::name_of_row
);
INSTANTIATE_TEST_SUITE_P(
    Program, FullDisks, testing::ValuesIn(rows_of_full_disks()), test::name_of_row
);

TEST(GoneServer, ForGood_IsToldAndTheJournalGoesOnLater) {
    Scene scene;
    scene.end_server();
    const auto before = scene.listing();
    const auto gone = scene.run(upload);
    EXPECT_EQ(gone.exit_code, 3);
    for (const char* part :
         {"ExportData.dat: error: cannot connect",
          "127.0.0.1:",
          "found: ",
          "next: ",
          "[ERR-unreachable]",
          "run the same command again"}) {
        EXPECT_THAT(gone.messages, testing::HasSubstr(part));
    }
    auto after = scene.listing();
    EXPECT_EQ(after.erase("out/journal"), 1U);
    EXPECT_EQ(after, before);
    scene.start_server();
    EXPECT_EQ(scene.run(upload).exit_code, 0);
}

TEST_F(FullDisks, UnderTheServer_StopTheUploadUntilThereIsSpace) {
    Scene scene;
    SmallDisk& disk = scene.shrink_server(512);
    scene.start_server();
    scene.fill_server();
    const auto full = scene.run("upload @/export --url %url --tries 2 --parallel 1");
    EXPECT_EQ(full.exit_code, 3) << full.messages;
    EXPECT_THAT(full.messages, testing::HasSubstr("next:"));
    EXPECT_THAT(full.messages, testing::HasSubstr("[ERR-"));
    disk.resize(4096);
    // The same server took no harm, and the journal goes on where the disk ended.
    const auto again = scene.run("upload @/export --url %url --tries 2 --parallel 1");
    EXPECT_EQ(again.exit_code, 0) << again.messages;
}

TEST_F(FullDisks, UnderGenerate_LeaveOnlyWholeFilesAndNoIndex) {
    Scene scene;
    scene.shrink_output(96);
    const auto full =
        scene.run("generate @/out/export --patients 40 --recipient @/keys/recipient.cer");
    EXPECT_EQ(full.exit_code, 3) << full.messages;
    test::expect_one_error(full);
    EXPECT_THAT(full.messages, testing::HasSubstr("[ERR-disk-full]"));
    std::size_t whole = 0;
    for (const auto& [name, size] : scene.listing()) {
        if (!name.starts_with("out/export/") || name.ends_with('/')) continue;
        const auto opened = scene.run("open @/" + name + " --key @/keys/recipient.key.pem");
        EXPECT_EQ(opened.exit_code, 0) << name << opened.messages;
        ++whole;
    }
    EXPECT_GT(whole, 0U);
    EXPECT_FALSE(scene.listing().contains("out/export/Index.txt"));
}

}  // namespace
}  // namespace sfmkit
