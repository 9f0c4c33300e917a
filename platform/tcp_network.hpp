#pragma once

#include "platform/transport.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace sfmkit::platform {

/// Plain TCP on the executor that was given; the executor must outlive everything made here.
class TcpNetwork final : public Network {
  public:
    explicit TcpNetwork(boost::asio::any_io_executor executor);

    Result<std::unique_ptr<Listener>> listen(const std::string& host, std::uint16_t port) override;
    boost::asio::awaitable<Result<std::unique_ptr<Transport>>> connect(
        std::string host, std::uint16_t port, Duration deadline
    ) override;

  private:
    boost::asio::any_io_executor executor_;
};

}  // namespace sfmkit::platform
