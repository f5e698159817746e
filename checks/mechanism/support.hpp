// What the programs of the mechanism share: the world, assertions, and a task that an explored thread plays.
#pragma once

#include <memory>
#include <utility>

#include "reactor/simulated_reactor.hpp"
#include "runtime/executor.hpp"
#include "worlds/explored/explore.hpp"
#include "worlds/explored/world.hpp"
#include "worlds/topology.hpp"

namespace rota::checks::mechanism {

using E = env::Explored;
template <class T> using Atomic = E::atomic<T>;
template <class T> using Cell = E::cell<T>;

// Fails the execution unless it holds. The sentence says what is wrong then.
inline void require(bool holds, const char* id, const char* sentence) {
  if (!holds) explored::fail(id, sentence);
}

// Counts this execution as one that showed `label`, a string that lives for ever (MechanismCheck::shows).
void saw(const char* label) noexcept;

// Placements that were made outside the world.
[[nodiscard]] const Placement& one_worker();
[[nodiscard]] const Placement& two_workers();

template <class F> [[nodiscard]] E::thread start(const char* name, F body) {
  return E::thread({.name = name, .pu = std::nullopt}, std::move(body));
}

// An executor with one worker, whose thread is the explored thread that uses it, and no policy: one task at a time may
// be runnable. Its thread either plays a task itself (await) or runs the bodies that are spawned here (run_to_end).
class Player : public Executor<E> {
 public:
  explicit Player(std::unique_ptr<Reactor> reactor = nullptr)
      : Executor<E>(RuntimeConfig{}, std::move(reactor)), worker_(0, *this, 1) {
    worker_.budget = ~0U;
    task_.begin_life();
  }

  [[nodiscard]] Worker<E>& worker() noexcept { return worker_; }
  [[nodiscard]] Task<E>& task() noexcept { return task_; }

  // As a task's co_await: the thread sleeps until somebody enqueues the task.
  template <class A> auto await(A&& awaitable) -> decltype(awaitable.take()) {
    if (begin_wait(worker_, task_, awaitable)) sleep();
    return awaitable.take();
  }

  // As a task's co_await that its canceller ends at once: arms, withdraws, goes on. True if it was withdrawn, false if
  // it had completed and take() gives the result.
  template <class A> [[nodiscard]] bool withdraw(A& awaitable) {
    if (awaitable.ready()) return false;
    const Waker<E> waker(&task_, task_.prepare_suspend());
    const bool withdrawn = awaitable.arm(worker_, waker) && awaitable.disarm();
    task_.retract_suspend();
    return withdrawn;
  }

  // Runs what is enqueued here until a body has ended, as Runtime::run does.
  void run_to_end() {
    for (Task<E>* task = next(); ran_ = task, !run(task); task = next()) saw("suspended");
  }
  [[nodiscard]] const Task<E>* ran() const noexcept { return ran_; }

  void shutdown() noexcept override {}
  [[nodiscard]] Counters counters() const noexcept override { return {}; }
  [[nodiscard]] std::size_t workers() const noexcept override { return 1; }
  [[nodiscard]] std::string_view policy() const noexcept override { return "none"; }

 protected:
  void enqueue_from(Worker<E>*, Runnable<E> task, EnqueueInfo) noexcept override {
    arrived_.write(task.release());
    (void)worker_.parker.unpark();
  }
  void attend() noexcept override {}
  [[nodiscard]] bool admit() noexcept override { return true; }

 private:
  void sleep() {
    task_.set_link(static_cast<Executor<E>*>(this));
    switch (task_.commit_suspend()) {
      case Commit::suspended:
        saw("suspended");
        require(next() == &task_, "W1", "somebody else's task was enqueued here");
        break;
      case Commit::woken:
        saw("woken early");
        break;
      case Commit::cancelled:
        explored::fail("usage", "nobody cancels a task that a thread plays");
    }
  }

  [[nodiscard]] Task<E>* next() {
    worker_.parker.park();
    Task<E>* const task = std::exchange(arrived_.write(), nullptr);
    require(task != nullptr, "W1", "a task was resumed that nobody had enqueued");
    return task;
  }

  // True if the task has ended.
  [[nodiscard]] bool run(Task<E>* task) {
    if (task->cancel_requested()) return end_by_cancel(task);
    task->set_link(&worker_);
    resume_body(task);
    if (worker_.stop == StopReason::finished) {
      task->end_life();
      if (publish_end(*task, false)) destroy_ended(task);
      return true;
    }
    task->set_link(static_cast<Executor<E>*>(this));
    switch (task->commit_suspend()) {
      case Commit::suspended:
        return false;
      case Commit::woken:
        return run(task);
      case Commit::cancelled:
        break;
    }
    return end_by_cancel(task);
  }
  bool end_by_cancel(Task<E>* task) {
    saw("cancelled");
    task->set_link(&worker_);
    end_cancelled(task);
    return true;
  }

  Worker<E> worker_;
  Task<E> task_;
  const Task<E>* ran_ = nullptr;
  Cell<Task<E>*> arrived_{nullptr};
};

}  // namespace rota::checks::mechanism
