// fib: Fibonacci numbers by recursion, the classic of fork and join. Value and number of calls, 2 F(n+1) - 1, are
// known.
#pragma once

#include "runtime/executor.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

struct FibResult {
  std::uint64_t value = 0, calls = 0;
  friend FibResult operator+(FibResult a, FibResult b) { return {a.value + b.value, a.calls + b.calls + 1}; }
};

[[nodiscard]] constexpr std::uint64_t fibonacci(std::uint32_t n) {
  std::uint64_t value = 0;
  for (std::uint64_t next = 1; n > 0; --n) value = std::exchange(next, next + value);
  return value;
}

// Which of the two recursive calls become tasks; the other runs on its caller's task.
enum class Calls : std::uint8_t { one, both };

template <Env E> Job<E, FibResult> fib(Executor<E>& executor, std::uint32_t n, Calls forks) {
  if (n < 2) co_return FibResult{n, 1};
  auto left = executor.spawn(fib<E>(executor, n - 1, forks));
  if (forks == Calls::one) {
    const FibResult right = co_await fib<E>(executor, n - 2, forks);
    co_return right + co_await left;
  }
  auto other = executor.spawn(fib<E>(executor, n - 2, forks));
  const FibResult right = co_await other;
  co_return right + co_await left;
}

template <Env E> FibResult fib_on(FiberContext<E>& fiber, Executor<E>& executor, std::uint32_t n, Calls forks) {
  if (n < 2) return {n, 1};
  auto call = [&executor, forks](std::uint32_t m) {
    return executor.spawn_fiber(
        [&executor, m, forks](FiberContext<E>& own) { return fib_on(own, executor, m, forks); });
  };
  auto left = call(n - 1);
  if (forks == Calls::one) {
    const FibResult right = fib_on(fiber, executor, n - 2, forks);
    return right + fiber.await(left.join());
  }
  auto other = call(n - 2);
  const FibResult right = fiber.await(other.join());
  return right + fiber.await(left.join());
}

template <Env E> FibResult fib_forked(Forks<E>& here, std::uint32_t n) {
  if (n < 2) return {n, 1};
  const auto [left, right] = here.both([n](Forks<E>& on) { return fib_forked(on, n - 1); },
                                       [n](Forks<E>& on) { return fib_forked(on, n - 2); });
  return left + right;
}

struct TimedFib {
  FibResult result;
  Duration time;
};

enum class FibBody : std::uint8_t { coroutine, fiber, fork };

template <Env E> Job<E, TimedFib> time_fib(Executor<E>& executor, std::uint32_t n, FibBody body, Calls forks) {
  const TimePoint start = E::now();
  FibResult result;
  if (body == FibBody::fork) {
    result = fib_forked(Forks<E>::here(), n);
  } else if (body == FibBody::fiber) {
    auto root = executor.spawn_fiber([&](FiberContext<E>& fiber) { return fib_on(fiber, executor, n, forks); });
    result = co_await root;
  } else {
    result = co_await fib<E>(executor, n, forks);
  }
  co_return TimedFib{result, E::now() - start};
}

template <Env E> class Fib {
 public:
  static constexpr std::string_view name = "fib";
  static constexpr std::string_view summary = "Fibonacci numbers by recursion: fork and join";
  struct Config {
    std::uint32_t n = 20;
    Calls forks = Calls::one;
    FibBody body = FibBody::coroutine;

    static constexpr auto settings() {
      return std::tuple{
          setting("n", &Config::n, "which number: 20 takes 21 891 calls, 30 takes 2 692 537", 0, 50),
          choice("forks", &Config::forks, "calls that become tasks: n-1 (n-2 runs in its caller's task), or both",
                 std::array{named("one", Calls::one), named("both", Calls::both)}),
          choice("body", &Config::body, "what a call is: a task of either kind, or a part forked on its worker's stack",
                 std::array{named("coroutine", FibBody::coroutine), named("fiber", FibBody::fiber),
                            named("fork", FibBody::fork)}),
      };
    }
    bool complete(SettingError& error) const {
      const std::uint64_t inner =
          fibonacci(n + 1) - 1;  // calls that fork; a breadth-first policy has all tasks at once
      const std::uint64_t tasks = 1 + inner * (forks == Calls::both ? 2 : 1);
      return body != FibBody::fiber || host::fibers_fit(tasks, "n", std::to_string(n), error);
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"ns_per_call", "ns", "wall time over all calls"},
      MetricInfo{"wall", "ns", "time of the whole computation"},
  };

  explicit Fib(const Config& config) : config_(config) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    const std::uint64_t calls = 2 * fibonacci(config_.n + 1) - 1;
    const TimedFib got = executor.block_on(time_fib<E>(executor, config_.n, config_.body, config_.forks));
    sample.metric("ns_per_call", nanoseconds_per(got.time, calls));
    sample.metric("wall", nanoseconds(got.time));
    sample.check("fib", fibonacci(config_.n), got.result.value);
    sample.check("calls", calls, got.result.calls);
  }

 private:
  const Config config_;
};

}  // namespace rota::workloads
