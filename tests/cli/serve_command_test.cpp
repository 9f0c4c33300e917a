#include "platform/openssl.hpp"
#include "platform/tcp_network.hpp"
#include "tests/support/raw_connection.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/served_mock.hpp"
#include "tests/support/temporary_folder.hpp"
#include "wire/base64.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace sfmkit {
namespace {

test::ProgramRun serve(const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {"serve"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return test::run_program(test::build_folder() / "sfmkit", arguments, std::chrono::seconds(10));
}

void expect_refused(const test::ProgramRun& run, const std::string& id) {
    EXPECT_EQ(run.exit_code, 2) << run.output;
    EXPECT_TRUE(run.output.starts_with("error: ")) << run.output;
    EXPECT_NE(run.output.find("\n  next:     "), std::string::npos) << run.output;
    EXPECT_TRUE(run.output.ends_with("[ERR-" + id + "]\n")) << run.output;
}

TEST(ServeCommand, WhenPortIsTaken_NamesItAndEndsWith2) {
    const test::TemporaryFolder folder;
    const test::ServedMock first(folder / "first");
    const auto run =
        serve({"--port", std::to_string(first.port()), "--data-dir", (folder / "second").string()});
    expect_refused(run, "address-in-use");
    EXPECT_NE(run.output.find(":" + std::to_string(first.port())), std::string::npos);
}

TEST(ServeCommand, WhenDataFolderCannotBeMade_NamesItAndEndsWith2) {
    const test::TemporaryFolder folder;
    test::write_file(folder / "file", "");
    const auto run = serve({"--port", "0", "--data-dir", (folder / "file" / "data").string()});
    expect_refused(run, "usage");
    EXPECT_NE(run.output.find((folder / "file").string()), std::string::npos) << run.output;
}

TEST(ServeCommand, WhenAnotherServesTheDataFolder_NamesItAndEndsWith2) {
    const test::TemporaryFolder folder;
    test::ServedMock first(folder / "first");
    const auto run = serve({"--port", "0", "--data-dir", first.data_folder().string()});
    expect_refused(run, "usage");
    EXPECT_NE(run.output.find("another server"), std::string::npos) << run.output;
    EXPECT_NE(run.output.find(first.data_folder().string()), std::string::npos) << run.output;
    first.start_again();
    EXPECT_EQ(first.stop(), 0);
}

TEST(ServeCommand, WithUnusableOption_EndsWith2) {
    expect_refused(serve({"--expire", "soon"}), "usage");
    expect_refused(serve({"--host", "no.such.host.invalid", "--port", "0"}), "usage");
    EXPECT_EQ(serve({"--imitate", "apache"}).exit_code, 2);
    EXPECT_EQ(serve({"--unknown"}).exit_code, 2);
}

TEST(ServeCommand, WhenItAccepts_WritesTheReadyFile) {
    const test::TemporaryFolder folder;
    test::ServedMock mock(folder / "mock");
    const auto ready = nlohmann::json::parse(test::read_file(folder / "mock" / "ready.json"));
    EXPECT_EQ(ready.at("url"), "http://127.0.0.1:" + std::to_string(mock.port()));
    EXPECT_TRUE(ready.at("admin_url").is_null());
    EXPECT_GT(ready.at("pid").get<long>(), 0);
    EXPECT_FALSE(ready.at("version").get<std::string>().empty());
    EXPECT_EQ(mock.stop(), 0);
}

TEST(ServeCommand, WhenItDoesNotAccept_LeavesNoReadyFile) {
    const test::TemporaryFolder folder;
    test::ServedMock mock(folder / "mock");
    test::write_file(folder / "stale.json", "{}");
    const auto run = serve(
        {"--port",
         std::to_string(mock.port()),
         "--data-dir",
         (folder / "second").string(),
         "--ready-file",
         (folder / "stale.json").string()}
    );
    expect_refused(run, "address-in-use");
    EXPECT_FALSE(std::filesystem::exists(folder / "stale.json"));
    EXPECT_TRUE(std::filesystem::exists(folder / "mock" / "ready.json"));
    EXPECT_EQ(mock.stop(), 0);
    EXPECT_FALSE(std::filesystem::exists(folder / "mock" / "ready.json"));
}

TEST(ServeCommand, OnAllAddresses_NamesOneToConnectTo) {
    const test::TemporaryFolder folder;
    test::ServedMock mock(folder / "mock", {"--host", "0.0.0.0", "--allow-plain-http"});
    const auto ready = nlohmann::json::parse(test::read_file(folder / "mock" / "ready.json"));
    const std::string url = "http://127.0.0.1:" + std::to_string(mock.port());
    EXPECT_EQ(ready.at("url"), url);
    EXPECT_NE(mock.log().find("serving " + url + "/files "), std::string::npos) << mock.log();
    EXPECT_EQ(mock.stop(), 0);
}

TEST(ServeCommand, WhenInterruptedFromTheKeyboard_EndsWith0) {
    const test::TemporaryFolder folder;
    test::ServedMock mock(folder / "mock");
    mock.interrupt();
    EXPECT_EQ(mock.stop(), 0);
}

// A second signal once came when nobody listened any more and ended it in its own way.
TEST(ServeCommand, WhenTerminatedWithoutPause_EndsWith0) {
    for (int round = 0; round < 5; ++round) {
        const test::TemporaryFolder folder;
        test::ServedMock mock(folder / "mock");
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
        while (std::chrono::steady_clock::now() < end) mock.terminate();
        EXPECT_EQ(mock.stop(), 0);
    }
}

/// Byte i of the uploaded file.
std::string file_bytes(std::size_t begin, std::size_t end) {
    std::string bytes;
    for (std::size_t i = begin; i < end; ++i) bytes += static_cast<char>(i % 251);
    return bytes;
}

std::string sha1(const std::string& bytes) {
    static const auto algorithms = platform::CryptoAlgorithms::fetch();
    return wire::encode_base64(platform::digest_of(*algorithms.sha1, platform::as_bytes(bytes)));
}

/// Talks to a mock that runs as a process of its own.
class Conversation {
  public:
    explicit Conversation(std::uint16_t port) : port_(port) {}

    /// The answer to one request on a connection of its own.
    test::RawAnswer ask(const std::string& method, const std::string& path, std::string rest) {
        test::RawAnswer answer;
        run([&](Conversation& self) -> boost::asio::awaitable<void> {
            const auto connection = co_await self.connect();
            const std::string bytes = self.request(method, path, rest);
            co_await connection->send(bytes);
            const platform::Duration most = std::chrono::seconds(10);
            const auto got = co_await connection->read_answer(method, most);
            if (got) answer = *got;
        });
        return answer;
    }

    void run(const std::function<boost::asio::awaitable<void>(Conversation&)>& talk) {
        boost::asio::co_spawn(context_, talk(*this), [&](const std::exception_ptr& failure) {
            context_.stop();
            if (failure) std::rethrow_exception(failure);
        });
        context_.run();
        context_.restart();
    }

    boost::asio::awaitable<std::shared_ptr<test::RawConnection>> connect() {
        const platform::Duration deadline = std::chrono::seconds(10);
        auto transport = co_await network_.connect("127.0.0.1", port_, deadline);
        if (!transport) throw std::runtime_error("no connection to the mock");
        co_return std::make_shared<test::RawConnection>(
            std::move(*transport), context_.get_executor(), clock_
        );
    }

    std::string request(const std::string& method, const std::string& path, const std::string& rest)
        const {
        return method + " " + path + " HTTP/1.1\r\nHost: h\r\nTus-Resumable: 1.0.0\r\n" + rest;
    }

    platform::SystemClock& clock() { return clock_; }

  private:
    std::uint16_t port_;
    boost::asio::io_context context_{1};
    platform::TcpNetwork network_{context_.get_executor()};
    platform::SystemClock clock_;
};

std::string header(const test::RawAnswer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) return value;
    }
    return {};
}

