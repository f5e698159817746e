// Draws: random numbers for whoever enqueues. A worker has its own stream; callers from outside share one, out of a
// counter (splitmix64, worlds/random.hpp), so that the same enqueues in the same order give the same numbers (P7).
//
// Threads   Any.
// Cost      A worker: nothing shared. From outside: one read-modify-write.
#pragma once

#include "runtime/self.hpp"
#include "worlds/env.hpp"

namespace rota::queue {

template <Env E> class Draws {
 public:
  // choose(random), where random is a stream of which nobody else draws meanwhile.
  template <class Choose> auto draw(Self* self, Choose choose) noexcept {
    if (self != nullptr) return choose(self->random());
    Random outside = Random::stream(seed, count_.fetch_add(1, Order::relaxed));
    return choose(outside);
  }

 private:
  static constexpr std::uint64_t seed = 0x726f7461;  // any number: "rota"
  alignas(line_pair) typename E::template atomic<std::uint64_t> count_{std::uint64_t{0}};
};

}  // namespace rota::queue
