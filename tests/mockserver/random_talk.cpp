#include "tests/mockserver/random_talk.hpp"

#include "tests/mockserver/recording_text.hpp"
#include "wire/base64.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace sfmkit::test {
namespace {

constexpr std::uint64_t largest_bytes = 900;
constexpr std::uint64_t chunk_bytes = 300;
constexpr unsigned most_steps = 12;

std::string in_base64(const std::string& text) {
    return wire::encode_base64(platform::as_bytes(text));
}

std::string checksum_line(const std::string& body) {
    static const auto algorithms = platform::CryptoAlgorithms::fetch();
    const auto digest = platform::digest_of(*algorithms.sha1, platform::as_bytes(body));
    return "Upload-Checksum: sha1 " + wire::encode_base64(digest) + "\r\n";
}

}  // namespace

boost::asio::awaitable<RawAnswer> exchange(SimulatedSite& site, PlainRequest request) {
    const auto connection = co_await site.connect();
    const std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\n" +
                              request.fields + "\r\n" + request.body;
    co_await connection->send(bytes);
    if (request.breaks) {
        // What is on its way arrives first: the evidence tells what came, not what was sent.
        const platform::Duration pause = std::chrono::milliseconds(200);
        co_await site.sleep(pause);
        connection->reset();
        co_await site.sleep(pause);
        co_return RawAnswer{};
    }
    const platform::Duration most = std::chrono::seconds(10);
    auto answer = co_await connection->read_answer(request.method, most);
    if (!answer) answer.emplace();
    connection->close();
    co_return *answer;
}

bool RandomTalk::one_in(std::uint64_t count) {
    return random_.pick(count) == 0;
}

std::string RandomTalk::metadata() {
    const std::string name = fmt::format("{:08x}-0000-4000-8000-000000000000.pat", number_);
    std::string session = "3a68365f-4dec-4ecf-b3e7-04bedbdd1096";
    if (one_in(15)) session = "not a guid";
    std::string text = "name " + in_base64(one_in(15) ? "folder/" + name : name);
    if (!one_in(15)) text += ",contentType " + in_base64("application/octet-stream");
    text += ",FileType " + in_base64(one_in(15) ? "Patient" : "PatientFile");
    text += ",SessionId " + in_base64(session);
    if (one_in(30)) text += ",broken ***";
    return "Upload-Metadata: " + text + "\r\n";
}

boost::asio::awaitable<void> RandomTalk::create() {
    PlainRequest request{.method = "POST", .target = "/files"};
    size_ = random_.pick(largest_bytes);
    request.fields = "Host: mock\r\n";
    if (!one_in(25)) request.fields += "Tus-Resumable: 1.0.0\r\n";
    constexpr std::array<std::string_view, 3> wrong = {"-1", "many", "999999999999999999999"};
    if (one_in(20)) {
        const std::string_view length = wrong.at(random_.pick(wrong.size()));
        request.fields += fmt::format("Upload-Length: {}\r\n", length);
    } else if (!one_in(40)) {
        request.fields += fmt::format("Upload-Length: {}\r\n", size_);
    }
    request.fields += metadata();
    if (one_in(8)) {
        request.body = stream_slice(0, std::min(size_, chunk_bytes));
        request.fields += "Content-Type: application/offset+octet-stream\r\n";
    }
    request.fields += fmt::format("Content-Length: {}\r\n", request.body.size());
    const RawAnswer answer = co_await exchange(site_, request);
    path_ = header_of(answer, "Location");
}

boost::asio::awaitable<void> RandomTalk::ask_offset() {
    const PlainRequest request{
        .method = "HEAD", .target = path_, .fields = "Host: mock\r\nTus-Resumable: 1.0.0\r\n"
    };
    const RawAnswer answer = co_await exchange(site_, request);
    const std::string offset = header_of(answer, "Upload-Offset");
    if (answer.status == 404 || answer.status == 410) over_ = true;
    if (!offset.empty()) offset_ = std::stoull(offset);
}

boost::asio::awaitable<void> RandomTalk::send_chunk() {
    PlainRequest request{.method = "PATCH", .target = path_};
    std::uint64_t offset = offset_;
    if (one_in(15)) offset += 1 + random_.pick(20);
    std::uint64_t count = std::min(chunk_bytes, size_ - std::min(size_, offset));
    if (one_in(25)) count += 50;
    request.body = stream_slice(offset, offset + count);
    request.fields = "Host: mock\r\nTus-Resumable: 1.0.0\r\n";
    if (!one_in(30)) request.fields += "Content-Type: application/offset+octet-stream\r\n";
    if (!one_in(40)) request.fields += fmt::format("Upload-Offset: {}\r\n", offset);
    if (one_in(20)) {
        request.fields += checksum_line(request.body + "x");
    } else if (one_in(30)) {
        request.fields += "Upload-Checksum: crc32 AAAAAA==\r\n";
    } else if (!one_in(4)) {
        request.fields += checksum_line(request.body);
    }
    request.fields += fmt::format("Content-Length: {}\r\n", request.body.size());
    if (breaks_ && one_in(15) && !request.body.empty()) {
        request.breaks = true;
        request.body.resize(random_.pick(request.body.size()));
    }
    const RawAnswer answer = co_await exchange(site_, request);
    const std::string stored = header_of(answer, "Upload-Offset");
    if (answer.status == 204 && !stored.empty()) {
        offset_ = std::stoull(stored);
    } else {
        co_await ask_offset();
    }
}

boost::asio::awaitable<void> RandomTalk::run() {
    for (int tries = 0; path_.empty() && tries < 5; ++tries) co_await create();
    if (path_.empty()) co_return;
    co_await ask_offset();
    for (unsigned step = 0; step < most_steps && offset_ < size_ && !over_; ++step) {
        if (one_in(60)) {
            const PlainRequest request{
                .method = "DELETE",
                .target = path_,
                .fields = "Host: mock\r\nTus-Resumable: 1.0.0\r\n",
            };
            co_await exchange(site_, request);
        }
        co_await send_chunk();
    }
}

}  // namespace sfmkit::test
