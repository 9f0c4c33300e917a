#include "tests/cli/sealed_export.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

namespace sfmkit {
namespace {

using test::run_sfmkit;

/// Every file below a folder: its relative path and its bytes.
std::map<std::string, std::string> files_below(const std::filesystem::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string name = std::filesystem::relative(entry.path(), folder).string();
        files[name] = test::read_file(entry.path());
    }
    return files;
}

void expect_refused(const test::ProgramRun& run, const std::string& id) {
    EXPECT_EQ(run.exit_code, 2) << run.output;
    EXPECT_TRUE(run.output.starts_with("error: ")) << run.output;
    EXPECT_TRUE(run.output.ends_with("[ERR-" + id + "]\n")) << run.output;
}

TEST(GenerateCommand, Plain_WithSameSeed_WritesTheSameFiles) {
    const test::TemporaryFolder folder;
    for (const char* name : {"first", "second"}) {
        const auto run = run_sfmkit(
            {"generate", (folder / name).string(), "--plain", "--seed", "42", "--patients", "2"}
        );
        EXPECT_EQ(run.exit_code, 0) << run.output;
    }
    const auto first = files_below(folder / "first");
    EXPECT_EQ(first, files_below(folder / "second"));
    EXPECT_TRUE(first.contains("ExportData.xml"));
    const auto documents = std::ranges::count_if(first, [](const auto& file) {
        return file.first.ends_with("/PatientData.xml");
    });
    EXPECT_EQ(documents, 2);
}

TEST(GenerateCommand, Sealed_WithRecipient_IsAFolderOfTheFormat) {
    const test::SealedExport made;
    const auto run = run_sfmkit(
        {"generate", made.path("more"), "--recipient", made.certificate(), "--patients", "3"}
    );
    EXPECT_EQ(run.exit_code, 0) << run.output;
    const auto files = files_below(made.path("more"));
    EXPECT_TRUE(files.contains("ExportData.dat"));
    // Folder, backslash, name and CR LF: 52 bytes in each line of the official Index.txt.
    EXPECT_EQ(files.at("Index.txt").size(), 3U * 52);
    EXPECT_EQ(files.size(), 1U + 1 + 3 + 2);
}

TEST(GenerateCommand, FolderThatHoldsSomething_IsRefusedAndLeftAlone) {
    const test::TemporaryFolder folder;
    std::filesystem::create_directories(folder / "out");
    test::write_file(folder / "out" / "mine.txt", "mine");
    expect_refused(
        run_sfmkit({"generate", (folder / "out").string(), "--plain"}), "already-exists"
    );
    EXPECT_EQ(files_below(folder / "out").size(), 1U);
}

TEST(GenerateCommand, WithoutRecipientOrPlain_SaysHowToGetOne) {
    const test::TemporaryFolder folder;
    const auto run = run_sfmkit({"generate", (folder / "out").string()});
    expect_refused(run, "usage");
    EXPECT_NE(run.output.find("sfmkit keys new"), std::string::npos) << run.output;
    EXPECT_FALSE(std::filesystem::exists(folder / "out"));
}

TEST(GenerateCommand, RecipientThatIsNoCertificate_IsRefusedBeforeAnythingIsWritten) {
    const test::TemporaryFolder folder;
    test::write_file(folder / "no.cer", "not a certificate");
    expect_refused(
        run_sfmkit(
            {"generate", (folder / "out").string(), "--recipient", (folder / "no.cer").string()}
        ),
        "unusable-key"
    );
    EXPECT_FALSE(std::filesystem::exists(folder / "out"));
}

TEST(GenerateCommand, ShapeThatIsNot_NamesThoseThatAre) {
    const test::TemporaryFolder folder;
    const auto run = run_sfmkit({"generate", (folder / "out").string(), "--plain", "--shape", "x"});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_NE(run.output.find("huge-patient"), std::string::npos) << run.output;
}

}  // namespace
}  // namespace sfmkit
