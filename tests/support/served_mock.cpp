#include "tests/support/served_mock.hpp"

#include "tests/support/reference.hpp"
#include "tests/support/temporary_folder.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <thread>
#include <utility>

namespace sfmkit::test {

ServedMock::ServedMock(std::filesystem::path folder, std::vector<std::string> options)
    : folder_(std::move(folder)), options_(std::move(options)) {
    std::filesystem::create_directories(folder_);
    start();
}

std::string ServedMock::url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/files/";
}

std::string ServedMock::log() const {
    return read_file(folder_ / "log");
}

void ServedMock::kill() {
    process_.reset();
}

void ServedMock::start_again() {
    kill();
    start();
}

void ServedMock::terminate() {
    process_->terminate();
}

void ServedMock::interrupt() {
    process_->interrupt();
}

std::optional<int> ServedMock::stop() {
    process_->terminate();
    return process_->wait_for(std::chrono::seconds(30));
}

void ServedMock::start() {
    const auto ready = folder_ / "ready.json";
    std::filesystem::remove(ready);
    std::vector<std::string> arguments = {
        "serve",
        "--port",
        std::to_string(port_),
        "--data-dir",
        data_folder().string(),
        "--ready-file",
        ready.string(),
    };
    arguments.insert(arguments.end(), options_.begin(), options_.end());
    auto started = platform::ChildProcess::start({
        .program = build_folder() / "sfmkit",
        .arguments = arguments,
        .output = folder_ / "log",
    });
    if (!started) throw std::runtime_error(platform::describe(started.error()));
    process_ = std::move(*started);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!std::filesystem::exists(ready)) {
        const auto ended = process_->wait_for(platform::Duration(2));
        if (ended || std::chrono::steady_clock::now() > end) {
            throw std::runtime_error("sfmkit serve did not come up: " + log());
        }
    }
    const auto told = nlohmann::json::parse(read_file(ready));
    const std::string address = told.at("url");
    port_ = static_cast<std::uint16_t>(std::stoul(address.substr(address.find(':', 6) + 1)));
}

}  // namespace sfmkit::test
