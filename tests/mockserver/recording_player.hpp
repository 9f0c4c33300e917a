#pragma once

#include "platform/tcp_network.hpp"
#include "tests/mockserver/recording_compare.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sfmkit::test {

/// One step of a case, counted from 1, that was answered otherwise.
struct StepDifference {
    std::size_t step = 0;
    std::string text;
};

/// Plays the steps of one recorded case against a server and compares each answer with those that
/// were recorded.
class RecordingPlayer {
  public:
    /// restart: ends the server and starts it anew on the same data; gives the new port.
    using Restart = std::function<boost::asio::awaitable<std::uint16_t>()>;

    RecordingPlayer(
        boost::asio::io_context& context,
        const nlohmann::json& recorded,
        std::uint16_t port,
        Restart restart
    );

    /// Empty when all agree.
    boost::asio::awaitable<std::vector<StepDifference>> play();

  private:
    boost::asio::awaitable<void> play_step(const nlohmann::json& step);
    boost::asio::awaitable<void> request(const nlohmann::json& step);
    boost::asio::awaitable<void> raw(const nlohmann::json& step);
    boost::asio::awaitable<void> end_request(
        const nlohmann::json& step, std::shared_ptr<RawConnection> connection, std::string method
    );
    boost::asio::awaitable<std::string> first_line(std::shared_ptr<RawConnection> connection);
    boost::asio::awaitable<void> read(
        const nlohmann::json& step,
        std::shared_ptr<RawConnection> connection,
        std::string method,
        bool watched
    );
    boost::asio::awaitable<std::string> watch(
        const nlohmann::json& step, std::shared_ptr<RawConnection> connection
    );
    boost::asio::awaitable<std::shared_ptr<RawConnection>> connection_for(const nlohmann::json& step
    );
    boost::asio::awaitable<void> pause(double seconds);

    std::string body_of(const nlohmann::json& step) const;
    void compare(const nlohmann::json& step, const nlohmann::json& actual);
    void remember(const nlohmann::json& step, const RawAnswer& answer);
    void set_port(std::uint16_t port);

    boost::asio::io_context& context_;
    const nlohmann::json& recorded_;
    std::uint16_t port_ = 0;
    Restart restart_;
    platform::TcpNetwork network_;
    platform::SystemClock clock_;
    CaseNames names_;
    Normaliser normaliser_;
    std::map<std::string, std::shared_ptr<RawConnection>> connections_;
    std::map<std::string, std::vector<std::string>> pending_methods_;
    std::string before_body_;
    void differs(std::string text);
    std::vector<StepDifference> differences_;
    std::size_t step_number_ = 0;
};

}  // namespace sfmkit::test
