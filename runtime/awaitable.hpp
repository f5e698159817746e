// Awaitable: one protocol for waiting, for coroutines (co_await) and for fibers (FiberContext::await).
//
// A derived class gives four functions:
//   bool ready()               complete already? May complete it (take a permit). Called once, before arm().
//   bool arm(Worker&, Waker)   register the waker; false if it completed instead. Then, or if it throws, nothing that
//                              holds the waker still refers to the awaitable.
//   bool disarm()              withdraw. True: nothing was received. False: it had completed, take() gives the result.
//   auto take()                the result, after completion.
// Its destructor must disarm what is still armed, since a cancelled task is destroyed where it waits, and must give
// back what was received but not taken.
#pragma once

#include <coroutine>

#include "runtime/waker.hpp"
#include "runtime/worker.hpp"

namespace rota {

// Begins to wait. True: the task must leave its thread now, and worker.stop says why. False: go on and take().
template <Env E, class A> [[nodiscard]] bool begin_wait(Worker<E>& worker, Task<E>& task, A& awaitable) {
  if (!awaitable.ready()) {
    const Waker<E> waker(&task, task.prepare_suspend());
    try {
      if (awaitable.arm(worker, waker)) {
        worker.stop = StopReason::suspended;
        return true;
      }
    } catch (...) {
      task.retract_suspend();
      throw;
    }
    task.retract_suspend();
  }
  if (worker.spend_budget()) return false;
  worker.stop = StopReason::yielded;  // complete, but others have waited long enough
  return true;
}

template <Env E> [[nodiscard]] Worker<E>& worker_of(const Task<E>& running) noexcept {
  return *static_cast<Worker<E>*>(running.link());
}

// The task that a coroutine's frame runs on.
template <Env E, class Promise> [[nodiscard]] Task<E>& task_of(std::coroutine_handle<Promise> frame) noexcept {
  return Promise::task_of(frame.promise(), frame.address());
}

template <Env E, class Derived> class Awaitable {
 public:
  using environment = E;

  // Never ready here: await_suspend knows the task, and so the worker and its budget; it decides.
  [[nodiscard]] static constexpr bool await_ready() noexcept { return false; }
  template <class Promise> [[nodiscard]] bool await_suspend(std::coroutine_handle<Promise> frame) {
    Task<E>& task = task_of<E>(frame);
    task.set_resume_point(frame.address());
    return begin_wait(worker_of(task), task, self());
  }
  decltype(auto) await_resume() { return self().take(); }

 private:
  Derived& self() noexcept { return static_cast<Derived&>(*this); }
};

// co_await yield(): give way to whatever else is ready.
struct Yield {
  [[nodiscard]] static constexpr bool await_ready() noexcept { return false; }
  template <class Promise> static void await_suspend(std::coroutine_handle<Promise> frame) noexcept {
    auto& task = Promise::task_of(frame.promise(), frame.address());
    task.set_resume_point(frame.address());
    worker_of(task).stop = StopReason::yielded;
  }
  static constexpr void await_resume() noexcept {}
};
[[nodiscard]] constexpr Yield yield() noexcept { return {}; }

}  // namespace rota
