#include "tests/mockserver/recording_player.hpp"

#include <cmath>

namespace sfmkit::test {
namespace {

using nlohmann::json;

/// Chunked coding with the given chunk sizes, then the trailer lines.
std::string code_chunks(const std::string& body, const json& step, const CaseNames& names) {
    std::string coded;
    std::size_t at = 0;
    for (const json& size : step.at("chunks")) {
        const std::string piece = body.substr(at, size.get<std::size_t>());
        char head[24];
        std::snprintf(head, sizeof head, "%zx\r\n", piece.size());
        coded += head + piece + "\r\n";
        at += piece.size();
    }
    if (step.value("unended", false)) return coded;
    coded += "0\r\n";
    for (const json& line : step.value("trailers", json::array())) {
        coded += expand(line.get<std::string>(), names).text + "\r\n";
    }
    return coded + "\r\n";
}

std::string method_of(const std::string& line) {
    return line.substr(0, line.find(' '));
}

const char* name_of(RawConnection::End end) {
    switch (end) {
        case RawConnection::End::open:
            return "open";
        case RawConnection::End::closed:
            return "closed";
        case RawConnection::End::reset:
            return "reset";
    }
    return "open";
}

json none(const std::string& why) {
    return {{"none", why}};
}

}  // namespace

RecordingPlayer::RecordingPlayer(
    boost::asio::io_context& context, const json& recorded, std::uint16_t port, Restart restart
)
    : context_(context),
      recorded_(recorded),
      restart_(std::move(restart)),
      network_(context.get_executor()),
      normaliser_(names_) {
    set_port(port);
    names_.unknown = "00112233445566778899aabbccddeeff";
}

void RecordingPlayer::set_port(std::uint16_t port) {
    port_ = port;
    names_.host = "127.0.0.1:" + std::to_string(port);
}

boost::asio::awaitable<void> RecordingPlayer::pause(double seconds) {
    const platform::Duration time(std::lround(seconds * 1000));
    co_await clock_.sleep_for(time);
}

void RecordingPlayer::differs(std::string text) {
    differences_.push_back({step_number_, std::move(text)});
}

boost::asio::awaitable<std::vector<StepDifference>> RecordingPlayer::play() {
    for (const json& step : recorded_.at("steps")) {
        ++step_number_;
        co_await play_step(step);
    }
    co_return differences_;
}

boost::asio::awaitable<void> RecordingPlayer::play_step(const json& step) {
    const std::string op = step.at("op");
    if (op == "request") {
        co_await request(step);
    } else if (op == "raw") {
        co_await raw(step);
    } else if (op == "sleep") {
        co_await pause(step.at("seconds").get<double>());
    } else if (op == "restart") {
        const std::uint16_t port = co_await restart_();
        set_port(port);
    } else if (op == "send") {
        const std::string body = body_of(step);
        const auto connection = connections_.at(step.at("conn"));
        co_await connection->send(body);
    } else if (op == "read") {
        const std::string name = step.at("conn");
        std::vector<std::string>& methods = pending_methods_[name];
        const std::string method = methods.empty() ? "GET" : methods.front();
        if (!methods.empty()) methods.erase(methods.begin());
        const auto connection = connections_.at(name);
        co_await read(step, connection, method, step.value("watch", false));
    } else if (op == "close") {
        const auto connection = connections_.at(step.at("conn"));
        const std::string how = step.value("how", "close");
        if (how == "close") connection->close();
        if (how == "reset") connection->reset();
        if (how == "halfclose") connection->end_sending();
    } else {
        differs("unknown op " + op);
    }
}

boost::asio::awaitable<std::shared_ptr<RawConnection>> RecordingPlayer::connection_for(
    const json& step
) {
    const std::string name = step.value("conn", "");
    if (!name.empty() && connections_.contains(name)) co_return connections_.at(name);
    const platform::Duration deadline = std::chrono::seconds(8);
    auto transport = co_await network_.connect("127.0.0.1", port_, deadline);
    if (!transport) co_return nullptr;
    auto made =
        std::make_shared<RawConnection>(std::move(*transport), context_.get_executor(), clock_);
    if (!name.empty()) connections_[name] = made;
    co_return made;
}

std::string RecordingPlayer::body_of(const json& step) const {
    std::string body;
    for (const json& piece : step.value("body", json::array())) {
        if (piece.contains("slice")) {
            body += stream_slice(piece["slice"][0], piece["slice"][1]);
        } else if (piece.contains("next")) {
            body += stream_slice(names_.offset, names_.offset + piece["next"].get<std::uint64_t>());
        } else if (piece.contains("zeros")) {
            body.append(piece["zeros"].get<std::size_t>(), '\0');
        } else {
            body += piece.at("text").get<std::string>();
        }
    }
    if (!step.contains("chunks")) return body;
    return code_chunks(body, step, names_);
}

boost::asio::awaitable<void> RecordingPlayer::request(const json& step) {
    std::string head;
    const std::string eol = step.value("eol", "\r\n");
    for (const json& line : step.at("head")) {
        const Expanded expanded = expand(line.get<std::string>(), names_);
        if (!expanded.missing.empty()) {
            compare(step, none("not possible: no " + expanded.missing));
            co_return;
        }
        head += (step.value("utf8", false) ? expanded.text : to_latin1(expanded.text)) + eol;
    }
    head += eol;
    std::string body = body_of(step);
    if (step.contains("send")) body.resize(step.at("send").get<std::size_t>());
    const auto connection = co_await connection_for(step);
    if (!connection) {
        differs("no connection to the server");
        co_return;
    }
    const std::string method = method_of(head);
    before_body_.clear();
    if (step.value("ask", false)) {
        co_await connection->send(head);
        before_body_ = co_await first_line(connection);
        const bool wanted = before_body_.empty() || before_body_.find(" 100") == 8;
        if (wanted) co_await connection->send(body);
    } else {
        co_await connection->send(head + body);
    }
    co_await end_request(step, connection, method);
}

/// The first line that comes within a second; it stays to be read again as part of the answer.
boost::asio::awaitable<std::string> RecordingPlayer::first_line(
    std::shared_ptr<RawConnection> connection
) {
    const platform::Duration most = std::chrono::seconds(1);
    co_await connection->wait_for_bytes(most);
    const std::string& received = connection->received();
    co_return received.substr(0, received.find("\r\n"));
}

boost::asio::awaitable<void> RecordingPlayer::end_request(
    const json& step, std::shared_ptr<RawConnection> connection, std::string method
) {
    const std::string then = step.value("then", "read");
    if (then == "hold") {
        if (step.contains("conn")) pending_methods_[step.at("conn")].push_back(method);
        co_await pause(0.25);
        co_return;
    }
    if (then == "close" || then == "reset") {
        co_await pause(0.15);
        if (then == "close") connection->close();
        if (then == "reset") connection->reset();
        co_return;
    }
    if (then == "halfclose") {
        co_await pause(0.1);
        connection->end_sending();
    }
    const bool watched = !step.contains("conn") || step.value("watch", false);
    co_await read(step, connection, method, watched);
}

boost::asio::awaitable<void> RecordingPlayer::raw(const json& step) {
    const Expanded expanded = expand(step.at("text").get<std::string>(), names_);
    const auto connection = co_await connection_for(step);
    std::vector<std::string> methods = step.at("methods");
    const std::string first = methods.front();
    methods.erase(methods.begin());
    if (step.contains("conn")) pending_methods_[step.at("conn")] = methods;
    const std::string bytes = to_latin1(expanded.text);
    co_await connection->send(bytes);
    const bool watched = !step.contains("conn") || step.value("watch", false);
    co_await read(step, connection, first, watched);
}

boost::asio::awaitable<void> RecordingPlayer::read(
    const json& step, std::shared_ptr<RawConnection> connection, std::string method, bool watched
) {
    const platform::Duration wait(std::lround(step.value("wait", 8.0) * 1000));
    const auto answer = co_await connection->read_answer(method, wait);
    if (!answer) {
        const bool open = connection->end() == RawConnection::End::open;
        compare(step, none(open ? "timeout" : name_of(connection->end())));
        co_return;
    }
    json actual = normaliser_.normalise(*answer, clock_.wall_now());
    remember(step, *answer);
    if (step.value("ask", false)) actual["before the body"] = before_body_;
    if (watched) {
        const std::string after = co_await watch(step, connection);
        actual["after"] = after;
    }
    compare(step, actual);
}

boost::asio::awaitable<std::string> RecordingPlayer::watch(
    const json& step, std::shared_ptr<RawConnection> connection
) {
    const platform::Duration time(std::lround(step.value("watch_for", 0.15) * 1000));
    co_await connection->wait_for_bytes(time);
    if (!connection->received().empty()) co_return connection->received();
    co_return name_of(connection->end());
}

void RecordingPlayer::remember(const json& step, const RawAnswer& answer) {
    for (const auto& [name, value] : answer.headers) {
        if (name == "Upload-Offset") names_.offset = std::stoull(value);
        if (name == "Location" && answer.status == 201) {
            names_.saved[step.value("save", "A")] = value;
        }
    }
}

void RecordingPlayer::compare(const json& step, const json& actual) {
    if (!step.contains("answer")) return;
    const std::string first = difference(step.at("answer"), actual);
    if (first.empty()) return;
    for (const json& other : step.value("also", json::array())) {
        if (difference(other, actual).empty()) return;
    }
    differs(first);
}

}  // namespace sfmkit::test
