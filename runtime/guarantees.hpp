// What a policy promises. The conformance tests are generated from it: each promise is tested, none is assumed.
#pragma once

#include <cstdint>

#include "worlds/time.hpp"

namespace rota {

// In which order tasks are picked (P5).
enum class Ordering : std::uint8_t {
  none,               // no promise
  per_producer_fifo,  // two tasks enqueued by one thread are picked in that order
  fifo,               // picked in the order in which enqueues took effect
  lifo,               // the newest first; who yields goes behind all, who was asked to give way keeps his age
  by_remaining,       // of tasks whose authors told: the least Attributes::remaining first, as it was at the enqueue
  by_deadline,        // likewise, the earliest Attributes::deadline
  by_priority,        // likewise, the least Attributes::priority; 7 and more are one
  by_attained,        // the one first that has run for less, as account() was told
};

// First in, first out, if only for each producer.
[[nodiscard]] constexpr bool in_order_of_arrival(Ordering order) noexcept {
  return order == Ordering::fifo || order == Ordering::per_producer_fifo;
}

struct Guarantees {
  Ordering order = Ordering::none;
  // P4: a task waits for at most this many picks per task that was ready before it and per worker. 0: no promise.
  std::uint32_t starvation_factor = 0;
  bool work_conserving = false;  // P2: no worker sleeps while it could obtain a task
  bool deterministic = false;    // P7: the same enqueues, picks and accounts in order give the same tasks
  // P9: while two groups of tasks wait without a break, the service that each got, divided by its weight, differs by no
  // more than 2 l w (1 / its weight + 1 / the other's), l the longest run and w the number of workers.
  bool fair_shares = false;
  // P10: the first so many workers run only tasks of at most `kept_for` of work left, or of authors who told nothing.
  // What is promised of workers and tasks (P2) is then promised of those who may meet.
  std::uint32_t kept_workers = 0;
  Duration kept_for{0};
};

}  // namespace rota
