// LocalRing: a bounded ring of tasks with one owner and many thieves; the local queue of Tokio's multi-thread
// scheduler.
//
// Contract  The owner pushes at the tail and pops at the head; a thief takes half, from the head, into its own ring.
//           All ends are first in, first out. push() is false when the ring is full: then take_half() makes room.
// Cursors   32 bits each, running freely: a task's slot is its number modulo the capacity, a power of two, and a length
//           is a difference modulo 2^32. The head is two cursors in one word: `steal` and `real`. They differ while a
//           thief copies what it claimed; [steal, real) is his and may not be written yet, and no other thief may
//           begin.
// Threads   push, pop, take_half, room, and `into` of steal_half: the owner. steal_half, empty, size: any.
// Ordering  (1) push's release store of the tail is read by (2) the thief's acquire load of the tail: he sees the slots
//               and the tasks behind them.
//           (3) a thief's last exchange of the head (release) is read by (4) the owner's acquire load in push: a slot
//               is written again only after it was copied.
//           (5) the thief publishes his own tail before (3): a task is always visible in one of the two rings, but for
//               the time between claim and (5), while the thief counts as a searcher and will look again.
// Progress  push is wait-free. pop and steal_half are lock-free, but a thief that sleeps between claim and (3) keeps
//           other thieves off this ring, and lets push find it full sooner.
// Cost      push: no read-modify-write. pop: one. steal_half: two, for half of the tasks. P8: head, tail and the
//           constant part stand on line pairs of their own.
// Limit     A compare-exchange that is 2^32 tasks late would be fooled.
#pragma once

#include <algorithm>
#include <bit>
#include <memory>

#include "schedulers/queue/intrusive_list.hpp"
#include "worlds/env.hpp"

namespace rota::queue {

template <Env E> class alignas(line_pair) LocalRing {
 public:
  // `first` is the first number to be used: tests begin shortly before the wrap-around.
  explicit LocalRing(std::size_t capacity, std::uint32_t first = 0)
      : mask_(static_cast<std::uint32_t>(std::bit_ceil(std::max<std::size_t>(capacity, 2)) - 1)),
        slots_(std::make_unique<Slot[]>(mask_ + std::size_t{1})),
        tail_(first),
        head_(pack(first, first)) {}

  [[nodiscard]] std::size_t capacity() const noexcept { return mask_ + std::size_t{1}; }
  // False while a task is inside, as far as this thread can know, that nobody has claimed.
  [[nodiscard]] bool empty() const noexcept {
    const std::uint32_t real = real_of(head_.load(Order::acquire));
    return real == tail_.load(Order::acquire);
  }
  // How many are inside that nobody has claimed, as far as this thread can know.
  [[nodiscard]] std::size_t size() const noexcept {
    const std::uint32_t real = real_of(head_.load(Order::acquire));
    return tail_.load(Order::acquire) - real;
  }
  // How many pushes will surely succeed.
  [[nodiscard]] std::uint32_t room() const noexcept {
    return mask_ + 1 - (tail_.load(Order::relaxed) - steal_of(head_.load(Order::acquire)));
  }

  [[nodiscard]] bool push(Task<E>* task) noexcept {
    const std::uint32_t tail = tail_.load(Order::relaxed);
    if (tail - steal_of(head_.load(Order::acquire)) > mask_) return false;  // (4)
    slot(tail).write(task);
    tail_.store(tail + 1, Order::release);  // (1)
    return true;
  }

  [[nodiscard]] Task<E>* pop() noexcept {
    std::uint64_t head = head_.load(Order::relaxed);
    for (;;) {
      const std::uint32_t real = real_of(head);
      if (real == tail_.load(Order::relaxed)) return nullptr;
      const std::uint32_t steal = steal_of(head) == real ? real + 1 : steal_of(head);
      if (head_.compare_exchange(head, pack(steal, real + 1), Order::acq_rel, Order::relaxed)) {
        // The next one's turn comes soon. A stale pointer does no harm, since a prefetch is no access.
        if (const Task<E>* const next = slot(real + 1).read()) next->prefetch();
        return slot(real).read();
      }
    }
  }
  // The owner's end is the oldest one.
  [[nodiscard]] Task<E>* pop_oldest() noexcept { return pop(); }

  // Moves the older half to `out` and returns how many; 0 if thieves are at work, who will make room themselves.
  std::uint32_t take_half(IntrusiveList<E>& out) noexcept {
    std::uint64_t head = head_.load(Order::acquire);
    const std::uint32_t real = real_of(head);
    const std::uint32_t count = (tail_.load(Order::relaxed) - real) / 2;
    if (steal_of(head) != real) return 0;
    if (!head_.compare_exchange(head, pack(real + count, real + count), Order::acq_rel, Order::relaxed)) return 0;
    for (std::uint32_t i = 0; i < count; ++i) out.push(slot(real + i).read());
    return count;
  }

  // Takes half of the tasks, at least one: returns the oldest, the others go behind what is in `into`. nullptr if there
  // is none or another thief is here.
  [[nodiscard]] Task<E>* steal_half(LocalRing& into) noexcept {
    std::uint64_t head = head_.load(Order::acquire);
    std::uint32_t real = 0, count = 0;
    do {
      real = real_of(head);
      if (steal_of(head) != real) return nullptr;
      const std::uint32_t length = tail_.load(Order::acquire) - real;  // (2)
      if (length == 0) return nullptr;
      count = std::min(length - length / 2, into.room() + 1);
    } while (!head_.compare_exchange(head, pack(real, real + count), Order::acq_rel, Order::acquire));
    Task<E>* const first = slot(real).read();
    into.copy(*this, real + 1, count - 1);  // (5)
    release_claim(pack(real, real + count));
    return first;
  }

 private:
  using Slot = typename E::template cell<Task<E>*>;

  static constexpr std::uint64_t pack(std::uint32_t steal, std::uint32_t real) noexcept {
    return (std::uint64_t{steal} << 32) | real;
  }
  static constexpr std::uint32_t steal_of(std::uint64_t head) noexcept {
    return static_cast<std::uint32_t>(head >> 32);
  }
  static constexpr std::uint32_t real_of(std::uint64_t head) noexcept { return static_cast<std::uint32_t>(head); }
  Slot& slot(std::uint32_t number) const noexcept { return slots_[number & mask_]; }

  void copy(const LocalRing& victim, std::uint32_t from, std::uint32_t count) noexcept {
    const std::uint32_t tail = tail_.load(Order::relaxed);
    for (std::uint32_t i = 0; i < count; ++i) slot(tail + i).write(victim.slot(from + i).read());
    if (count > 0) tail_.store(tail + count, Order::release);
  }
  // The owner may have popped meanwhile, which moves `real`; `steal` is the thief's to move.
  void release_claim(std::uint64_t head) noexcept {
    while (!head_.compare_exchange(head, pack(real_of(head), real_of(head)), Order::acq_rel, Order::acquire)) {  // (3)
    }
  }

  const std::uint32_t mask_;
  const std::unique_ptr<Slot[]> slots_;
  alignas(line_pair) typename E::template atomic<std::uint32_t> tail_;  // written by the owner
  alignas(line_pair) typename E::template atomic<std::uint64_t> head_;  // written by the owner and by thieves
};

}  // namespace rota::queue
