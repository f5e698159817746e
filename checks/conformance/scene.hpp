// Scene<E>: one run of a program. What tasks, the outside and main share, and what a step does.
//
// Shared   Each task has a slot with the waker it gave out last, the one before, and a count that every waker adds to
//          before it wakes (W5: the resumed task must see at least the count of whoever won). All of it is atomics with
//          the weakest orders that are right, so that the scene orders nothing that the runtime should.
// Ghosts   What is written down to compare at the end is plain memory: the explored world runs one thread at a time,
//          and no thread of the program decides anything by it.
#pragma once

#include <array>

#include "checks/conformance/program.hpp"
#include "reactor/simulated_reactor.hpp"
#include "runtime/executor.hpp"

namespace rota::checks {

// What the program tells the oracles (checks/oracle/oracle.hpp).
[[nodiscard]] std::uint64_t note_of_rest() noexcept;
[[nodiscard]] std::uint64_t note_of_deadline(TimePoint deadline) noexcept;
[[nodiscard]] std::uint64_t note_of_waking(TimePoint now) noexcept;

// What a task's author tells, in the runtime's words.
[[nodiscard]] Attributes attributes_from(const Telling& telling) noexcept;

// Which suspensions of a task were won by a waker and which were resumed, with the task's count as each saw it.
class Ledger {
 public:
  void won(std::size_t task, std::uint64_t epoch, std::uint64_t count);
  void resumed(std::size_t task, std::uint64_t epoch, std::uint64_t count);
  // Once everything is over: each resumed suspension was won, and its task saw the winner's count.
  void compare() const;

