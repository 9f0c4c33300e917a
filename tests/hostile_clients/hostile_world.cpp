#include "tests/hostile_clients/hostile_world.hpp"

#include "platform/process.hpp"

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <exception>
#include <fstream>
#include <stdexcept>

namespace sfmkit::test {

using boost::asio::awaitable;

HostileWorld::HostileWorld(std::vector<std::string> options)
    : mock_(folder_ / "mock", std::move(options)), data_folder_(mock_.data_folder()) {
    (void)platform::raise_open_file_limit();
}

awaitable<std::unique_ptr<platform::Transport>> HostileWorld::connect() {
    const platform::Duration deadline = std::chrono::seconds(10);
    auto transport = co_await network_.connect("127.0.0.1", mock_.port(), deadline);
    if (!transport) throw std::runtime_error(platform::describe(transport.error()));
    co_return std::move(*transport);
}

awaitable<std::shared_ptr<RawConnection>> HostileWorld::connect_raw() {
    auto transport = co_await connect();
    co_return std::make_shared<RawConnection>(
        std::move(transport), context_.get_executor(), clock_
    );
}

awaitable<RawAnswer> HostileWorld::ask(std::string method, std::string bytes) {
    const auto connection = co_await connect_raw();
    co_await connection->send(bytes);
    const platform::Duration most = std::chrono::seconds(10);
    auto answer = co_await connection->read_answer(method, most);
    if (!answer) answer.emplace();
    co_return *answer;
}

awaitable<std::string> HostileWorld::create(std::string length) {
    const std::string bytes =
        tus_request("POST", "/files", "Upload-Length: " + length + "\r\nContent-Length: 0\r\n\r\n");
    const RawAnswer answer = co_await ask("POST", bytes);
    EXPECT_EQ(answer.status, 201);
    co_return header_value(answer, "Location");
}

awaitable<void> HostileWorld::sleep(platform::Duration time) {
    co_await clock_.sleep_for(time);
}

std::size_t HostileWorld::open_files() const {
    const auto folder = "/proc/" + std::to_string(mock_.process_id()) + "/fd";
    const std::filesystem::directory_iterator entries(folder);
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

std::uint64_t HostileWorld::resident_bytes() const {
    std::ifstream status("/proc/" + std::to_string(mock_.process_id()) + "/status");
    std::string word;
    while (status >> word) {
        std::uint64_t kibibytes = 0;
        if (word == "VmRSS:" && status >> kibibytes) return kibibytes * 1024;
    }
    throw std::runtime_error("the server is gone");
}

std::vector<std::string> HostileWorld::stored() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(data_folder_ / "uploads")) {
        names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

/// The ready file is there a moment before the server has closed it; when it answers it has.
awaitable<std::size_t> HostileWorld::settled_open_files() {
    const std::string bytes = tus_request("OPTIONS", "/files", "\r\n");
    const RawAnswer answer = co_await ask("OPTIONS", bytes);
    EXPECT_NE(answer.status, 0);
    std::size_t fewest = open_files();
    const platform::Duration step = std::chrono::milliseconds(10);
    for (int unchanged = 0; unchanged < 5; ++unchanged) {
        co_await sleep(step);
        if (open_files() >= fewest) continue;
        fewest = open_files();
        unchanged = 0;
    }
    co_return fewest;
}

awaitable<void> HostileWorld::play_and_judge(std::function<awaitable<void>(HostileWorld&)> attack) {
    const std::size_t before = co_await settled_open_files();
    co_await attack(*this);
    const auto began = clock_.steady_now();
    const std::string path = co_await create("5");
    const std::string bytes = tus_request("PATCH", path, patch_rest(0, "hello"));
    const RawAnswer answer = co_await ask("PATCH", bytes);
    EXPECT_EQ(answer.status, 204) << "another client is not served any more";
    EXPECT_LT(clock_.steady_now() - began, std::chrono::seconds(5));
    const platform::Duration step = std::chrono::milliseconds(20);
    for (int i = 0; i < 500 && open_files() > before; ++i) co_await sleep(step);
    EXPECT_LE(open_files(), before) << "files or connections stay open";
}

void HostileWorld::play(std::function<awaitable<void>(HostileWorld&)> attack) {
    bool ended = false;
    std::exception_ptr failure;
    boost::asio::co_spawn(
        context_,
        play_and_judge(std::move(attack)),
        [&](const std::exception_ptr& thrown) {
            ended = true;
            failure = thrown;
        }
    );
    while (!ended) context_.run_one();
    context_.poll();
    if (failure) std::rethrow_exception(failure);
}

std::string tus_request(
    const std::string& method, const std::string& target, const std::string& rest
) {
    return method + " " + target + " HTTP/1.1\r\nHost: mock\r\nTus-Resumable: 1.0.0\r\n" + rest;
}

std::string patch_rest(std::uint64_t offset, const std::string& body) {
    return "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " +
           std::to_string(offset) + "\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

std::string header_value(const RawAnswer& answer, const std::string& name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace sfmkit::test
