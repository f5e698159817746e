// chained-spawn: each task spawns the next and ends; the last one tells the first. Nobody joins.
#pragma once

#include "runtime/executor.hpp"
#include "runtime/sync/event.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <Env E> struct Chain {
  Event<E> ended;
  std::uint64_t links = 0;
};

template <Env E> Job<E> spawn_next(Executor<E>& executor, std::uint64_t left, Chain<E>& chain) {
  ++chain.links;
  if (left == 1) {
    chain.ended.set();
  } else {
    executor.spawn_detached(spawn_next<E>(executor, left - 1, chain));
  }
  co_return;
}

template <Env E> Job<E, Duration> start_chain(Executor<E>& executor, std::uint64_t depth, Chain<E>& chain) {
  const TimePoint start = E::now();
  executor.spawn_detached(spawn_next<E>(executor, depth, chain));
  co_await chain.ended.wait();
  co_return E::now() - start;
}

template <Env E> class ChainedSpawn {
 public:
  static constexpr std::string_view name = "chained-spawn";
  static constexpr std::string_view summary = "each task spawns the next and ends; the last wakes the first";
  struct Config {
    std::uint64_t depth = 1000;

    static constexpr auto settings() {
      return std::tuple{setting("depth", &Config::depth, "tasks in the chain", 1, 1e9)};
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"ns_per_task", "ns", "time from one spawn of the chain to the next"},
  };

  explicit ChainedSpawn(const Config& config) : config_(config) {}

  void iterate(Executor<E>& executor, Sample& sample) {
    Chain<E> chain;
    const Duration time = executor.block_on(start_chain<E>(executor, config_.depth, chain));
    sample.metric("ns_per_task", nanoseconds_per(time, config_.depth));
    sample.check("depth", config_.depth, chain.links);
  }

 private:
  const Config config_;
};

}  // namespace rota::workloads
