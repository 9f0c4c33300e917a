#pragma once

#include "platform/signals.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace sfmkit::verifier {

/// Work on numbered items by several threads whose results are taken one by one, in the order of
/// the numbers, by the thread that calls. A bounded number of results waits for its turn.
template <class R>
class OrderedWork {
  public:
    /// Makes what one thread works with; called on that thread.
    using MakeWorker = std::function<std::function<R(std::size_t number)>()>;
    /// Returns false to end early: what was not taken is dropped.
    using Take = std::function<bool(std::size_t number, R result)>;

    OrderedWork(std::size_t count, std::size_t threads) noexcept
        : count_(count),
          threads_(std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(count, 1))) {}

    /// What a worker throws is thrown here when its turn comes.
    void run(const MakeWorker& make_worker, const Take& take) {
        if (threads_ == 1) {
            const auto work = make_worker();
            for (std::size_t i = 0; i < count_; ++i) {
                if (!take(i, work(i))) return;
            }
            return;
        }
        std::vector<std::jthread> threads;
        const Ending ending(*this);
        for (std::size_t i = 0; i < threads_; ++i) {
            threads.push_back(platform::start_worker([this, &make_worker] { work_on(make_worker); })
            );
        }
        for (std::size_t i = 0; i < count_; ++i) {
            if (!take(i, wait_for(i))) return;
        }
    }

  private:
    struct Done {
        std::optional<R> result;
        std::exception_ptr thrown;
    };

    /// Tells the threads to end, before they are joined.
    class Ending {
      public:
        explicit Ending(OrderedWork& work) noexcept : work_(work) {}
        ~Ending() {
            const std::lock_guard lock(work_.mutex_);
            work_.ended_ = true;
            work_.changed_.notify_all();
        }
        Ending(const Ending&) = delete;
        Ending& operator=(const Ending&) = delete;

      private:
        OrderedWork& work_;
    };

    /// Results that may wait; so many that one slow item does not stop the other threads at once.
    std::size_t window() const noexcept { return 4 * threads_; }

    void work_on(const MakeWorker& make_worker) {
        std::function<R(std::size_t)> work;
        while (const auto number = next_number()) {
            Done done;
            try {
                if (!work) work = make_worker();
                done.result.emplace(work(*number));
            } catch (...) {
                done.thrown = std::current_exception();
            }
            const std::lock_guard lock(mutex_);
            done_.emplace(*number, std::move(done));
            changed_.notify_all();
        }
    }

    std::optional<std::size_t> next_number() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] {
            return ended_ || next_ >= count_ || next_ < taken_ + window();
        });
        if (ended_ || next_ >= count_) return std::nullopt;
        return next_++;
    }

    R wait_for(std::size_t number) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return done_.contains(number); });
        Done done = std::move(done_.extract(number).mapped());
        taken_ = number + 1;
        changed_.notify_all();
        lock.unlock();
        if (done.thrown) std::rethrow_exception(done.thrown);
        return std::move(*done.result);
    }

    std::size_t count_;
    std::size_t threads_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t next_ = 0;
    std::size_t taken_ = 0;
    bool ended_ = false;
    std::map<std::size_t, Done> done_;
};

}  // namespace sfmkit::verifier
