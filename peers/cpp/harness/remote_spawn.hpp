// remote-spawn, as a thread plays it that is no worker.
#pragma once

#include <chrono>
#include <latch>

#include "peers/cpp/harness/peer.hpp"
#include "peers/cpp/harness/tally.hpp"

namespace rota::peers {

// Gives spawn so many functions, each of which is to become a task, and waits until all have run.
template <class Spawn> RemoteSpawned spawn_from_outside(std::uint64_t tasks, Tally& tally, Spawn spawn) {
  const std::uint64_t before = tally.sum();
  std::latch left(static_cast<std::ptrdiff_t>(tasks));
  compute_for(std::chrono::microseconds(200));  // time to become idle, or busy
  RemoteSpawned result;
  const auto start = Clock::now();
  for (std::uint64_t i = 0; i < tasks; ++i) {
    spawn([&tally, &left] {
      tally.add();
      left.count_down();
    });
  }
  result.spawned = Nanoseconds(since(start));
  left.wait();
  result.joined = Nanoseconds(since(start));
  result.tasks = tally.sum() - before;
  return result;
}

}  // namespace rota::peers
