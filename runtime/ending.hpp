// How a runtime ends its tasks once its workers are gone: those in a queue, those that are suspended, and those that
// another thread has woken and is about to enqueue.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "runtime/executor.hpp"
#include "runtime/gate.hpp"

namespace rota {

// Claims every suspended task of `executor`, for cancellation: the caller owns them and ends them. They are ended
// outside the depot's lock, which the release of slots takes.
template <Env E> [[nodiscard]] std::vector<Task<E>*> claim_suspended_of(const Executor<E>& executor) {
  std::vector<Task<E>*> claimed;
  E::template global<SlotDepot<E>>().for_each_slot([&](Task<E>& task) {
    if (task.cancel_if_suspended_in(&executor)) claimed.push_back(&task);
  });
  return claimed;
}

template <Env E> void end_one(Task<E>* task, Gate<E>& gate) noexcept {
  end_cancelled(task);
  gate.count_cancelled();
}

// Cancels what is left in the policy's queues.
template <Env E, class P> void drain(P& policy, Worker<E>& worker, Gate<E>& gate) noexcept {
  auto end = [&gate](Runnable<E> task) {
    E::mark(Mark::drain, task.get(), 0);
    end_one(task.release(), gate);
  };
  if constexpr (requires { policy.drain(worker, end); }) {
    policy.drain(worker, end);
  }
  while (Runnable<E> task = policy.pick(worker)) end(std::move(task));
}

// Returns when no task is live and no thread from outside is inside. A task that another thread has woken but not yet
// enqueued is waited for.
template <Env E, class P, class Live>
void end_all_tasks(Executor<E>& executor, P& policy, std::span<const std::unique_ptr<Worker<E>>> workers, Gate<E>& gate,
                   Live any_live) noexcept {
  while (any_live() || gate.anybody_inside()) {
    const std::uint64_t before = gate.cancelled();
    for (const auto& worker : workers) drain(policy, *worker, gate);
    if (gate.cancelled() == before && any_live()) {
      for (Task<E>* const task : claim_suspended_of<E>(executor)) end_one(task, gate);
    }
    E::relax();
  }
}

}  // namespace rota
