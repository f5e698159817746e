// Gate: how threads that are not workers enter a runtime, and how shutdown knows that none is left inside (P6).
//
// Ordering  admit() counts, fences and reads `closed`; close() writes `closed`, fences, and its caller then counts. So
//           a task that was let in is counted, or its spawner is told that the runtime is closed.
// Cost      a wake or spawn from outside: two locked adds, and for a spawn a third and a fence.
#pragma once

#include "runtime/worker.hpp"

namespace rota {

template <Env E> class Gate {
 public:
  // False if the gate is closed; otherwise the spawn is counted.
  [[nodiscard]] bool admit() noexcept {
    spawned_.fetch_add(1, Order::acq_rel);
    E::full_fence();
    if (!closed_.load(Order::acquire)) return true;
    spawned_.fetch_sub(1, Order::acq_rel);
    return false;
  }
  void close() noexcept {
    closed_.store(true, Order::release);
    E::full_fence();
  }

  // Brackets an outside thread's visit: its task may end, and the runtime with it, before the thread has left.
  void enter() noexcept { inside_.fetch_add(1, Order::acq_rel); }
  void leave() noexcept { inside_.fetch_sub(1, Order::acq_rel); }
  [[nodiscard]] bool anybody_inside() const noexcept { return inside_.load(Order::acquire) != 0; }

  // Tasks spawned from outside; tasks ended by shutdown, which one thread counts.
  [[nodiscard]] std::uint64_t spawned() const noexcept { return spawned_.load(Order::acquire); }
  void count_cancelled() noexcept { cancelled_.add(); }
  [[nodiscard]] std::uint64_t cancelled() const noexcept { return cancelled_.value(); }

 private:
  alignas(line_pair_of<E>) typename E::template atomic<std::uint64_t> inside_{0};
  typename E::template atomic<std::uint64_t> spawned_{0};
  typename E::template atomic<bool> closed_{false};
  Tally<E> cancelled_;
};

}  // namespace rota
