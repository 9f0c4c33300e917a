#include "client/encoder/parallel.hpp"

#include "platform/signals.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace sfmkit::client {
namespace {

/// The failure with the smallest number so far; shared by the threads.
class FirstFailure {
  public:
    void add(std::size_t number, platform::Error error) {
        const std::lock_guard lock(mutex_);
        if (error_ && number_ < number) return;
        number_ = number;
        error_ = std::move(error);
        any_ = true;
    }
    bool any() const noexcept { return any_; }
    platform::Result<void> result() {
        if (error_) return platform::fail(std::move(*error_));
        return {};
    }

  private:
    std::mutex mutex_;
    std::atomic<bool> any_ = false;
    std::size_t number_ = 0;
    std::optional<platform::Error> error_;
};

}  // namespace

platform::Result<void> run_in_parallel(
    std::size_t count,
    std::size_t threads,
    const std::function<platform::Result<void>(std::size_t number)>& work
) {
    std::atomic<std::size_t> next = 0;
    FirstFailure failure;
    const auto take_and_work = [&] {
        while (!failure.any()) {
            const std::size_t number = next++;
            if (number >= count) return;
            auto done = work(number);
            if (!done) failure.add(number, std::move(done.error()));
        }
    };
    {
        std::vector<std::jthread> others;
        const std::size_t wanted =
            std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(count, 1));
        for (std::size_t i = 1; i < wanted; ++i)
            others.push_back(platform::start_worker(take_and_work));
        take_and_work();
    }
    return failure.result();
}

}  // namespace sfmkit::client
