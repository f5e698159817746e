// LockedFifo: a list of tasks under a mutex, with a length that can be read without it. The injection queue, the inbox.
//
// Contract  Strictly first in, first out, in the order in which callers got the lock. No limit. empty() is false while
//           a task is inside whose push returned before an earlier full fence; so it serves has_work().
// Threads   Any, for everything.
// Ordering  The mutex orders push before the pop of that task. Besides:
//           (1) the length's release store, made before the lock is given up, is read by (2) empty()'s acquire load:
//               who sees the queue empty also sees what its last taker did before (1). pop_batch() relies on that: it
//               hands the batch to its sink first, so whoever finds the queue empty finds the batch where it went.
// Progress  Blocking, for the time of a few instructions; pop_batch: of a batch.
// Cost      push, pop, pop_batch, take_all: the mutex, two read-modify-writes. On an empty queue: one load.
#pragma once

#include <mutex>

#include "schedulers/queue/intrusive_list.hpp"
#include "worlds/env.hpp"

namespace rota::queue {

template <Env E> class alignas(line_pair_of<E>) LockedFifo {
 public:
  [[nodiscard]] bool empty() const noexcept { return size() == 0; }  // (2)
  // Exact only while nobody else is inside.
  [[nodiscard]] std::size_t size() const noexcept { return length_.load(Order::acquire); }

  void push(Task<E>* task) noexcept {
    const std::lock_guard lock(mutex_);
    list_.push(task);
    set_size(unlocked_size() + 1);
  }

  // Takes over `count` tasks at once, in their order.
  void push_chain(IntrusiveList<E>& chain, std::size_t count) noexcept {
    const std::lock_guard lock(mutex_);
    list_.append(chain);
    set_size(unlocked_size() + count);
  }

  // The oldest task, or nullptr.
  [[nodiscard]] Task<E>* pop() noexcept {
    return pop_batch(1, [](Task<E>*) {});
  }

  // The oldest task, or nullptr; up to `most` - 1 further ones go to `sink`, oldest first, under the lock.
  template <class Sink> [[nodiscard]] Task<E>* pop_batch(std::size_t most, Sink sink) noexcept {
    if (empty()) return nullptr;
    const std::lock_guard lock(mutex_);
    Task<E>* const first = list_.pop();
    if (first == nullptr) return nullptr;
    std::size_t taken = 1;
    for (; taken < most; ++taken) {
      Task<E>* const task = list_.pop();
      if (task == nullptr) break;
      sink(task);
    }
    set_size(unlocked_size() - taken);  // (1)
    return first;
  }

  // Everything, behind what is in `target` already.
  void take_all(IntrusiveList<E>& target) noexcept {
    const std::lock_guard lock(mutex_);
    target.append(list_);
    set_size(0);
  }

 private:
  [[nodiscard]] std::size_t unlocked_size() const noexcept { return length_.load(Order::relaxed); }
  void set_size(std::size_t length) noexcept { length_.store(length, Order::release); }

  typename E::mutex mutex_;
  IntrusiveList<E> list_;
  typename E::template atomic<std::size_t> length_{std::size_t{0}};  // written under the mutex
};

}  // namespace rota::queue
