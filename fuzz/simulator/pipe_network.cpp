#include "fuzz/simulator/pipe_network.hpp"

#include "platform/assert.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <deque>

namespace sfmkit::fuzz {

using platform::Bytes;
using platform::Duration;
using platform::Errc;
using platform::Result;

namespace {

constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
constexpr std::uint16_t first_free_port = 49152;

std::unexpected<platform::Error> failure(Errc code, const char* what) {
    return platform::fail({.code = code, .what = what, .where = "pipe"});
}

}  // namespace

/// Wakes one coroutine that waits for something to change.
struct PipeNetwork::Bell {
    std::weak_ptr<boost::asio::steady_timer> waiting;

    void ring() {
        if (const auto timer = waiting.lock()) timer->cancel();
    }

    static boost::asio::awaitable<void> wait(std::shared_ptr<Bell> bell) {
        const auto executor = co_await boost::asio::this_coro::executor;
        const auto timer = std::make_shared<boost::asio::steady_timer>(
            executor, boost::asio::steady_timer::time_point::max()
        );
        bell->waiting = timer;
        co_await timer->async_wait(token);
        bell->waiting.reset();
    }

    /// False when the time passed before anybody rang.
    static boost::asio::awaitable<bool> wait(
        std::shared_ptr<Bell> bell, VirtualClock& clock, Duration limit
    ) {
        const auto executor = co_await boost::asio::this_coro::executor;
        const auto timer = std::make_shared<boost::asio::steady_timer>(
            executor, boost::asio::steady_timer::time_point::max()
        );
        SFM_ASSERT(bell->waiting.expired());
        bell->waiting = timer;
        const auto late = std::make_shared<bool>(false);
        const std::weak_ptr<boost::asio::steady_timer> rung = timer;
        const auto appointment = clock.call_at(clock.steady_now() + limit, [rung, late] {
            *late = true;
            if (const auto strong = rung.lock()) strong->cancel();
        });
        co_await timer->async_wait(token);
        clock.call_off(appointment);
        bell->waiting.reset();
        co_return !*late;
    }
};

/// One way of a connection.
struct PipeNetwork::Direction {
    std::deque<std::byte> arrived;
    std::uint64_t written = 0;
    std::size_t under_way = 0;  ///< written and neither read nor lost
    bool ended = false;         ///< the sender has ended, seen when all is read
    bool broken = false;
    bool stalled = false;
    std::optional<LinkFaults::Cut> cut;
    std::shared_ptr<Bell> readable = std::make_shared<Bell>();
    std::shared_ptr<Bell> writable = std::make_shared<Bell>();

    void ring() {
        readable->ring();
        writable->ring();
    }
};

struct PipeNetwork::Link : std::enable_shared_from_this<PipeNetwork::Link> {
    Link(
        VirtualClock& c,
        platform::Random& r,
        Options o,
        const CutObserver& observer,
        const LinkFaults& faults
    )
        : clock(c), random(r), options(o), on_cut(observer), latency(faults.latency) {
        to_server.cut = faults.to_server;
        to_client.cut = faults.to_client;
    }

    /// Does it after the latency; in order, because all have the same one.
    void later(std::function<void()> action) {
        if (latency == Duration(0)) return action();
        const std::weak_ptr<Link> self = weak_from_this();
        clock.call_at(clock.steady_now() + latency, [self, action = std::move(action)] {
            if (self.lock()) action();
        });
    }

    void break_both() {
        for (Direction* direction : {&to_server, &to_client}) {
            direction->broken = true;
            direction->ring();
        }
    }

    void end_both() {
        for (Direction* direction : {&to_server, &to_client}) {
            direction->ended = true;
            direction->ring();
        }
    }

    void end(LinkFaults::End how) {
        switch (how) {
            case LinkFaults::End::reset:
                return break_both();
            case LinkFaults::End::close:
                return end_both();
            case LinkFaults::End::stall:
                to_server.stalled = true;
                to_client.stalled = true;
                return;
        }
    }

    VirtualClock& clock;
    platform::Random& random;
    Options options;
    const CutObserver& on_cut;  // the network's, which outlives its connections
    Duration latency;
    Direction to_server;
    Direction to_client;
};

/// One side of a connection.
class PipeNetwork::End final : public platform::Transport {
  public:
    End(std::shared_ptr<Link> link, bool client)
        : link_(std::move(link)),
          in_(client ? link_->to_client : link_->to_server),
          out_(client ? link_->to_server : link_->to_client),
          name_(client ? "pipe:client" : "pipe:server") {}
    ~End() override { close(); }
    End(const End&) = delete;
    End& operator=(const End&) = delete;

