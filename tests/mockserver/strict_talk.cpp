#include "tests/mockserver/strict_talk.hpp"

#include "wire/http_message.hpp"

#include <algorithm>

namespace sfmkit::test {

using boost::asio::awaitable;

awaitable<RawAnswer> StrictTalk::ask(
    std::string method, std::string path, std::string fields, std::string body
) {
    std::string lines = fields;
    if (!fields.contains("Tus-Resumable:")) lines += "Tus-Resumable: 1.0.0\r\n";
    const bool is_chunked = fields.contains("Transfer-Encoding:");
    if (!is_chunked) lines += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    const std::string bytes =
        method + " " + path + " HTTP/1.1\r\nHost: mock\r\n" + lines + "\r\n" + body;
    const auto connection = co_await site_.connect();
    co_await connection->send(bytes);
    const platform::Duration most = std::chrono::seconds(10);
    auto answer = co_await connection->read_answer(method, most);
    if (!answer) answer.emplace();
    if (sabotage_) sabotage_({.method = method, .path = path, .fields = fields}, *answer);
    co_return *answer;
}

awaitable<RawAnswer> StrictTalk::post(std::string fields, std::string body) {
    co_return co_await ask("POST", "/files", fields, body);
}

awaitable<bool> StrictTalk::offers(std::string extension) {
    const RawAnswer answer = co_await ask("OPTIONS", "/files");
    co_return has(list_in(answer, "Tus-Extension"), extension);
}

awaitable<std::string> StrictTalk::create(std::string fields) {
    const RawAnswer answer = co_await post(fields);
    co_return field(answer, "Location").value_or("/files/none");
}

awaitable<RawAnswer> StrictTalk::patch(
    std::string path, std::string offset, std::string body, std::string fields
) {
    const std::string lines =
        "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + offset + "\r\n" +
        fields;
    co_return co_await ask("PATCH", path, lines, body);
}

awaitable<RawAnswer> StrictTalk::head(std::string path) {
    co_return co_await ask("HEAD", path);
}

awaitable<std::string> StrictTalk::offset(std::string path) {
    const RawAnswer answer = co_await head(path);
    co_return field(answer, "Upload-Offset").value_or("");
}

awaitable<std::string> StrictTalk::create_part(std::string body) {
    const std::string lines =
        "Upload-Concat: partial\r\nUpload-Length: " + std::to_string(body.size()) + "\r\n";
    const std::string path = co_await create(lines);
    co_await patch(path, "0", body);
    co_return path;
}

std::string StrictTalk::stored(const std::string& path) const {
    return site_.stored(path.substr(path.rfind('/') + 1));
}

std::optional<std::string> field(const RawAnswer& answer, std::string_view name) {
    for (const auto& [key, value] : answer.headers) {
        if (wire::equal_ignoring_case(key, name)) return value;
    }
    return std::nullopt;
}

std::vector<std::string> list_in(const RawAnswer& answer, std::string_view name) {
    std::vector<std::string> elements;
    const auto value = field(answer, name);
    if (!value) return elements;
    for (std::size_t begin = 0; begin <= value->size();) {
        const std::size_t end = std::min(value->find(',', begin), value->size());
        elements.push_back(value->substr(begin, end - begin));
        begin = end + 1;
    }
    return elements;
}

bool has(const std::vector<std::string>& list, std::string_view element) {
    return std::ranges::find(list, element) != list.end();
}

}  // namespace sfmkit::test
