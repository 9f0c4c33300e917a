#include "mockserver/evidence/evidence_reader.hpp"
#include "mockserver/evidence/evidence_schema.hpp"
#include "mockserver/evidence/masked_fields.hpp"
#include "mockserver/evidence/sqlite_evidence.hpp"
#include "platform/log.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/small_disk.hpp"
#include "tests/support/temporary_folder.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <fstream>

namespace sfmkit::test {
namespace {

using mockserver::EvidenceReader;
using mockserver::SqliteEvidence;

mockserver::RequestEvidence some_request(std::uint64_t number) {
    mockserver::RequestEvidence request;
    request.connection = 3;
    request.request = number;
    request.peer = "127.0.0.1:5000";
    request.method = number % 2 == 0 ? "PATCH" : "POST";
    request.target = "/files/abc";
    request.fields = "Host: mock\r\nUpload-Offset: 0\r\n";
    request.upload_id = "00112233445566778899aabbccddeeff";
    request.status = 204;
    request.answer_head = "HTTP/1.1 204 No Content\r\n\r\n";
    request.answer_text = "text";
    request.body_bytes = 5'000'000'000;
    request.offset_before = 0;
    request.checksum = mockserver::ChecksumVerdict::mismatched;
    request.auth = "expired";
    request.faults = {"one", "two"};
    request.end = mockserver::RequestEnd::silenced;
    request.arrived = platform::WallTime(std::chrono::milliseconds(1'700'000'000'123));
    request.ended = platform::WallTime(std::chrono::milliseconds(1'700'000'000'456));
    return request;
}

class EvidenceFile : public testing::Test {
  protected:
    std::unique_ptr<SqliteEvidence> open() {
        auto opened = SqliteEvidence::open(
            folder_.path(),
            {.version = "1", .imitates = "strict-spec", .seed = 9},
            clock_,
            context_.get_executor()
        );
        if (!opened) throw std::runtime_error(platform::describe(opened.error()));
        return std::move(*opened);
    }
    EvidenceReader read() {
        auto reader = EvidenceReader::open(folder_.path());
        if (!reader) throw std::runtime_error(platform::describe(reader.error()));
        return std::move(*reader);
    }

