// thread-ring: tasks in a ring pass a token for a number of hops. Who holds it at the end is known: (hops mod tasks)
// + 1.
#pragma once

#include <deque>

#include "runtime/executor.hpp"
#include "runtime/sync/event.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <Env E> struct alignas(line_pair) RingPlace {
  Event<E> turn;
  std::uint64_t hops_left = 0;  // of the token that turn announces
};

template <Env E> struct Ring {
  std::deque<RingPlace<E>> places;
  std::uint64_t last_holder = 0;  // counted from 1
  TimePoint end{};
  bool over = false;  // read after the turn that comes after it was set
};

template <Env E> Job<E> pass_token(Ring<E>& ring, std::size_t index) {
  auto& mine = ring.places[index];
  auto& next = ring.places[(index + 1) % ring.places.size()];
  for (;;) {
    co_await mine.turn.wait();
    mine.turn.reset();
    if (ring.over) co_return;
    if (mine.hops_left == 0) break;
    next.hops_left = mine.hops_left - 1;
    next.turn.set();
  }
  ring.end = E::now();
  ring.last_holder = index + 1;
  ring.over = true;
  for (auto& place : ring.places) {
    if (&place != &mine) place.turn.set();
  }
}

template <Env E>
Job<E, Duration> run_ring(Executor<E>& executor, Ring<E>& ring, std::uint64_t hops, std::vector<JoinHandle<E>>& joins) {
  for (std::size_t i = 0; i < ring.places.size(); ++i) joins.push_back(executor.spawn(pass_token<E>(ring, i)));
  ring.places.front().hops_left = hops;
  const TimePoint start = E::now();
  ring.places.front().turn.set();
  for (auto& join : joins) co_await join;
  co_return ring.end - start;
}

template <Env E> class ThreadRing {
 public:
  static constexpr std::string_view name = "thread-ring";
  static constexpr std::string_view summary = "tasks in a ring pass a token; the last holder is (hops mod tasks) + 1";
  struct Config {
    std::uint64_t tasks = 503;
    std::uint64_t hops = 10'000;

    static constexpr auto settings() {
      return std::tuple{
          setting("tasks", &Config::tasks, "tasks in the ring", 2, 1e6),
          setting("hops", &Config::hops, "hops of the token; with 503 tasks, 1000 end at task 498", 1, 1e12)};
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"ns_per_hop", "ns", "time of one hop: a wake and a resume of a task that waits long"},
  };

  explicit ThreadRing(const Config& config) : config_(config) { joins_.reserve(config.tasks); }

  void iterate(Executor<E>& executor, Sample& sample) {
    Ring<E> ring{.places = std::deque<RingPlace<E>>(config_.tasks)};
    joins_.clear();
    const Duration time = executor.block_on(run_ring<E>(executor, ring, config_.hops, joins_));
    sample.metric("ns_per_hop", nanoseconds_per(time, config_.hops));
    sample.check("holder", config_.hops % config_.tasks + 1, ring.last_holder);
  }

 private:
  const Config config_;
  std::vector<JoinHandle<E>> joins_;
};

}  // namespace rota::workloads
