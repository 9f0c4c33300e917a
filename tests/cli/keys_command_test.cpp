#include "tests/support/envelope_parts.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace sfmkit {
namespace {

test::ProgramRun run_sfmkit(const std::vector<std::string>& arguments) {
    return test::run_program(test::build_folder() / "sfmkit", arguments);
}

// Oracle: openssl opens the PKCS#12 file with the password that was printed, and with the key out
// of it what `seal` made for the certificate beside it.
TEST(KeysNewCommand, PrintedPassword_OpensThePfxThatOpensWhatIsSealed) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("openssl is not installed");
    const test::TemporaryFolder folder;
    const std::string keys = (folder / "keys").string();
    const auto run = run_sfmkit({"keys", "new", keys, "--bits", "3072"});
    ASSERT_EQ(run.exit_code, 0) << run.output;
    const std::string label = "password of recipient.pfx: ";
    const auto place = run.output.find(label);
    ASSERT_NE(place, std::string::npos) << run.output;
    const auto begin = place + label.size();
    const std::string password = run.output.substr(begin, run.output.find('\n', begin) - begin);
    ASSERT_GE(password.size(), 16U);
    const auto key = folder / "key.pem";
    const auto opened = test::run_program(
        "openssl",
        {"pkcs12",
         "-in",
         keys + "/recipient.pfx",
         "-passin",
         "pass:" + password,
         "-nodes",
         "-nocerts",
         "-out",
         key.string()}
    );
    ASSERT_EQ(opened.exit_code, 0) << opened.output;

    test::write_file(folder / "in.zip", "PK\3\4 plain");
    const std::string sealed = (folder / "a.pat").string();
    ASSERT_EQ(
        run_sfmkit(
            {"seal", (folder / "in.zip").string(), sealed, "--recipient", keys + "/recipient.cer"}
        )
            .exit_code,
        0
    );
    EXPECT_EQ(test::open_with_openssl(test::read_file(sealed), key), "PK\3\4 plain");
}

TEST(KeysNewCommand, Twice_IsRefusedAndKeepsTheFirst) {
    const test::TemporaryFolder folder;
    ASSERT_EQ(run_sfmkit({"keys", "new", folder.path().string()}).exit_code, 0);
    const std::string before = test::read_file(folder / "recipient.key.pem");
    const auto again = run_sfmkit({"keys", "new", folder.path().string()});
    EXPECT_EQ(again.exit_code, 2);
    EXPECT_TRUE(again.output.ends_with("[ERR-already-exists]\n")) << again.output;
    EXPECT_EQ(test::read_file(folder / "recipient.key.pem"), before);
}

TEST(KeysNewCommand, WithUnusableOptions_IsRefusedAndMakesNothing) {
    const test::TemporaryFolder folder;
    const std::string keys = (folder / "keys").string();
    test::write_file(folder / "file", "");
    for (const std::vector<std::string>& arguments : {
             std::vector<std::string>{keys, "--bits", "1024"},
             {keys, "--bits", "many"},
             {keys, "--host", "no/host"},
             {keys, "--unknown"},
             {(folder / "file").string() + "/keys"},
             {},
         }) {
        std::vector<std::string> words = {"keys", "new"};
        words.insert(words.end(), arguments.begin(), arguments.end());
        const auto run = run_sfmkit(words);
        EXPECT_EQ(run.exit_code, 2) << run.output;
        EXPECT_FALSE(std::filesystem::exists(keys));
    }
}

}  // namespace
}  // namespace sfmkit
