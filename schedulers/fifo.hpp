// Fifo: one queue for all workers. The simplest fair policy, and the one that shows what sharing a queue costs.
//
// Order     Picks happen in the order in which enqueues took effect; a task waits for those before it and no other.
// Wakes     A yield needs no wake-up: the yielding worker comes by at once and takes from the same queue.
// Cost      queue = "locked": two mutex passages a task. "lockfree": seven read-modify-writes, but nobody ever blocks.
#pragma once

#include <array>
#include <utility>

#include "schedulers/policy.hpp"
#include "schedulers/queue/locked_fifo.hpp"
#include "schedulers/queue/lockfree_fifo.hpp"

namespace rota::schedulers {

enum class FifoQueue : std::uint8_t { locked, lockfree };

template <Env E> class Fifo {
 public:
  static constexpr std::string_view name = "fifo";
  static constexpr std::string_view summary = "one queue shared by all workers";
  static constexpr Guarantees guarantees{
      .order = Ordering::fifo, .starvation_factor = 1, .work_conserving = true, .deterministic = true};

  struct Config {
    FifoQueue queue = FifoQueue::locked;
    static constexpr auto settings() {
      return std::tuple{choice("queue", &Config::queue, "how the shared queue is protected",
                               std::array{named("locked", FifoQueue::locked), named("lockfree", FifoQueue::lockfree)})};
    }
  };

  Fifo(const Placement&, const Config& config) : lockfree_(config.queue == FifoQueue::lockfree) {}

  WakeHint enqueue(Self*, Runnable<E> task, EnqueueInfo info) noexcept {
    lockfree_ ? free_queue_.push(task.release()) : locked_queue_.push(task.release());
    return info.gave_way() ? WakeHint::none() : WakeHint::any();
  }
  Runnable<E> pick(Self&) noexcept { return Runnable<E>::adopt(lockfree_ ? free_queue_.pop() : locked_queue_.pop()); }
  bool has_work(const Self&) const noexcept { return !(lockfree_ ? free_queue_.empty() : locked_queue_.empty()); }

 private:
  const bool lockfree_;
  queue::LockedFifo<E> locked_queue_;
  queue::LockfreeFifo<E> free_queue_;
};

}  // namespace rota::schedulers