std::string patch_head(std::size_t offset, const std::string& body) {
    return "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " +
           std::to_string(offset) + "\r\nUpload-Checksum: sha1 " + sha1(body) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
}

// What a shell does for `sfmkit serve | head -n 1`, with serve as the process that we hold.
TEST(ServeCommand, WhenTheReaderOfItsOutputHasGone_GoesOnServing) {
    const test::TemporaryFolder folder;
    const std::string script =
        "mkfifo \"$1/pipe\" && { (head -n 1 < \"$1/pipe\" > \"$1/first\"; : > \"$1/gone\") & } && "
        "exec \"$0\" serve --port 0 --data-dir \"$1/data\" --ready-file \"$1/ready.json\" "
        "> \"$1/pipe\"";
    auto server = platform::ChildProcess::start({
        .program = "/bin/sh",
        .arguments =
            {"-c", script, (test::build_folder() / "sfmkit").string(), folder.path().string()},
        .output = folder / "log",
    });
    ASSERT_TRUE(server.has_value());
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    const auto is_up = [&] {
        return std::filesystem::exists(folder / "ready.json") &&
               std::filesystem::exists(folder / "gone");
    };
    while (!is_up() && !server->wait_for(platform::Duration(2))) {
        ASSERT_LT(std::chrono::steady_clock::now(), end) << test::read_file(folder / "log");
    }
    ASSERT_TRUE(is_up()) << test::read_file(folder / "log");
    const auto ready = nlohmann::json::parse(test::read_file(folder / "ready.json"));
    const std::string url = ready.at("url");
    Conversation talk(static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1))));
    // An empty upload is finished at once: serve prints a line that nobody reads.
    EXPECT_EQ(talk.ask("POST", "/files", "Upload-Length: 0\r\n\r\n").status, 201);
    EXPECT_FALSE(server->wait_for(std::chrono::milliseconds(200)).has_value());
    EXPECT_EQ(talk.ask("POST", "/files", "Upload-Length: 0\r\n\r\n").status, 201);
    server->terminate();
    // Its last lines did not reach their reader, which a success would hide.
    EXPECT_EQ(server->wait_for(std::chrono::seconds(30)), 3);
}

