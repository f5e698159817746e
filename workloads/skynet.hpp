// skynet: a tree of tasks with ten children each; the leaves are numbered and their numbers summed up on the way back.
#pragma once

#include <array>

#include "runtime/executor.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

inline constexpr std::uint64_t skynet_fan_out = 10;

// Apart from the inner nodes, so that a leaf's frame has no room for children.
template <Env E> Job<E, std::uint64_t> skynet_leaf(std::uint64_t number) { co_return number; }

template <Env E> Job<E, std::uint64_t> skynet(Executor<E>& executor, std::uint64_t first, std::uint64_t leaves) {
  if (leaves == 1) co_return first;
  const std::uint64_t share = leaves / skynet_fan_out;
  std::array<JoinHandle<E, std::uint64_t>, skynet_fan_out> children;
  for (std::uint64_t i = 0; i < skynet_fan_out; ++i) {
    const std::uint64_t begin = first + i * share;
    children[i] = executor.spawn(share == 1 ? skynet_leaf<E>(begin) : skynet<E>(executor, begin, share));
  }
  std::uint64_t sum = 0;
  for (auto& child : children) sum += co_await child;
  co_return sum;
}

struct TimedSum {
  std::uint64_t sum;
  Duration time;
};

// The top of the tree runs on this task, so the tasks are as many as the nodes.
template <Env E> Job<E, TimedSum> time_skynet(Executor<E>& executor, std::uint64_t leaves) {
  const TimePoint start = E::now();
  const std::uint64_t sum = co_await skynet<E>(executor, 0, leaves);
  co_return TimedSum{sum, E::now() - start};
}

template <Env E> class Skynet {
 public:
  static constexpr std::string_view name = "skynet";
  static constexpr std::string_view summary = "a tree of tasks, ten children each, that sums up its numbered leaves";
  struct Config {
    std::uint64_t leaves = 100'000;

    static constexpr auto settings() {
      return std::tuple{
          setting("leaves", &Config::leaves, "leaves, a power of ten; the original has 1 000 000", 1, 1e8)};
    }
    bool complete(SettingError& error) const {
      std::uint64_t rest = leaves;
      while (rest % skynet_fan_out == 0) rest /= skynet_fan_out;
      if (rest == 1) return true;
      error = {.key = "leaves", .expected = "a power of ten", .got = std::to_string(leaves)};
      return false;
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"ns_per_task", "ns", "wall time over all tasks"},
      MetricInfo{"wall", "ns", "time of the whole computation"},
  };

  explicit Skynet(const Config& config) : config_(config) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    const std::uint64_t leaves = config_.leaves;
    const std::uint64_t tasks = (skynet_fan_out * leaves - 1) / (skynet_fan_out - 1);
    const std::uint64_t before = executor.counters().finished;
    const TimedSum got = executor.block_on(time_skynet<E>(executor, leaves));
    sample.metric("ns_per_task", nanoseconds_per(got.time, tasks));
    sample.metric("wall", nanoseconds(got.time));
    sample.check("sum", leaves * (leaves - 1) / 2, got.sum);
    sample.check("tasks", tasks, executor.counters().finished - before);
  }

 private:
  const Config config_;
};

}  // namespace rota::workloads
