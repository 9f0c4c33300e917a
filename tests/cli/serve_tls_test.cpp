#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

// `serve --tls`, tried by clients that others wrote: curl, the openssl program and Node.js.

namespace sfmkit {
namespace {

using Arguments = std::vector<std::string>;

/// A mock that speaks TLS, and clients that trust its authority.
class TlsMock {
  public:
    explicit TlsMock(Arguments options = {}) : mock_(folder_ / "mock", with_tls(options)) {}

    std::string file(const std::string& name) const {
        return (mock_.data_folder() / "tls" / name).string();
    }
    std::filesystem::path data_folder() const { return mock_.data_folder(); }
    std::string log() const { return mock_.log(); }
    std::string origin(const std::string& host = "localhost") const {
        return "https://" + host + ":" + port();
    }
    std::string port() const { return std::to_string(mock_.port()); }
    std::filesystem::path temporary(const std::string& name) const { return folder_ / name; }

    test::ProgramRun curl(Arguments arguments) const {
        arguments.insert(
            arguments.begin(), {"-sS", "-i", "--max-time", "20", "--cacert", file("ca.cert.pem")}
        );
        return test::run_program("curl", arguments);
    }
    test::ProgramRun create(const Arguments& more = {}) const {
        Arguments arguments = {
            "-X", "POST", "-H", "Tus-Resumable: 1.0.0", "-H", "Upload-Length: 5"
        };
        arguments.insert(arguments.end(), more.begin(), more.end());
        arguments.push_back(origin() + "/files");
        return curl(arguments);
    }
    /// One request by the openssl program, which prints the handshake too.
    test::ProgramRun s_client(const std::string& options) const {
        const std::string request =
            R"(printf 'OPTIONS /files HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')";
        const std::string command = request + " | openssl s_client -connect 127.0.0.1:" + port() +
                                    " -CAfile '" + file("ca.cert.pem") + "' -ign_eof " + options;
        return test::run_program("sh", {"-c", command}, std::chrono::seconds(30));
    }
    /// How many such requests reached the server, as its evidence has it.
    int count_of(const std::string& request) const {
        const auto run = test::run_program(
            test::build_folder() / "sfmkit", {"evidence", "log", data_folder().string()}
        );
        int count = 0;
        for (std::size_t at = 0; (at = run.output.find(request + " -> ", at)) != std::string::npos;
             ++at) {
            ++count;
        }
        return count;
    }

  private:
    static Arguments with_tls(Arguments options) {
        options.insert(options.begin(), "--tls");
        return options;
    }

    test::TemporaryFolder folder_;
    test::ServedMock mock_;
};

constexpr const char* transport_security =
    "Strict-Transport-Security: max-age=15724800; includeSubDomains\r\n";  // the NHN page

TEST(ServeTls, WithCurl_SpeaksBothVersionsByEveryNameOfItsCertificate) {
    const TlsMock mock;
    for (const char* version : {"1.2", "1.3"}) {
        const auto run = mock.create({std::string("--tlsv") + version, "--tls-max", version});
        EXPECT_EQ(run.exit_code, 0) << run.output;
        EXPECT_TRUE(run.output.starts_with("HTTP/1.1 201 ")) << run.output;
        EXPECT_NE(run.output.find(transport_security), std::string::npos) << run.output;
    }
    for (const char* host : {"127.0.0.1", "sfmkit.test", "sfmkit.localhost"}) {
        const auto run = mock.curl(
            {"--resolve",
             std::string(host) + ":" + mock.port() + ":127.0.0.1",
             mock.origin(host) + "/api/sfmProductVersion"}
        );
        EXPECT_TRUE(run.output.starts_with("HTTP/1.1 200 ")) << run.output;
    }
    // Refusals carry it too.
    const auto refused = mock.curl({mock.origin() + "/nothing"});
    EXPECT_TRUE(refused.output.starts_with("HTTP/1.1 404 ")) << refused.output;
    EXPECT_NE(refused.output.find(transport_security), std::string::npos) << refused.output;
    EXPECT_NE(mock.log().find("serving https://127.0.0.1:"), std::string::npos) << mock.log();
}

TEST(ServeTls, WithoutTls_NeverAsksForIt) {
    const test::TemporaryFolder folder;
    const test::ServedMock mock(folder / "mock");
    const auto run = test::run_program("curl", {"-sS", "-i", "--max-time", "20", mock.url()});
    EXPECT_TRUE(run.output.starts_with("HTTP/1.1 ")) << run.output;
    EXPECT_EQ(run.output.find("Strict-Transport-Security"), std::string::npos) << run.output;
    EXPECT_FALSE(std::filesystem::exists(mock.data_folder() / "tls"));
}

TEST(ServeTls, OfALargeBody_StoresEveryByte) {
    const TlsMock mock;
    std::string body(3'000'000, '\0');
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 31 + i / 997);
    test::write_file(mock.temporary("body"), body);
    const auto made = mock.curl(
        {"-X",
         "POST",
         "-H",
         "Tus-Resumable: 1.0.0",
         "-H",
         "Upload-Length: 3000000",
         mock.origin() + "/files"}
    );
    const std::size_t begin = made.output.find("Location: ") + 10;
    const std::string path = made.output.substr(begin, made.output.find('\r', begin) - begin);
    ASSERT_TRUE(path.starts_with("/files/")) << made.output;
    const auto sent = mock.curl(
        {"-X",
         "PATCH",
         "-H",
         "Tus-Resumable: 1.0.0",
         "-H",
         "Upload-Offset: 0",
         "-H",
         "Content-Type: application/offset+octet-stream",
         "--data-binary",
         "@" + mock.temporary("body").string(),
         mock.origin() + path}
    );
    EXPECT_NE(sent.output.find("HTTP/1.1 204 "), std::string::npos) << sent.output;
    const std::string id = path.substr(path.rfind('/') + 1);
    EXPECT_TRUE(test::read_file(mock.data_folder() / "uploads" / id) == body);
}

TEST(ServeTls, WhatSpeaksNoTls_HarmsNobodyElse) {
    const TlsMock mock;
    const auto plain = test::run_program(
        "curl", {"-sS", "--max-time", "20", "http://127.0.0.1:" + mock.port() + "/files"}
    );
    EXPECT_NE(plain.exit_code, 0) << plain.output;
    EXPECT_EQ(mock.create().exit_code, 0);
}

TEST(ServeTls, WithOpenssl_ResumesSessionsOfBothVersions) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("the openssl program is not installed");
    const TlsMock mock;
    for (const char* version : {"-tls1_2", "-tls1_3"}) {
        const std::string session = mock.temporary(version + 1).string();
        const auto first = mock.s_client(version + (" -sess_out '" + session + "'"));
        EXPECT_NE(first.output.find("\nNew, TLSv1."), std::string::npos) << first.output;
        EXPECT_NE(first.output.find("Verification: OK"), std::string::npos) << first.output;
        const auto second = mock.s_client(version + (" -sess_in '" + session + "'"));
        EXPECT_NE(second.output.find("\nReused, TLSv1."), std::string::npos) << second.output;
        EXPECT_NE(second.output.find("HTTP/1.1 204 "), std::string::npos) << second.output;
    }
}

