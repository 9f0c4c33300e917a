#include "cli/demo_server.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <utility>

namespace sfmkit::cli {
namespace {

using platform::Errc;
using platform::Result;

constexpr platform::Duration look_every(10);
constexpr int looks_at_most = 2000;
constexpr std::uint64_t ready_file_limit = 65536;

}  // namespace

DemoServer::DemoServer(platform::Files& files, Places places)
    : files_(files), places_(std::move(places)) {}

Result<void> DemoServer::start() {
    if (auto removed = files_.remove(places_.ready_file); !removed) return removed;
    auto started = platform::ChildProcess::start({
        .program = places_.program,
        .arguments =
            {"serve",
             "--port",
             std::to_string(port_),
             "--data-dir",
             places_.data.string(),
             "--ready-file",
             places_.ready_file.string()},
        .output = places_.log,
    });
    if (!started) return platform::fail(std::move(started.error()));
    process_ = std::move(*started);
    for (int look = 0; look < looks_at_most; ++look) {
        const auto there = files_.status(places_.ready_file);
        if (there && there->has_value()) return read_ready_file();
        if (process_->wait_for(look_every)) break;
    }
    return platform::fail({
        .code = Errc::internal,
        .what = "the mock server did not come up",
        .where = places_.log.string(),
        .next = "read that log",
    });
}

void DemoServer::kill() {
    process_.reset();
}

void DemoServer::stop() {
    if (!process_) return;
    process_->terminate();
    (void)process_->wait_for(std::chrono::seconds(10));
    process_.reset();
}

Result<void> DemoServer::read_ready_file() {
    const auto content = files_.read_all(places_.ready_file, ready_file_limit);
    if (!content) return platform::fail(content.error());
    const auto told = nlohmann::json::parse(platform::as_text(*content), nullptr, false);
    url_ = told.is_object() ? told.value("url", std::string()) : std::string();
    const auto colon = url_.rfind(':');
    const char* const begin = colon == std::string::npos ? nullptr : url_.data() + colon + 1;
    if (begin == nullptr ||
        std::from_chars(begin, url_.data() + url_.size(), port_).ec != std::errc()) {
        return platform::fail({
            .code = Errc::internal,
            .what = "the server's ready file names no address",
            .where = places_.ready_file.string(),
        });
    }
    return {};
}

}  // namespace sfmkit::cli
