// The peer of OS threads: a task is a std::thread, the kernel is the scheduler. How many processors it has is the
// matter of whoever started this program; `workers` says nothing here.
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "peers/cpp/harness/cell.hpp"
#include "peers/cpp/threads/games.hpp"
#include "peers/cpp/threads/threads.hpp"
#include "peers/cpp/threads/turn.hpp"

namespace rota::peers {
namespace {

struct Chain {
  Turn ended;
  std::uint64_t links = 0;
};

void spawn_next(std::uint64_t left, std::shared_ptr<Chain> chain) {
  std::thread([left, chain = std::move(chain)]() mutable {
    ++chain->links;
    if (left == 1) {
      chain->ended.give();
    } else {
      spawn_next(left - 1, std::move(chain));
    }
  }).detach();
}

class ThreadPeer final : public Peer {
 public:
  Clock::time_point run_one() override {
    Clock::time_point first;
    std::thread([&first] { first = Clock::now(); }).join();
    return first;
  }

  Timed spawn_join(std::uint64_t tasks) override {
    std::atomic<std::uint64_t> ran{0};
    Threads threads;
    threads.reserve(tasks);
    const auto start = Clock::now();
    for (std::uint64_t i = 0; i < tasks; ++i)
      threads.emplace_back([&ran] { ran.fetch_add(1, std::memory_order_relaxed); });
    join(threads);
    return {Nanoseconds(since(start)), ran.load(std::memory_order_relaxed)};
  }

  Timed chained_spawn(std::uint64_t depth) override {
    const auto chain = std::make_shared<Chain>();
    const auto start = Clock::now();
    spawn_next(depth, chain);
    chain->ended.take();
    return {Nanoseconds(since(start)), chain->links};
  }

  // Every spawn is one from outside. There is nothing that could be kept busy but the processors.
  RemoteSpawned remote_spawn(std::uint64_t tasks, bool) override {
    std::atomic<std::uint64_t> ran{0};
    Threads threads;
    threads.reserve(tasks);
    RemoteSpawned result;
    const auto start = Clock::now();
    for (std::uint64_t i = 0; i < tasks; ++i)
      threads.emplace_back([&ran] { ran.fetch_add(1, std::memory_order_relaxed); });
    result.spawned = Nanoseconds(since(start));
    join(threads);
    result.joined = Nanoseconds(since(start));
    result.tasks = ran.load(std::memory_order_relaxed);
    return result;
  }

  Timed sleep_storm(Nanoseconds delay, std::span<std::int64_t> late) override {
    Threads threads;
    threads.reserve(late.size());
    const auto start = Clock::now();
    for (std::int64_t& one : late) {
      threads.emplace_back([delay, &one] {
        const auto deadline = Clock::now() + delay;
        std::this_thread::sleep_until(deadline);
        one = since(deadline);
      });
    }
    join(threads);
    return {Nanoseconds(since(start)), 0};
  }

  Timed yield(std::uint64_t tasks, std::uint64_t yields) override {
    std::vector<std::uint64_t> done(tasks);
    Threads threads;
    threads.reserve(tasks);
    Timed result;
    const auto start = Clock::now();
    for (std::uint64_t& mine : done) {
      threads.emplace_back([&mine, yields] {
        std::uint64_t count = 0;
        for (; count < yields; ++count) std::this_thread::yield();
        mine = count;
      });
    }
    join(threads);
    result.time = Nanoseconds(since(start));
    for (const std::uint64_t count : done) result.count += count;
    return result;
  }

  Timed ping_pong(std::uint64_t pairs, std::uint64_t rounds, bool channel) override {
    return threads_ping_pong(pairs, rounds, channel);
  }

  Timed thread_ring(std::uint64_t tasks, std::uint64_t hops) override { return threads_ring(tasks, hops); }

  std::uint64_t wake_latency(const Wakes& wakes) override { return threads_wake_latency(wakes); }

  std::uint64_t park(std::uint64_t tasks, bool on_event, const std::function<void()>& all_parked) override {
    std::atomic<std::uint64_t> arrived{0}, left{0};
    std::mutex mutex;
    std::condition_variable open;
    bool is_open = false;
    std::deque<ThreadParker> own(on_event ? 0 : tasks);
    Threads threads;
    threads.reserve(tasks);
    for (std::uint64_t i = 0; i < tasks; ++i) {
      threads.emplace_back([&, i] {
        arrived.fetch_add(1, std::memory_order_relaxed);
        if (on_event) {
          std::unique_lock lock(mutex);
          open.wait(lock, [&is_open] { return is_open; });
        } else {
          own[i].park();
        }
        left.fetch_add(1, std::memory_order_relaxed);
      });
    }
    while (arrived.load(std::memory_order_relaxed) < tasks) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));  // who has arrived is not yet parked
    all_parked();
    {
      const std::lock_guard lock(mutex);
      is_open = true;
    }
    open.notify_all();
    for (auto& parker : own) parker.unpark();
    join(threads);
    return left.load(std::memory_order_relaxed);
  }
};

}  // namespace
}  // namespace rota::peers

int main() {
  using namespace rota::peers;
  static constexpr std::array<std::string_view, 10> workloads{
      "spawn-join",   "sleep-storm",  "yield",  "ping-pong", "chained-spawn",
      "remote-spawn", "wake-latency", "memory", "startup",   "thread-ring"};
  return run_peer(
      {.name = "threads",
       .runtime = "OS threads " ROTA_PEER_VERSION,
       .workloads = workloads,
       .any_body = true,
       .can_be_busy = false,
       .most_tasks = 30'000,  // where the limits of a usual kernel begin
       .parked_tasks = 1000,
       .start = [](std::uint32_t /*workers*/) -> std::unique_ptr<Peer> { return std::make_unique<ThreadPeer>(); }});
}