TEST(ServeTls, OfAnOldVersion_IsRefusedWithItsAlert) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("the openssl program is not installed");
    const TlsMock mock;
    const auto old = mock.s_client("-tls1_1 -cipher 'ALL:@SECLEVEL=0'");
    // RFC 5246 section 7.2: protocol_version(70).
    EXPECT_NE(old.output.find("SSL alert number 70"), std::string::npos) << old.output;
    const auto twin = mock.s_client("-tls1_2 -cipher 'ALL:@SECLEVEL=0'");
    EXPECT_NE(twin.output.find("HTTP/1.1 204 "), std::string::npos) << twin.output;
}

TEST(ServeTls, OfItsCertificates_VouchForTestNamesAloneAndKeepTheKeySecret) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("the openssl program is not installed");
    const TlsMock mock;
    const auto authority =
        test::run_program("openssl", {"x509", "-in", mock.file("ca.cert.pem"), "-noout", "-text"});
    EXPECT_NE(authority.output.find("X509v3 Name Constraints: critical"), std::string::npos);
    for (const char* name : {"DNS:localhost", "DNS:.test", "IP:127.0.0.0/255.0.0.0"}) {
        EXPECT_NE(authority.output.find(name), std::string::npos) << authority.output;
    }
    const auto permissions = std::filesystem::status(mock.file("server.key.pem")).permissions();
    EXPECT_EQ(
        permissions, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
    for (const auto& entry : std::filesystem::directory_iterator(mock.data_folder() / "tls")) {
        const bool is_key = entry.path().filename() == "server.key.pem";
        const std::string content = test::read_file(entry.path());
        EXPECT_EQ(content.find("PRIVATE KEY") != std::string::npos, is_key) << entry.path();
    }
}

struct FaultCase {
    const char* fault;
    const char* code;  ///< of openssl's verification (x509_vfy.h)
};

// Each is wrong in that one thing: openssl tells one error, and none without the fault.
TEST(ServeTls, WithACertificateThatIsWrong_IsSentNothing) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("the openssl program is not installed");
    const FaultCase cases[] = {{"expired", "10"}, {"wrong-name", "62"}, {"unknown-ca", "20"}};
    int refused = 0;
    for (const FaultCase& row : cases) {
        const TlsMock mock({"--tls-fault", row.fault});
        const auto run = mock.create({"-H", "Authorization: Bearer abc"});
        EXPECT_EQ(run.exit_code, 60) << row.fault << run.output;  // CURLE_PEER_FAILED_VERIFICATION
        EXPECT_EQ(mock.count_of("POST /files"), 0) << row.fault;
        refused += run.exit_code == 60 ? 1 : 0;
        const auto told = mock.s_client("-verify_hostname localhost");
        const std::string code = std::string("verify error:num=") + row.code + ":";
        EXPECT_NE(told.output.find(code), std::string::npos) << row.fault << told.output;
    }
    EXPECT_EQ(refused, 3);
    const TlsMock good;
    EXPECT_EQ(good.create({"-H", "Authorization: Bearer abc"}).exit_code, 0);
    EXPECT_EQ(good.count_of("POST /files"), 1);
    const auto told = good.s_client("-verify_hostname localhost");
    EXPECT_NE(told.output.find("Verify return code: 0 (ok)"), std::string::npos) << told.output;
}

