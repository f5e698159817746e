// The peer Boost.Fiber: tasks are fibers, workers are threads that share a scheduling algorithm.
//
//   1 worker   round_robin, the library's default
//   more       shared_work: of the two that let fibers move, the faster one here (README.md has the figures)
#pragma once

#include <boost/fiber/all.hpp>
#include <future>
#include <thread>
#include <vector>

#include "peers/cpp/boost_fiber/stacks.hpp"
#include "peers/cpp/harness/peer.hpp"
#include "peers/cpp/harness/tally.hpp"

namespace rota::peers {

namespace fibers = boost::fibers;

// Goes to the end of the ready fibers, and its spawner goes on.
template <class F> [[nodiscard]] fibers::fiber spawn(F body) {
  return {fibers::launch::post, std::allocator_arg, Stacks(), std::move(body)};
}
// Runs at once; its spawner goes to the end of the ready fibers. So a stack is used again while it is in the cache.
template <class F> [[nodiscard]] fibers::fiber spawn_first(F body) {
  return {fibers::launch::dispatch, std::allocator_arg, Stacks(), std::move(body)};
}

// "Your turn", for one who waits. A channel, for it is the fastest that the library has: a mutex with a condition takes
// twice as long.
class Turn {
 public:
  void give() { channel_.push(true); }
  void take() { channel_.value_pop(); }

 private:
  fibers::buffered_channel<bool> channel_{2};  // the least that it can be
};

class FiberPeer final : public Peer {
 public:
  explicit FiberPeer(std::uint32_t workers);
  ~FiberPeer() override;

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
  using Order = std::function<void()>;

  void work(std::uint32_t worker);

  // Runs body() as a fiber on a worker while this thread waits; returns what it returns.
  template <class F> auto run(F body) {
    auto order = std::make_shared<std::packaged_task<std::invoke_result_t<F&>()>>(std::move(body));
    auto result = order->get_future();
    inbox_.push([order] { (*order)(); });
    return result.get();
  }
  template <class F> auto timed(F body) {
    return run([body = std::move(body)]() mutable {
      const auto start = Clock::now();
      auto result = body();
      return TimedResult<decltype(result)>{result, Nanoseconds(since(start))};
    });
  }

  const std::uint32_t workers_;
  fibers::buffered_channel<Order> inbox_{1024};  // from threads that are no workers: fibers are born on workers only
  fibers::mutex ending_mutex_;
  fibers::condition_variable ending_;
  bool ended_ = false;
  Tally tally_;
  std::vector<fibers::fiber> joins_;
  std::vector<std::thread> threads_;
};

}  // namespace rota::peers
