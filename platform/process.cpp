#include "platform/process.hpp"

#include <cerrno>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace sfmkit::platform {
namespace {

/// posix_spawn's file actions; destroyed when they go.
class SpawnActions {
  public:
    SpawnActions() { posix_spawn_file_actions_init(&actions_); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
    ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
    posix_spawn_file_actions_t* get() noexcept { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_{};
};

/// A child that begins as a program started by hand would: it hears the signals that we hold back.
class SpawnAttributes {
  public:
    SpawnAttributes() {
        posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
    }
    SpawnAttributes(const SpawnAttributes&) = delete;
    SpawnAttributes& operator=(const SpawnAttributes&) = delete;
    ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
    posix_spawnattr_t* get() noexcept { return &attributes_; }

  private:
    posix_spawnattr_t attributes_{};
};

void send_signal(long id, int number) noexcept {
    if (id > 0) ::kill(static_cast<pid_t>(id), number);
}

int exit_code_of(int status) noexcept {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const Options& options) {
    std::vector<std::string> words = {options.program.string()};
    words.insert(words.end(), options.arguments.begin(), options.arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    SpawnActions actions;
    posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!options.output.empty()) {
        constexpr int how = O_WRONLY | O_CREAT | O_APPEND;
        posix_spawn_file_actions_addopen(
            actions.get(), STDOUT_FILENO, options.output.c_str(), how, 0666
        );
        posix_spawn_file_actions_adddup2(actions.get(), STDOUT_FILENO, STDERR_FILENO);
    }
    if (options.output_descriptor) {
        posix_spawn_file_actions_adddup2(actions.get(), *options.output_descriptor, STDOUT_FILENO);
    }
    // A child that held our sockets would keep connections alive that we close.
    posix_spawn_file_actions_addclosefrom_np(actions.get(), STDERR_FILENO + 1);
    SpawnAttributes attributes;
    pid_t id = 0;
    const int error = posix_spawn(
        &id, words.front().c_str(), actions.get(), attributes.get(), argv.data(), environ
    );
    if (error != 0) {
        return fail({
            .code = error == ENOENT ? Errc::not_found : Errc::input_output,
            .what = "cannot start the program",
            .where = words.front(),
            .actual = std::generic_category().message(error),
        });
    }
    return ChildProcess(id);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept : id_(std::exchange(other.id_, 0)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    if (this != &other) {
        kill();
        id_ = std::exchange(other.id_, 0);
    }
    return *this;
}

ChildProcess::~ChildProcess() {
    kill();
}

void ChildProcess::kill() noexcept {
    if (id_ == 0) return;
    send_signal(id_, SIGKILL);
    int status = 0;
    while (::waitpid(static_cast<pid_t>(id_), &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
}

void ChildProcess::terminate() noexcept {
    send_signal(id_, SIGTERM);
}

void ChildProcess::interrupt() noexcept {
    send_signal(id_, SIGINT);
}

std::optional<int> ChildProcess::wait_for(Duration time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (id_ != 0) {
        int status = 0;
        const pid_t ended = ::waitpid(static_cast<pid_t>(id_), &status, WNOHANG);
        if (ended == static_cast<pid_t>(id_)) {
            id_ = 0;
            return exit_code_of(status);
        }
        if (std::chrono::steady_clock::now() >= end) return std::nullopt;
        std::this_thread::sleep_for(Duration(2));
    }
    return std::nullopt;
}

std::filesystem::path this_program() {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error);
}

void kill_this_process() noexcept {
    ::kill(::getpid(), SIGKILL);
    std::abort();
}

long this_process_id() noexcept {
    return ::getpid();
}

std::uint64_t raise_open_file_limit() noexcept {
    struct rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        (void)::setrlimit(RLIMIT_NOFILE, &limit);
        (void)::getrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur;
}

}  // namespace sfmkit::platform
