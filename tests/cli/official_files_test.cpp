#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace sfmkit {
namespace {

namespace fs = std::filesystem;

const std::string patient = "0e7bfd89-ff43-4c5a-a9e2-1af46ae33672";

void run(const std::vector<std::string>& arguments) {
    const auto ran = test::run_program(test::build_folder() / "sfmkit", arguments);
    ASSERT_EQ(ran.exit_code, 0) << ran.output;
}

// The whole way of the official examples: sealed, uploaded, found in the server's folder, opened.
TEST(OfficialFiles, SealedUploadedAndOpened_AreTheSameBytes) {
    const auto organisation = test::reference_file("data/ExportData.zip");
    const auto document = test::reference_file("data/" + patient + ".zip");
    if (!organisation || !document) SFM_SKIP_OR_FAIL("the official examples are not at hand");

    const test::TemporaryFolder folder;
    const std::string keys = (folder / "keys").string();
    const fs::path exported = folder / "export";
    fs::create_directories(exported / "Patients0");
    run({"keys", "new", keys});
    const std::string recipient = keys + "/recipient.cer";
    run({"seal", *organisation, exported / "ExportData.dat", "--recipient", recipient});
    run({"seal", *document, exported / ("Patients0/" + patient + ".pat"), "--recipient", recipient}
    );

    test::ServedMock mock(folder / "mock");
    run({"upload", exported.string(), "--url", mock.url()});

    std::multiset<std::string> opened;
    for (const auto& entry : fs::directory_iterator(mock.data_folder() / "uploads")) {
        if (entry.path().has_extension()) continue;
        const fs::path plain = folder / entry.path().filename().string();
        run({"open", entry.path(), "--key", keys + "/recipient.key.pem", "--output", plain});
        opened.insert(test::read_file(plain));
    }
    const std::multiset<std::string> originals = {
        test::read_file(*organisation), test::read_file(*document)
    };
    EXPECT_TRUE(opened == originals) << opened.size() << " uploads were stored";
}

}  // namespace
}  // namespace sfmkit
