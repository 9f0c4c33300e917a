#pragma once

#include "platform/transport.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sfmkit::test {

/// One answer as it stood on the wire; read by this test's own parser, not by that of wire/.
struct RawAnswer {
    std::string version;
    int status = 0;
    std::string reason;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string framing;
    std::string body;
    std::vector<int> interim;
};

/// A client connection that shows every byte and how the connection ended.
class RawConnection {
  public:
    enum class End { open, closed, reset };

    /// The clock must outlive the executor's work.
    RawConnection(
        std::unique_ptr<platform::Transport> transport,
        boost::asio::any_io_executor executor,
        platform::Clock& clock
    );
    ~RawConnection();
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    /// False when the server stopped taking bytes.
    boost::asio::awaitable<bool> send(std::string bytes);
    void end_sending();
    void close();
    void reset();

    /// Waits for something in received(), or the end, or the time.
    boost::asio::awaitable<void> wait_for_bytes(platform::Duration most);
    /// One answer out of received(); nothing when it does not come in time.
    boost::asio::awaitable<std::optional<RawAnswer>> read_answer(
        std::string method, platform::Duration most
    );

    const std::string& received() const;
    End end() const;

  private:
    struct Shared;
    static boost::asio::awaitable<void> receive(std::shared_ptr<Shared> shared);
    std::optional<RawAnswer> take_answer(const std::string& method);

    std::shared_ptr<Shared> shared_;
    std::vector<int> interim_;
};

}  // namespace sfmkit::test
