#include "cli/mixed_envelopes.hpp"
#include "mockserver/evidence/evidence_reader.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

// `serve --key` opens each finished upload; what it finds joins the findings of the session.

namespace sfmkit {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

void write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

class ServeJudging : public testing::Test {
  protected:
    ServeJudging() {
        run({"keys", "new", (folder_ / "keys").string()});
        // The same seed and the same key: two envelopes of one organisation file.
        for (const char* name : {"one", "two"}) {
            run(
                {"generate",
                 (folder_ / name).string(),
                 "--patients",
                 "1",
                 "--recipient",
                 (folder_ / "keys" / "recipient.cer").string()}
            );
        }
        one_ = read(folder_ / "one" / "ExportData.dat");
        two_ = read(folder_ / "two" / "ExportData.dat");
    }

    static void run(const std::vector<std::string>& arguments) {
        const auto ran = test::run_program(test::build_folder() / "sfmkit", arguments);
        ASSERT_EQ(ran.exit_code, 0) << ran.output;
    }

    std::string curl(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"-sS", "-i", "-H", "Tus-Resumable: 1.0.0"});
        return test::run_program("curl", arguments).output;
    }

    void send(const std::string& url, std::size_t offset, const std::string& bytes) {
        write(folder_ / "body", bytes);
        curl(
            {"-X",
             "PATCH",
             "-H",
             fmt::format("Upload-Offset: {}", offset),
             "-H",
             "Content-Type: application/offset+octet-stream",
             "--data-binary",
             "@" + (folder_ / "body").string(),
             url}
        );
    }

    /// The rules that were found in an upload whose end is this one's.
    std::set<std::string> rules_of(const std::string& second, bool asks) {
        const std::size_t cut = one_.size() / 2;
        test::ServedMock mock(
            folder_ / (asks ? "asks" : "blind"),
            {"--key", (folder_ / "keys" / "recipient.key.pem").string()}
        );
        const std::string made = curl(
            {"-X",
             "POST",
             "-H",
             fmt::format("Upload-Length: {}", one_.size()),
             // ExportData.dat, application/octet-stream, OrganizationFile and a GUID
             "-H",
             "Upload-Metadata: name RXhwb3J0RGF0YS5kYXQ=,contentType "
             "YXBwbGljYXRpb24vb2N0ZXQtc3RyZWFt,FileType T3JnYW5pemF0aW9uRmlsZQ==,SessionId "
             "M2E2ODM2NWYtNGRlYy00ZWNmLWIzZTctMDRiZWRiZGQxMDk2",
             mock.url()}
        );
        const std::size_t place = made.find("Location: ") + 10;
        const std::string path = made.substr(place, made.find("\r\n", place) - place);
        const std::string url = fmt::format("http://127.0.0.1:{}{}", mock.port(), path);
        send(url, 0, one_.substr(0, cut));
        if (asks) curl({"-I", url});
        send(url, cut, second.substr(cut));
        EXPECT_EQ(mock.stop(), 0);
        log_ = mock.log();
        auto reader = mockserver::EvidenceReader::open(mock.data_folder());
        EXPECT_TRUE(reader);
        std::set<std::string> rules;
        const auto found = reader->findings(0, 0, 1000);
        for (const auto& row : *found) {
            rules.insert(row.finding.rule);
            EXPECT_EQ(row.where.upload_id, path.substr(path.rfind('/') + 1));
            if (row.finding.rule == "SFM-18") {
                EXPECT_NE(row.finding.actual.find(std::to_string(cut)), std::string::npos);
            }
        }
        return rules;
    }

    test::TemporaryFolder folder_;
    std::string one_;
    std::string two_;
    std::string log_;
};

TEST_F(ServeJudging, Upload_ThatWasEncryptedAnewOnResume_IsNamed) {
    ASSERT_EQ(one_.size(), two_.size());
    ASSERT_NE(one_, two_);
    const auto rules = rules_of(two_, true);
    EXPECT_TRUE(rules.contains("SFM-18")) << log_;
    EXPECT_GT(rules.size(), 1U) << "beside what cannot be read";
}

TEST_F(ServeJudging, Upload_ThatGoesOnWithItsBytes_IsNot) {
    EXPECT_EQ(rules_of(one_, true), std::set<std::string>{}) << log_;
}

TEST_F(ServeJudging, Upload_ThatWasNeverContinued_IsOnlyBroken) {
    const auto rules = rules_of(two_, false);
    EXPECT_FALSE(rules.contains("SFM-18")) << log_;
    EXPECT_FALSE(rules.empty());
}

}  // namespace
}  // namespace sfmkit