TEST(ServeTls, WithoutCloseNotify_EndsUnexpectedly) {
    if (!test::find_program("openssl")) SFM_SKIP_OR_FAIL("the openssl program is not installed");
    constexpr const char* sudden = "unexpected eof while reading";
    const TlsMock mock({"--tls-fault", "no-close-notify"});
    for (const char* version : {"-tls1_2", "-tls1_3"}) {
        const auto run = mock.s_client(version);
        EXPECT_NE(run.output.find("HTTP/1.1 204 "), std::string::npos) << run.output;
        EXPECT_NE(run.output.find(sudden), std::string::npos) << run.output;
    }
    const TlsMock twin;
    for (const char* version : {"-tls1_2", "-tls1_3"}) {
        const auto run = twin.s_client(version);
        EXPECT_NE(run.output.find("HTTP/1.1 204 "), std::string::npos) << run.output;
        EXPECT_EQ(run.output.find(sudden), std::string::npos) << run.output;
    }
}

TEST(ServeTls, WithAHandshakeThatStalls_NeverAnswers) {
    const TlsMock mock({"--tls-fault", "stall-handshake"});
    const auto run = mock.create({"--connect-timeout", "1"});
    EXPECT_EQ(run.exit_code, 28) << run.output;  // CURLE_OPERATION_TIMEDOUT
    EXPECT_EQ(mock.count_of("POST /files"), 0);
}

TEST(ServeTls, WithNodeJs_ChecksNameAndAuthority) {
    if (!test::find_program("node")) SFM_SKIP_OR_FAIL("Node.js is not installed");
    const auto ask = [](const TlsMock& mock, const std::string& authority) {
        const std::string script =
            "const https = require('https'), fs = require('fs');"
            "https.get({host: 'localhost', port: " +
            mock.port() + ", path: '/api/sfmProductVersion', agent: false" +
            (authority.empty() ? "" : ", ca: fs.readFileSync('" + authority + "')") +
            "}, a => { console.log(a.statusCode, a.socket.getProtocol()); a.resume(); })"
            ".on('error', e => console.log(e.code));";
        return test::run_program("node", {"-e", script}).output;
    };
    const TlsMock mock;
    EXPECT_EQ(ask(mock, mock.file("ca.cert.pem")), "200 TLSv1.3\n");
    EXPECT_EQ(ask(mock, ""), "UNABLE_TO_VERIFY_LEAF_SIGNATURE\n");
    const TlsMock wrong({"--tls-fault", "wrong-name"});
    EXPECT_EQ(ask(wrong, wrong.file("ca.cert.pem")), "ERR_TLS_CERT_ALTNAME_INVALID\n");
}

TEST(ServeTls, WithDotnet_ChecksNameTimeAndAuthority) {
    const auto program = test::build_folder() / "interop" / "dotnet" / "envelope.dll";
    if (!test::find_program("dotnet") || !std::filesystem::exists(program)) {
        SFM_SKIP_OR_FAIL("the .NET SDK is not installed");
    }
    const auto ask = [&program](const TlsMock& mock) {
        const std::string url = mock.origin() + "/api/sfmProductVersion";
        return test::run_program("dotnet", {program.string(), "get", url, mock.file("ca.cert.pem")})
            .output;
    };
    const std::string question = "GET /api/sfmProductVersion";
    const TlsMock good;
    EXPECT_EQ(ask(good), "200\n");
    EXPECT_EQ(good.count_of(question), 1);
    for (const char* fault : {"expired", "wrong-name", "unknown-ca"}) {
        const TlsMock wrong({"--tls-fault", fault});
        EXPECT_EQ(ask(wrong), "SecureConnectionError\n") << fault;
        EXPECT_EQ(wrong.count_of(question), 0) << fault;
    }
}

TEST(ServeTls, OnAddressesOfOthers_NeedsTlsOrLeave) {
    const test::TemporaryFolder folder;
    const Arguments open = {
        "serve", "--port", "0", "--host", "0.0.0.0", "--data-dir", (folder / "data").string()
    };
    const auto refused = test::run_program(test::build_folder() / "sfmkit", open);
    EXPECT_EQ(refused.exit_code, 2) << refused.output;
    EXPECT_NE(refused.output.find("--allow-plain-http"), std::string::npos) << refused.output;
    EXPECT_FALSE(std::filesystem::exists(folder / "data"));
    const TlsMock safe({"--host", "0.0.0.0"});
    EXPECT_EQ(safe.create().exit_code, 0);
    const test::ServedMock allowed(folder / "mock", {"--host", "0.0.0.0", "--allow-plain-http"});
    EXPECT_NE(allowed.log().find("serving http://"), std::string::npos);
}

}  // namespace
}  // namespace sfmkit
