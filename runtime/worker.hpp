// Worker: one thread of a runtime, as tasks and awaitables see it. A policy is handed its Self, and no more.
//
// Everything here is touched by its own thread, except the parker (any thread unparks), the flag to give way (any
// thread asks) and the counters (any thread reads).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/forks.hpp"
#include "runtime/give_way.hpp"
#include "runtime/self.hpp"
#include "runtime/slots.hpp"
#include "runtime/vocabulary.hpp"

namespace rota {

template <class E> class Executor;

// What a worker, or a runtime as a sum over its workers, has done so far.
struct Counters {
  std::uint64_t spawned = 0, finished = 0, cancelled = 0;  // T3: spawned = finished + cancelled + live
  std::uint64_t picked = 0, stolen = 0, yielded = 0, parked = 0;

  Counters& operator+=(const Counters& other) {
    spawned += other.spawned, finished += other.finished, cancelled += other.cancelled;
    picked += other.picked, stolen += other.stolen, yielded += other.yielded, parked += other.parked;
    return *this;
  }
};

// A counter with one writer: an ordinary add for it, a racy but whole value for every reader.
template <Env E> class Tally {
 public:
  void add(std::uint64_t n = 1) noexcept { value_.store(value_.load(Order::relaxed) + n, Order::release); }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(Order::acquire); }

 private:
  typename E::template atomic<std::uint64_t> value_{};
};

template <Env E> class alignas(line_pair_of<E>) Worker : public Self {
 public:
  Worker(WorkerId id, Executor<E>& executor, std::uint64_t seed) : Self(id, seed), executor_(&executor) {}

  [[nodiscard]] Executor<E>& executor() const noexcept { return *executor_; }

  // The worker whose thread this is, of whatever runtime; nullptr on other threads.
  [[nodiscard]] static Worker* current() noexcept { return static_cast<Worker*>(E::context()); }

  // The runtime's side.
  [[nodiscard]] Counters counters() const noexcept {
    return {.spawned = spawned.value(),
            .finished = finished.value(),
            .cancelled = cancelled.value(),
            .picked = picked.value(),
            .stolen = stolen.value(),
            .yielded = yielded.value(),
            .parked = parked.value()};
  }
  // A task asks before it goes on without suspending; false says that it had its share and must yield.
  [[nodiscard]] bool spend_budget() noexcept { return budget != 0 && --budget != 0; }

  StopReason stop = StopReason::finished;  // why the task that just ran stopped; written by its awaiter
  bool searching = false;                  // counted in the runtime's number of searchers
  bool insist = false;                     // its last look saw work: search even if many do
  std::uint32_t budget = 0;                // awaits that may still complete without going back to the loop
  std::uint32_t ticks = 0;                 // picks until the next look at the reactor
  Duration worked{0};                      // declared by the task since it was resumed, if the policy cuts or accounts
  SlotCache<E> slots;
  Tally<E> spawned, finished, cancelled, picked, stolen, yielded, parked;
  Forks<E> forks{*this};

 private:
  Executor<E>* executor_;

 public:
  // Last, on lines of their own: whoever unparks this worker or asks its task to give way writes here, and nothing else
  // that is read may suffer (P8).
  alignas(line_pair_of<E>) typename E::parker parker;
  GiveWay<E> give_way;
};

template <Env E> Forks<E>& Forks<E>::here() {
  auto* const worker = Worker<E>::current();
  if (worker == nullptr) throw UsageError("only a task can fork: this thread is no worker");
  return worker->forks;
}

template <Env E>
[[nodiscard]] std::vector<std::unique_ptr<Worker<E>>> make_workers(unsigned count, Executor<E>& executor,
                                                                   std::uint64_t seed) {
  std::vector<std::unique_ptr<Worker<E>>> workers;
  for (WorkerId id = 0; id < count; ++id) workers.push_back(std::make_unique<Worker<E>>(id, executor, seed));
  return workers;
}

template <Env E> [[gnu::noinline]] Task<E>* acquire_slot_outside(unsigned slot_class) {
  auto& depot = E::template global<SlotDepot<E>>();
  SlotChain<E> chain = depot.take(slot_class);
  Task<E>* const task = chain.pop();
  if (chain.length > 0) depot.give(slot_class, chain);
  return task;
}

// A slot for a body of `bytes`, from this thread's worker if it is one. Inline, since a frame's size is a constant.
template <Env E> [[nodiscard, gnu::always_inline]] inline Task<E>* acquire_slot(std::size_t bytes) {
  const unsigned slot_class = SlotClass::of(E::slot(sizeof(Task<E>) + bytes));
  if (slot_class >= SlotClass::count) throw std::bad_alloc();
  auto* const worker = Worker<E>::current();
  Task<E>* const task = worker != nullptr ? worker->slots.acquire(slot_class) : acquire_slot_outside<E>(slot_class);
  task->set_link(nullptr);
  return task;
}

template <Env E> [[gnu::noinline]] void release_slot_outside(unsigned slot_class, Task<E>* task) noexcept {
  SlotChain<E> chain;
  chain.push(task);
  E::template global<SlotDepot<E>>().give(slot_class, chain);
}

template <Env E> void release_slot(Task<E>* task) noexcept {
  const unsigned slot_class = SlabHeader<E>::of(task).slot_class;
  if (auto* const worker = Worker<E>::current()) {
    worker->slots.release(slot_class, task);
  } else {
    release_slot_outside(slot_class, task);
  }
}

}  // namespace rota
