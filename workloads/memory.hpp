// memory: how many bytes a parked task costs, all counted: its slot, its join handle, its place in the list that it
// waits in, what the policy's queues grew to, a fiber's stack. And what a runtime without tasks keeps resident.
//
// On an event, all wait in one list and its setting ends them. On nothing, nobody keeps a task's waker, so only its
// join handle can end it.
#pragma once

#include "runtime/executor.hpp"
#include "runtime/sync/latch.hpp"
#include "workloads/host/system.hpp"
#include "workloads/workload.hpp"

namespace rota::workloads {

enum class ParkedOn : std::uint8_t { nothing, event };

template <Env E> class Nothing : public Awaitable<E, Nothing<E>> {
 public:
  [[nodiscard]] static constexpr bool ready() noexcept { return false; }
  [[nodiscard]] static constexpr bool arm(Worker<E>&, Waker<E>) noexcept { return true; }
  static constexpr bool disarm() noexcept { return true; }
  static constexpr void take() noexcept {}
};

template <Env E> struct ParkingLot {
  explicit ParkingLot(std::uint64_t tasks) : arrived(tasks) {}
  Latch<E> arrived;
  Event<E> open;
  typename E::template atomic<std::uint64_t> woken{0};
};

// A task keeps no more than it needs: what lies in its frame is what is measured.
template <Env E> Job<E> park_on_event(ParkingLot<E>& lot) {
  lot.arrived.count_down();
  co_await lot.open.wait();
  lot.woken.fetch_add(1, Order::relaxed);
}

template <Env E> Job<E> park_on_nothing(ParkingLot<E>& lot) {
  lot.arrived.count_down();
  co_await Nothing<E>();
  lot.woken.fetch_add(1, Order::relaxed);
}

template <Env E> auto parking_fiber(ParkingLot<E>& lot, ParkedOn on) {
  return [&lot, on](FiberContext<E>& fiber) {
    lot.arrived.count_down();
    if (on == ParkedOn::nothing) {
      fiber.await(Nothing<E>());
    } else {
      fiber.await(lot.open.wait());
    }
    lot.woken.fetch_add(1, Order::relaxed);
  };
}

template <Env E> JoinHandle<E> park_one(Executor<E>& executor, Body body, ParkedOn on, ParkingLot<E>& lot) {
  if (body == Body::fiber) return executor.spawn_fiber(parking_fiber<E>(lot, on));
  return executor.spawn(on == ParkedOn::nothing ? park_on_nothing<E>(lot) : park_on_event<E>(lot));
}

template <Env E>
Job<E> fill(Executor<E>& executor, std::uint64_t tasks, Body body, ParkedOn on, ParkingLot<E>& lot,
            std::vector<JoinHandle<E>>& joins) {
  for (std::uint64_t i = 0; i < tasks; ++i) joins.push_back(park_one(executor, body, on, lot));
  co_await lot.arrived.wait();
}

template <Env E> [[nodiscard]] std::uint64_t ended(const Executor<E>& executor) {
  const Counters counters = executor.counters();
  return counters.finished + counters.cancelled;
}

template <Env E>
Job<E> empty(Executor<E>& executor, ParkedOn on, ParkingLot<E>& lot, std::vector<JoinHandle<E>>& joins) {
  const std::uint64_t before = ended(executor);
  if (on == ParkedOn::event) {
    lot.open.set();
  } else {
    for (auto& join : joins) join.cancel();
  }
  while (ended(executor) - before < joins.size()) co_await yield();
}

template <Env E> class Memory {
 public:
  static constexpr std::string_view name = "memory";
  static constexpr std::string_view summary = "bytes of memory for one parked task, everything counted";
  static constexpr std::string_view real_only = "it measures the memory of this process";
  struct Config {
    std::uint64_t tasks = 0;
    ParkedOn on = ParkedOn::event;
    Body body = Body::coroutine;

    static constexpr auto settings() {
      return std::tuple{
          setting("tasks", &Config::tasks, "tasks that wait; 0: 1 000 000 coroutines or 10 000 fibers", 0, 1e8),
          choice("on", &Config::on, "what they wait for: nothing that could come, or one event",
                 std::array{named("nothing", ParkedOn::nothing), named("event", ParkedOn::event)}),
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
    ParkingLot<E> none(0);
    ParkingLot<E> lot(config_.tasks);
    const auto executor = start();
    std::vector<JoinHandle<E>> joins;
    executor->block_on(fill<E>(*executor, 0, config_.body, config_.on, none, joins));
    const std::uint64_t base = host::resident_bytes();

    joins.reserve(config_.tasks);
    executor->block_on(fill<E>(*executor, config_.tasks, config_.body, config_.on, lot, joins));
    const std::uint64_t full = host::resident_bytes();

    const std::uint64_t before = executor->counters().cancelled;
    executor->block_on(empty<E>(*executor, config_.on, lot, joins));
    const std::uint64_t woken = lot.woken.load(Order::relaxed);
    const std::uint64_t cancelled = executor->counters().cancelled - before;
    const double growth = full > base ? static_cast<double>(full - base) : 0.0;
    sample.metric("bytes_per_task", growth / static_cast<double>(config_.tasks));
    sample.metric("base_rss", static_cast<double>(base));
    sample.check("tasks", config_.tasks, config_.on == ParkedOn::event ? woken : cancelled);
  }

 private:
  const Config config_;
};

}  // namespace rota::workloads
