// OwnQueues: a first in, first out queue for each worker, into which anybody puts tasks.
//
// Threads   push, pop, size: any.
// Cost      push, pop: the mutex of that queue, two read-modify-writes; on an empty queue pop is one load.
#pragma once

#include "runtime/runnable.hpp"
#include "runtime/self.hpp"
#include "schedulers/queue/locked_fifo.hpp"
#include "schedulers/queue/per_worker.hpp"

namespace rota::queue {

template <Env E> class OwnQueues {
 public:
  explicit OwnQueues(std::size_t workers) : queues_(workers) {}

  [[nodiscard]] std::uint32_t workers() const noexcept { return static_cast<std::uint32_t>(queues_.size()); }
  [[nodiscard]] std::size_t size(WorkerId owner) const noexcept { return queues_[owner].size(); }

  // Returns whom to wake if only its owner takes from a queue: nobody if it is the owner itself who puts a task there.
  WakeHint push(const Self* self, WorkerId owner, Runnable<E> task) noexcept {
    queues_[owner].push(task.release());
    return self != nullptr && self->id() == owner ? WakeHint::none() : WakeHint::exactly(owner);
  }
  [[nodiscard]] Runnable<E> pop(WorkerId owner) noexcept { return Runnable<E>::adopt(queues_[owner].pop()); }

  // The oldest task of the first queue that has one, looked at in turn from that of `first`.
  [[nodiscard]] Runnable<E> pop_any(WorkerId first) noexcept {
    for (std::uint32_t i = 0; i < workers(); ++i) {
      if (auto task = pop(first + i < workers() ? first + i : first + i - workers())) return task;
    }
    return {};
  }
  [[nodiscard]] bool all_empty() const noexcept {
    for (const LockedFifo<E>& queue : queues_) {
      if (!queue.empty()) return false;
    }
    return true;
  }

 private:
  PerWorker<LockedFifo<E>> queues_;
};

}  // namespace rota::queue
