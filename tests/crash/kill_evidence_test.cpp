#include "mockserver/evidence/evidence_reader.hpp"
#include "mockserver/evidence/evidence_schema.hpp"
#include "tests/crash/crash_world.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <functional>
#include <map>

namespace sfmkit::test {
namespace {

using platform::Transport;

constexpr platform::Duration patience = std::chrono::seconds(20);
constexpr std::size_t connections = 8;
constexpr std::string_view marker = "X-Number: ";

/// Clients that ask side by side, each request with a number of its own, until the server is gone.
class Load {
  public:
    /// kill: ends the server, called as soon as so many answers have come.
    Load(std::uint16_t port, std::size_t answers, std::function<void()> kill)
        : port_(port), answers_(answers), kill_(std::move(kill)) {}

    void run() {
        for (std::size_t i = 0; i < connections; ++i) {
            boost::asio::co_spawn(context_, ask(), [](const std::exception_ptr& failure) {
                if (failure) std::rethrow_exception(failure);
            });
        }
        context_.run();
    }

    /// The first number of the next round.
    std::uint64_t next_number() const noexcept { return next_; }
    void begin_at(std::uint64_t number) noexcept { next_ = number; }
    /// Status of every answer whose head came whole, by number of the request.
    const std::map<std::uint64_t, std::string>& answered() const noexcept { return answered_; }

  private:
    boost::asio::awaitable<void> ask() {
        const std::string host = "127.0.0.1";
        auto connected = co_await network_.connect(host, port_, patience);
        if (!connected) co_return;
        const std::unique_ptr<Transport> transport = std::move(*connected);
        transport->set_deadline(patience);
        std::string upload;
        while (true) {
            const std::uint64_t number = next_++;
            const bool creates = upload.empty();
            const std::string text = creates ? creation(number) : data(number, upload);
            const auto sent = co_await transport->write_all(platform::as_bytes(text));
            if (!sent) co_return;
            std::string answer;
            const bool whole = co_await read_head(*transport, answer);
            if (!whole) co_return;
            take(number, answer);
            upload = creates ? location_in(answer) : "";
        }
    }

    boost::asio::awaitable<bool> read_head(Transport& transport, std::string& answer) {
        std::array<std::byte, 4096> buffer{};
        while (!answer.ends_with("\r\n\r\n")) {
            const auto count = co_await transport.read_some(buffer);
            if (!count || *count == 0) co_return false;
            answer += platform::as_text(platform::Bytes(buffer).first(*count));
        }
        co_return true;
    }

    void take(std::uint64_t number, const std::string& answer) {
        constexpr std::size_t status_begin = sizeof("HTTP/1.1 ") - 1;
        answered_[number] = answer.substr(status_begin, 3);
        if (answered_.size() == answers_) kill_();
    }

    static std::string creation(std::uint64_t number) {
        return fmt::format(
            "POST /files HTTP/1.1\r\nHost: mock\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 5\r\n"
            "Content-Length: 0\r\n{}{}\r\n\r\n",
            marker,
            number
        );
    }

    static std::string data(std::uint64_t number, const std::string& upload) {
        return fmt::format(
            "PATCH {} HTTP/1.1\r\nHost: mock\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
            "Content-Type: application/offset+octet-stream\r\nContent-Length: "
            "5\r\n{}{}\r\n\r\nbytes",
            upload,
            marker,
            number
        );
    }

    static std::string location_in(const std::string& answer) {
        constexpr std::string_view label = "Location: ";
        const std::size_t begin = answer.find(label) + label.size();
        return answer.substr(begin, answer.find('\r', begin) - begin);
    }

