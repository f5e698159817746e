// race: lets functions meet in threads of their own, round after round, with a step before and a check after each.
#pragma once

#include <barrier>
#include <thread>
#include <vector>

#include "worlds/random.hpp"

namespace rota::testing {

// Each round: before(); all sides at once, each after a short random wait of its own; after(). before and after run
// while no side does, so they need no synchronization.
template <class Before, class After, class... Sides> void race(int rounds, Before before, After after, Sides... sides) {
  std::barrier gate(sizeof...(Sides) + 1);
  std::vector<std::thread> threads;
  const auto start = [&](auto& side) {
    threads.emplace_back([&gate, &side, rounds, id = threads.size()] {
      Random random = Random::stream(7, id);
      for (int i = 0; i < rounds; ++i) {
        gate.arrive_and_wait();
        for (std::uint32_t wait = random.below(200); wait > 0; --wait) asm volatile("");
        side();
        gate.arrive_and_wait();
      }
    });
  };
  (start(sides), ...);
  for (int i = 0; i < rounds; ++i) {
    before();
    gate.arrive_and_wait();
    gate.arrive_and_wait();
    after();
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace rota::testing
