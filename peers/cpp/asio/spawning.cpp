// Asio: workloads that spawn tasks that do nothing but that.
#include <latch>

#include "peers/cpp/asio/peer.hpp"
#include "peers/cpp/harness/remote_spawn.hpp"
#include "peers/cpp/harness/roaming.hpp"

namespace rota::peers {
namespace {

Task<Nanoseconds> spawn_and_join(std::uint64_t tasks, Tally& tally) {
  const auto executor = co_await asio::this_coro::executor;
  const auto start = Clock::now();
  Countdown left(executor, tasks);
  for (std::uint64_t i = 0; i < tasks; ++i) {
    asio::post(executor, [&left, &tally] {
      tally.add();
      left.arrive();
    });
  }
  co_await left.wait();
  co_return Nanoseconds(since(start));
}

struct Chain {
  explicit Chain(Executor executor) : ended(executor) {}
  Turn ended;
  std::uint64_t links = 0;
};

struct Link {
  Executor executor;
  std::shared_ptr<Chain> chain;
  std::uint64_t left;

  void operator()() {
    ++chain->links;
    if (left == 1) {
      chain->ended.give();
    } else {
      asio::post(executor, Link{executor, std::move(chain), left - 1});
    }
  }
};

Task<Nanoseconds> start_chain(std::uint64_t depth, std::shared_ptr<Chain> chain) {
  const auto executor = co_await asio::this_coro::executor;
  const auto start = Clock::now();
  asio::post(executor, Link{executor, chain, depth});
  co_await chain->ended.take();
  co_return Nanoseconds(since(start));
}

Task<> keep_busy(const std::atomic<bool>& stop, std::latch& ended) {
  const auto executor = co_await asio::this_coro::executor;
  for (std::uint64_t n = 0; n < 1'000'000 && !stop.load(std::memory_order_relaxed); ++n)
    co_await asio::post(executor, asio::deferred);
  ended.count_down();
}

}  // namespace

Timed AsioPeer::spawn_join(std::uint64_t tasks) {
  const std::uint64_t before = tally_.sum();
  const auto time = run(spawn_and_join(tasks, tally_));
  return {time, tally_.sum() - before};
}

Timed AsioPeer::chained_spawn(std::uint64_t depth) {
  const auto chain = std::make_shared<Chain>(context_.get_executor());
  const auto time = run(start_chain(depth, chain));
  return {time, chain->links};
}

RemoteSpawned AsioPeer::remote_spawn(std::uint64_t tasks, bool busy) {
  roam_once();
  std::atomic<bool> stop{false};
  std::latch busy_ones(busy ? workers_ : 0);
  for (std::uint32_t i = 0; busy && i < workers_; ++i)
    asio::co_spawn(context_.get_executor(), keep_busy(stop, busy_ones), asio::detached);
  const auto result = spawn_from_outside(tasks, tally_, [this](auto task) { asio::post(context_, std::move(task)); });
  stop.store(true, std::memory_order_relaxed);
  busy_ones.wait();
  return result;
}

}  // namespace rota::peers