    boost::asio::io_context context_{1};
    platform::TcpNetwork network_{context_.get_executor()};
    std::uint16_t port_;
    std::size_t answers_;
    std::function<void()> kill_;
    std::uint64_t next_ = 0;
    std::map<std::uint64_t, std::string> answered_;
};

/// Status by number of each request that the evidence of this folder holds an answer of.
std::map<std::uint64_t, std::string> kept_in(const std::filesystem::path& data_folder) {
    std::map<std::uint64_t, std::string> kept;
    auto reader = mockserver::EvidenceReader::open(data_folder);
    if (!reader) throw std::runtime_error(platform::describe(reader.error()));
    mockserver::RequestQuery query{.most = 1000};
    while (true) {
        const auto page = reader->requests(query);
        if (!page) throw std::runtime_error(platform::describe(page.error()));
        if (page->empty()) return kept;
        query.after = page->back().id;
        for (const auto& row : *page) {
            const std::size_t begin = row.request.fields.find(marker) + marker.size();
            kept[std::stoull(row.request.fields.substr(begin))] =
                std::to_string(row.request.status);
        }
    }
}

std::vector<std::uint64_t> missing(
    const std::map<std::uint64_t, std::string>& answered,
    const std::map<std::uint64_t, std::string>& kept
) {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, status] : answered) {
        const auto found = kept.find(number);
        if (found == kept.end() || found->second != status) numbers.push_back(number);
    }
    return numbers;
}

class KillEvidence : public testing::Test {
  protected:
    /// Starts a server, kills it after so many answers, and notes what was answered.
    std::size_t kill_after(std::size_t answers) {
        if (mock_) {
            mock_->start_again();
        } else {
            mock_.emplace(folder_ / "mock");
        }
        Load load(mock_->port(), answers, [this] { mock_->kill(); });
        load.begin_at(next_number_);
        load.run();
        next_number_ = load.next_number();
        answered_.insert(load.answered().begin(), load.answered().end());
        return load.answered().size();
    }
    std::filesystem::path data_folder() const { return mock_->data_folder(); }

    TemporaryFolder folder_;
    std::optional<ServedMock> mock_;
    std::uint64_t next_number_ = 1;
    std::map<std::uint64_t, std::string> answered_;
};

// The server is ended by SIGKILL in the moment in which an answer came, while other requests are on
// their way, and started anew on the same data. Whatever was answered must be in the evidence.
TEST_F(KillEvidence, ManyTimes_LosesNoAnsweredRequest) {
    const std::size_t rounds = std::max<std::size_t>(kill_rounds(), 50);
    platform::SeededRandom random(50);
    std::size_t fewest = SIZE_MAX;
    for (std::size_t round = 0; round < rounds; ++round) {
        fewest = std::min(fewest, kill_after(20 + random.pick(150)));
        const auto lost = missing(answered_, kept_in(data_folder()));
        ASSERT_EQ(lost.size(), 0U) << "after kill " << round + 1 << ", the first is request "
                                   << lost.front() << " of " << answered_.size();
    }
    std::printf(
        "%zu kills, %zu requests answered and none missing, at least %zu in a round, "
        "%zu more requests cut off\n",
        rounds,
        answered_.size(),
        fewest,
        static_cast<std::size_t>(next_number_ - 1) - answered_.size()
    );
    EXPECT_GE(fewest, 20U);
    EXPECT_GE(answered_.size(), rounds * 50);
    const auto runs = mockserver::EvidenceReader::open(data_folder())->runs();
    EXPECT_EQ(runs->size(), rounds);
    for (const auto& run : *runs) EXPECT_FALSE(run.ended || run.gap) << run.id;
}

// The control: a row that is gone, or tells another status, is missed.
TEST_F(KillEvidence, WithOneRowLess_TheComparisonFails) {
    kill_after(40);
    ASSERT_TRUE(missing(answered_, kept_in(data_folder())).empty());
    const auto change = [this](const char* sql) {
        auto database = mockserver::Database::open(
            mockserver::evidence_file(data_folder()), mockserver::Database::Mode::create
        );
        const auto done = database->run(sql);
        EXPECT_TRUE(done) << platform::describe(done.error());
    };
    change("DELETE FROM log WHERE id = (SELECT id FROM log WHERE kind = 'request' LIMIT 1)");
    EXPECT_EQ(missing(answered_, kept_in(data_folder())).size(), 1U);
    change("UPDATE log SET status = 500 WHERE id = (SELECT id FROM log WHERE status = 204 LIMIT 1)"
    );
    EXPECT_EQ(missing(answered_, kept_in(data_folder())).size(), 2U);
}

}  // namespace
}  // namespace sfmkit::test
