// co_await checkpoint(), fiber.checkpoint(): where a task that computes for long lets itself be asked to give way,
// because its quantum is over (Policy::quantum()) or a more urgent task came (WakeHint::preempt). If nobody asked it
// goes on.
// work() (runtime/work.hpp) looks by itself.
//
// Who asks  work(), when the work declared since the task was resumed comes to a quantum; a policy, by its hint; and in
//           the real world a ticker (runtime/ticker.hpp), for tasks that compute without declaring it. The local world
//           has no ticker: there only declared work and hints count.
// Not       A body that never looks is never stopped. No task can be taken off its thread where it stands.
// Cost      One load if nobody asked.
#pragma once

#include "runtime/awaitable.hpp"

namespace rota {

// Whether the task that runs on `worker` must give way now. `needs_ticks`: it computes without declaring it; the first
// such look under a policy with a quantum starts the ticker, and throws what the system says if it refuses a thread.
template <Env E> [[nodiscard]] bool must_give_way(Worker<E>& worker, bool needs_ticks) {
  if (worker.give_way.calm()) [[likely]]
    return false;
  if (!worker.give_way.asked()) {
    if (!needs_ticks) return false;
    worker.executor().start_ticking();
    worker.give_way.ticker_goes();
    return false;
  }
  E::mark(Mark::preempt, nullptr, 0);
  worker.stop = StopReason::preempted;
  return true;
}

struct Checkpoint {
  bool needs_ticks = true;
  [[nodiscard]] static constexpr bool await_ready() noexcept { return false; }
  template <class Promise> [[nodiscard]] bool await_suspend(std::coroutine_handle<Promise> frame) const {
    auto& task = Promise::task_of(frame.promise(), frame.address());
    task.set_resume_point(frame.address());
    return must_give_way(worker_of(task), needs_ticks);
  }
  static constexpr void await_resume() noexcept {}
};
[[nodiscard]] constexpr Checkpoint checkpoint() noexcept { return {}; }

}  // namespace rota
