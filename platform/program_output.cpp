#include "platform/program_output.hpp"

#include "platform/process.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace sfmkit::platform {
namespace {

/// How soon the end of the program is noticed.
constexpr Duration look_again{10};

/// The two ends of a pipe; closed when they go.
class Pipe {
  public:
    Pipe() = default;
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_end(0);
        close_end(1);
    }

    bool open() noexcept { return ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
    int read_end() const noexcept { return ends_[0]; }
    int write_end() const noexcept { return ends_[1]; }
    void close_end(std::size_t which) noexcept {
        if (ends_[which] >= 0) ::close(ends_[which]);
        ends_[which] = -1;
    }

    /// Adds what is there to the text. False when the writer has closed its end.
    bool take_all(std::string& text, std::size_t limit) const {
        std::array<char, 4096> piece{};
        while (text.size() <= limit) {
            const ssize_t count = ::read(ends_[0], piece.data(), piece.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return errno == EAGAIN;
            if (count == 0) return false;
            text.append(piece.data(), static_cast<std::size_t>(count));
        }
        return true;
    }

  private:
    std::array<int, 2> ends_ = {-1, -1};
};

Error error_of(Errc code, std::string what, const std::filesystem::path& program) {
    return {.code = code, .what = std::move(what), .where = program.string()};
}

}  // namespace

boost::asio::awaitable<Result<std::string>> output_of_program(
    Clock& clock,
    std::filesystem::path program,
    std::vector<std::string> arguments,
    ProgramLimits limits
) {
    Pipe pipe;
    const bool opened = pipe.open() && ::fcntl(pipe.read_end(), F_SETFL, O_NONBLOCK) == 0;
    if (!opened) co_return fail(error_of(Errc::input_output, "cannot make a pipe", program));
    ChildProcess::Options options{.program = program, .arguments = std::move(arguments)};
    options.output_descriptor = pipe.write_end();
    auto child = ChildProcess::start(options);
    pipe.close_end(1);
    if (!child) co_return std::unexpected(child.error());

    const SteadyTime end = clock.steady_now() + limits.time;
    std::string text;
    std::optional<int> exit_code;
    while (!exit_code) {
        exit_code = child->wait_for(Duration(0));
        pipe.take_all(text, limits.output_bytes);
        if (text.size() > limits.output_bytes) {
            co_return fail(error_of(Errc::limit, "the program writes too much", program));
        }
        if (exit_code) break;
        if (clock.steady_now() >= end) {
            co_return fail(error_of(Errc::timeout, "the program does not end", program));
        }
        co_await clock.sleep_for(look_again);
    }
    if (*exit_code == 0) co_return text;
    Error failure = error_of(Errc::refused, "the program failed", program);
    failure.expected = "exit code 0";
    failure.actual = "exit code " + std::to_string(*exit_code);
    co_return fail(std::move(failure));
}

}  // namespace sfmkit::platform
