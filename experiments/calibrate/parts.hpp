// Private to calibration: the single measurements. All take and give picoseconds; units are the kernel's indices.
#pragma once

#include <cstddef>
#include <vector>

#include "worlds/median.hpp"
#include "worlds/real.hpp"
#include "worlds/simulated/costs.hpp"

namespace rota::experiments {

using simulated::Ps;

inline Ps to_ps(Duration duration) { return duration.count() * 1000; }

// A body on a thread of its own that is pinned to a unit; returns when it has ended.
template <class Body> void on_unit(unsigned unit, Body body) {
  env::Real::thread thread({.name = "calibrate", .pu = unit}, body);
  thread.join();
}

struct LineCosts {
  Ps load = 0, store = 0, update = 0;
};
// Lines that a thread on `owner` has just written, taken one after the other by a thread on `taker`. Loads and updates
// depend on the one before, so nothing overlaps; after each store a fence waits until it is done, and the fence's own
// time is taken off.
[[nodiscard]] LineCosts line_transfer(unsigned taker, unsigned owner, std::size_t rounds);
// Lines that nobody else has. Here loads do not depend on each other and stores have no fence: the accesses of a
// program to its own lines overlap.
[[nodiscard]] LineCosts line_hits(unsigned unit, std::size_t rounds);
// A line that is in no cache: loads that depend on each other, all over this much memory in random order.
[[nodiscard]] Ps memory_load(unsigned unit, std::size_t bytes, std::size_t loads);

// A pause of a spinning thread, a full fence, a reading of the clock.
struct Instructions {
  Ps relax = 0, fence = 0, clock = 0;
};
[[nodiscard]] Instructions instructions(unsigned unit, std::size_t rounds);

// A FutexParker's sleeper on one unit, unparked from another. park: the processor time that one park takes the sleeper,
// in and out. unpark: for the caller. wake_up: from the caller's return until the sleeper's.
struct Sleep {
  Ps park = 0, unpark = 0, wake_up = 0;
};
[[nodiscard]] Sleep sleeping(unsigned waker, unsigned sleeper, std::size_t rounds);

// Memory from the system, as a runtime asks for it.
[[nodiscard]] Ps allocation(unsigned unit, std::size_t rounds);

// What a runtime with one worker takes for a yield, and for a task that is spawned, run and joined, with what it does
// meanwhile (counted by the same templates in a world that counts).
struct Deeds {
  double load = 0, store = 0, update = 0, fence = 0, look = 0, resume = 0, spawn = 0;
};
struct TaskCost {
  Ps time = 0;
  Deeds deeds;
};
struct Tasks {
  TaskCost yield, spawn;
};
// `unit` is a logical index of this host.
[[nodiscard]] Tasks tasks(const Topology& host, unsigned unit, std::size_t rounds);

}  // namespace rota::experiments