TEST(ServeCommand, WhenKilledInsideABody_LosesNothingAcknowledged) {
    constexpr std::size_t size = 700'000;
    constexpr std::size_t chunk = 250'000;
    const test::TemporaryFolder folder;
    for (const std::string durability : {"process", "fsync"}) {
        SCOPED_TRACE(durability);
        test::ServedMock mock(folder / durability, {"--durability", durability});
        Conversation talk(mock.port());
        const std::string length = "Upload-Length: " + std::to_string(size) + "\r\n\r\n";
        const std::string path = header(talk.ask("POST", "/files", length), "Location");
        const std::string first = file_bytes(0, chunk);
        EXPECT_EQ(talk.ask("PATCH", path, patch_head(0, first) + first).status, 204);
        const std::string second = file_bytes(chunk, 2 * chunk);
        talk.run([&](Conversation& self) -> boost::asio::awaitable<void> {
            const auto connection = co_await self.connect();
            const std::string half = patch_head(chunk, second) + second.substr(0, chunk / 2);
            const std::string bytes = self.request("PATCH", path, half);
            co_await connection->send(bytes);
            const platform::Duration moment = std::chrono::milliseconds(50);
            co_await self.clock().sleep_for(moment);
            mock.kill();
        });
        mock.start_again();
        const std::string asked = header(talk.ask("HEAD", path, "\r\n"), "Upload-Offset");
        const std::size_t offset = std::stoull(asked);
        EXPECT_GE(offset, chunk);
        const std::string rest = file_bytes(offset, size);
        EXPECT_EQ(talk.ask("PATCH", path, patch_head(offset, rest) + rest).status, 204);
        const std::string id = path.substr(path.rfind('/') + 1);
        EXPECT_EQ(test::read_file(mock.data_folder() / "uploads" / id), file_bytes(0, size));
        EXPECT_EQ(mock.stop(), 0);
    }
}

TEST(ServeCommand, WhenAskedToEndInsideABody_TakesItToItsEnd) {
    const test::TemporaryFolder folder;
    test::ServedMock mock(folder / "mock");
    Conversation talk(mock.port());
    const std::string path =
        header(talk.ask("POST", "/files", "Upload-Length: 2000\r\n\r\n"), "Location");
    const std::string body = file_bytes(0, 2000);
    std::optional<test::RawAnswer> answer;
    talk.run([&](Conversation& self) -> boost::asio::awaitable<void> {
        const auto idle = co_await self.connect();
        const auto connection = co_await self.connect();
        const std::string begin =
            self.request("PATCH", path, patch_head(0, body) + body.substr(0, 1000));
        co_await connection->send(begin);
        const platform::Duration moment = std::chrono::milliseconds(50);
        co_await self.clock().sleep_for(moment);
        mock.terminate();
        co_await idle->wait_for_bytes(std::chrono::seconds(5));
        EXPECT_EQ(idle->end(), test::RawConnection::End::closed);
        const std::string end = body.substr(1000);
        co_await connection->send(end);
        answer = co_await connection->read_answer("PATCH", std::chrono::seconds(5));
    });
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 204);
    EXPECT_EQ(header(*answer, "Connection"), "close");
    EXPECT_EQ(mock.stop(), 0);
}

}  // namespace
}  // namespace sfmkit
