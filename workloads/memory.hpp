// memory: how many bytes a parked task costs, all counted: its slot, its join handle, its place in the list that it
// waits in, what the policy's queues grew to, a fiber's stack. And what a runtime without tasks keeps resident.
#pragma once

#include "runtime/executor.hpp"
#include "runtime/sync/event.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

template <class E> struct ParkingLot {
  Event<E> open;
  typename E::template atomic<std::uint64_t> arrived{0};
  typename E::template atomic<std::uint64_t> left{0};
};

template <class E> Job<E> park_in(ParkingLot<E>& lot) {
  lot.arrived.fetch_add(1, Order::relaxed);
  co_await lot.open.wait();
  lot.left.fetch_add(1, Order::relaxed);
}

template <class E> auto parking_fiber(ParkingLot<E>& lot) {
  return [&lot](FiberContext<E>& fiber) {
    lot.arrived.fetch_add(1, Order::relaxed);
    fiber.await(lot.open.wait());
    lot.left.fetch_add(1, Order::relaxed);
  };
}

template <class E>
Job<E> fill(Executor<E>& executor, std::uint64_t tasks, Body body, ParkingLot<E>& lot,
            std::vector<JoinHandle<E>>& joins) {
  for (std::uint64_t i = 0; i < tasks; ++i) {
    joins.push_back(body == Body::fiber ? executor.spawn_fiber(parking_fiber<E>(lot))
                                        : executor.spawn(park_in<E>(lot)));
  }
  co_return;
}

template <class E> Job<E> empty(ParkingLot<E>& lot, std::vector<JoinHandle<E>>& joins) {
  lot.open.set();
  for (auto& join : joins) co_await join;
}

template <class E> class Memory {
 public:
  static constexpr std::string_view name = "memory";
  static constexpr std::string_view summary = "bytes of memory for one parked task, everything counted";
  static constexpr std::string_view real_only = "it measures the memory of this process";
  struct Config {
    std::uint64_t tasks = 0;
    Body body = Body::coroutine;

    static constexpr auto settings() {
      return std::tuple{
          setting("tasks", &Config::tasks, "tasks that wait; 0: 1 000 000 coroutines or 10 000 fibers", 0, 1e8),
          body_setting<Config>()};
    }
    bool complete(SettingError& error) {
      if (tasks == 0) tasks = body == Body::fiber ? 10'000 : 1'000'000;
      return body == Body::coroutine || host::fibers_fit(tasks, "tasks", std::to_string(tasks), error);
    }
  };
  static constexpr std::array metrics{
      MetricInfo{"bytes_per_task", "bytes", "growth of resident memory for each parked task"},
      MetricInfo{"base_rss", "bytes", "resident memory of the program with an idle runtime"},
  };

  explicit Memory(const Config& config) : config_(config) {}

  // A second iteration would find the slots of the first.
  [[nodiscard]] static constexpr bool once() { return true; }

  void iterate(const Start<E>& start, Sample& sample) {
    ParkingLot<E> lot;
    std::vector<JoinHandle<E>> none;
    const auto executor = start();
    executor->block_on(fill<E>(*executor, 0, config_.body, lot, none));
    const std::uint64_t base = host::resident_bytes();

    std::vector<JoinHandle<E>> joins;
    joins.reserve(config_.tasks);
    executor->block_on(fill<E>(*executor, config_.tasks, config_.body, lot, joins));
    while (lot.arrived.load(Order::relaxed) < config_.tasks) E::charge({std::chrono::microseconds(100)});
    const std::uint64_t full = host::resident_bytes();

    executor->block_on(empty<E>(lot, joins));
    const double growth = full > base ? static_cast<double>(full - base) : 0.0;
    sample.metric("bytes_per_task", growth / static_cast<double>(config_.tasks));
    sample.metric("base_rss", static_cast<double>(base));
    sample.check("tasks", config_.tasks, lot.left.load(Order::relaxed));
  }

 private:
  const Config config_;
};

}  // namespace rota::workloads