    void set_deadline(Duration per_operation) override { limit_ = per_operation; }

    boost::asio::awaitable<Result<std::size_t>> read_some(platform::MutableBytes target) override {
        const std::shared_ptr<Link> link = link_;  // the end may go while we wait
        Direction& in = in_;
        const std::shared_ptr<bool> closed = closed_;
        const Duration limit = limit_;
        while (true) {
            if (*closed) co_return failure(Errc::cancelled, "the connection was closed");
            if (!in.arrived.empty()) co_return take(*link, in, target);
            if (in.broken) co_return failure(Errc::connection_reset, "the connection broke");
            if (in.ended) co_return std::size_t{0};
            const bool in_time = co_await Bell::wait(in.readable, link->clock, limit);
            if (!in_time && !*closed) {
                close();
                co_return failure(Errc::timeout, "nothing came in time");
            }
        }
    }

    boost::asio::awaitable<Result<void>> write_all(Bytes bytes) override {
        const std::shared_ptr<Link> link = link_;
        Direction& out = out_;
        const std::shared_ptr<bool> closed = closed_;
        const Duration limit = limit_;
        while (true) {
            if (*closed) co_return failure(Errc::cancelled, "the connection was closed");
            // An end in order of the other side is answered by a reset once we write.
            if (out.broken || out.ended) {
                co_return failure(Errc::connection_reset, "the connection broke");
            }
            if (bytes.empty()) co_return Result<void>{};
            const std::size_t room = link->options.window_bytes - out.under_way;
            if (room == 0) {
                const bool in_time = co_await Bell::wait(out.writable, link->clock, limit);
                if (!in_time && !*closed) {
                    close();
                    co_return failure(Errc::timeout, "the other side took nothing in time");
                }
                continue;
            }
            bytes = bytes.subspan(put(*link, out, bytes.first(std::min(room, bytes.size()))));
        }
    }

    bool other_side_ended() const noexcept override { return in_.broken || in_.ended; }
    void shutdown_send() noexcept override { end_sending(); }

    void close() noexcept override {
        if (*closed_) return;
        *closed_ = true;
        end_sending();
        in_.broken = true;  // what the other side writes from now on meets a closed end
        in_.ring();
        out_.ring();
    }

    void reset() noexcept override {
        if (*closed_) return;
        *closed_ = true;
        in_.broken = true;
        in_.ring();
        out_.ring();
        Direction* out = &out_;
        link_->later([out] {
            out->broken = true;
            out->ring();
        });
    }

    std::string peer() const override { return name_; }

  private:
    static std::size_t take(Link& link, Direction& in, platform::MutableBytes target) {
        std::size_t count = std::min(in.arrived.size(), target.size());
        if (link.options.chop) count = 1 + link.random.pick(count);
        const auto end = in.arrived.begin() + static_cast<std::ptrdiff_t>(count);
        std::copy(in.arrived.begin(), end, target.begin());
        in.arrived.erase(in.arrived.begin(), end);
        in.under_way -= count;
        in.writable->ring();
        return count;
    }

    /// Sends up to the next cut; returns how many bytes were taken from the writer.
    static std::size_t put(Link& link, Direction& out, Bytes bytes) {
        if (out.stalled) {
            out.written += bytes.size();
            out.under_way += bytes.size();
            return bytes.size();
        }
        const bool cuts = out.cut && out.written + bytes.size() >= out.cut->after_bytes;
        if (cuts) {
            const std::uint64_t left =
                out.cut->after_bytes - std::min(out.written, out.cut->after_bytes);
            bytes = bytes.first(static_cast<std::size_t>(left));
        }
        out.written += bytes.size();
        out.under_way += bytes.size();
        Direction* direction = &out;
        link.later([direction, data = platform::to_buffer(bytes)] {
            direction->arrived.insert(direction->arrived.end(), data.begin(), data.end());
            direction->readable->ring();
        });
        if (cuts) {
            const LinkFaults::End how = out.cut->how;
            out.cut.reset();
            if (link.on_cut) link.on_cut(how, &out == &link.to_server);
            if (how == LinkFaults::End::stall) {
                out.stalled = true;
            } else {
                Link* whole = &link;
                link.later([whole, how] { whole->end(how); });
            }
        }
        return bytes.size();
    }