    TemporaryFolder folder_;
    platform::SystemClock clock_;
    boost::asio::io_context context_{1};
};

TEST_F(EvidenceFile, Request_WhenKept_ComesBackWhole) {
    auto evidence = open();
    const auto told = some_request(4);
    evidence->request_ended(told);
    context_.run();
    EvidenceReader reader = read();
    const auto rows = reader.requests({});
    ASSERT_TRUE(rows && rows->size() == 1);
    const auto& back = rows->front().request;
    EXPECT_EQ(rows->front().run, evidence->run());
    EXPECT_EQ(back.connection, told.connection);
    EXPECT_EQ(back.request, told.request);
    EXPECT_EQ(back.peer, told.peer);
    EXPECT_EQ(back.method, told.method);
    EXPECT_EQ(back.target, told.target);
    EXPECT_EQ(back.fields, told.fields);
    EXPECT_EQ(back.upload_id, told.upload_id);
    EXPECT_EQ(back.status, told.status);
    EXPECT_EQ(back.answer_head, told.answer_head);
    EXPECT_EQ(back.answer_text, told.answer_text);
    EXPECT_EQ(back.body_bytes, told.body_bytes);
    EXPECT_EQ(back.offset_before, told.offset_before);
    EXPECT_EQ(back.offset_after, std::nullopt);
    EXPECT_EQ(back.checksum, told.checksum);
    EXPECT_EQ(back.auth, told.auth);
    EXPECT_EQ(back.faults, told.faults);
    EXPECT_EQ(back.end, told.end);
    EXPECT_EQ(back.arrived, told.arrived);
    EXPECT_EQ(back.ended, told.ended);
}

TEST_F(EvidenceFile, Requests_OfOneTurn_ShareATransaction) {
    auto evidence = open();
    bool kept = false;
    for (std::uint64_t i = 1; i <= 100; ++i) evidence->request_ended(some_request(i));
    EXPECT_EQ(read().requests({})->size(), 0U) << "nothing is kept before the turn ends";
    boost::asio::co_spawn(context_, evidence->kept(), [&](const std::exception_ptr&) {
        // Whoever waits is told when it is there for every reader.
        kept = read().requests({.most = 1000})->size() == 100;
    });
    context_.run();
    EXPECT_TRUE(kept);
    EXPECT_EQ(evidence->commits(), 1U);
    context_.restart();
    evidence->request_ended(some_request(101));
    context_.run();
    EXPECT_EQ(evidence->commits(), 2U);
}

TEST_F(EvidenceFile, Query_ByMember_ChoosesRequests) {
    auto evidence = open();
    for (std::uint64_t i = 1; i <= 10; ++i) {
        auto request = some_request(i);
        if (i == 7) request.status = 409;
        if (i == 8) request.upload_id = "ff";
        if (i == 9) request.faults.clear();
        evidence->request_ended(request);
    }
    mockserver::Upload upload;
    upload.id = "ff";
    upload.length_bytes = 12;
    upload.metadata = "name YQ==,SessionId czE=,FileType dA==";
    evidence->upload_created(upload);
    evidence->upload_finished(upload);
    evidence->upload_removed("ff");
    context_.run();
    EvidenceReader reader = read();
    EXPECT_EQ(reader.requests({.method = "PATCH"})->size(), 5U);
    EXPECT_EQ(reader.requests({.status = 409})->size(), 1U);
    EXPECT_EQ(reader.requests({.upload = "ff"})->size(), 1U);
    EXPECT_EQ(reader.requests({.session = "s1"})->size(), 1U);
    EXPECT_EQ(reader.requests({.session = "s2"})->size(), 0U);
    EXPECT_EQ(reader.requests({.with_faults = true})->size(), 9U);
    EXPECT_EQ(reader.requests({.run = 2})->size(), 0U);
    const auto page = reader.requests({.after = 4, .most = 3});
    ASSERT_EQ(page->size(), 3U);
    EXPECT_EQ(page->front().id, 5U);
    const auto uploads = reader.uploads(0);
    ASSERT_EQ(uploads->size(), 1U);
    EXPECT_EQ(uploads->front().session, "s1");
    EXPECT_EQ(uploads->front().name, "a");
    EXPECT_EQ(uploads->front().length_bytes, 12U);
    EXPECT_TRUE(uploads->front().created && uploads->front().finished);
    EXPECT_TRUE(uploads->front().removed);
}

TEST_F(EvidenceFile, FindingsAndFaults_WhenTold_NameTheirRequest) {
    auto evidence = open();
    const findings::Finding finding{
        .rule = "CORE-31",
        .severity = findings::Severity::warning,
        .file = "PATCH /files/a",
        .expected = "5",
        .actual = "6",
        .message = "m",
        .next = "ask",
    };
    evidence->found(finding, {.connection = 1, .request = 2, .upload_id = "u"});
    evidence->fault_struck("cut", {.connection = 3, .request = 4, .upload_id = "v"});
    context_.run();
    EvidenceReader reader = read();
    const auto found = reader.findings(0, 0, 10);
    ASSERT_TRUE(found && found->size() == 1);
    EXPECT_EQ(found->front().finding, finding);
    EXPECT_EQ(found->front().where.request, 2U);
    const auto faults = reader.faults(evidence->run(), 0, 10);
    ASSERT_TRUE(faults && faults->size() == 1);
    EXPECT_EQ(faults->front().name, "cut");
    EXPECT_EQ(faults->front().where.upload_id, "v");
}

TEST_F(EvidenceFile, Runs_OfOneFolder_StandBesideEachOther) {
    {
        auto first = open();
    }
    auto second = open();
    EvidenceReader reader = read();
    const auto runs = reader.runs();
    ASSERT_EQ(runs->size(), 2U);
    EXPECT_TRUE(runs->at(0).ended);
    EXPECT_FALSE(runs->at(1).ended);
    EXPECT_FALSE(runs->at(0).gap);
    EXPECT_EQ(runs->at(1).imitates, "strict-spec");
    EXPECT_EQ(runs->at(1).seed, 9U);
}

TEST_F(EvidenceFile, Run_ThatCouldNotWrite_HasAGap) {
    platform::set_log_level(platform::LogLevel::quiet);
    {
        auto evidence = open();
        {
            // Another program holds the file for longer than we wait.
            auto other = mockserver::Database::open(
                mockserver::evidence_file(folder_.path()), mockserver::Database::Mode::create
            );
            ASSERT_TRUE(other->run("BEGIN IMMEDIATE"));
            evidence->request_ended(some_request(1));
            ASSERT_TRUE(other->run("ROLLBACK"));
        }
        evidence->request_ended(some_request(2));
        context_.run();
        // The end of the run may never be written.
        EXPECT_TRUE(read().runs()->front().gap);
    }
    platform::set_log_level(platform::LogLevel::info);
    EvidenceReader reader = read();
    EXPECT_EQ(reader.requests({})->size(), 1U);
    EXPECT_TRUE(reader.runs()->front().gap);
}

TEST_F(EvidenceFile, Disk_ThatIsFull_LeavesAGapAndTheRestIsKept) {
    if (!SmallDisk::possible()) SFM_SKIP_OR_FAIL("small disks need root to be mounted");
    platform::set_log_level(platform::LogLevel::quiet);
    SmallDisk disk(folder_.path(), 256);
    auto evidence = open();
    const auto tell = [&](std::uint64_t number) {
        auto request = some_request(number);
        request.answer_text = std::string(4000, 'x');
        evidence->request_ended(request);
        context_.restart();
        context_.run();
    };
    constexpr std::uint64_t too_many = 200;
    for (std::uint64_t i = 1; i <= too_many; ++i) tell(i);
    const std::size_t before = read().requests({.most = 1000})->size();
    EXPECT_GT(before, 0U);
    EXPECT_LT(before, too_many) << "the disk was never full";
    disk.resize(4096);
    tell(too_many + 1);
    platform::set_log_level(platform::LogLevel::info);
    const auto rows = read().requests({.most = 1000});
    EXPECT_EQ(rows->size(), before + 1);
    EXPECT_EQ(rows->back().request.request, too_many + 1);
    EXPECT_TRUE(read().runs()->front().gap);
}

TEST_F(EvidenceFile, Disk_ThatIsFullAtTheStart_IsToldWithTheFile) {
    if (!SmallDisk::possible()) SFM_SKIP_OR_FAIL("small disks need root to be mounted");
    const SmallDisk disk(folder_.path(), 16);
    const auto opened = SqliteEvidence::open(folder_.path(), {}, clock_, context_.get_executor());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, platform::Errc::disk_full) << opened.error().what;
    EXPECT_EQ(opened.error().where, mockserver::evidence_file(folder_.path()).string());
    EXPECT_TRUE(opened.error().next.starts_with("free space")) << opened.error().next;
}

std::string version_of(int version) {
    return "PRAGMA user_version = " + std::to_string(version);
}

TEST_F(EvidenceFile, ForeignFile_WhenOpened_IsRefused) {
    const auto path = mockserver::evidence_file(folder_.path());
    const auto refused = [&] {
        auto opened = SqliteEvidence::open(folder_.path(), {}, clock_, context_.get_executor());
        return !opened && opened.error().code == platform::Errc::usage &&
               opened.error().where == path.string();
    };
    std::ofstream(path) << "this is no database, but a text that somebody has put here\n";
    EXPECT_TRUE(refused());
    std::filesystem::remove(path);
    {
        auto other = mockserver::Database::open(path, mockserver::Database::Mode::create);
        ASSERT_TRUE(other->run("CREATE TABLE a(b)"));
    }
    EXPECT_TRUE(refused());
    EXPECT_FALSE(EvidenceReader::open(folder_.path()));
    std::filesystem::remove(path);
    {
        auto ours = open();
    }
    {
        auto other = mockserver::Database::open(path, mockserver::Database::Mode::create);
        ASSERT_TRUE(other->run(version_of(mockserver::evidence_version + 1)));
    }
    EXPECT_TRUE(refused());
    EXPECT_FALSE(EvidenceReader::open(folder_.path()));
    {
        auto other = mockserver::Database::open(path, mockserver::Database::Mode::create);
        ASSERT_TRUE(other->run(version_of(mockserver::evidence_version)));
    }
    EXPECT_FALSE(refused());
}

TEST(MaskedFields, Credentials_AreHashedAndOthersStay) {
    const auto algorithms = platform::CryptoAlgorithms::fetch();
    const auto lines = [&](const char* name, const char* value) {
        wire::HeaderFields fields;
        fields.add(name, value);
        return mockserver::masked_lines(fields, algorithms);
    };
    // SHA-256 of "secret" begins so (sha256sum).
    EXPECT_EQ(
        lines("authorization", "Bearer secret"), "authorization: Bearer sha256:2bb80d537b1da3e3\r\n"
    );
    EXPECT_EQ(lines("DPoP", "secret"), "DPoP: sha256:2bb80d537b1da3e3\r\n");
    EXPECT_EQ(lines("Cookie", "secret"), "Cookie: sha256:2bb80d537b1da3e3\r\n");
    EXPECT_EQ(
        lines("Proxy-Authorization", "Basic secret"),
        "Proxy-Authorization: Basic sha256:2bb80d537b1da3e3\r\n"
    );
    EXPECT_EQ(lines("Authorization", "secret"), "Authorization: sha256:2bb80d537b1da3e3\r\n");
    EXPECT_EQ(lines("Authorizatio", "Bearer secret"), "Authorizatio: Bearer secret\r\n");
    EXPECT_EQ(
        mockserver::mask_target("/files?a=1&access_token=abc&b=2"),
        "/files?a=1&access_token=masked&b=2"
    );
    EXPECT_EQ(mockserver::mask_target("/files/abc"), "/files/abc");
}

}  // namespace
}  // namespace sfmkit::test
