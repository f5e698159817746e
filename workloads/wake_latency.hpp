// wake-latency: from the call that wakes a parked task to that task's first instruction, one wake at a time.
//
// Who wakes and who is woken share two events: one for the wake, one for the answer, which the woken task gives before
// it parks again. Nobody wakes before it has the answer to its last wake. Medians are of one iteration's wakes.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "runtime/executor.hpp"
#include "runtime/sync/event.hpp"
#include "workloads/host/outside.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <Env E> struct alignas(line_pair) WakePair {
  Event<E> wake, answer;
  TimePoint sent;            // when the last wake began; written before it, as the number is
  std::uint64_t number = 0;  // of the last wake, from 1
};

// Returns how many wakes came one by one and in order.
template <Env E> Job<E, std::uint64_t> be_woken(WakePair<E>& pair, std::span<std::int64_t> latencies) {
  std::uint64_t seen = 0;
  std::uint64_t right = 0;
  for (std::int64_t& latency : latencies) {
    pair.answer.set();
    co_await pair.wake.wait();
    const TimePoint woken = E::now();
    pair.wake.reset();
    latency = (woken - pair.sent).count();
    if (pair.number == ++seen) ++right;
  }
  co_return right;
}

// Returns the time that the call takes.
template <Env E> std::int64_t wake_once(WakePair<E>& pair) {
  ++pair.number;
  const TimePoint sent = pair.sent = E::now();
  pair.wake.set();
  return (E::now() - sent).count();
}

template <Env E>
std::uint64_t wake_from_outside(Executor<E>& executor, Duration pause, WakePair<E>& pair,
                                std::span<std::int64_t> latencies, std::span<std::int64_t> calls) {
  if constexpr (real_time<E>) host::stand_outside();
  typename E::parker sleeper;
  auto woken = executor.spawn(be_woken<E>(pair, latencies));
  for (std::int64_t& call : calls) {
    do (void)sleeper.park_until(E::now() + pause);
    while (!pair.answer.is_set());
    pair.answer.reset();
    call = wake_once(pair);
  }
  return woken.join_blocking();
}

template <Env E>
Job<E, std::uint64_t> wake_by_task(Executor<E>& executor, Duration busy, WakePair<E>& pair,
                                   std::span<std::int64_t> latencies, std::span<std::int64_t> calls) {
  auto woken = executor.spawn(be_woken<E>(pair, latencies));
  for (std::int64_t& call : calls) {
    co_await pair.answer.wait();
    pair.answer.reset();
    call = wake_once(pair);
    if (busy > Duration(0)) E::charge({busy});
  }
  co_return co_await woken;
}

// The smallest value that at least half of them do not exceed. Reorders them.
[[nodiscard]] inline double middle_of(std::span<std::int64_t> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return static_cast<double>(*middle);
}

template <Env E> class WakeLatency {
 public:
  enum class How : std::uint8_t { foreign, task, busy };

  static constexpr std::string_view name = "wake-latency";
  static constexpr std::string_view summary = "from the call that wakes a parked task to that task's first instruction";
  struct Config {
    How how = How::foreign;
    std::uint64_t wakes = 500;
    Duration pause = std::chrono::microseconds(200);
    Duration busy = std::chrono::microseconds(100);

    static constexpr auto settings() {
      return std::tuple{
          choice("how", &Config::how, "who wakes: a thread that is no worker, a task, or a task that stays busy",
                 std::array{named("foreign", How::foreign), named("task", How::task), named("busy", How::busy)}),
          setting("wakes", &Config::wakes, "wakes in one iteration, one after the other", 1, 1e8),
          setting("pause", &Config::pause, "what a foreign thread sleeps before each wake, so that the runtime is idle",
                  1e3, 1e10),
          setting("busy", &Config::busy, "what a busy task computes after each wake, before it waits for the answer", 1,
                  1e10),
      };
    }
    bool complete(SettingError& error) const {
      if (!one_thread<E> || how != How::foreign) return true;
      error = {.key = "how", .expected = "task or busy: in a world of one thread nobody is outside", .got = "foreign"};
      return false;
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"wake_p50", "ns", "from just before a wake to the woken task's first instruction: median"},
      MetricInfo{"call_p50", "ns", "the time of the call that wakes, for its caller: median"},
  };
  static constexpr std::array percentiles{
      Percentile{{"wake_p99", "ns", "from just before a wake to the woken task: 99 of 100 were faster"}, 0.99},
  };

  explicit WakeLatency(const Config& config) : config_(config), calls_(config.wakes) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    WakePair<E> pair;
    const std::span<std::int64_t> latencies = sample.latencies(config_.wakes);
    const Duration busy = config_.how == How::busy ? config_.busy : Duration(0);
    const std::uint64_t right = config_.how == How::foreign
                                    ? wake_from_outside<E>(executor, config_.pause, pair, latencies, calls_)
                                    : executor.block_on(wake_by_task<E>(executor, busy, pair, latencies, calls_));
    sample.metric("wake_p50", middle_of(latencies));
    sample.metric("call_p50", middle_of(calls_));
    sample.check("wakes", config_.wakes, right);
  }

 private:
  const Config config_;
  std::vector<std::int64_t> calls_;  // of one iteration
};

}  // namespace rota::workloads
