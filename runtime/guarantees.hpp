// What a policy promises. The conformance tests are generated from it: each promise is tested, none is assumed.
#pragma once

#include <cstdint>

namespace rota {

// In which order tasks are picked (P5).
enum class Ordering : std::uint8_t {
  none,               // no promise
  per_producer_fifo,  // two tasks enqueued by one thread are picked in that order
  fifo,               // picked in the order in which enqueues took effect
};

struct Guarantees {
  Ordering order = Ordering::none;
  // P4: a task waits for at most this many picks per task that was ready before it and per worker. 0: no promise.
  std::uint32_t starvation_factor = 0;
  bool work_conserving = false;  // P2: no worker sleeps while it could obtain a task
  bool deterministic = false;    // P7: the same enqueues and picks in the same order give the same tasks
};

}  // namespace rota
