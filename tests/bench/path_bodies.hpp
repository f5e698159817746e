// The hot paths of a task's life: spawn, first run, finish, join, yield. A meter stands around what is measured; the
// rest makes ready and cleans up.
#pragma once

#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "runtime/checkpoint.hpp"
#include "runtime/executor.hpp"
#include "runtime/sync/event.hpp"

namespace rota::bench {

// begin() and end() are called by one thread for one measured part, and by one thread at a time.
class Meter {
 public:
  virtual ~Meter() = default;
  virtual void begin() noexcept = 0;
  virtual void end() noexcept = 0;
};

template <Env E> using Handles = std::vector<JoinHandle<E>>;
template <Env E> using Flag = typename E::template atomic<bool>;

inline void nap(std::chrono::microseconds time = std::chrono::microseconds(50)) { std::this_thread::sleep_for(time); }

template <Env E> Job<E> nothing() { co_return; }

template <Env E> void spawn_nothings(Executor<E>& executor, std::size_t count, Handles<E>& handles) {
  for (std::size_t i = 0; i < count; ++i) handles.push_back(executor.spawn(nothing<E>()));
}

template <Env E> Job<E> spawn_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  Handles<E> handles;
  handles.reserve(count);
  meter.begin();
  spawn_nothings(executor, count, handles);
  meter.end();
  for (auto& handle : handles) co_await handle;
}

template <Env E> void all_must_have_ended(const Handles<E>& handles) {
  for (const auto& handle : handles) {
    if (!handle.ended()) throw std::logic_error("a yield came back before the tasks that were spawned before it");
  }
}

// Everything that was spawned runs before a yield comes back.
template <Env E> Job<E> run_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  Handles<E> handles;
  handles.reserve(count);
  spawn_nothings(executor, count, handles);
  meter.begin();
  co_await yield();
  meter.end();
  all_must_have_ended(handles);
  for (auto& handle : handles) co_await handle;
}

template <Env E> Job<E> join_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  Handles<E> handles;
  handles.reserve(count);
  spawn_nothings(executor, count, handles);
  co_await yield();
  all_must_have_ended(handles);
  meter.begin();
  for (auto& handle : handles) co_await handle;
  meter.end();
}

template <Env E> Job<E> spawn_await_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  meter.begin();
  for (std::size_t i = 0; i < count; ++i) {
    auto handle = executor.spawn(nothing<E>());
    co_await handle;
  }
  meter.end();
}

template <Env E> Job<E> link(Executor<E>& executor, std::size_t left, Event<E>& end) {
  if (left == 0) {
    end.set();
  } else {
    executor.spawn_detached(link<E>(executor, left - 1, end));
  }
  co_return;
}
template <Env E> Job<E> chain_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  Event<E> end;
  meter.begin();
  executor.spawn_detached(link<E>(executor, count, end));
  co_await end.wait();
  meter.end();
}

// Yields of many tasks on one worker, whatever the order in which it takes them: whoever comes to the last one ends the
// measurement.
struct Yields {
  Meter& meter;
  std::size_t tasks = 1;  // that yield already
  std::size_t left = 0;   // none before it begins
  bool over = false;

  void begin(std::size_t count) {
    left = count;
    meter.begin();
  }
  [[nodiscard]] bool another() noexcept {
    if (left != 0 && --left == 0) {
      meter.end();
      over = true;
    }
    return !over;
  }
};
// A task that computes looks whether it must give way: nobody asked.
template <Env E> Job<E> checkpoint_path(Executor<E>&, std::size_t count, Meter& meter) {
  meter.begin();
  for (std::size_t i = 0; i < count; ++i) co_await checkpoint();
  meter.end();
}

template <Env E> Job<E> yield_on(Yields& yields) {
  ++yields.tasks;
  while (yields.another()) co_await yield();
}
template <Env E, std::size_t tasks> Job<E> yield_path(Executor<E>& executor, std::size_t count, Meter& meter) {
  Yields yields{meter};
  Handles<E> others;
  for (std::size_t i = 1; i < tasks; ++i) others.push_back(executor.spawn(yield_on<E>(yields)));
  while (yields.tasks < tasks) co_await yield();
  yields.begin(count);
  while (yields.another()) co_await yield();
  for (auto& other : others) co_await other;
}

}  // namespace rota::bench
