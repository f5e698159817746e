// The peer Asio: tasks are posted functions where they never wait, and C++20 coroutines where they do; workers are
// threads in io_context::run().
//
// Executors are io_context's own type throughout, and operations are deferred: no type erasure, no frame for each wait.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_future.hpp>
#include <cstddef>
#include <new>
#include <thread>
#include <vector>

#include "peers/cpp/harness/peer.hpp"
#include "peers/cpp/harness/tally.hpp"

namespace rota::peers {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
template <class T = void> using Task = asio::awaitable<T, Executor>;

// Who waits: the handler of a suspended coroutine, kept without an allocation. (any_completion_handler of 1.81 makes
// one and never ends if it is moved into another.)
class Waiter {
 public:
  template <class Handler> void keep(Handler handler) {
    static_assert(sizeof(Handler) <= sizeof(room_) && alignof(Handler) <= alignof(void*));
    new (room_) Handler(std::move(handler));
    post_ = [](std::byte* room, const Executor& executor) {
      auto* kept = std::launder(reinterpret_cast<Handler*>(room));
      Handler own(std::move(*kept));
      kept->~Handler();
      asio::post(executor, std::move(own));
    };
  }
  // Once. Nothing here is touched any more when it runs.
  void post(Executor executor) { post_(room_, executor); }

 private:
  alignas(void*) std::byte room_[2 * sizeof(void*)];
  void (*post_)(std::byte*, const Executor&) = nullptr;
};

// "Your turn", for one who waits: an asynchronous operation that ends when somebody says so.
class Turn {
 public:
  explicit Turn(Executor executor) : executor_(executor) {}

  void give() {
    std::uint8_t before = nobody;
    if (state_.compare_exchange_strong(before, given, std::memory_order_acq_rel, std::memory_order_acquire)) return;
    state_.store(nobody, std::memory_order_relaxed);
    waiter_.post(executor_);
  }
  [[nodiscard]] auto take() {
    return asio::async_initiate<const asio::deferred_t, void()>([this](auto&& handler) { arm(std::move(handler)); },
                                                                asio::deferred);
  }

 private:
  static constexpr std::uint8_t nobody = 0, waiting = 1, given = 2;

  template <class Handler> void arm(Handler handler) {
    waiter_.keep(std::move(handler));
    std::uint8_t before = nobody;
    if (state_.compare_exchange_strong(before, waiting, std::memory_order_acq_rel, std::memory_order_acquire)) return;
    state_.store(nobody, std::memory_order_relaxed);
    waiter_.post(executor_);
  }

  Executor executor_;
  std::atomic<std::uint8_t> state_{nobody};
  Waiter waiter_;
};

// Waits until so many have arrived.
class Countdown {
 public:
  Countdown(Executor executor, std::uint64_t count) : left_(count), done_(executor) {}

  void arrive() {
    if (left_.fetch_sub(1, std::memory_order_acq_rel) == 1) done_.give();
  }
  [[nodiscard]] auto wait() { return done_.take(); }

 private:
  std::atomic<std::uint64_t> left_;
  Turn done_;
};

class AsioPeer final : public Peer {
 public:
  explicit AsioPeer(std::uint32_t workers);
  ~AsioPeer() override;

  Clock::time_point run_one() override;
  Timed spawn_join(std::uint64_t tasks) override;
  Timed chained_spawn(std::uint64_t depth) override;
  RemoteSpawned remote_spawn(std::uint64_t tasks, bool busy) override;
  Timed sleep_storm(Nanoseconds delay, std::span<std::int64_t> late) override;
  Timed yield(std::uint64_t tasks, std::uint64_t yields) override;
  Timed ping_pong(std::uint64_t pairs, std::uint64_t rounds, bool channel) override;
  Timed thread_ring(std::uint64_t tasks, std::uint64_t hops) override;
  std::uint64_t wake_latency(const Wakes& wakes) override;
  std::uint64_t park(std::uint64_t tasks, bool on_event, const std::function<void()>& all_parked) override;
  TimedResult<TreeSum> fib(std::uint32_t n, bool both) override;
  TimedResult<TreeSum> skynet(std::uint64_t leaves) override;
  TimedResult<MixCounts> uts() override;

 private:
  // Runs a coroutine on the workers while this thread waits; returns what it returns.
  template <class T> T run(Task<T> body) { return asio::co_spawn(context_, std::move(body), asio::use_future).get(); }

  const std::uint32_t workers_;
  asio::io_context context_;
  asio::executor_work_guard<Executor> busy_;  // run() would return when there is nothing to do
  Tally tally_;
  std::vector<std::thread> threads_;
};

}  // namespace rota::peers