    void end_sending() noexcept {
        if (sending_ended_) return;
        sending_ended_ = true;
        Direction* out = &out_;
        if (out->stalled) return;
        link_->later([out] {
            out->ended = true;
            out->ring();
        });
    }

    std::shared_ptr<Link> link_;
    Direction& in_;
    Direction& out_;
    std::string name_;
    std::shared_ptr<bool> closed_ = std::make_shared<bool>(false);
    bool sending_ended_ = false;
    Duration limit_ = std::chrono::seconds(30);
};

struct PipeNetwork::Port {
    std::deque<std::unique_ptr<platform::Transport>> waiting;
    std::shared_ptr<Bell> arrival = std::make_shared<Bell>();
    bool closed = false;
};

class PipeNetwork::PipeListener final : public platform::Listener {
  public:
    PipeListener(std::shared_ptr<Port> port, std::uint16_t number)
        : port_(std::move(port)), number_(number) {}
    ~PipeListener() override { close(); }
    PipeListener(const PipeListener&) = delete;
    PipeListener& operator=(const PipeListener&) = delete;

    boost::asio::awaitable<Result<std::unique_ptr<platform::Transport>>> accept() override {
        const std::shared_ptr<Port> port = port_;
        while (true) {
            if (port->closed) co_return failure(Errc::cancelled, "the port was closed");
            if (!port->waiting.empty()) {
                std::unique_ptr<platform::Transport> next = std::move(port->waiting.front());
                port->waiting.pop_front();
                co_return next;
            }
            // No deadline: an appointment would keep virtual time going for ever.
            co_await Bell::wait(port->arrival);
        }
    }
    std::uint16_t port() const override { return number_; }
    void close() noexcept override {
        port_->closed = true;
        port_->waiting.clear();
        port_->arrival->ring();
    }

  private:
    std::shared_ptr<Port> port_;
    std::uint16_t number_;
};

PipeNetwork::PipeNetwork(VirtualClock& clock, platform::Random& random, Options options)
    : clock_(clock), random_(random), options_(options) {}

PipeNetwork::PipeNetwork(VirtualClock& clock, platform::Random& random)
    : PipeNetwork(clock, random, Options{}) {}

PipeNetwork::~PipeNetwork() = default;

void PipeNetwork::end_connections(LinkFaults::End how) {
    for (const auto& weak : links_) {
        if (const auto link = weak.lock()) link->end(how);
    }
    links_.clear();
}

void PipeNetwork::end_of_process(LinkFaults::End how) {
    end_connections(how);
    for (const auto& [number, port] : ports_) {
        port->closed = true;
        port->waiting.clear();
        port->arrival->ring();
    }
    ports_.clear();
}

Result<std::unique_ptr<platform::Listener>> PipeNetwork::listen(
    const std::string&, std::uint16_t port
) {
    if (port == 0) {
        port = first_free_port;
        while (ports_.contains(port)) ++port;
    }
    const auto known = ports_.find(port);
    if (known != ports_.end() && !known->second->closed) {
        return failure(Errc::address_in_use, "the port is taken");
    }
    auto state = std::make_shared<Port>();
    ports_[port] = state;
    return std::make_unique<PipeListener>(std::move(state), port);
}

boost::asio::awaitable<Result<std::unique_ptr<platform::Transport>>> PipeNetwork::connect(
    std::string, std::uint16_t port, Duration
) {
    const std::uint64_t number = connections_++;
    const LinkFaults faults = maker_ ? maker_(number) : LinkFaults{};
    if (faults.latency > Duration(0)) co_await clock_.sleep_for(faults.latency);
    const auto found = ports_.find(port);
    const bool open = found != ports_.end() && !found->second->closed;
    if (!open || faults.refuse) co_return failure(Errc::unreachable, "nobody answers there");
    auto link = std::make_shared<Link>(clock_, random_, options_, observer_, faults);
    std::erase_if(links_, [](const auto& weak) { return weak.expired(); });
    links_.push_back(link);
    found->second->waiting.push_back(std::make_unique<End>(link, false));
    found->second->arrival->ring();
    std::unique_ptr<platform::Transport> client = std::make_unique<End>(std::move(link), true);
    co_return client;
}

}  // namespace sfmkit::fuzz
