// The hot paths, one by one: what each does, how often, and around which part a meter stands. The benchmarks time them,
// the counts count them, in whatever world they are made for.
#pragma once

#include <span>
#include <string_view>

#include "tests/bench/path_bodies.hpp"
#include "tests/bench/path_sync.hpp"

namespace rota::bench {

// Holds up a worker, on its own thread, until it is destroyed: it neither runs tasks nor looks for any.
template <Env E> class HeldWorker {
 public:
  explicit HeldWorker(Executor<E>& executor) : held_(executor.spawn(hold(begun_, free_))) {
    while (!begun_.load(Order::acquire)) nap();
  }
  HeldWorker(const HeldWorker&) = delete;
  HeldWorker& operator=(const HeldWorker&) = delete;
  ~HeldWorker() {
    (void)free_.unpark();
    held_.join_blocking();
  }

 private:
  static Job<E> hold(Flag<E>& begun, typename E::parker& until) {
    begun.store(true, Order::release);
    until.park();
    co_return;
  }
  Flag<E> begun_{false};
  typename E::parker free_;
  JoinHandle<E> held_;
};

// An outsider spawns while the only worker is held up.
template <Env E> void remote_spawn_path(Executor<E>& executor, std::size_t operations, Meter& meter) {
  Handles<E> handles;
  handles.reserve(operations);
  {
    const HeldWorker<E> held(executor);
    meter.begin();
    spawn_nothings(executor, operations, handles);
    meter.end();
  }
  for (auto& handle : handles) handle.join_blocking();
}

// What the workers that do not run the path do meanwhile.
enum class Others : std::uint8_t {
  any,     // there may be none, or they are held up
  asleep,  // there is one, and it sleeps
};

template <Env E> struct Path {
  std::string_view name;
  std::string_view floor;  // the benchmark without a runtime that it is held against: floor/NAME
  std::size_t least;       // operations in one run: a multiple of this
  void (*run)(Executor<E>&, std::size_t operations, Meter&);
  Others others = Others::any;
  bool each = false;  // the meter stands around every single operation
};

template <Env E, auto body> void inside(Executor<E>& executor, std::size_t operations, Meter& meter) {
  executor.block_on(body(executor, operations, meter));
}

// `least` is small enough for a local queue to hold all tasks of twice as many.
template <Env E> [[nodiscard]] std::span<const Path<E>> paths() {
  static constexpr Path<E> all[] = {
      {"spawn", "coroutine create, resume, destroy", 96, &inside<E, &spawn_path<E>>},
      {"first run and finish", "bare resume, 1000 frames", 96, &inside<E, &run_path<E>>},
      {"join", "coroutine create, resume, destroy", 96, &inside<E, &join_path<E>>},
      {"spawn and await", "coroutine create, resume, destroy", 96, &inside<E, &spawn_await_path<E>>},
      {"chained spawn", "coroutine create, resume, destroy", 96, &inside<E, &chain_path<E>>},
      {"remote spawn", "locked queue, push and pop", 96, &remote_spawn_path<E>},
      {"yield", "bare resume, 1000 frames", 96, &inside<E, &yield_path<E, 8>>},
      {"yield, 1000 tasks", "bare resume, 1000 frames", 2000, &inside<E, &yield_path<E, 1000>>},
      {"checkpoint", "bare resume, 1000 frames", 96, &inside<E, &checkpoint_path<E>>},
      {"wake", "uncontended exchange", 96, &inside<E, &wake_path<E>>},
      {"resume and suspend", "bare resume, 1000 frames", 96, &inside<E, &resume_path<E>>},
      {"event set", "uncontended exchange", 96, &inside<E, &event_path<E>>},
      {"channel send", "locked queue, push and pop", 96, &inside<E, &send_path<E>>},
      {"channel receive", "locked queue, push and pop", 96, &inside<E, &receive_path<E>>},
      {"channel round trip", "bare resume, 1000 frames", 96, &inside<E, &round_trip_path<E>>},
      {"idle wake", "futex unpark", 32, &inside<E, &idle_wake_path<E>>, Others::asleep, true},
      {"idle spawn", "futex unpark", 32, &inside<E, &idle_spawn_path<E>>, Others::asleep, true},
      {"timer submit", "coroutine create, resume, destroy", 512, &inside<E, &timer_submit_path<E>>},
      {"timer fire", "bare resume, 1000 frames", 512, &inside<E, &timer_fire_path<E>>},
  };
  return all;
}

}  // namespace rota::bench
