// Floors: what the hot paths are held against, the same without a runtime, a policy or a second thread that could come.
#include <benchmark/benchmark.h>

#include <coroutine>
#include <deque>
#include <mutex>
#include <vector>

#include "tests/bench/path_bodies.hpp"
#include "worlds/real.hpp"

namespace {

using namespace rota;
using E = env::Real;

struct Bare {
  struct promise_type {
    Bare get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    static std::suspend_always initial_suspend() noexcept { return {}; }
    static std::suspend_always final_suspend() noexcept { return {}; }
    static void return_void() {}
    static void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> frame;
};
Bare at_once() { co_return; }
Bare for_ever() {
  for (;;) co_await std::suspend_always{};
}

// Its frame comes from malloc and goes there again; nobody can see that it need not.
void create_and_destroy(benchmark::State& state) {
  for (auto _ : state) {
    std::coroutine_handle<> frame = at_once().frame;
    benchmark::DoNotOptimize(frame);
    frame.resume();
    frame.destroy();
  }
}
BENCHMARK(create_and_destroy)->Name("floor/coroutine create, resume, destroy");

// In turn, as tasks that yield: no queue, only the handles in a row.
void resume_many(benchmark::State& state) {
  constexpr std::size_t frames = 1000;
  std::vector<std::coroutine_handle<>> all;
  for (std::size_t i = 0; i < frames; ++i) all.push_back(for_ever().frame);
  std::size_t next = 0;
  for (auto _ : state) {
    all[next].resume();
    next = next + 1 == frames ? 0 : next + 1;
  }
  for (const auto frame : all) frame.destroy();
}
BENCHMARK(resume_many)->Name("floor/bare resume, 1000 frames");

void exchange(benchmark::State& state) {
  E::atomic<std::uint64_t> word;
  for (auto _ : state) benchmark::DoNotOptimize(word.exchange(1, Order::acq_rel));
}
BENCHMARK(exchange)->Name("floor/uncontended exchange");

void locked_queue(benchmark::State& state) {
  std::mutex mutex;
  std::deque<std::size_t> queue;
  for (auto _ : state) {
    {
      const std::scoped_lock lock(mutex);
      queue.push_back(1);
    }
    const std::scoped_lock lock(mutex);
    benchmark::DoNotOptimize(queue.front());
    queue.pop_front();
  }
}
BENCHMARK(locked_queue)->Name("floor/locked queue, push and pop");

// A thread that sleeps on a futex, and one that wakes it: the price of the call, and how long until the sleeper runs.
class Sleeper {
 public:
  Sleeper() : thread_(ThreadOptions{.name = "sleeper", .pu = std::nullopt}, [this] { sleep_often(); }) {}
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;
  ~Sleeper() {
    ended_.store(true, Order::relaxed);
    (void)parker_.unpark();
    thread_.join();
  }

  struct Times {
    Duration call, until_awake;
  };
  Times wake() {
    bench::nap();  // it sleeps by now
    bench::nap();
    const std::uint64_t before = awake_.load(Order::acquire);
    const TimePoint sent = E::now();
    (void)parker_.unpark();
    const TimePoint returned = E::now();
    while (awake_.load(Order::acquire) == before) E::relax();
    return {returned - sent, woken_ - sent};
  }

 private:
  void sleep_often() {
    while (!ended_.load(Order::relaxed)) {
      parker_.park();
      woken_ = E::now();
      awake_.store(awake_.load(Order::relaxed) + 1, Order::release);
    }
  }
  E::parker parker_;
  TimePoint woken_;
  E::atomic<std::uint64_t> awake_{std::uint64_t{0}};
  E::atomic<bool> ended_{false};
  E::thread thread_;
};

void futex(benchmark::State& state, Duration Sleeper::Times::* what) {
  Sleeper sleeper;
  for (auto _ : state) state.SetIterationTime(std::chrono::duration<double>(sleeper.wake().*what).count());
}
BENCHMARK_CAPTURE(futex, call, &Sleeper::Times::call)->Name("floor/futex unpark")->UseManualTime()->Iterations(200);
BENCHMARK_CAPTURE(futex, awake, &Sleeper::Times::until_awake)
    ->Name("floor/futex unpark to awake")
    ->UseManualTime()
    ->Iterations(200);

}  // namespace
