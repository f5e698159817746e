// ChaseLev: a bounded deque with one owner and many thieves, after Lê, Pop, Cohen and Zappa Nardelli, "Correct and
// efficient work-stealing for weak memory models" (PPoPP 2013).
//
// Contract  The owner pushes and pops at the bottom, last in first out; thieves steal from the top, first in first out,
//           one at a time. push() is false when it is full: then take_half() makes room.
// Cursors   64 bits, running freely from 0; they never wrap. A task's slot is its number modulo the capacity.
// Threads   push, pop, take_half, room, and `into` of steal_half: the owner. pop_oldest, steal_half, empty: any.
// Ordering  (1) every store of bottom (release) is read by (2) a thief's acquire load of bottom: he sees the slot and
//               the task. The paper needs it of push alone, where a release fence serves all later stores of its
//               thread; a store here stands for itself, so pop's stores are releases as well.
//           (3) pop: bottom stored, full fence, top loaded.  (4) steal: top loaded, full fence, bottom loaded.
//               The fences are ordered: either the thief sees the lowered bottom and leaves the task, or the owner sees
//               the top that the thief saw, knows that it is the last task, and both settle by one compare-exchange.
//           (5) steal's exchange of top (release) is read by (6) push's acquire load of top: a slot is written again
//               only after it was read. A slot that is read too late is noticed by the exchange, hence slots are
//               atomic.
// Progress  push, pop: wait-free. pop_oldest: lock-free, it repeats only if another taker succeeded.
// Cost      push: no read-modify-write. pop: a full fence, and one exchange for the last task. Each stolen task: a full
//           fence and an exchange. P8: bottom, top and the constant part stand on line pairs of their own.
#pragma once

#include <algorithm>
#include <bit>
#include <memory>

#include "schedulers/queue/intrusive_list.hpp"
#include "worlds/env.hpp"

namespace rota::queue {

template <Env E> class alignas(line_pair) ChaseLev {
 public:
  explicit ChaseLev(std::size_t capacity)
      : mask_(static_cast<std::int64_t>(std::bit_ceil(std::max<std::size_t>(capacity, 2)) - 1)),
        slots_(std::make_unique<Slot[]>(static_cast<std::size_t>(mask_) + 1)),
        bottom_(0),
        top_(0) {}

  [[nodiscard]] std::size_t capacity() const noexcept { return static_cast<std::size_t>(mask_) + 1; }
  // False while a task is inside, as far as this thread can know.
  [[nodiscard]] bool empty() const noexcept {
    const std::int64_t top = top_.load(Order::acquire);
    return top >= bottom_.load(Order::acquire);
  }
  // How many are inside, as far as this thread can know.
  [[nodiscard]] std::size_t size() const noexcept {
    const std::int64_t top = top_.load(Order::acquire);
    return static_cast<std::size_t>(std::max<std::int64_t>(bottom_.load(Order::acquire) - top, 0));
  }
  [[nodiscard]] std::uint32_t room() const noexcept {
    return static_cast<std::uint32_t>(mask_ + 1 - (bottom_.load(Order::relaxed) - top_.load(Order::acquire)));
  }

  [[nodiscard]] bool push(Task<E>* task) noexcept {
    const std::int64_t bottom = bottom_.load(Order::relaxed);
    if (bottom - top_.load(Order::acquire) > mask_) return false;  // (6)
    slot(bottom).store(task, Order::relaxed);
    bottom_.store(bottom + 1, Order::release);  // (1)
    return true;
  }

  // The youngest task, or nullptr.
  [[nodiscard]] Task<E>* pop() noexcept {
    const std::int64_t last = bottom_.load(Order::relaxed) - 1;
    if (top_.load(Order::relaxed) > last) return nullptr;  // empty, and only the owner can change that
    bottom_.store(last, Order::release);
    E::full_fence();  // (3)
    std::int64_t top = top_.load(Order::relaxed);
    if (top < last) return slot(last).load(Order::relaxed);
    Task<E>* task = nullptr;
    if (top == last && top_.compare_exchange(top, top + 1, Order::acq_rel, Order::relaxed))
      task = slot(last).load(Order::relaxed);
    bottom_.store(last + 1, Order::release);
    return task;
  }

  // The oldest task, or nullptr. This is what a thief does; the owner may do it too.
  [[nodiscard]] Task<E>* pop_oldest() noexcept {
    std::int64_t top = top_.load(Order::acquire);
    for (;;) {
      E::full_fence();                                          // (4)
      if (top >= bottom_.load(Order::acquire)) return nullptr;  // (2)
      Task<E>* const task = slot(top).load(Order::relaxed);
      if (top_.compare_exchange(top, top + 1, Order::acq_rel, Order::acquire)) return task;  // (5)
    }
  }

  // Moves the older half to `out` and returns how many.
  std::uint32_t take_half(IntrusiveList<E>& out) noexcept {
    const std::uint32_t wanted = (static_cast<std::uint32_t>(capacity()) - room()) / 2;
    std::uint32_t count = 0;
    for (; count < wanted; ++count) {
      Task<E>* const task = pop_oldest();
      if (task == nullptr) break;
      out.push(task);
    }
    return count;
  }

  // Takes up to half of the tasks, at least one: returns the oldest, the others go to `into`. nullptr if there is none.
  [[nodiscard]] Task<E>* steal_half(ChaseLev& into) noexcept {
    const std::int64_t top = top_.load(Order::acquire);
    const std::int64_t length = bottom_.load(Order::acquire) - top;
    Task<E>* const first = pop_oldest();
    if (first == nullptr) return nullptr;
    for (std::int64_t more = std::min<std::int64_t>(length - length / 2 - 1, into.room()); more > 0; --more) {
      Task<E>* const task = pop_oldest();
      if (task == nullptr) break;
      (void)into.push(task);  // there is room: only its owner, this thread, fills it
    }
    return first;
  }

 private:
  using Slot = typename E::template atomic<Task<E>*>;
  Slot& slot(std::int64_t number) const noexcept { return slots_[static_cast<std::size_t>(number & mask_)]; }

  const std::int64_t mask_;
  const std::unique_ptr<Slot[]> slots_;
  alignas(line_pair) typename E::template atomic<std::int64_t> bottom_;  // written by the owner
  alignas(line_pair) typename E::template atomic<std::int64_t> top_;     // written by thieves
};

}  // namespace rota::queue
