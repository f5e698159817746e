// Model: a simulated machine as a value. Its topology, what its deeds cost, how fast its units are.
//
// Costs are picoseconds: at 10 million accesses a second of simulated time, half a nanosecond must not vanish. They
// come from a machine file (experiments/machines), where each has its source.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "worlds/topology.hpp"
#include "worlds/trace.hpp"

namespace rota::simulated {

using Ps = std::int64_t;

// How far apart two processing units are: the smallest thing that they share. `remote`: different packages.
enum class Level : std::uint8_t { self, core, l2, l3, node, package, remote };
inline constexpr std::size_t levels = 7;
inline constexpr std::array<const char*, levels> level_names{"self", "core", "l2", "l3", "node", "package", "remote"};

using ByLevel = std::array<Ps, levels>;

struct Costs {
  // Shared accesses (lines.hpp).
  ByLevel load{};    // of a line whose last writer stands that far away; self: a hit
  ByLevel store{};   // by the farthest unit that has a copy
  ByLevel update{};  // a read-modify-write, likewise
  Ps fence = 0;      // a full fence
  Ps memory = 0;     // a line that no cache has, from the memory of the unit's own node
  // Threads.
  Ps relax = 0;    // one relax() of a spinning thread
  Ps park = 0;     // from the call until the unit is idle
  Ps unpark = 0;   // for the caller, of a sleeper
  Ps wake_up = 0;  // from the unpark until the sleeper runs
  Ps clock = 0;    // one reading of the clock
  // Tasks, charged at the runtime's marks: the instructions beside the shared accesses.
  Ps spawn = 0;     // Mark::spawn: making a task
  Ps look = 0;      // Mark::look: asking the policy once
  Ps resume = 0;    // Mark::resume: the switch into a task and back
  Ps preempt = 0;   // Mark::preempt: the end of a quantum
  Ps allocate = 0;  // one call of pages()
  // Declared work takes this many times longer on another node of its home's package, and on another package.
  double away_package = 1, away_remote = 1;
};

// What a mark costs; nullptr: nothing. A mark that spends time has a cost, and no other has.
[[nodiscard]] constexpr const Ps Costs::* cost_of(Mark mark) noexcept {
  switch (mark) {
    case Mark::spawn:
      return &Costs::spawn;
    case Mark::look:
      return &Costs::look;
    case Mark::resume:
      return &Costs::resume;
    case Mark::preempt:
      return &Costs::preempt;
    default:
      return nullptr;
  }
}
static_assert(std::ranges::all_of(all_marks, [](const MarkFacts& facts) {
  return facts.spends_time == (cost_of(facts.mark) != nullptr);
}));

struct Model {
  std::string name;
  Topology topology;
  Costs costs;
  std::vector<double> speed;  // of each unit (logical index), 1 = declared work takes as long as declared; empty: all 1
};

// The level between each two units of a topology, and one more for threads that stand outside: as far from every unit
// as the two farthest units are from each other.
class Distances {
 public:
  explicit Distances(const Topology& topology);
  [[nodiscard]] Level between(unsigned a, unsigned b) const noexcept { return levels_[a * size_ + b]; }
  [[nodiscard]] unsigned outside() const noexcept { return size_ - 1; }

 private:
  unsigned size_;
  std::vector<Level> levels_;
};

}  // namespace rota::simulated