 private:
  struct Entry {
    std::size_t task;
    std::uint64_t epoch, count;
  };
  struct Entries {
    std::array<Entry, Program::most_tasks * Program::most_steps> all;
    std::size_t size = 0;
    [[nodiscard]] const Entry* find(std::size_t task, std::uint64_t epoch) const;
    void add(Entry entry) { all[size++] = entry; }
  };
  Entries wins_, resumes_;
};

template <Env E> class Scene {
 public:
  Scene(const Program& program, Executor<E>& executor, SimulatedReactor<E>& reactor);
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  [[nodiscard]] const Program& program() const noexcept { return program_; }
  [[nodiscard]] std::size_t size() const noexcept { return program_.tasks.size(); }

  // Any agent's.
  void spawn(std::size_t task);  // actors.hpp
  bool wake(std::size_t task, unsigned times);
  void wake_older(std::size_t task);
  void cancel(std::size_t task);
  bool complete_one();
  void perform(Step step);  // all of these by their steps
  void perform(std::size_t self, Step step);

  // Of a task itself.
  [[nodiscard]] Executor<E>& executor() const noexcept { return executor_; }
  [[nodiscard]] Attributes* told(std::size_t self) noexcept {
    return program_.kind(self).told ? &slots_[self].told : nullptr;
  }
  void publish(std::size_t self, Waker<E> waker);
  void resumed(std::size_t self, std::uint64_t epoch);
  void hold(std::size_t task);
  void began() noexcept { ++alive_; }
  void destroyed();

  // Main's.
  [[nodiscard]] bool waits(std::size_t task) const { return spawned(task) && !slots_[task].handle.ended(); }
  void close() { closing_.store(true, Order::relaxed); }  // whoever holds a worker lets go
  void join_all();
  void compare() const;

 private:
  struct Slot {
    typename E::template atomic<void*> task{};
    typename E::template atomic<std::uint64_t> epoch{}, older{}, count{};
    typename E::template atomic<bool> spawned{};
    JoinHandle<E, std::size_t> handle;  // written before `spawned`, taken by main when all is over
    bool cancelled = false;             // ghost: somebody asked for it
    Attributes told;                    // the task's own, if its author told anything
  };
  [[nodiscard]] bool spawned(std::size_t task) const { return slots_[task].spawned.load(Order::acquire); }

  const Program& program_;
  Executor<E>& executor_;
  SimulatedReactor<E>& reactor_;
  std::array<Slot, Program::most_tasks> slots_;
  typename E::template atomic<bool> closing_{};
  Ledger ledger_;
  std::int64_t alive_ = 0;  // ghost: bodies
};

template <Env E>
Scene<E>::Scene(const Program& program, Executor<E>& executor, SimulatedReactor<E>& reactor)
    : program_(program), executor_(executor), reactor_(reactor) {
  for (std::size_t task = 0; task < size(); ++task) {
    for (const Step step : program.tasks[task]) {
      if (step.what != Do::io) continue;
      reactor.attach(static_cast<int>(task));
      break;
    }
  }
}

template <Env E> void Scene<E>::perform(Step step) {
  switch (step.what) {
    case Do::spawn:
      return spawn(step.operand);
    case Do::wake:
      return void(wake(step.operand, 1));
    case Do::wake_twice:
      return void(wake(step.operand, 2));
    case Do::wake_older:
      return wake_older(step.operand);
    case Do::cancel:
      return cancel(step.operand);
    case Do::complete:
      return void(complete_one());
    default:
      contract_failure("usage", "a step that only a task can do");
  }
}

template <Env E> void Scene<E>::perform(std::size_t, Step step) {
  step.what == Do::hold ? hold(step.operand) : perform(step);
}

template <Env E> void Scene<E>::publish(std::size_t self, Waker<E> waker) {
  Slot& slot = slots_[self];
  slot.task.store(waker.token().task, Order::relaxed);
  slot.older.store(slot.epoch.load(Order::relaxed), Order::release);
  slot.epoch.store(waker.token().epoch, Order::release);
}

template <Env E> void Scene<E>::resumed(std::size_t self, std::uint64_t epoch) {
  ledger_.resumed(self, epoch, slots_[self].count.load(Order::relaxed));
}

template <Env E> bool Scene<E>::wake(std::size_t task, unsigned times) {
  Slot& slot = slots_[task];
  const std::uint64_t epoch = slot.epoch.load(Order::acquire);
  if (epoch == 0) return false;
  const Waker<E> waker = Waker<E>::of({slot.task.load(Order::relaxed), epoch});
  const std::uint64_t count = slot.count.fetch_add(1, Order::relaxed) + 1;
  bool won = false;
  for (unsigned i = 0; i < times; ++i) {
    if (!waker.wake()) continue;
    ledger_.won(task, epoch, count);
    won = true;
  }
  return won;
}

template <Env E> void Scene<E>::wake_older(std::size_t task) {
  const std::uint64_t epoch = slots_[task].older.load(Order::acquire);
  if (epoch != 0 && Waker<E>::of({slots_[task].task.load(Order::relaxed), epoch}).wake())
    contract_failure("W3", "a waker of an earlier suspension said that it had woken its task");
}

template <Env E> void Scene<E>::cancel(std::size_t task) {
  if (!spawned(task)) return;
  slots_[task].cancelled = true;
  slots_[task].handle.cancel();
}

template <Env E> bool Scene<E>::complete_one() {
  const auto ticket = reactor_.any_pending();
  return ticket && reactor_.complete(*ticket, 1);
}

template <Env E> void Scene<E>::hold(std::size_t task) {
  while (!slots_[task].handle.ended() && !closing_.load(Order::relaxed)) E::relax();
}

template <Env E> void Scene<E>::destroyed() {
  if (--alive_ < 0) contract_failure("T3", "a body was destroyed twice");
}

template <Env E> void Scene<E>::join_all() {
  for (std::size_t task = 0; task < size(); ++task) {
    Slot& slot = slots_[task];
    if (!slot.handle) continue;
    std::size_t result = size();
    bool ended_by_cancel = false;
    try {
      result = slot.handle.join_blocking();
    } catch (const TaskCancelled&) {
      ended_by_cancel = true;
    }
    if (ended_by_cancel && !slot.cancelled && !closing_.load(Order::relaxed))
      contract_failure("T3", "a task ended as cancelled that nobody had cancelled");
    if (!ended_by_cancel && result != task) contract_failure("T3", "a task's end gave another result than its own");
  }
}

template <Env E> void Scene<E>::compare() const {
  ledger_.compare();
  if (alive_ != 0) contract_failure("T3", "a body was never destroyed");
  const Counters sum = executor_.counters();
  if (sum.spawned != sum.finished + sum.cancelled)
    contract_failure("T3", "after shutdown, as many tasks must have ended as were spawned");
}

}  // namespace rota::checks
